"""Who works here, worked out by hand."""

from __future__ import annotations

from byfolk.areas.staffing import facts, indicators
from byfolk.engines.indicators.people import PEOPLE
from tests.engines.indicators.small import CARE, CITY, HOME, SCHOOL, SCHOOLS, WARD, Small

MARCH = "2025-03-01"
PARTS = (PEOPLE, facts.COMPOSITION)


def three_people() -> Small:
    """Jonas 100 % in the ward; Ingrid 60 % at the school, her main post, and 20 % in the ward; Mette 50 % at the
    school.
    """
    return (
        Small()
        .works(1, WARD, "2024-01-01", gender=2, born="1999-04-01")
        .works(2, SCHOOL, "2024-01-01", percent=60, position=20)
        .works(2, WARD, "2024-01-01", percent=20, main=False, position=21)
        .works(3, SCHOOL, "2024-01-01", percent=50, kind="substitute", born="1960-01-01")
    )


def test_a_person_with_two_posts_is_one_head_where_the_main_post_is() -> None:
    city = three_people()
    assert city.value(indicators.HEADCOUNT, (PEOPLE,), MARCH) == 3
    assert city.value(indicators.HEADCOUNT, (PEOPLE,), MARCH, unit=CARE) == 1
    assert city.value(indicators.HEADCOUNT, (PEOPLE,), MARCH, unit=SCHOOLS) == 2


def test_full_time_equivalents_count_every_post_in_its_own_unit() -> None:
    city = three_people()
    assert city.value(indicators.FTE, (facts.CONTRACTS,), MARCH) == 2.3  # 1.0 + 0.6 + 0.2 + 0.5
    assert city.value(indicators.FTE, (facts.CONTRACTS,), MARCH, unit=WARD) == 1.2  # 1.0 + 0.2


def test_part_time_is_all_of_a_persons_posts_under_full_time() -> None:
    city = (
        three_people()
        .works(4, WARD, "2024-01-01", percent=60, position=40)
        .works(4, WARD, "2024-01-01", percent=40, position=41, main=False)
    )
    assert city.value(indicators.PART_TIME, PARTS, MARCH) == 50.0  # Ingrid and Mette of four
    assert city.value(indicators.FULL_TIME, PARTS, MARCH) == 50.0
    assert city.value(indicators.PART_TIME, PARTS, MARCH, unit=WARD) == 0.0


def test_average_position_size_is_over_persons_not_posts() -> None:
    assert three_people().value(indicators.POSITION_SIZE, PARTS, MARCH, unit=SCHOOL) == 65.0  # (80 + 50) / 2


def test_substitutes_are_temporary_and_apprentices_are_not() -> None:
    city = three_people().works(4, SCHOOL, "2024-01-01", kind="apprentice")
    assert city.value(indicators.TEMPORARY, PARTS, MARCH) == 25.0


def test_age_bands_add_up_to_a_hundred_per_cent() -> None:
    city = three_people()
    values = {i.code: city.value(i, PARTS, MARCH) for i in indicators.AGE_STRUCTURE}
    assert round(values["age_under_30"] or 0, 4) == 33.3333  # Jonas is 25
    assert round(values["age_60"] or 0, 4) == 33.3333  # Mette is 65
    assert round(sum(v or 0 for v in values.values()), 9) == 100.0


def test_a_person_turns_thirty_on_the_birthday_and_not_before() -> None:
    city = Small().works(1, WARD, "2024-01-01", born="1995-03-31").works(2, WARD, "2024-01-01", born="1995-04-01")
    band = {i.code: i for i in indicators.AGE_STRUCTURE}
    assert city.value(band["age_30"], PARTS, MARCH) == 50.0


def test_one_who_left_on_the_last_day_is_still_counted_on_it() -> None:
    city = Small().works(1, WARD, "2024-01-01", "2025-04-01").works(2, WARD, "2024-01-01", "2025-03-31")
    assert city.value(indicators.HEADCOUNT, (PEOPLE,), MARCH) == 1


def test_long_absence_is_taken_off_by_its_grade_and_only_sickness_and_parental_leave() -> None:
    city = (
        Small()
        .works(1, WARD, "2024-01-01")
        .works(2, WARD, "2024-01-01", percent=80)
        .works(3, HOME, "2024-01-01")
        .works(4, HOME, "2024-01-01")
        .away(1, "certified", "2025-03-20", "2025-05-01", grade=50)
        .away(2, "parental", "2025-01-01", "2025-09-01")
        .away(3, "child_sick", "2025-03-31", "2025-04-01")
        .away(4, "certified", "2025-03-01", "2025-03-31")  # well again on the last day
    )
    assert city.value(indicators.FTE_EXCL, (facts.PRESENCE,), MARCH, unit=CITY) == 2.5  # 0.5 + 0 + 1 + 1
