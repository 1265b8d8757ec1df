"""Leaders and those who report to them, worked out by hand."""

from __future__ import annotations

from byfolk.areas.leadership import facts, indicators
from tests.engines.indicators.small import CARE, CITY, HOME, SCHOOL, SCHOOLS, WARD, Small

MARCH = "2025-03-01"


def led() -> Small:
    """1 leads the city, 2 care, 3 schools, 4 the home. The ward and the school have no leader of their own."""
    city = Small()
    for person, unit, gender in ((1, CITY, 2), (2, CARE, 1), (3, SCHOOLS, 2), (4, HOME, 1)):
        city.works(person, unit, "2020-01-01", gender=gender).leads(person, unit)
    for person in range(10, 16):
        city.works(person, WARD, "2020-01-01")
    return city.works(20, SCHOOL, "2020-01-01").works(21, SCHOOL, "2020-01-01")


def test_women_among_leaders_in_all_and_by_level() -> None:
    city = led()
    assert city.value(indicators.WOMEN_LEADERS, facts.FACTS, MARCH) == 50.0
    by_code = {i.code: i for i in indicators.WOMEN_LEADERS_AT}
    assert city.value(by_code["women_leaders_top"], facts.FACTS, MARCH) == 100 / 3
    assert city.value(by_code["women_leaders_middle"], facts.FACTS, MARCH) == 100.0
    assert city.value(by_code["women_leaders_first_line"], facts.FACTS, MARCH) is None


def test_one_who_leads_two_units_is_one_leader_in_the_highest() -> None:
    city = led().leads(4, WARD)
    rows = city.facts(facts.LEADING, MARCH)
    assert rows["leaders"].sum() == 4
    assert city.value(indicators.SPAN, facts.FACTS, MARCH, unit=HOME) == 6.0


def test_people_report_to_the_nearest_leader_above_and_leaders_to_the_one_over_them() -> None:
    city = led()
    rows = city.facts(facts.LEADING, MARCH)
    reports = dict(zip(rows["unit"].to_list(), rows["reports"].to_list(), strict=True))
    # The city's leader has two agency heads; care has the home's leader; schools have two teachers; the home has six.
    assert reports == {CITY: 2, CARE: 1, SCHOOLS: 2, HOME: 6}
    assert city.value(indicators.SPAN, facts.FACTS, MARCH) == 11 / 4


def test_one_who_stopped_leading_is_no_leader() -> None:
    city = Small().works(1, WARD, "2020-01-01").leads(1, WARD, to="2025-03-31")
    assert city.facts(facts.LEADING, MARCH).height == 0
