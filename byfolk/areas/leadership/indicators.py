"""Leadership's indicators: numbers 23 and 47 of the indicator list."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from byfolk.areas.leadership import facts
from byfolk.engines.indicators.breakdowns import WOMEN
from byfolk.engines.indicators.definition import (
    AT_YEAR_END,
    MONTHLY,
    PERCENT,
    QUARTERLY,
    Direction,
    DisclosureClass,
    Indicator,
    UnitOfMeasure,
)

SOURCE = _("Personalsystemet: ledere og ansettelser")
AREA = "leadership"

WOMEN_LEADERS = Indicator(
    code="women_leaders",
    key=230,
    number=23,
    area=AREA,
    title=_("Kvinner blant lederne"),
    definition=_(
        "Andelen kvinner blant dem som leder en enhet den siste dagen i måneden. Leder du flere enheter, teller "
        "du én gang."
    ),
    watched="leader",
    watched_in=range(WOMEN.code, WOMEN.code + 1),
    persons=(facts.WOMEN_LEADING,),
    numerator=facts.WOMEN_LEADING,
    denominator=facts.LEADERS,
    group=facts.LEADERS,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.PERSISTENT,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="DI",
    source=SOURCE,
    standard=_("Likestillings- og diskrimineringsloven § 26 a"),
    breakdowns=(),
    sources=("leaders", "employments"),
    parts=tuple(f"women_leaders_{key}" for key in facts.AT_LEVELS),
)
_TITLES = {
    "top": _("Kvinner blant toppledere"),
    "middle": _("Kvinner blant mellomledere"),
    "first_line": _("Kvinner blant førstelinjeledere"),
}
_DEFINITIONS = {
    "top": _("Andelen kvinner blant dem som leder en virksomhet eller en byrådsavdeling."),
    "middle": _("Andelen kvinner blant dem som leder en avdeling eller en seksjon."),
    "first_line": _("Andelen kvinner blant dem som leder et tjenestested."),
}
WOMEN_LEADERS_AT = tuple(
    Indicator(
        code=f"women_leaders_{key}",
        key=231 + i,
        number=23,
        area=AREA,
        title=_TITLES[key],
        definition=_DEFINITIONS[key],
        within="women_leaders",
        persons=(facts.WOMEN_AT[key],),
        numerator=facts.WOMEN_AT[key],
        denominator=facts.LEADERS_AT[key],
        group=facts.LEADERS_AT[key],
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=1,
        direction=Direction.NEITHER,
        disclosure=DisclosureClass.LEVEL,
        upper=(QUARTERLY,),
        lower=(),
        iso="DI",
        source=SOURCE,
        standard=_("Likestillings- og diskrimineringsloven § 26 a"),
        breakdowns=(),
        sources=("leaders", "employments"),
        related=("women_leaders",),
    )
    for i, key in enumerate(facts.AT_LEVELS)
)
SPAN = Indicator(
    code="leader_span",
    key=470,
    number=47,
    area=AREA,
    title=_("Ansatte per leder"),
    definition=_(
        "Hvor mange ansatte hver leder er nærmeste leder for, i snitt. Har enheten din ingen leder, er det "
        "lederen nærmest over. "
        "Ledere hører til lederen over seg."
    ),
    numerator=facts.REPORTS,
    denominator=facts.LEADERS,
    group=facts.LEADERS,
    scale=Fraction(1),
    unit=UnitOfMeasure.COUNT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.OPEN,
    upper=(MONTHLY,),
    lower=(MONTHLY,),
    iso="LC",
    source=SOURCE,
    standard=_("ISO 30414:2025"),
    breakdowns=(),
    minimum_group=1,
    sources=("leaders", "employments"),
)

INDICATORS = (WOMEN_LEADERS, *WOMEN_LEADERS_AT, SPAN)
