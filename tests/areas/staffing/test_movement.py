"""Coming, going, moving and staying, worked out by hand."""

from __future__ import annotations

from byfolk.areas.staffing import facts, movement
from byfolk.engines.indicators.making.trees import FOREVER, Placed
from byfolk.engines.indicators.people import PEOPLE
from tests.engines.indicators.small import CARE, HOME, SCHOOL, SCHOOLS, WARD, Small, day

YEAR = ("2025-01-01", "2025-12-01")
TURNOVER = (PEOPLE, facts.TURNOVER)


def ten_people() -> Small:
    city = Small()
    for person in range(10):
        city.works(person, WARD, "2020-01-01")
    return city


def test_leavers_of_a_year_over_the_mean_of_its_month_ends() -> None:
    city = (
        ten_people()
        .works(11, WARD, "2020-01-01", "2025-07-01", why="resigned")
        .works(12, WARD, "2020-01-01", "2025-07-01", why="pension_afp")
    )
    # 12 at five month-ends and at 30 June no longer... until 31 May and on 30 June still: 6 x 12 + 6 x 10 = 132
    # person-months.
    assert city.value(movement.TURNOVER, TURNOVER, *YEAR) == 2 * 1200 / 132
    assert city.value(movement.TURNOVER_EXCL_PENSION, TURNOVER, *YEAR) == 1 * 1200 / 132


def test_one_who_changes_post_within_the_city_has_not_left() -> None:
    city = (
        ten_people()
        .works(11, WARD, "2020-01-01", "2025-07-01", position=110)
        .works(11, SCHOOL, "2025-07-01", position=111)
    )
    assert city.value(movement.TURNOVER, TURNOVER, *YEAR) == 0.0
    assert city.value(movement.TURNOVER_INTERNAL, TURNOVER, *YEAR, unit=CARE) == 1 * 1200 / (12 * 10 + 6)


def test_a_pause_within_a_month_is_no_leaving() -> None:
    city = (
        ten_people()
        .works(11, WARD, "2020-01-01", "2025-07-05", position=110)
        .works(11, WARD, "2025-07-20", position=111)
    )
    assert city.value(movement.TURNOVER, TURNOVER, *YEAR) == 0.0


def test_two_posts_that_end_together_are_one_leaver() -> None:
    city = ten_people()
    for position in (110, 111):
        city.works(11, WARD, "2020-01-01", "2025-07-01", percent=50, position=position, main=position == 110)
    assert city.facts(facts.TURNOVER, *YEAR)["leavers"].sum() == 1


def test_a_unit_that_is_moved_takes_its_people_along() -> None:
    city = ten_people()
    city.placed = [p for p in city.placed if p.unit != HOME]
    city.placed += [
        Placed(HOME, CARE, 4, day("1990-01-01"), day("2025-06-01")),
        Placed(HOME, SCHOOLS, 4, day("2025-06-01"), FOREVER),
    ]
    assert city.facts(facts.TURNOVER, *YEAR)["movers"].sum() == 0


def test_retirement_age_is_in_whole_months() -> None:
    city = (
        Small()
        .works(
            1, WARD, "2000-01-01", "2025-07-01", born="1960-06-30", why="pension_old_age"
        )  # 65 years on the last day
        .works(
            2, WARD, "2000-01-01", "2025-09-01", born="1962-03-15", why="pension_disability"
        )  # 63 years and 5 months
        .works(3, WARD, "2000-01-01", "2025-09-01", born="1962-03-15", why="resigned")
    )
    assert city.value(movement.RETIREMENT_AGE, (facts.TURNOVER,), *YEAR) == (65 * 12 + 63 * 12 + 5) / (12 * 2)


def test_those_past_62_who_stayed_the_year() -> None:
    city = (
        Small()
        .works(1, WARD, "2000-01-01", born="1962-12-31")  # 62 on the day
        .works(2, WARD, "2000-01-01", "2025-08-01", born="1960-01-01", why="pension_afp")
        .works(3, WARD, "2000-01-01", born="1963-01-01")  # too young at the start
        .works(4, WARD, "2025-02-01", born="1955-01-01")  # not there at the start
    )
    assert city.value(movement.RETAINED_62, (facts.RETENTION,), *YEAR) == 50.0


def test_first_year_exits_follow_each_hire_to_the_same_day_a_year_later() -> None:
    city = (
        Small()
        .works(1, WARD, "2024-03-10", "2025-03-10")  # gone on the day
        .works(2, WARD, "2024-03-10", "2025-03-11")  # there on the day
        .works(3, WARD, "2024-08-01", "2024-10-01", kind="substitute")
        .works(4, WARD, "2010-01-01", "2024-05-01", position=40)
        .works(4, SCHOOL, "2024-05-01", position=41)  # no hire: came from another post
    )
    assert city.value(movement.FIRST_YEAR_EXITS, (facts.HIRING,), *YEAR) == 2 * 100 / 3


def test_parental_leave_is_weeks_of_the_year_for_each_who_took_any() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01")
        .works(2, WARD, "2020-01-01", gender=2)
        .works(3, WARD, "2020-01-01")
        .away(1, "parental", "2024-10-01", "2025-05-21")  # 140 days in 2025: 20 weeks
        .away(2, "parental", "2025-06-02", "2025-08-11", grade=50)  # 70 half days: 5 weeks
    )
    assert city.value(movement.PARENTAL_LEAVE, (facts.PARENTAL,), *YEAR) == (20 + 5) / 2


def test_leave_from_two_posts_at_a_time_is_one_leave() -> None:
    city = (
        Small()
        .works(1, WARD, "2020-01-01", percent=50, position=10)
        .works(1, SCHOOL, "2020-01-01", percent=50, position=11, main=False)
        .away(1, "parental", "2025-03-03", "2025-05-12", position=10)
        .away(1, "parental", "2025-03-03", "2025-05-12", position=11)
    )
    assert city.value(movement.PARENTAL_LEAVE, (facts.PARENTAL,), *YEAR) == 10.0
