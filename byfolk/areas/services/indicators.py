"""What services cost, how much they give, how good they are and what users say. Numbers from 101: domain.md has no
list.

Costs against the budget and users' answers are of any service. Volume, cost of one and quality are indicators of
their own for each service, since they have no sum across services.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.areas.services import facts
from byfolk.areas.services.catalogue import SERVICES, Service
from byfolk.engines.indicators.definition import (
    CALENDAR_YEAR,
    PERCENT,
    ROLLING_QUARTERLY,
    Cadence,
    Direction,
    DisclosureClass,
    Indicator,
    Measure,
    UnitOfMeasure,
)

AREA = "services"
SOURCE = _("Økonomi-, fag- og kvalitetssystemene: resultater fra tjenestene")
#: A year, and the last twelve months at each quarter's end. Every level: services are not about persons.
_STEADY = (ROLLING_QUARTERLY, CALENDAR_YEAR)
_KOSTRA = _("KOSTRA, kommuneloven § 16-1")


def _indicator(
    code: str,
    key: int,
    number: int,
    title: Promise,
    definition: Promise,
    numerator: Measure,
    denominator: Measure | None,
    group: Measure,
    *,
    scale: Fraction,
    unit: UnitOfMeasure,
    decimals: int,
    direction: Direction,
    cadences: tuple[Cadence, ...] = _STEADY,
    disclosure: DisclosureClass = DisclosureClass.OPEN,
    minimum_group: int = 1,
    standard: Promise = _KOSTRA,
    iso: str = "PR",
    related: tuple[str, ...] = (),
) -> Indicator:
    return Indicator(
        code=code,
        key=key,
        number=number,
        area=AREA,
        title=title,
        definition=definition,
        numerator=numerator,
        denominator=denominator,
        group=group,
        scale=scale,
        unit=unit,
        decimals=decimals,
        direction=direction,
        disclosure=disclosure,
        upper=cadences,
        lower=cadences,
        iso=iso,
        source=SOURCE,
        standard=standard,
        breakdowns=(),
        minimum_group=minimum_group,
        related=related,
        where_reported=True,
        sources=(facts.SOURCE,),
    )


COST_DEVIATION = _indicator(
    "cost_deviation",
    1010,
    101,
    _("Kostnad mot budsjett"),
    _(
        "Hvor mye tjenestene kostet mer (+) eller mindre (−) enn budsjettet, i prosent av budsjettet. Bare perioder "
        "som "
        "har både budsjett og regnskap, er med."
    ),
    facts.OVERSPENT,
    facts.BUDGET,
    facts.COSTED,
    scale=PERCENT,
    unit=UnitOfMeasure.PERCENT,
    decimals=1,
    direction=Direction.DOWN,
    standard=_("kommuneloven § 14-5"),
    iso="CO",
    related=("user_satisfaction",),
)
USER_SATISFACTION = _indicator(
    "user_satisfaction",
    1020,
    102,
    _("Brukertilfredshet"),
    _(
        "Snittet av hvor fornøyde brukerne sier at de er, fra 1 til 6. Hvert svar teller like mye. Tallet vises når "
        "minst "
        "fem har svart, og bare slik at ingen kan regne ut hva færre enn fem svarte."
    ),
    facts.SATISFIED,
    facts.RESPONDENTS,
    facts.RESPONDENTS,
    scale=Fraction(1, 100),
    unit=UnitOfMeasure.OF_SIX,
    decimals=1,
    direction=Direction.UP,
    # One span only: twelve months that overlap would tell of the few who answered in the months between.
    cadences=(CALENDAR_YEAR,),
    disclosure=DisclosureClass.MEAN,
    minimum_group=5,
    standard=_("kommunens egen skala fra 1 til 6"),
    related=("cost_deviation",),
)


def _of_service(service: Service) -> tuple[Indicator, ...]:
    key, number = 1100 + 10 * service.key, 110 + service.key
    codes = {what: f"{what}_{service.code}" for what in ("unit_cost", "volume", "quality")}
    cost, units, costed = facts.of_cost(service)
    volume, whole_years = facts.of_volume(service)
    quality, rated = facts.of_quality(service)
    return (
        _indicator(
            codes["unit_cost"],
            key,
            number,
            service.of_one,
            _PER_YEAR if service.stock else _PER_ONE,
            cost,
            units,
            costed,
            scale=Fraction(12) if service.stock else Fraction(1),
            unit=UnitOfMeasure.KRONER,
            decimals=0,
            direction=Direction.DOWN,
            related=(codes["volume"], codes["quality"], "cost_deviation"),
        ),
        _indicator(
            codes["volume"],
            key + 1,
            number,
            service.volume,
            _MEAN_NUMBER if service.stock else _HOW_MANY,
            volume,
            None,
            whole_years,
            scale=Fraction(1, 1200) if service.stock else Fraction(1, 100),
            unit=UnitOfMeasure.COUNT,
            decimals=0,
            direction=Direction.NEITHER,
            cadences=(CALENDAR_YEAR,),
            related=(codes["unit_cost"], codes["quality"]),
        ),
        _indicator(
            codes["quality"],
            key + 2,
            number,
            service.quality,
            _QUALITY,
            quality,
            rated,
            rated,
            scale=Fraction(1, 100),
            unit=UnitOfMeasure.OF_HUNDRED,
            decimals=0,
            direction=Direction.UP,
            related=(codes["unit_cost"], "user_satisfaction"),
        ),
    )


_PER_ONE = _(
    "Kostnaden i regnskapet delt på hvor mye tjenesten ga. Bare perioder som har begge deler, er med. Legges sammen "
    "bare "
    "innenfor samme tjeneste."
)
_PER_YEAR = _(
    "Kostnaden i regnskapet for ett år, delt på hvor mange tjenesten hadde i snitt. Bare perioder som har begge "
    "deler, er "
    "med. Legges sammen bare innenfor samme tjeneste."
)
_HOW_MANY = _(
    "Hvor mye tjenesten ga i året. Bare steder som har meldt alle tolv månedene, er med. Legges sammen bare innenfor "
    "samme "
    "tjeneste: døgn, timer og elever har ingen sum."
)
_MEAN_NUMBER = _(
    "Hvor mange tjenesten hadde i snitt gjennom året. Bare steder som har meldt alle tolv månedene, er med. Legges "
    "sammen "
    "bare innenfor samme tjeneste: elever, barn og døgn har ingen sum."
)
_QUALITY = _(
    "Kvaliteten fra 0 til 100 slik tjenesten måler den selv, i snitt over stedene som har målt. Hvert sted teller "
    "like mye, "
    "måned for måned. Målt ulikt i ulike tjenester, og legges derfor aldri sammen på tvers."
)
INDICATORS = (COST_DEVIATION, USER_SATISFACTION, *(i for service in SERVICES for i in _of_service(service)))
