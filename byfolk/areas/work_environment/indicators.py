"""Sick leave: numbers 7-11 of the indicator list. Parental leave and sick children are not sick leave."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.areas.work_environment import facts
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import (
    CALENDAR_YEAR,
    MONTHLY,
    PERCENT,
    ROLLING_YEAR,
    Cadence,
    Direction,
    DisclosureClass,
    Indicator,
    Measure,
    UnitOfMeasure,
)
from byfolk.engines.indicators.people import MEAN_HEADS

SOURCE = _("Personalsystemet: ansettelser og fravær")


def _sick_leave(
    code: str,
    key: int,
    number: int,
    title: Promise,
    definition: Promise,
    lost: Measure,
    *,
    disclosure: DisclosureClass = DisclosureClass.HEALTH_SPLIT,
    upper: tuple[Cadence, ...] = (CALENDAR_YEAR,),
    breakdowns: tuple[Dimension, ...] = (),
    parts: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
    within: str = "sick_leave",
    persons: tuple[Measure, ...] = (facts.SELF_IN_YEAR, facts.SHORT_IN_YEAR, facts.LONG_IN_YEAR),
    persons_in_month: tuple[Measure, ...] = (),
) -> Indicator:
    return Indicator(
        code=code,
        key=key,
        number=number,
        area="work_environment",
        title=title,
        definition=definition,
        numerator=lost,
        denominator=facts.CONTRACTED,
        group=MEAN_HEADS,
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=1,
        direction=Direction.DOWN,
        disclosure=disclosure,
        upper=upper,
        lower=(CALENDAR_YEAR,),
        iso="HS",
        source=SOURCE,
        standard=_("SSB og NAV sykefraværsstatistikk; arbeidsmiljøloven § 5-1"),
        breakdowns=breakdowns,
        minimum_group=10,
        parts=parts,
        related=related,
        within=within,
        persons=persons,
        persons_in_month=persons_in_month,
        sources=("employments", "absences"),
    )


SICK_LEAVE = _sick_leave(
    "sick_leave",
    70,
    7,
    _("Sykefravær"),
    _(
        "Tapte dagsverk på grunn av egen sykdom, delt på avtalte dagsverk. Gradert fravær teller bare den delen "
        "du er borte. "
        "Foreldrepermisjon og syke barn er ikke med."
    ),
    facts.LOST,
    disclosure=DisclosureClass.HEALTH,
    upper=(ROLLING_YEAR, CALENDAR_YEAR, MONTHLY),
    breakdowns=(Dimension.GENDER, Dimension.AGE_BAND, Dimension.JOB_FAMILY),
    parts=("sick_leave_self_certified", "sick_leave_certified"),
    related=("sick_leave_short", "sick_leave_long"),
    within="",
    persons=(facts.ABSENT_IN_YEAR,),
    persons_in_month=(facts.ABSENT,),
)
CERTIFIED = _sick_leave(
    "sick_leave_certified",
    80,
    8,
    _("Legemeldt sykefravær"),
    _("Tapte dagsverk med sykmelding, delt på avtalte dagsverk. Er du sykmeldt halvt, teller halve dagen."),
    facts.LOST_CERTIFIED,
    related=("sick_leave", "sick_leave_self_certified"),
)
SELF_CERTIFIED = _sick_leave(
    "sick_leave_self_certified",
    90,
    9,
    _("Egenmeldt sykefravær"),
    _("Tapte dagsverk med egenmelding, delt på avtalte dagsverk."),
    facts.LOST_SELF,
    related=("sick_leave", "sick_leave_certified"),
)
SHORT = _sick_leave(
    "sick_leave_short",
    100,
    10,
    _("Korttidsfravær, 1–16 dager"),
    _(
        "Tapte dagsverk i sykefravær som varte i 16 dager eller mindre, delt på avtalte dagsverk. Dager i "
        "strekk er ett fravær."
    ),
    facts.LOST_SHORT,
    related=("sick_leave", "sick_leave_long"),
)
LONG = _sick_leave(
    "sick_leave_long",
    110,
    11,
    _("Langtidsfravær, over 16 dager"),
    _(
        "Tapte dagsverk i sykefravær som varte i mer enn 16 dager, delt på avtalte dagsverk. Dager i strekk er "
        "ett fravær."
    ),
    facts.LOST_LONG,
    related=("sick_leave", "sick_leave_short", "sick_leave_over_56"),
)
OVER_56 = _sick_leave(
    "sick_leave_over_56",
    111,
    11,
    _("Sykefravær over 56 dager"),
    _(
        "Tapte dagsverk i sykefravær som varte i mer enn åtte uker, delt på avtalte dagsverk. De er med i "
        "langtidsfraværet også."
    ),
    facts.LOST_OVER_56,
    related=("sick_leave_long",),
    within="sick_leave_long",
    persons=(facts.MIDDLE_IN_YEAR, facts.OVER_56_IN_YEAR),
)

INDICATORS = (SICK_LEAVE, CERTIFIED, SELF_CERTIFIED, SHORT, LONG, OVER_56)
