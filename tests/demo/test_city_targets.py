"""Targets of the demo city."""

from __future__ import annotations

import polars as pl

from tests.demo.city import small_city


def test_the_city_has_a_target_for_every_indicator_and_year():
    targets = small_city().targets
    city = targets.filter(pl.col("unit_code") == "1")
    assert set(city["indicator"]) == set(targets["indicator"])
    assert city.group_by("indicator").agg(pl.col("year").sort())["year"].to_list() == [[2023, 2024, 2025, 2026]] * len(
        set(city["indicator"])
    )


def test_targets_differ_by_sector():
    sick = small_city().targets.filter(pl.col("indicator") == "sick_leave", pl.col("year") == 2026)
    by_unit = dict(sick.select("unit_code", "target").rows())
    assert by_unit["210"] > by_unit["1"] > by_unit["710"]


def test_a_target_stands_once():
    assert small_city().targets.select("indicator", "unit_code", "year").is_unique().all()
