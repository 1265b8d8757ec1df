"""Staffing's indicators: numbers 1-3, 14, 15, 17-19 of the indicator list (turnover and leave: `movement`)."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from byfolk.areas.staffing import facts
from byfolk.engines.indicators.breakdowns import AGE_BANDS, Dimension
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
from byfolk.engines.indicators.people import HEADS

HR = _("Personalsystemet: ansettelser")
AREA = "staffing"
PAI = _("KS PAI")
_EVERY = (Dimension.GENDER, Dimension.AGE_BAND, Dimension.JOB_FAMILY)

HEADCOUNT = Indicator(
    code="headcount",
    key=30,
    number=3,
    area=AREA,
    title=_("Ansatte"),
    definition=_(
        "Hvor mange som er ansatt den siste dagen i måneden. Har du flere stillinger, teller du én gang, der du har "
        "hovedstillingen din."
    ),
    numerator=HEADS,
    group=HEADS,
    scale=Fraction(1),
    unit=UnitOfMeasure.COUNT,
    decimals=0,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.OPEN,
    upper=(MONTHLY,),
    lower=(MONTHLY,),
    iso="WC",
    source=HR,
    standard=PAI,
    breakdowns=(Dimension.JOB_FAMILY,),
    minimum_group=1,
)
FTE = Indicator(
    code="fte",
    key=10,
    number=1,
    area=AREA,
    title=_("Avtalte årsverk"),
    definition=_("Alle stillingsprosenter den siste dagen i måneden lagt sammen. To halve stillinger er ett årsverk."),
    numerator=facts.FTE,
    group=HEADS,
    within="part_time",
    persons=(facts.PART_TIMERS,),
    scale=Fraction(1, 1000),
    unit=UnitOfMeasure.FTE,
    decimals=1,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.POSITION,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="WC",
    source=HR,
    standard=_("SSB KOSTRA"),
    breakdowns=(),
    related=("headcount", "fte_excl_long_absence"),
)
FTE_EXCL = Indicator(
    code="fte_excl_long_absence",
    key=20,
    number=2,
    area=AREA,
    title=_("Årsverk uten lange fravær"),
    definition=_(
        "Avtalte årsverk minus årsverk som er sykmeldt eller i foreldrepermisjon den siste dagen i måneden. Er "
        "du sykmeldt "
        "halvt, teller halvparten av stillingen din."
    ),
    numerator=facts.FTE_PRESENT,
    group=HEADS,
    scale=Fraction(1, 1_000_000),
    unit=UnitOfMeasure.FTE,
    decimals=1,
    direction=Direction.NEITHER,
    disclosure=DisclosureClass.HEALTH_FTE,
    upper=(MONTHLY,),
    lower=(),
    iso="WC",
    source=_("Personalsystemet: ansettelser og fravær"),
    standard=_("SSB KOSTRA"),
    breakdowns=(),
    minimum_group=10,
    persons=(facts.SICK_AT_DATE, facts.PARENTAL_AT_DATE),
    sources=("employments", "absences"),
    related=("fte",),
)
PART_TIME = Indicator(
    code="part_time",
    key=140,
    number=14,
    area=AREA,
    title=_("Ansatte i deltid"),
    definition=_("Andelen av de ansatte som har under 100 prosent stilling til sammen, den siste dagen i måneden."),
    watched="permille",
    watched_in=range(1000),
    persons=(facts.PART_TIMERS,),
    numerator=facts.PART_TIMERS,
    denominator=HEADS,
    group=HEADS,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.PERSISTENT,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="WC",
    source=HR,
    standard=_("KS PAI; likestillings- og diskrimineringsloven § 26 a"),
    breakdowns=_EVERY,
    related=("full_time", "position_size"),
)
FULL_TIME = Indicator(
    code="full_time",
    key=150,
    number=15,
    area=AREA,
    title=_("Ansatte i heltid"),
    definition=_("Andelen av de ansatte som har 100 prosent stilling til sammen, den siste dagen i måneden."),
    persons=(facts.FULL_TIMERS,),
    numerator=facts.FULL_TIMERS,
    denominator=HEADS,
    group=HEADS,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.UP,
    disclosure=DisclosureClass.PERSISTENT,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="WC",
    source=HR,
    standard=PAI,
    breakdowns=_EVERY,
    complement_of="part_time",
    related=("part_time", "position_size"),
)
POSITION_SIZE = Indicator(
    code="position_size",
    key=170,
    number=17,
    area=AREA,
    title=_("Gjennomsnittlig stilling"),
    definition=_("Hvor stor stilling de ansatte har i snitt, når alle stillingene til hver ansatt er lagt sammen."),
    within="part_time",
    persons=(facts.PART_TIMERS,),
    numerator=facts.POSITION_SUM,
    denominator=HEADS,
    group=HEADS,
    scale=Fraction(1, 10),
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.UP,
    disclosure=DisclosureClass.POSITION,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="WC",
    source=HR,
    standard=PAI,
    breakdowns=(),
    related=("part_time", "full_time"),
)
TEMPORARY = Indicator(
    code="temporary",
    key=180,
    number=18,
    area=AREA,
    title=_("Midlertidig ansatte"),
    definition=_(
        "Andelen av de ansatte som er midlertidig ansatt eller vikar i hovedstillingen sin, den siste dagen i måneden. "
        "Lærlinger er ikke med blant de midlertidige."
    ),
    watched="temporary",
    watched_in=range(1, 2),
    persons=(facts.TEMPORARY,),
    numerator=facts.TEMPORARY,
    denominator=HEADS,
    group=HEADS,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    disclosure=DisclosureClass.PERSISTENT,
    upper=(QUARTERLY,),
    lower=(AT_YEAR_END,),
    iso="WC",
    source=HR,
    standard=_("Likestillings- og diskrimineringsloven § 26 a; arbeidsmiljøloven § 14-9"),
    breakdowns=_EVERY,
)
AGE_STRUCTURE = tuple(
    Indicator(
        code=band.key.replace("age_0", "age_under_30"),
        key=190 + i,
        number=19,
        area=AREA,
        title=title,
        definition=_(
            "Andelen av de ansatte som er så gamle, den siste dagen i måneden. Gruppene blir 100 prosent til sammen."
        ),
        watched="age_band",
        persons=facts.IN_AGE_BAND,
        numerator=measure,
        denominator=HEADS,
        group=HEADS,
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=1,
        direction=Direction.NEITHER,
        disclosure=DisclosureClass.STRUCTURE,
        upper=(QUARTERLY,),
        lower=(AT_YEAR_END,),
        iso="WC",
        source=HR,
        standard=_("SSB"),
        breakdowns=(),
        related=("headcount",),
    )
    for i, (band, measure, title) in enumerate(
        zip(
            AGE_BANDS,
            facts.IN_AGE_BAND,
            (
                _("Ansatte under 30 år"),
                _("Ansatte 30–39 år"),
                _("Ansatte 40–49 år"),
                _("Ansatte 50–59 år"),
                _("Ansatte 60 år og over"),
            ),
            strict=True,
        )
    )
)

INDICATORS = (
    HEADCOUNT,
    FTE,
    FTE_EXCL,
    PART_TIME,
    FULL_TIME,
    POSITION_SIZE,
    TEMPORARY,
    *AGE_STRUCTURE,
)
