"""The city looks like a Norwegian municipality. One city of 12,000 is enough to see it."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from byfolk.demo.city import City, build
from byfolk.demo.city.statistics import employed, sectors, sick_leave, turnover

ON = date(2025, 10, 1)


@cache
def city() -> City:
    return build(12_000)


@cache
def people() -> pl.DataFrame:
    """One row a person on a day: the main post, with the percentage of all posts."""
    rows = employed(city(), ON)
    total = rows.group_by("employee_number").agg(total=pl.col("percentage").sum(), posts=pl.len())
    main = rows.filter(pl.col("main")).join(total, on="employee_number")
    return main.with_columns(
        sector=pl.col("unit_code").replace_strict(sectors(city())),
        age=(pl.lit(ON) - pl.col("birth_date")).dt.total_days() / 365.25,
    )


def share(condition: pl.Expr) -> float:
    return people().select(condition.mean()).item()


def rate(sector: str, begin: date = date(2024, 1, 1), end: date = date(2026, 1, 1)) -> float:
    return sick_leave(city(), begin, end).filter(pl.col("sector") == sector)["rate"].item()


def test_two_thirds_are_women():
    assert share(pl.col("gender") == "K") == pytest.approx(0.67, abs=0.03)


@pytest.mark.parametrize(
    ("sector", "women"), [("kindergarten", 0.79), ("nursing_home", 0.77), ("school", 0.66), ("technical", 0.3)]
)
def test_the_share_of_women_follows_the_sector(sector, women):
    assert people().filter(pl.col("sector") == sector).select((pl.col("gender") == "K").mean()).item() == pytest.approx(
        women, abs=0.05
    )


@pytest.mark.parametrize(
    ("sector", "part"), [("nursing_home", 0.49), ("home_care", 0.47), ("school", 0.21), ("technical", 0.1)]
)
def test_part_time_follows_the_sector(sector, part):
    assert people().filter(pl.col("sector") == sector).select((pl.col("total") < 1000).mean()).item() == pytest.approx(
        part, abs=0.05
    )


def test_one_in_eight_is_not_permanent():
    assert 0.10 <= share(pl.col("employment_kind") != "permanent") <= 0.14


def test_four_per_cent_have_several_posts():
    assert share(pl.col("posts") > 1) == pytest.approx(0.045, abs=0.015)


def test_few_have_more_than_full_time_and_nobody_over_110_per_cent():
    assert 0 < share(pl.col("total") > 1000) < 0.005
    assert people()["total"].max() <= 1100


def test_the_mean_age_is_that_of_a_municipality():
    assert people()["age"].mean() == pytest.approx(43.5, abs=1.5)
    assert people()["age"].min() > 16
    assert people()["age"].max() < 74


@pytest.mark.parametrize(
    ("sector", "expected"),
    [
        ("all", 7.9),
        ("kindergarten", 10.8),
        ("nursing_home", 10.2),
        ("home_care", 10.1),
        ("school", 7.0),
        ("administration", 5.0),
        ("technical", 6.6),
    ],
)
def test_sick_leave_follows_the_sector(sector, expected):
    assert rate(sector) == pytest.approx(expected, abs=0.9)


def test_half_of_the_days_lost_are_in_spells_over_eight_weeks():
    whole = sick_leave(city(), date(2024, 1, 1), date(2025, 1, 1)).row(-1, named=True)
    assert whole["long_share"] == pytest.approx(0.5, abs=0.05)


def test_there_is_more_sick_leave_in_winter_than_in_summer():
    assert rate("all", date(2025, 1, 1), date(2025, 4, 1)) > 1.15 * rate("all", date(2025, 6, 1), date(2025, 9, 1))


def test_sick_leave_falls_a_little_after_2024():
    early = rate("all", date(2024, 1, 1), date(2024, 10, 1))
    late = rate("all", date(2026, 1, 1), date(2026, 10, 1))
    assert 0.88 < late / early < 0.99


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_a_tenth_leaves_in_a_year_and_two_per_cent_change_agency(year):
    figures = turnover(city(), year)
    assert figures["external"] == pytest.approx(10.5, abs=1.5)
    assert figures["internal"] == pytest.approx(2.1, abs=0.7)


def test_people_retire_at_64_to_65():
    pension = city().employments.filter(pl.col("end_reason").is_in(["pension_afp", "pension_old_age"]), pl.col("main"))
    age = pension.select(((pl.col("valid_to") - pl.col("birth_date")).dt.total_days() / 365.25).mean()).item()
    assert age == pytest.approx(64.8, abs=0.6)
    afp = pension.filter(pl.col("end_reason") == "pension_afp")
    assert afp.select(((pl.col("valid_to") - pl.col("birth_date")).dt.total_days() / 365.25).min()).item() > 61.8


def test_women_earn_a_little_less_than_men():
    pay = people().group_by("gender").agg(pl.col("annual_pay").mean())
    by_gender = dict(pay.rows())
    assert 0.92 < by_gender["K"] / by_gender["M"] < 0.98


def test_parental_leave_is_longer_for_women():
    leave = city().absences.filter(pl.col("kind") == "parental", pl.col("valid_to").is_not_null())
    gender = city().employments.select("employee_number", "gender").unique("employee_number")
    weeks = (
        leave.join(gender, on="employee_number")
        .group_by("gender")
        .agg(((pl.col("valid_to") - pl.col("valid_from")).dt.total_days() / 7).mean().alias("weeks"))
    )
    by_gender = dict(weeks.rows())
    assert by_gender["K"] == pytest.approx(30, abs=4)
    assert by_gender["M"] == pytest.approx(14, abs=2.5)


def test_self_certified_spells_are_whole_and_short():
    spells = city().absences.filter(pl.col("kind") == "self_certified", pl.col("valid_to").is_not_null())
    assert spells["grade"].unique().to_list() == [1000]
    assert spells.select((pl.col("valid_to") - pl.col("valid_from")).dt.total_days().max()).item() <= 5


def test_there_are_small_workplaces_for_disclosure_control():
    codes = city().units.filter(pl.col("kind") == "workplace", pl.col("valid_to").is_null())["code"]
    sizes = employed(city(), ON).filter(pl.col("unit_code").is_in(codes.to_list())).group_by("unit_code").len()["len"]
    assert 0.05 < (sizes <= 8).mean() < 0.35


def test_names_vary():
    names = people().select("given_name", "family_name")
    assert names.unique().height > 0.75 * names.height
