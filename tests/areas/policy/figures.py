"""A few figures, written by hand, so that a test knows every number that may and may not be on a page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, NURSING_HOME_SUBUNIT_CODES, ROOT_CODE
from byfolk.engines.goals.models import Target
from byfolk.engines.goals.policy import TargetRow, load_targets
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Figure, Publication
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Level, Unit

OCTOBER = dt.date(2026, 10, 1)
YEAR_END = dt.date(2025, 12, 1)
FIRST_WARD, SECOND_WARD = NURSING_HOME_SUBUNIT_CODES[:2]
#: What hidden rows would have held: the digits may stand nowhere in what a reader gets.
SECRET = 987.6
SECRET_DIGITS = ("987,6", "987.6", "9876")


def start() -> None:
    """Begin with no figures and no targets but those of the test, and one publication."""
    Figure.objects.all().delete()
    Publication.objects.all().delete()
    Target.objects.all().delete()
    Publication.objects.create(
        at=dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC), period_until=OCTOBER, next_on=dt.date(2026, 12, 20),
        months=[OCTOBER], batches=[], facts_hash="", fact_rows=0, published=0, hidden=0, seconds=0,
    )  # fmt: skip


def publish(
    indicator: str,
    unit_code: str,
    value: float | None,
    *,
    period: dt.date = OCTOBER,
    kind: PeriodKind = PeriodKind.MONTH,
    state: State = State.PUBLISHED,
    n: int = 140,
    group: int = 0,
    bound: int | None = None,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> None:
    """One row of the table of figures. Only a published one holds numbers, as the engine writes them."""
    wanted, shown = registry.indicator(indicator), state is State.PUBLISHED
    denominator = n * (wanted.denominator.per if wanted.denominator else 1)
    Figure.objects.create(
        unit=Unit.objects.get(code=unit_code).pk, indicator=wanted.key, breakdown=group, hierarchy=hierarchy,
        kind=kind, period=period, publication=Publication.objects.get().pk, state=state, bound=bound,
        value=value if shown else None, n=n if shown else None,
        numerator=round((value or 0) * denominator / float(wanted.scale)) if shown else None,
        denominator=denominator if shown and wanted.denominator else None,
    )  # fmt: skip


def publish_city() -> None:
    """Head counts for every unit, sick leave and full time for some, and targets for the city and the care agency."""
    start()
    for unit in Unit.objects.filter(valid__endswith__isnull=True):
        publish("headcount", unit.code, 140 if unit.code == NURSING_HOME_CODE else 20, n=20)
    rolling, year = PeriodKind.ROLLING, PeriodKind.YEAR
    for months_ago, value in ((0, 8.4), (12, 8.6), (24, 8.9)):
        publish(
            "sick_leave", ROOT_CODE, value, period=OCTOBER.replace(year=2026 - months_ago // 12), kind=rolling, n=4000
        )
        if months_ago:
            publish("headcount", ROOT_CODE, 4000, period=OCTOBER.replace(year=2026 - months_ago // 12))
    for agency, value in zip(Unit.objects.filter(level=Level.AGENCY).order_by("code"), (7.0, 7.5, 9.5), strict=False):
        publish("sick_leave", agency.code, value, kind=rolling)
    if not Figure.objects.filter(unit=Unit.objects.get(code=CARE_AGENCY_CODE).pk, indicator=70).exists():
        publish("sick_leave", CARE_AGENCY_CODE, 9.9, kind=rolling, n=900)
    publish("sick_leave", CARE_AGENCY_CODE, 9.8, period=YEAR_END, kind=year, n=900)
    publish("sick_leave", NURSING_HOME_CODE, 11.0, period=YEAR_END.replace(year=2024), kind=year)
    publish("sick_leave", NURSING_HOME_CODE, 10.4, period=YEAR_END, kind=year)
    publish("sick_leave", FIRST_WARD, 9.1, period=YEAR_END, kind=year, n=34)
    publish("sick_leave", SECOND_WARD, SECRET, period=YEAR_END, kind=year, state=State.HIDDEN_SMALL, n=6)
    publish("full_time", NURSING_HOME_CODE, 54.0, period=YEAR_END)
    publish("full_time", SECOND_WARD, SECRET, period=YEAR_END, state=State.HIDDEN_SECONDARY, n=6)
    publish("temporary", NURSING_HOME_CODE, None, period=YEAR_END, state=State.BAND_LOW, bound=10)
    targets = [
        ("sick_leave", ROOT_CODE, 2024, "8.0"),
        ("sick_leave", ROOT_CODE, 2025, "7.8"),
        ("sick_leave", ROOT_CODE, 2026, "7.6"),
        ("sick_leave", CARE_AGENCY_CODE, 2025, "9.6"),
        ("full_time", ROOT_CODE, 2025, "55"),
        ("temporary", ROOT_CODE, 2025, "12"),
    ]
    load_targets([TargetRow(code, unit, year, Decimal(value), Decimal("0.5")) for code, unit, year, value in targets])


def refuses_secrets(text: str) -> bool:
    """Whether no hidden number stands in what a reader gets."""
    return not any(digits in text for digits in SECRET_DIGITS)
