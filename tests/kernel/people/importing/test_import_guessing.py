"""The guess at first sight, on Norwegian files, FINT's names, and another city's payroll."""

import json
from pathlib import Path

import polars as pl
import pytest

from byfolk.kernel.people.importing.checking import Existing, check
from byfolk.kernel.people.importing.guessing import guess
from byfolk.kernel.people.importing.mapping import Derived, Mapping, MappingError
from byfolk.lib.tables import read
from tests.kernel.people.importing.building import EXISTING, ON, absence, employment, leader, table, unit

PAYROLL = Path(__file__).parents[3] / "data" / "payroll_extract.csv"


def guessed(text: str) -> tuple[str, Mapping]:
    found = read(text.encode())
    return guess(found.columns, found.frame)


@pytest.mark.parametrize(
    ("kind", "row"), [("units", unit()), ("leaders", leader()), ("employments", employment()), ("absences", absence())]
)
def test_our_own_names_are_all_recognised(kind: str, row: dict[str, str]) -> None:
    found = table(row, row)
    best, mapping = guess(found.columns, found.frame)
    assert best == kind
    assert mapping.columns == {name: name for name in row}
    assert mapping.missing() == []


def test_a_norwegian_payroll_export_is_recognised() -> None:
    kind, mapping = guessed(
        "Ansattnr;Navn;Fødselsdato;Stillingsnr;Stillingstittel;Enhetskode;Enhetsnavn;Ansettelsesform;St%;"
        "Fra dato;Til dato;Årslønn\n"
        "1001;LIE, Jonas;17.05.80;S1;Sykepleier;3301;Solsiden;Fast;80,0;1.2.2020;;512 000,50\n"
        "1002;ÅS, Ingrid;01.01.90;S2;Lege;3301;Solsiden;Vikar;100;1.3.2021;31.12.2026;912 000\n"
    )
    assert kind == "employments"
    assert mapping.columns == {
        "employee_number": "Ansattnr",
        "full_name": "Navn",
        "birth_date": "Fødselsdato",
        "position_number": "Stillingsnr",
        "position_title": "Stillingstittel",
        "unit_code": "Enhetskode",
        "unit_name": "Enhetsnavn",
        "employment_kind": "Ansettelsesform",
        "percentage": "St%",
        "valid_from": "Fra dato",
        "valid_to": "Til dato",
        "annual_pay": "Årslønn",
    }
    assert (mapping.decimal, mapping.percent_scale, mapping.date_order) == (",", "percent", "dmy")


def test_fint_counts_percent_in_hundredths_and_pay_in_ore() -> None:
    kind, mapping = guessed(
        "ansattnummer;navn.fornavn;navn.etternavn;stillingsnummer;stillingstittel;arbeidssted;arbeidsforholdstype;"
        "ansettelsesprosent;gyldighetsperiode.start;gyldighetsperiode.slutt;arslonn;hovedstilling\n"
        "1;Jonas;Lie;7;Sykepleier;33;Fast;8000;2020-02-01;;51200000;true\n"
        "2;Ingrid;Ås;8;Lege;33;Fast;10000;2020-02-01;;91200000;true\n"
    )
    assert (kind, mapping.percent_scale, mapping.money_unit) == ("employments", "hundredths", "øre")
    assert mapping.missing() == []


def test_american_dates_and_decimal_points_are_noticed() -> None:
    _, mapping = guessed(
        "Employee ID;First name;Last name;Position ID;Job title;Department code;Employment type;FTE;"
        "Hire date;Annual salary\n"
        "1;A;B;2;Nurse;33;Permanent;0.8;02/28/2020;101,442.00\n2;A;B;2;Nurse;33;Permanent;1.0;03/01/2020;101,442.50\n"
    )
    assert (mapping.date_order, mapping.decimal, mapping.percent_scale) == ("mdy", ".", "fraction")
    assert mapping.missing() == []


def test_names_of_units_that_exist_are_looked_up() -> None:
    found = table(employment(unit_code="") | {"unit_name": "Solsiden sykehjem"})
    frame = found.frame.drop("unit_code")
    _, mapping = guess(frame.columns, frame, unit_names=["Solsiden sykehjem"])
    assert mapping.derived["unit_code"] == Derived("unit_by_name", ("unit_name",))


def test_another_citys_payroll_lands_once_dates_and_kind_are_given() -> None:
    payroll = read(PAYROLL)
    kind, mapping = guess(payroll.columns, payroll.frame)
    assert kind == "employments"
    assert [f.name for f in mapping.missing()] == ["employment_kind", "valid_from"]
    mapping = mapping.with_(
        constants={"valid_from": "2018-01-01", "employment_kind": "permanent", "percentage": "50"}, full_time_hours=40
    )
    units = Mapping(
        "units",
        columns={"name": "Department"},
        derived={"code": Derived("code", ("Department",))},
        constants={"kind": "agency", "parent_code": "BY", "valid_from": "2018-01-01"},
        distinct=True,
    )
    departments = check(payroll, units, EXISTING, on=ON)
    assert departments.findings.is_empty()
    assert departments.good["code"].n_unique() == departments.good.height == payroll.frame["Department"].n_unique()
    existing = Existing(
        units=departments.good.select(
            "code", "name", pl.col("kind").cast(pl.Int16).alias("level"), "parent_code", "valid_from", "valid_to"
        )
    )
    staff = check(payroll, mapping, existing, on=ON)
    assert (staff.good.height, staff.rejected) == (200, 0)
    assert staff.good["employee_number"].n_unique() == 200
    again = check(payroll, mapping, existing, on=ON)
    assert again.good.equals(staff.good)
    hourly = payroll.frame.with_columns(payroll.lines).filter(pl.col("Typical Hours") == "40")
    rate = float(hourly["Hourly Rate"][0].lstrip("$"))
    row = staff.good.filter(pl.col("line") == hourly["line"][0])
    assert (row["percentage"][0], row["annual_pay"][0]) == (1000, round(rate * 100 * 40 * 52))


def test_a_mapping_survives_being_saved() -> None:
    mapping = Mapping(
        "employments",
        columns={"full_name": "Navn"},
        derived={"employee_number": Derived("hash", ("Navn",), "P")},
        values={"employment_kind": {"F1": "permanent"}},
        pad={"unit_code": 4},
    )
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


@pytest.mark.parametrize(
    "data",
    [{"kind": "biler"}, {"kind": "units", "columns": {"farge": "x"}}, {"kind": "units", "date_order": "ymd"},
     {"kind": "units", "extra": 1}, {"kind": "units", "derived": {"code": {"how": "magic", "columns": ["a"]}}}, {}],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused(data: dict) -> None:
    with pytest.raises(MappingError):
        Mapping.from_json(data)


def test_leading_zeros_that_a_spreadsheet_dropped_come_back() -> None:
    found = table(unit(code="7", parent_code="HELSE"))
    columns = {name: name for name in found.columns}
    checked = check(found, Mapping("units", columns=columns, pad={"code": 4}), EXISTING, on=ON)
    assert checked.good["code"].to_list() == ["0007"]
