"""Women's pay and men's, worked out by hand."""

from __future__ import annotations

import polars as pl

from byfolk.areas.pay import facts, indicators
from tests.engines.indicators.small import CITY, SCHOOL, WARD, Small

DECEMBER = "2025-12-01"


def paid() -> Small:
    city = Small()
    for person, gender, unit, kroner in (
        (1, 1, WARD, 500_000),
        (2, 1, WARD, 520_000),
        (3, 1, SCHOOL, 600_000),
        (4, 2, WARD, 560_000),
        (5, 2, SCHOOL, 640_000),
    ):
        city.works(person, unit, "2020-01-01", percent=50 if person == 1 else 100, gender=gender).paid(person, kroner)
    return city


def test_mean_pay_is_for_full_time_whatever_the_post() -> None:
    city = paid()
    assert city.value(indicators.MEAN_WOMEN, facts.FACTS, DECEMBER) == 540_000.0
    assert city.value(indicators.MEAN_MEN, facts.FACTS, DECEMBER) == 600_000.0


def test_the_ratio_is_of_the_two_published_means() -> None:
    assert paid().value(indicators.RATIO, facts.FACTS, DECEMBER) == 90.0


def test_the_median_of_an_even_number_is_the_lower_of_the_two_in_the_middle() -> None:
    rows = paid().facts(facts.MEDIAN_PAY, DECEMBER).filter(pl.col("unit") == CITY)
    assert rows["median_women"].to_list() == [52_000_000]
    assert rows["median_men"].to_list() == [56_000_000]


def test_pay_is_counted_at_the_years_end_only() -> None:
    assert paid().facts(facts.FULL_TIME_PAY, "2025-11-01").height == 0
