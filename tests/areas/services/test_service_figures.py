"""Figures of services against examples worked out by hand."""

from __future__ import annotations

import pytest

from byfolk.areas.services import facts, indicators
from byfolk.areas.services.catalogue import SERVICES
from byfolk.areas.services.permissions import STATEMENT
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import DisclosureClass, Indicator
from tests.engines.indicators.small import CARE, CITY, HOME, SCHOOL, SCHOOLS, WARD, Small

YEAR = ("2025-01-01", "2025-12-01")


def figure(code: str) -> Indicator:
    return registry.indicator(code)


def value(city: Small, code: str, unit: int = CITY) -> float | None:
    return city.value(figure(code), facts.FACTS, *YEAR, unit=unit)


def a_year(city: Small, unit: int, service: str, **measures: float) -> Small:
    """The same results in each month of 2025."""
    for month in range(1, 13):
        to = f"2025-{month + 1:02d}-01" if month < 12 else "2026-01-01"
        city.served(unit, service, f"2025-{month:02d}-01", to, **measures)
    return city


def test_costs_are_held_against_the_budget_whatever_the_service() -> None:
    city = Small().served(HOME, "nursing_home", "2025-01-01", "2026-01-01", cost_budget=1_000, cost_accounts=1_100)
    city.served(SCHOOL, "school", "2025-01-01", "2026-01-01", cost_budget=3_000, cost_accounts=2_980)

    assert value(city, "cost_deviation", CARE) == 10.0
    assert value(city, "cost_deviation") == pytest.approx(100 * 80 / 4000)


def test_a_period_without_budget_is_not_held_against_it() -> None:
    city = Small().served(HOME, "nursing_home", "2025-01-01", "2025-02-01", cost_budget=100, cost_accounts=110)
    city.served(HOME, "nursing_home", "2025-02-01", "2025-03-01", cost_accounts=900)

    assert value(city, "cost_deviation") == 10.0


def test_a_resident_day_costs_what_the_homes_cost_divided_by_all_their_days() -> None:
    city = Small().served(HOME, "nursing_home", "2025-01-01", "2025-04-01", cost_accounts=900_000, volume=300)
    city.served(WARD, "nursing_home", "2025-01-01", "2025-02-01", cost_accounts=300_000, volume=100)

    assert value(city, "unit_cost_nursing_home") == 3_000.0


def test_a_pupil_costs_what_the_school_costs_in_a_year_divided_by_its_mean_number_of_pupils() -> None:
    city = a_year(Small(), SCHOOL, "school", cost_accounts=1_000_000, volume=100)

    assert value(city, "unit_cost_school") == 120_000.0
    assert value(city, "volume_school") == 100.0


def test_months_quarters_and_a_year_come_to_the_same() -> None:
    by_month = a_year(Small(), SCHOOL, "school", cost_accounts=1_000, volume=120)
    by_year = Small().served(SCHOOL, "school", "2025-01-01", "2026-01-01", cost_accounts=12_000, volume=120)
    by_quarter = Small()
    for start, to in (("01", "04"), ("04", "07"), ("07", "10")):
        by_quarter.served(SCHOOL, "school", f"2025-{start}-01", f"2025-{to}-01", cost_accounts=3_000, volume=120)
    by_quarter.served(SCHOOL, "school", "2025-10-01", "2026-01-01", cost_accounts=3_000, volume=120)

    for code in ("unit_cost_school", "volume_school"):
        assert value(by_month, code) == value(by_quarter, code) == value(by_year, code)


def test_a_volume_of_which_a_month_is_missing_is_no_volume_of_the_year() -> None:
    city = Small()
    for month in range(1, 12):
        city.served(HOME, "nursing_home", f"2025-{month:02d}-01", f"2025-{month + 1:02d}-01", volume=30)
    a_year(city, WARD, "nursing_home", volume=10)

    assert value(city, "volume_nursing_home") == 120.0, "the ward's year alone"


def test_pupils_and_resident_days_are_never_added() -> None:
    city = a_year(Small(), HOME, "nursing_home", cost_accounts=100, volume=30)
    a_year(city, SCHOOL, "school", cost_accounts=1_000, volume=100)

    assert value(city, "volume_nursing_home") == 360.0
    assert value(city, "volume_school") == 100.0
    assert value(city, "unit_cost_school", CARE) is None, "no school lies there"


def test_quality_is_the_mean_of_the_places_month_by_month() -> None:
    city = Small().served(HOME, "nursing_home", "2025-01-01", "2026-01-01", quality=60)
    city.served(WARD, "nursing_home", "2025-01-01", "2025-04-01", quality=100)

    assert value(city, "quality_nursing_home") == pytest.approx((60 * 12 + 100 * 3) / 15)


def test_each_users_answer_counts_as_much() -> None:
    city = Small().served(HOME, "nursing_home", "2025-01-01", "2026-01-01", satisfaction=5, respondents=30)
    city.served(SCHOOL, "school", "2025-01-01", "2026-01-01", satisfaction=4, respondents=10)

    assert value(city, "user_satisfaction") == 4.75
    assert value(city, "user_satisfaction", SCHOOLS) == 4.0


def test_what_users_say_is_protected_and_the_rest_is_open() -> None:
    protected = [i.code for i in indicators.INDICATORS if i.disclosure is not DisclosureClass.OPEN]

    assert protected == ["user_satisfaction"]
    found = figure("user_satisfaction")
    assert (found.disclosure, found.minimum_group, found.group.code) == (
        DisclosureClass.MEAN,
        5,
        "service_respondents",
    )
    assert {c.kind for c in (*found.upper, *found.lower)} == {PeriodKind.YEAR}, "twelve months must not overlap"


def test_nobody_reads_the_rows_themselves() -> None:
    assert STATEMENT.open_tables == ()
    assert set(STATEMENT.work_tables) == {"services_result", "services_resultevent"}


def test_every_service_has_its_own_cost_volume_and_quality() -> None:
    for service in SERVICES:
        for what in ("unit_cost", "volume", "quality"):
            assert "samme tjeneste" in str(figure(f"{what}_{service.code}").definition) or what == "quality"
