"""The import files of the demo, and the messy one, against the import itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from byfolk.areas.services.importing.rules import STANDING
from byfolk.demo.city import messy_employments, write_files
from byfolk.demo.city.messy import KINDS_OF_MISTAKE
from byfolk.kernel.people.importing.checking import Checked, Existing, check
from byfolk.kernel.people.importing.guessing import guess
from byfolk.lib.tables import read
from tests.demo.city import small_city

ON = dt.date(2026, 11, 22)


def checked(source, existing: Existing) -> Checked:
    table = read(source)
    _kind, mapping = guess(table.columns, table.frame)
    assert mapping.missing() == []
    return check(table, mapping, existing, on=ON)


def errors(result: Checked) -> pl.DataFrame:
    return result.findings.filter(pl.col("severity") == "error")


def known_units(result: Checked) -> pl.DataFrame:
    level = pl.col("kind").cast(pl.Int16).alias("level")
    return result.good.select("code", "name", level, "parent_code", "valid_from", "valid_to")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("files")
    write_files(small_city(), path)
    return path


@pytest.fixture(scope="module")
def existing(folder) -> Existing:
    units = checked(folder / "units.csv", Existing())
    have = replace(Existing(), units=known_units(units))
    rows = checked(folder / "employments.csv", have).good
    return replace(
        have,
        employees=rows.select("employee_number", "birth_date").unique("employee_number"),
        employments=rows.select(have.employments.columns),
    )


def test_the_files_are_written_as_a_norwegian_system_would(folder):
    raw = (folder / "employments.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfAnsattnummer;Fornavn;Etternavn;")
    jonas = next(line for line in raw.decode("utf-8-sig").splitlines() if line.startswith("100004;"))
    assert ";Jonas;Haugen;" in jonas.replace("100004", "")
    assert ";80,0;ja;01.08.2019;" in jonas


def test_all_units_land(folder):
    result = checked(folder / "units.csv", Existing())
    assert errors(result).is_empty()
    assert result.good.height == small_city().units.height


def test_the_spreadsheet_says_the_same_as_the_csv(folder):
    one = checked(folder / "units.csv", Existing()).good
    two = checked(folder / "units.xlsx", Existing()).good
    assert one.drop("line").equals(two.drop("line"))


def test_all_employments_land_and_come_out_as_they_went_in(folder, existing):
    result = checked(folder / "employments.csv", replace(Existing(), units=existing.units))
    assert errors(result).is_empty()
    names = [name for name in small_city().employments.columns if name not in ("end_reason", "work_phone")]
    keys = ["employee_number", "position_number", "valid_from"]
    landed = result.good.select(names).cast(dict(small_city().employments.select(names).schema)).sort(keys)
    assert landed.equals(small_city().employments.select(names).sort(keys))


def test_all_leaders_land(folder, existing):
    result = checked(folder / "leaders.csv", existing)
    assert errors(result).is_empty()
    assert result.good.height == small_city().leaders.height


def test_all_absences_land(folder, existing):
    result = checked(folder / "absences.csv", existing)
    assert errors(result).is_empty()
    assert result.good.height == small_city().absences.height


def test_the_import_finds_every_mistake_of_the_messy_file_and_nothing_else(existing):
    messy = messy_employments(3000, seed=1)
    result = checked(messy.content, replace(Existing(), units=existing.units))
    found = errors(result).select("line", "field", reason="code").sort("line")
    assert found.equals(messy.findings)
    assert result.good.height == messy.good


def test_the_messy_file_has_the_share_of_mistakes_asked_for():
    messy = messy_employments(1000, seed=2, shares={"unknown_unit": 0.1, "overlap": 0.05})
    assert messy.findings["reason"].value_counts().sort("reason").rows() == [("overlap", 50), ("unknown_unit", 100)]
    assert messy.rows == 1000
    assert messy.content.count(b"\r\n") == 1001


def test_the_messy_file_is_the_same_for_a_seed():
    assert messy_employments(200, seed=3).content == messy_employments(200, seed=3).content


def test_a_messy_file_without_mistakes_lands_whole(existing):
    messy = messy_employments(500, seed=4, shares={})
    assert checked(messy.content, replace(Existing(), units=existing.units)).findings.is_empty()


def test_unknown_mistakes_and_too_many_are_refused():
    with pytest.raises(ValueError, match="unknown kinds"):
        messy_employments(100, seed=1, shares={"typo": 0.1})
    with pytest.raises(ValueError, match="more mistakes"):
        messy_employments(100, seed=1, shares=dict.fromkeys(KINDS_OF_MISTAKE, 0.2))


def test_all_service_results_land_and_come_out_as_they_went_in(folder, existing):
    have = replace(Existing(), units=existing.units, own={"results": pl.DataFrame(schema=STANDING[1])})
    result = checked(folder / "service-results.csv", have)
    assert errors(result).is_empty()
    keys = ["unit_code", "service", "valid_from", "valid_to"]
    names = [*keys, "cost_budget", "cost_accounts", "volume", "quality", "satisfaction"]
    assert result.good.select(names).sort(keys).equals(small_city().results.select(names).sort(keys))
