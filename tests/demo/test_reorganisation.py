"""The reorganisation in the middle of the city's life: dated placements and successions."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from byfolk.demo.city import build
from tests.demo.city import closed, small_city

ON = date(2025, 1, 1)


def successors(code: str) -> list[str]:
    return small_city().successions.filter(pl.col("from_code") == code)["to_code"].to_list()


def placements(code: str) -> list[tuple[str, str | None, date, date | None]]:
    units = small_city().units.filter(pl.col("code") == code)
    return units.select("name", "parent_code", "valid_from", "valid_to").sort("valid_from").rows()


def test_two_agencies_become_a_new_one():
    assert successors("720") == ["730"]
    assert successors("725") == ["730"]
    assert placements("730")[0][2] == ON
    assert placements("720")[-1][3] == ON


def test_the_staff_of_the_two_agencies_is_in_the_new_one_afterwards():
    city = small_city()
    below = {
        code for code, parent, end in city.units.select("code", "parent_code", "valid_to").rows() if parent == "730"
    }
    there = closed(city.employments).filter(pl.col("valid_from") <= ON, pl.col("valid_to") > ON)
    assert there.filter(pl.col("unit_code").is_in([*below, "730"])).height > 5
    assert there.filter(pl.col("unit_code").is_in(["720", "725"])).is_empty()


def test_a_districts_home_care_is_split_in_two():
    [split] = {code for code in small_city().successions["from_code"] if len(successors(code)) == 2}
    names = [placements(code)[0][0] for code in successors(split)]
    assert names == ["Hjemmetjenesten i Granhøgda nord", "Hjemmetjenesten i Granhøgda sør"]
    assert placements(split)[0][1] == "301"


def test_a_division_moves_to_another_agency_and_keeps_its_code():
    lights = small_city().units.filter(pl.col("name") == "Gatelys og skilt")
    assert lights["code"].n_unique() == 1
    assert lights.sort("valid_from")["parent_code"].to_list() == ["510", "420"]


def test_an_agency_gets_a_new_name():
    harbour = build(6000).units.filter(pl.col("code") == "530").sort("valid_from")
    assert harbour["name"].to_list() == ["Havnekontoret", "Fjordby havnedrift"]


@pytest.mark.parametrize("employees", [300, 1200])
def test_workplaces_close_and_open(employees):
    units = build(employees).units.filter(pl.col("kind") == "workplace")
    assert units.filter(pl.col("valid_to").is_not_null()).height >= 1
    assert units.filter(pl.col("valid_from") > date(2023, 1, 1)).height >= 1


def test_everybody_in_a_closed_unit_goes_on_in_its_main_successor():
    city = small_city()
    main = dict(
        city.successions.unique("from_code", keep="first", maintain_order=True).select("from_code", "to_code").rows()
    )
    moved = city.employments.filter(pl.col("end_reason") == "reorganised")
    assert moved.height > 10
    after = moved.join(
        city.employments, left_on=["employee_number", "valid_to"], right_on=["employee_number", "valid_from"]
    )
    pairs = set(after.select("unit_code", "unit_code_right").rows())
    assert pairs <= set(main.items())
    assert after["employee_number"].n_unique() == moved["employee_number"].n_unique()


def test_a_leader_whose_unit_went_into_another_is_not_a_leader_there():
    city = small_city()
    old = city.leaders.filter(pl.col("unit_code") == "720", pl.col("valid_to") == ON)["employee_number"].item()
    assert city.leaders.filter(pl.col("employee_number") == old, pl.col("valid_from") == ON).is_empty()


def test_a_closed_unit_has_no_leader():
    city = small_city()
    ends = dict(
        city.units.filter(pl.col("valid_to").is_not_null()).group_by("code").agg(pl.col("valid_to").max()).rows()
    )
    ends = {code: end for code, end in ends.items() if code in set(city.successions["from_code"])}
    for code, end in closed(city.leaders).select("unit_code", "valid_to").rows():
        assert code not in ends or end <= ends[code], code
