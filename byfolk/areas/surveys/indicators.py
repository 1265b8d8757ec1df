"""The figures of surveys: how many answered, and the factors of the instruments that come with Byfolk.

A factor of an instrument of the municipality's own stands on the pages of results; it becomes an indicator when it is
declared here.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import cast

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys import facts
from byfolk.engines.indicators.definition import (
    MONTHLY,
    PERCENT,
    Direction,
    DisclosureClass,
    Indicator,
    UnitOfMeasure,
)
from byfolk.engines.questionnaires.instruments.content import Content, Factor, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.instruments.reading import read

#: Among those who work here: told from agency level up, since a unit's result is for the unit.
STAFF, PULSE, USERS = "employee-survey", "pulse", "user-survey"
AREAS = {STAFF: "surveys", PULSE: "surveys", USERS: "services"}
#: The number of each factor's indicator, which never changes.
KEYS = {
    STAFF: {
        "purpose": 1301,
        "time": 1302,
        "room": 1303,
        "steady": 1304,
        "learning": 1305,
        "seen": 1306,
        "direction": 1307,
        "speaking-up": 1308,
        "helping": 1309,
        "taking-part": 1310,
    },
    PULSE: {"pulse": 1320},
    USERS: {"access": 1331, "respect": 1332, "information": 1333, "influence": 1334, "result": 1335},
}
RESPONSE_KEYS = {STAFF: 1300, USERS: 1330}
_OWN_NUMBER = {STAFF: 38, PULSE: 38, USERS: 103}
_SOURCE = {
    STAFF: _("Medarbeiderundersøkelsen"),
    PULSE: _("Pulsmålinger blant de ansatte"),
    USERS: _("Brukerundersøkelser"),
}
_STANDARD = _("kommunens eget spørreskjema")


def _in_its_language(nb: str, nn: str, en: str) -> str:
    return Texts(nb, nn, en).in_language(get_language() or "nb")


def _lazy(texts: Texts) -> Promise:
    return cast(Promise, lazy(_in_its_language, str)(texts.nb, texts.nn, texts.en))


def _explained(nb: str, nn: str, en: str) -> str:
    how = gettext("Tallet er snittet av svarene, fra 1 til 5, og høyere er bedre.")
    return f"{_in_its_language(nb, nn, en)} {how}"


def _definition(about: Texts) -> Promise:
    return cast(Promise, lazy(_explained, str)(about.nb, about.nn, about.en))


def code_of(instrument: str, factor: str) -> str:
    """The code of a factor's indicator."""
    return f"{instrument}_{factor}".replace("-", "_")


def _content(instrument: str) -> Content:
    file = Path(__file__).parent / "data" / f"{instrument}.yaml"
    return read(file.read_bytes(), kinds=InstrumentKind.values).content


CONTENTS = {instrument: _content(instrument) for instrument in KEYS}


def _factor(instrument: str, factor: Factor) -> Indicator:
    one = facts.counted(instrument, factor.code)
    return Indicator(
        code=code_of(instrument, factor.code),
        key=KEYS[instrument][factor.code],
        number=_OWN_NUMBER[instrument],
        area=AREAS[instrument],
        title=_lazy(factor.title),
        definition=_definition(factor.about),
        numerator=one.mean,
        denominator=None,
        group=one.answered,
        scale=Fraction(1, 10),
        unit=UnitOfMeasure.OF_FIVE,
        decimals=1,
        direction=Direction.UP,
        disclosure=DisclosureClass.DECIDED,
        decided_by=one.state,
        upper=(MONTHLY,),
        lower=(MONTHLY,) if instrument == USERS else (),
        iso="LC" if instrument != USERS else "PR",
        source=_SOURCE[instrument],
        standard=_STANDARD,
        breakdowns=(),
        where_reported=True,
        related=tuple(code_of(instrument, other) for other in KEYS[instrument] if other != factor.code),
        sources=(facts.SOURCE,),
    )


def _response(instrument: str) -> Indicator:
    invited, answered, state = facts.response(instrument)
    return Indicator(
        code=code_of(instrument, "response"),
        key=RESPONSE_KEYS[instrument],
        number=39,
        area=AREAS[instrument],
        title=_("Svarprosent i medarbeiderundersøkelsen") if instrument == STAFF else _("Svarprosent blant brukere"),
        definition=_(
            "Hvor mange av dem som ble invitert, som svarte. Er den lav, sier resultatet mindre om dem som ikke svarte."
        ),
        numerator=answered,
        denominator=invited,
        group=answered,
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=0,
        direction=Direction.UP,
        disclosure=DisclosureClass.DECIDED,
        decided_by=state,
        upper=(MONTHLY,),
        lower=(MONTHLY,),
        iso="LC" if instrument != USERS else "PR",
        source=_SOURCE[instrument],
        standard=_STANDARD,
        breakdowns=(),
        where_reported=True,
        sources=(facts.SOURCE,),
    )


INDICATORS = (
    *(_response(instrument) for instrument in RESPONSE_KEYS),
    *(
        _factor(instrument, factor)
        for instrument, keys in KEYS.items()
        for factor in CONTENTS[instrument].factors
        if factor.code in keys
    ),
)
APART = tuple(facts.table(instrument, tuple(keys)) for instrument, keys in KEYS.items())


def serving(goal: str) -> list[Indicator]:
    """The indicators of the factors that tell of a goal of the policy, by its stable id."""
    by_code = {one.code: one for one in INDICATORS}
    return [
        by_code[code_of(instrument, factor.code)]
        for instrument, content in CONTENTS.items()
        for factor in content.factors
        if goal in factor.goals and factor.code in KEYS[instrument]
    ]
