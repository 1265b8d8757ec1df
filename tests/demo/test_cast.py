"""The cast is in every city, with the same numbers, posts and roles."""

from __future__ import annotations

import polars as pl
import pytest

from byfolk.demo.cast import CAST, EMPLOYED, NURSING_HOME_CODE, NURSING_HOME_SUBUNIT_CODES
from byfolk.demo.city import City, build


@pytest.fixture(scope="module", params=[(300, 1), (1200, 2026)], ids=["small", "larger"])
def city(request) -> City:
    employees, seed = request.param
    return build(employees, seed=seed)


@pytest.mark.parametrize("persona", EMPLOYED, ids=lambda persona: persona.key)
def test_each_of_the_cast_is_employed_in_the_unit_all_the_time(city, persona):
    rows = city.employments.filter(pl.col("employee_number") == persona.employee_number)
    assert rows.height == 1
    row = rows.row(0, named=True)
    assert (row["given_name"], row["family_name"]) == (persona.given_name, persona.family_name)
    assert row["unit_code"] == persona.unit_code
    assert row["percentage"] == persona.percentage
    assert row["valid_to"] is None
    assert row["valid_from"] < city.first
    assert not row["protected"]


def test_olav_is_not_employed_and_nobody_else_has_a_name_of_the_cast(city):
    assert CAST["olav"].employee_number is None
    people = city.employments.select(
        "employee_number", name=pl.col("given_name") + " " + pl.col("family_name")
    ).unique()
    of_cast = people.filter(pl.col("name").is_in([persona.name for persona in CAST.values()]))
    assert of_cast["employee_number"].sort().to_list() == [persona.employee_number for persona in EMPLOYED]


@pytest.mark.parametrize("persona", [p for p in EMPLOYED if p.leads], ids=lambda persona: persona.key)
def test_amir_and_solveig_lead_their_units(city, persona):
    rows = city.leaders.filter(pl.col("unit_code") == persona.leads, pl.col("valid_to").is_null())
    assert rows["employee_number"].to_list() == [persona.employee_number]


@pytest.mark.parametrize("persona", [p for p in EMPLOYED if not p.leads], ids=lambda persona: persona.key)
def test_the_others_lead_nothing(city, persona):
    assert city.leaders.filter(pl.col("employee_number") == persona.employee_number).is_empty()


def test_the_roles_of_the_cast_are_granted(city):
    granted = set(city.grants.select("employee_number", "role", "unit_code").rows())
    assert {(p.employee_number, p.role, p.role_unit_code) for p in EMPLOYED if p.role} <= granted


def test_jonas_solveig_and_ingrid_have_no_role_beside(city):
    numbers = [CAST[key].employee_number for key in ("jonas", "solveig", "ingrid", "amir")]
    assert city.grants.filter(pl.col("employee_number").is_in(numbers)).is_empty()


def test_bjerkelia_has_six_sub_units(city):
    units = city.units.filter(pl.col("valid_to").is_null())
    home = units.filter(pl.col("code") == NURSING_HOME_CODE).row(0, named=True)
    assert home["name"] == "Bjerkelia sykehjem"
    assert home["parent_code"] == CAST["amir"].unit_code
    below = units.filter(pl.col("parent_code") == NURSING_HOME_CODE)["code"].sort().to_list()
    assert below == sorted(NURSING_HOME_SUBUNIT_CODES)


def test_bjerkelia_has_some_140_employees_in_a_city_that_is_large_enough():
    city = build(1200)
    units = [NURSING_HOME_CODE, *NURSING_HOME_SUBUNIT_CODES]
    there = city.employments.filter(pl.col("unit_code").is_in(units), pl.col("valid_from") <= city.last)
    there = there.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > city.last))
    assert there["employee_number"].n_unique() == pytest.approx(140, abs=8)


def test_every_agency_has_an_hr_adviser_a_union_and_a_safety_representative(city):
    agencies = set(city.units.filter(pl.col("kind") == "agency", pl.col("valid_to").is_null())["code"])
    grants = city.grants
    for role in ("hr_adviser", "union_representative"):
        assert set(grants.filter(pl.col("role") == role)["unit_code"]) == agencies, role
    assert agencies <= set(grants.filter(pl.col("role") == "safety_representative")["unit_code"])


def test_nobody_has_two_roles(city):
    assert city.grants["employee_number"].is_unique().all()
