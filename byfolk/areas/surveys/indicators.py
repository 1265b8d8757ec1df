"""The figures of surveys: how many answered, and the factors of the instruments that come with Byfolk.

Factors of a municipality's own instruments: `own.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import cast

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys import facts
from byfolk.areas.surveys.keys import ANSWERS_KEY, AREAS, KEYS, PULSE, RESPONSE_KEY, STAFF, USERS
from byfolk.engines.indicators.definition import (
    MONTHLY,
    PERCENT,
    Direction,
    DisclosureClass,
    Indicator,
    Measure,
    UnitOfMeasure,
)
from byfolk.engines.questionnaires.instruments.content import Content, Factor, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.instruments.reading import read

_OWN_NUMBER = {STAFF: 38, PULSE: 38, USERS: 103}
_SOURCE = {
    STAFF: _("Medarbeiderundersøkelsen"),
    PULSE: _("Pulsmålinger blant de ansatte"),
    USERS: _("Brukerundersøkelser"),
}
_STANDARD = _("kommunens eget spørreskjema")


def _in_its_language(nb: str, nn: str, en: str) -> str:
    return Texts(nb, nn, en).in_language(get_language() or "nb")


def in_reader_language(texts: Texts) -> Promise:
    """A text in the language of whoever reads it."""
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


@dataclass(frozen=True)
class About:
    """What differs between the indicators of factors."""

    code: str
    key: int
    title: Promise
    definition: Promise
    of_users: bool
    source: Promise
    unit: UnitOfMeasure = UnitOfMeasure.OF_FIVE
    related: tuple[str, ...] = ()
    number: int = 38
    area: str = "surveys"


def factor_indicator(about: About) -> Indicator:
    """The indicator of a factor. Users' answers are figures of every unit, others' from agency level up."""
    one = facts.counted(about.code)
    return Indicator(
        code=about.code,
        key=about.key,
        number=about.number,
        area=about.area,
        title=about.title,
        definition=about.definition,
        numerator=one.mean,
        denominator=None,
        group=one.answered,
        scale=Fraction(1, 10),
        unit=about.unit,
        decimals=1,
        direction=Direction.UP,
        disclosure=DisclosureClass.DECIDED,
        decided_by=one.state,
        upper=(MONTHLY,),
        lower=(MONTHLY,) if about.of_users else (),
        iso="PR" if about.of_users else "LC",
        source=about.source,
        standard=_STANDARD,
        breakdowns=(),
        where_reported=True,
        related=about.related,
        sources=(facts.SOURCE,),
    )


def _factor(instrument: str, factor: Factor) -> Indicator:
    return factor_indicator(
        About(
            code=code_of(instrument, factor.code),
            key=KEYS[instrument][factor.code],
            title=in_reader_language(factor.title),
            definition=_definition(factor.about),
            of_users=instrument == USERS,
            source=_SOURCE[instrument],
            related=tuple(code_of(instrument, other) for other in KEYS[instrument] if other != factor.code),
            number=_OWN_NUMBER[instrument],
            area=AREAS[instrument],
        )
    )


def _response() -> Indicator:
    invited, answered, state = facts.response(STAFF)
    return replace(
        _how_many(STAFF, answered, state),
        code=code_of(STAFF, "response"),
        key=RESPONSE_KEY,
        title=_("Svarprosent i medarbeiderundersøkelsen"),
        definition=_(
            "Hvor mange av dem som ble invitert, som svarte. Er den lav, sier resultatet mindre om dem som ikke svarte."
        ),
        denominator=invited,
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        direction=Direction.UP,
    )


def _how_many(instrument: str, answered: Measure, state: Measure) -> Indicator:
    return Indicator(
        code=code_of(instrument, "answers"),
        key=ANSWERS_KEY,
        number=39,
        area=AREAS[instrument],
        title=_("Svar fra brukere"),
        definition=_(
            "Hvor mange som svarte. Alle som ville, kunne svare, og ingen var invitert. Derfor er det ingen "
            "svarprosent."
        ),
        numerator=answered,
        denominator=None,
        group=answered,
        scale=Fraction(1),
        unit=UnitOfMeasure.COUNT,
        decimals=0,
        direction=Direction.NEITHER,
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
    _response(),
    _how_many(USERS, *facts.response(USERS)[1:]),
    *(
        _factor(instrument, factor)
        for instrument, keys in KEYS.items()
        for factor in CONTENTS[instrument].factors
        if factor.code in keys
    ),
)
APART = tuple(
    facts.table(
        f"survey_{instrument}".replace("-", "_"),
        instrument,
        [facts.Asked(code_of(instrument, factor), factor) for factor in keys],
        answers=True,
    )
    for instrument, keys in KEYS.items()
)


def serving(goal: str) -> list[Indicator]:
    """The indicators of the factors that tell of a goal of the policy, by its stable id."""
    by_code = {one.code: one for one in INDICATORS}
    return [
        by_code[code_of(instrument, factor.code)]
        for instrument, content in CONTENTS.items()
        for factor in content.factors
        if goal in factor.goals and factor.code in KEYS[instrument]
    ]
