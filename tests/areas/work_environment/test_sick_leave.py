"""Sick leave, worked out by hand. March 2025 has 21 working days; in April 2025 Easter and no other holiday leave
19.
"""

from __future__ import annotations

import polars as pl
import pytest

from byfolk.areas.work_environment import facts, indicators
from tests.engines.indicators.small import CARE, SCHOOL, WARD, Small

MARCH, APRIL = "2025-03-01", "2025-04-01"
TABLES = facts.FACTS


def lost(city: Small, measure: str, first: str = MARCH, last: str = "") -> float:
    return city.facts(facts.SICK_LEAVE, first, last)[measure].sum() / facts.PER


def test_contracted_day_works_are_working_days_times_the_share_of_a_post() -> None:
    city = Small().works(1, WARD, "2020-01-01").works(2, WARD, "2025-03-17", percent=50)
    # 21 days, and half of the 11 from 17 March.
    assert city.facts(facts.DAY_WORKS, MARCH)["contracted"].sum() / facts.PER == 21 + 5.5


def test_public_holidays_are_no_day_works() -> None:
    city = Small().works(1, WARD, "2020-01-01")
    # 22 weekdays, less Maundy Thursday 17, Good Friday 18 and Easter Monday 21 April.
    assert city.facts(facts.DAY_WORKS, APRIL)["contracted"].sum() / facts.PER == 19


def test_graded_absence_from_part_of_a_post() -> None:
    city = Small().works(1, WARD, "2020-01-01", percent=80).away(1, "certified", "2025-03-10", "2025-03-15", grade=50)
    assert lost(city, "lost") == 2.0  # five working days x 0.8 x 0.5


def test_sick_leave_is_lost_over_contracted_in_every_unit_above() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01")
        .works(2, SCHOOL, "2020-01-01")
        .away(1, "self_certified", "2025-03-03", "2025-03-06")
    )
    assert city.value(indicators.SICK_LEAVE, TABLES, MARCH, unit=CARE) == 3 * 100 / 21
    assert city.value(indicators.SICK_LEAVE, TABLES, MARCH) == 3 * 100 / 42


@pytest.mark.parametrize("kind", ["parental", "child_sick", "other"])
def test_other_leave_is_not_sick_leave(kind: str) -> None:
    city = Small().works(1, WARD, "2020-01-01").away(1, kind, "2025-03-03", "2025-03-06")
    assert city.facts(facts.SICK_LEAVE, MARCH).height == 0


def test_certified_and_self_certified_add_up_to_all() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01")
        .away(1, "self_certified", "2025-03-03", "2025-03-05")
        .away(1, "certified", "2025-03-24", "2025-03-29")
    )
    assert (lost(city, "lost_self"), lost(city, "lost_certified"), lost(city, "lost")) == (2, 5, 7)


def test_sixteen_days_are_short_and_seventeen_are_long() -> None:
    short = Small().works(1, WARD, "2020-01-01").away(1, "certified", "2025-03-03", "2025-03-19")
    long = Small().works(1, WARD, "2020-01-01").away(1, "certified", "2025-03-03", "2025-03-20")
    assert (lost(short, "lost_short"), lost(short, "lost_long")) == (12, 0)
    assert (lost(long, "lost_short"), lost(long, "lost_long")) == (0, 13)


def test_papers_that_touch_are_one_spell_so_its_first_days_are_long_as_well() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01")
        .away(1, "self_certified", "2025-03-03", "2025-03-06")
        .away(1, "certified", "2025-03-06", "2025-03-24")
    )
    assert lost(city, "lost_long") == lost(city, "lost") == 15


def test_over_fifty_six_days_is_a_part_of_the_long() -> None:
    city = Small().works(1, WARD, "2020-01-01").away(1, "certified", "2025-02-03", "2025-04-01")  # 57 days
    assert lost(city, "lost_over_56") == lost(city, "lost_long") == 21


def test_a_person_is_absent_once_a_year_in_the_month_of_the_first_time() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01")
        .works(2, WARD, "2020-01-01")
        .away(1, "self_certified", "2025-01-13", "2025-01-15")
        .away(1, "self_certified", "2025-03-03", "2025-03-05")
        .away(2, "certified", "2025-03-03", "2025-03-05")
    )
    rows = (
        city.facts(facts.SICK_LEAVE, "2025-01-01", MARCH)
        .group_by("month")
        .agg(pl.col("absent", "absent_in_year").sum())
        .sort("month")
    )
    assert rows["absent"].to_list() == [1, 2]
    assert rows["absent_in_year"].to_list() == [1, 1]


def test_absence_after_the_employment_ended_counts_for_nothing() -> None:
    city = Small().works(1, WARD, "2020-01-01", "2025-03-05").away(1, "certified", "2025-03-03", "2025-03-29")
    assert lost(city, "lost") == 2
