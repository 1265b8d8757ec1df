"""Indicators of those who come, go, move and stay: numbers 5, 6, 20, 22, 27 and 32 of the indicator list."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from byfolk.areas.staffing import facts
from byfolk.areas.staffing.indicators import AREA, HR
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import (
    CALENDAR_YEAR,
    PERCENT,
    Direction,
    DisclosureClass,
    Indicator,
    UnitOfMeasure,
)
from byfolk.engines.indicators.people import MEAN_HEADS

_YEAR = (CALENDAR_YEAR,)
# Leavers in twelve months over the mean of twelve month-ends: 12 x 100 x leavers / person-months.
_OF_MEAN = Fraction(1200)

TURNOVER = Indicator(
    code="turnover_external",
    key=50,
    number=5,
    area=AREA,
    title=_("Sluttet i kommunen"),
    definition=_(
        "Hvor mange som sluttet i kommunen i løpet av året, delt på hvor mange som var ansatt i snitt. De som "
        "gikk av med "
        "pensjon, er med. Bytter du jobb innenfor kommunen, har du ikke sluttet."
    ),
    persons=(facts.LEAVERS,),
    numerator=facts.LEAVERS,
    denominator=MEAN_HEADS,
    group=MEAN_HEADS,
    scale=_OF_MEAN,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.FLOW,
    upper=_YEAR,
    lower=_YEAR,
    iso="TU",
    source=HR,
    standard=_("KS PAI"),
    breakdowns=(Dimension.GENDER, Dimension.AGE_BAND, Dimension.JOB_FAMILY),
    related=("turnover_excl_pension", "turnover_internal"),
)
TURNOVER_EXCL_PENSION = Indicator(
    code="turnover_excl_pension",
    key=51,
    number=5,
    area=AREA,
    title=_("Sluttet, uten pensjon"),
    definition=_(
        "Hvor mange som sluttet i kommunen av andre grunner enn pensjon, delt på hvor mange som var ansatt i snitt."
    ),
    persons=(facts.LEAVERS_NOT_PENSION,),
    numerator=facts.LEAVERS_NOT_PENSION,
    denominator=MEAN_HEADS,
    group=MEAN_HEADS,
    scale=_OF_MEAN,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.FLOW,
    upper=_YEAR,
    lower=(),
    iso="TU",
    source=HR,
    standard=_("KS PAI"),
    breakdowns=(),
    related=("turnover_external",),
)
TURNOVER_INTERNAL = Indicator(
    code="turnover_internal",
    key=60,
    number=6,
    area=AREA,
    title=_("Byttet virksomhet"),
    definition=_(
        "Hvor mange som gikk til en annen virksomhet i kommunen i løpet av året, delt på hvor mange som var "
        "ansatt i snitt. "
        "Flyttes hele enheten i en omorganisering, har ingen byttet."
    ),
    persons=(facts.MOVERS,),
    numerator=facts.MOVERS,
    denominator=MEAN_HEADS,
    group=MEAN_HEADS,
    scale=_OF_MEAN,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.FLOW,
    upper=_YEAR,
    lower=_YEAR,
    iso="MO",
    source=HR,
    standard=_("KS PAI"),
    related=("turnover_external",),
)
RETIREMENT_AGE = Indicator(
    code="retirement_age",
    key=200,
    number=20,
    area=AREA,
    title=_("Alder ved pensjon"),
    definition=_(
        "Hvor gamle de som gikk av med pensjon i løpet av året, var i snitt. Alderspensjon, AFP og uførepensjon er med."
    ),
    numerator=facts.PENSION_AGE,
    denominator=facts.PENSION_EXITS,
    group=facts.PENSION_EXITS,
    scale=Fraction(1, 12),
    unit=UnitOfMeasure.YEARS,
    decimals=1,
    direction=Direction.UP,
    disclosure=DisclosureClass.MEAN,
    upper=_YEAR,
    lower=_YEAR,
    iso="TU",
    source=HR,
    standard=_("ISO 30414:2025"),
    breakdowns=(),
)
RETAINED_62 = Indicator(
    code="retained_62",
    key=220,
    number=22,
    area=AREA,
    title=_("Over 62 år og fortsatt i jobb"),
    definition=_(
        "Av dem som var ansatt og hadde fylt 62 år da året begynte: andelen som fortsatt var ansatt da det var slutt."
    ),
    persons=(facts.AGED_62_STILL,),
    numerator=facts.AGED_62_STILL,
    denominator=facts.AGED_62,
    group=facts.AGED_62,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.UP,
    disclosure=DisclosureClass.FLOW,
    upper=_YEAR,
    lower=_YEAR,
    iso="TU",
    source=HR,
    standard=_("ISO 30414:2025"),
    breakdowns=(),
)
PARENTAL_LEAVE = Indicator(
    code="parental_leave_weeks",
    key=270,
    number=27,
    area=AREA,
    title=_("Uker i foreldrepermisjon"),
    definition=_(
        "Hvor mange uker de som hadde foreldrepermisjon i løpet av året, var borte i snitt. Er du borte halve "
        "dagen, teller "
        "en halv dag."
    ),
    numerator=facts.PARENTAL_DAYS,
    denominator=facts.TAKERS,
    group=facts.TAKERS,
    scale=Fraction(1, 7000),
    unit=UnitOfMeasure.WEEKS,
    decimals=1,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.MEAN,
    upper=_YEAR,
    lower=_YEAR,
    iso="DI",
    source=_("Personalsystemet: ansettelser og fravær"),
    standard=_("Likestillings- og diskrimineringsloven § 26 a"),
    sources=("employments", "absences"),
)
FIRST_YEAR_EXITS = Indicator(
    code="first_year_exits",
    key=320,
    number=32,
    area=AREA,
    title=_("Nyansatte som sluttet første år"),
    definition=_(
        "Av dem som ble ansatt i løpet av året før: andelen som ikke lenger var ansatt i kommunen på dagen ett "
        "år etter. "
        "Vikarer og andre midlertidige er med."
    ),
    persons=(facts.HIRES_GONE,),
    numerator=facts.HIRES_GONE,
    denominator=facts.HIRES,
    group=facts.HIRES,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.FLOW,
    upper=_YEAR,
    lower=_YEAR,
    iso="TU",
    source=HR,
    standard=_("ISO 30414:2025"),
    breakdowns=(),
    related=("turnover_external",),
)

INDICATORS = (
    TURNOVER,
    TURNOVER_EXCL_PENSION,
    TURNOVER_INTERNAL,
    RETIREMENT_AGE,
    RETAINED_62,
    PARENTAL_LEAVE,
    FIRST_YEAR_EXITS,
)
