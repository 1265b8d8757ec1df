"""Every rule finds its row, names it, and lets the good ones through."""

import datetime as dt

import polars as pl
import pytest

from byfolk.kernel.people.importing import findings
from byfolk.kernel.people.importing.checking import Existing, check
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.lib.tables import read
from tests.kernel.people.importing.building import (
    EXISTING,
    ON,
    absence,
    arguments,
    codes,
    day,
    employment,
    good,
    leader,
    run,
    unit,
)  # fmt: skip

NONE = Existing()


@pytest.mark.parametrize(
    ("kind", "row"), [("units", unit()), ("leaders", leader()), ("employments", employment()), ("absences", absence())]
)
def test_a_sound_row_lands_without_a_word(kind: str, row: dict[str, str]) -> None:
    checked = run(kind, row)
    assert (codes(checked), good(checked)) == ([], [2])


# Cells


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"family_name": ""}, "required"),
        ({"percentage": "full"}, "not_a_percent"),
        ({"percentage": "110"}, "out_of_range"),
        ({"percentage": "0"}, "out_of_range"),
        ({"annual_pay": "mye"}, "not_money"),
        ({"annual_pay": "-5"}, "out_of_range"),
        ({"gender": "X"}, "not_a_choice"),
        ({"employment_kind": ""}, "required"),
        ({"birth_date": "i fjor"}, "not_a_date"),
        ({"birth_date": "01.01.2020"}, "age"),
        ({"position_title": "x" * 300}, "too_long"),
        ({"valid_from": "01.01.1026"}, "date_range"),
        ({"valid_from": "", "valid_to": "2026-02-01"}, "end_without_start"),
        ({"valid_from": ""}, "required"),
        ({"valid_to": "2025-06-01"}, "ends_before_start"),
        ({"unit_code": "BORTE"}, "unknown_unit"),
    ],
)
def test_a_bad_cell_keeps_its_row_out_and_no_other(change: dict[str, str], code: str) -> None:
    checked = run("employments", employment(), employment(employee_number="301", position_number="P10", **change))
    assert codes(checked) == [(3, code)]
    assert good(checked) == [2]


def test_several_bad_cells_of_a_row_are_all_listed() -> None:
    checked = run("employments", employment(percentage="x", annual_pay="y", gender="z"))
    assert sorted(code for _, code in codes(checked)) == ["not_a_choice", "not_a_percent", "not_money"]
    assert checked.rejected == 1


def test_advice_does_not_keep_a_row_out() -> None:
    checked = run("employments", employment(work_email="ingen", styrk="12", end_reason="vet ikke"))
    assert good(checked) == [2]
    assert set(checked.findings["severity"]) == {"warning"}
    assert checked.good.select("work_email", "styrk", "end_reason").row(0) == ("", "", None)


def test_a_last_day_in_the_file_becomes_the_day_after() -> None:
    assert run("employments", employment(valid_to="31.12.2026")).good["valid_to"][0] == day("2027-01-01")
    half_open = run("employments", employment(valid_to="31.12.2026"), valid_to_inclusive=False)
    assert half_open.good["valid_to"][0] == day("2026-12-31")


@pytest.mark.parametrize("text", ["31.12.9999", "9999-12-31", "00.00.0000", ""])
def test_no_end_is_said_in_many_ways(text: str) -> None:
    checked = run("employments", employment(valid_to=text))
    assert (codes(checked), checked.good["valid_to"][0]) == ([], None)


def test_ragged_rows_are_findings_like_others() -> None:
    table = read(
        b"code;kind;name;parent_code;valid_from\nA;2;En;BY;2020-01-01\nB;2;To;x;BY;2020-01-01\n", set_aside_ragged=True
    )
    checked = check(table, Mapping("units", columns={c: c for c in table.columns}), EXISTING, on=ON)
    assert (codes(checked), good(checked), checked.read, checked.rejected) == ([(3, "ragged")], [2], 2, 1)


def test_monthly_and_hourly_pay_and_pay_for_the_post_become_yearly_pay_for_full_time() -> None:
    month = run("employments", employment(annual_pay="") | {"monthly_pay": "40000"})
    assert month.good["annual_pay"][0] == 48_000_000
    hour = run("employments", employment(annual_pay="") | {"hourly_pay": "200"})
    assert hour.good["annual_pay"][0] == round(200 * 100 * 37.5 * 52)
    post = run("employments", employment(annual_pay="250000", percentage="50"), pay_basis="position")
    assert post.good["annual_pay"][0] == 50_000_000


def test_pay_far_from_the_rest_is_worth_a_look() -> None:
    rows = [employment(employee_number=f"4{i}", position_number=f"Q{i}") for i in range(9)]
    rows.append(employment(employee_number="499", position_number="Q99", annual_pay="51200000"))
    assert codes(run("employments", *rows)) == [(11, "pay_unusual")]


# Duplicates


def test_the_same_row_twice_counts_once() -> None:
    checked = run("employments", employment(), employment())
    assert (codes(checked), good(checked), checked.rejected) == ([(3, "duplicate_same")], [2], 0)


def test_the_same_key_with_something_else_is_refused_and_names_the_first() -> None:
    checked = run("employments", employment(), employment(percentage="50"))
    assert (codes(checked), good(checked)) == ([(3, "duplicate")], [2])
    assert arguments(checked, "duplicate")["other"] == 2


# Employments


def test_the_same_post_twice_at_once_is_refused() -> None:
    checked = run("employments", employment(valid_to="2026-06-30"), employment(valid_from="2026-06-30"))
    assert codes(checked) == [(3, "overlap")]


def test_one_post_after_another_is_fine() -> None:
    assert codes(run("employments", employment(valid_to="2026-06-30"), employment(valid_from="2026-07-01"))) == []


def test_an_overlap_with_what_is_registered_is_refused_even_when_the_file_starts_earlier() -> None:
    row = employment(employee_number="100", position_number="P1", birth_date="", valid_from="2019-06-01")
    checked = run("employments", row)
    assert codes(checked) == [(2, "overlap")]
    assert "allerede registrert" in findings.message("employments", checked.findings.row(0, named=True))


def test_a_row_with_the_key_of_a_registered_one_replaces_it() -> None:
    old = employment(
        employee_number="100", position_number="P1", birth_date="", valid_from="2020-01-01", valid_to="2025-12-31"
    )
    new = employment(employee_number="100", position_number="P1", birth_date="", valid_from="2026-01-01")
    assert codes(run("employments", old, new)) == []


def test_a_post_is_filled_to_100_per_cent_at_most() -> None:
    rows = [employment(employee_number=f"30{i}", percentage="60") for i in range(2)]
    checked = run("employments", *rows)
    assert codes(checked) == [(3, "post_over_full")]
    assert arguments(checked, "post_over_full")["total"] == "120"


def test_a_substitute_may_fill_a_post_that_is_full() -> None:
    assert codes(run("employments", employment(), employment(employee_number="301", employment_kind="Vikar"))) == []


@pytest.mark.parametrize(
    ("percentage", "code", "lands"),
    [("20", None, True), ("30", "person_over_full", True), ("60", "person_far_over_full", False)],
)
def test_more_than_full_time_is_a_warning_and_far_more_an_error(percentage: str, code: str | None, lands: bool) -> None:
    checked = run("employments", employment(percentage="80"), employment(position_number="P10", percentage=percentage))
    assert codes(checked) == ([(3, code)] if code else [])
    assert (3 in good(checked)) == lands


def test_a_person_on_leave_from_one_post_may_substitute_full_time_in_another() -> None:
    checked = run("employments", employment(), employment(position_number="P10", employment_kind="Vikar"))
    assert codes(checked) == [(3, "person_over_full")]
    assert good(checked) == [2, 3]


def test_two_people_cannot_share_an_employee_number() -> None:
    checked = run(
        "employments", employment(), employment(position_number="P10", percentage="10", birth_date="1991-01-01")
    )
    assert codes(checked) == [(3, "other_birth_date")]
    known = run("employments", employment(employee_number="100", birth_date="1990-01-01"))
    assert codes(known) == [(2, "other_birth_date")]


def test_another_name_for_the_same_person_is_worth_a_look() -> None:
    later = employment(family_name="Berg", valid_from="2026-07-01")
    assert codes(run("employments", employment(valid_to="2026-06-30"), later)) == [(3, "other_name")]


def test_an_employment_cannot_start_in_a_unit_that_is_closed() -> None:
    checked = run("employments", employment(unit_code="GML"))
    assert codes(checked) == [(2, "unit_not_open")]
    assert arguments(checked, "unit_not_open")["open"] == "01.01.2000–31.12.2024"


def test_an_employment_that_outlives_its_unit_is_worth_a_look() -> None:
    assert codes(run("employments", employment(unit_code="GML", valid_from="2020-01-01"))) == [(2, "outlives_unit")]


def test_the_largest_post_is_the_main_one_unless_the_file_says() -> None:
    rows = [employment(percentage="40"), employment(position_number="P10", percentage="60"),
            employment(employee_number="301", position_number="P11")]  # fmt: skip
    assert run("employments", *rows).good["main"].to_list() == [False, True, True]
    rows = [{**row, "main": said} for row, said in zip(rows, ("ja", "nei", "ja"), strict=True)]
    assert run("employments", *rows).good["main"].to_list() == [True, False, True]


# Units


def test_a_tree_can_start_from_nothing() -> None:
    rows = [unit(code="BY", kind="Kommune", parent_code=""), unit(code="E", kind="Virksomhet", parent_code="BY"),
            unit(parent_code="E")]  # fmt: skip
    assert codes(run("units", *rows, existing=NONE)) == []


def test_the_root_of_fint_that_points_to_itself_is_the_root() -> None:
    checked = run("units", unit(code="BY", kind="Kommune", parent_code="BY"), existing=NONE)
    assert (codes(checked), checked.good["parent_code"].to_list()) == ([], [""])


def test_two_roots_are_refused() -> None:
    assert codes(run("units", unit(code="BY2", kind="Kommune", parent_code=""))) == [(2, "two_roots")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parent_code": ""}, "parent_required"),
        ({"parent_code": "NY"}, "own_parent"),
        ({"parent_code": "BORTE"}, "unknown_unit"),
        ({"kind": "Kommune"}, "root_with_parent"),
        ({"kind": "Virksomhet"}, "level_order"),
        ({"parent_code": "GML", "kind": "Seksjon"}, "unit_not_open"),
        ({"valid_to": "2025-01-01"}, "ends_before_start"),
        ({"successor_code": "BORTE", "valid_to": "2026-12-31"}, "unknown_successor"),
        ({"successor_code": "NY", "valid_to": "2026-12-31"}, "own_successor"),
        ({"successor_code": "SYK"}, "successor_without_end"),
        ({"code": "SYK"}, "unit_overlap"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(change: dict[str, str], code: str) -> None:
    checked = run("units", unit(**change))
    assert codes(checked)[0] == (2, code)
    assert good(checked) == []


def test_a_ring_of_units_is_refused_and_shown() -> None:
    rows = [unit(code="A", kind="Avdeling", parent_code="C"), unit(code="B", kind="Avdeling", parent_code="A"),
            unit(code="C", kind="Avdeling", parent_code="B"), unit(code="D")]  # fmt: skip
    checked = run("units", *rows)
    assert codes(checked) == [(2, "cycle"), (3, "cycle"), (4, "cycle")]
    assert good(checked) == [5]
    assert set(str(arguments(checked, "cycle")["path"]).split(" → ")) == {"A", "B", "C"}


def test_a_ring_that_is_only_closed_by_what_exists_is_refused() -> None:
    existing = Existing(
        units=pl.concat([EXISTING.units, pl.DataFrame([("A", "A", 3, "HELSE", day("2020-01-01"), None),
            ("B", "B", 4, "A", day("2020-01-01"), None)], schema=EXISTING.units.schema, orient="row")])
    )  # fmt: skip
    checked = run("units", unit(code="A", kind="Avdeling", parent_code="B", valid_from="2020-01-01"), existing=existing)
    assert codes(checked) == [(2, "cycle")]


def test_units_that_change_places_over_time_are_no_ring() -> None:
    rows = [
        unit(code="A", kind="Avdeling", parent_code="HELSE", valid_from="2020-01-01", valid_to="2020-12-31"),
        unit(code="B", kind="Seksjon", parent_code="A", valid_from="2020-01-01", valid_to="2020-12-31"),
        unit(code="B", kind="Avdeling", parent_code="HELSE", valid_from="2021-01-01"),
        unit(code="A", kind="Seksjon", parent_code="B", valid_from="2021-01-01"),
    ]
    assert codes(run("units", *rows)) == []


def test_a_unit_under_a_refused_unit_waits_for_it() -> None:
    rows = [
        unit(code="A", kind="Avdeling", name=""),
        unit(code="B", kind="Seksjon", parent_code="A"),
        unit(parent_code="B"),
    ]
    checked = run("units", *rows)
    assert codes(checked) == [(2, "required"), (3, "parent_rejected"), (4, "parent_rejected")]


def test_a_unit_cannot_sink_below_those_under_it() -> None:
    rows = [unit(code="HELSE", kind="Tjenestested", parent_code="BY", valid_from="2000-01-01")]
    assert ("level_below" in dict(map(reversed, codes(run("units", *rows))))) is True


# Leaders and absences


def test_two_leaders_at_once_are_refused() -> None:
    rows = [leader(), leader(employee_number="200", valid_from="2026-06-01")]
    assert codes(run("leaders", *rows)) == [(3, "two_leaders")]
    assert codes(run("leaders", leader(unit_code="SYK", employee_number="200"))) == [(2, "two_leaders")]


def test_an_unknown_leader_and_one_without_a_post_are_noticed() -> None:
    assert codes(run("leaders", leader(employee_number="999"))) == [(2, "unknown_employee")]
    assert codes(run("leaders", leader(valid_from="2019-01-01"))) == [(2, "leader_not_employed")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"employee_number": "999"}, "unknown_employee"),
        ({"position_number": "P7"}, "unknown_position"),
        ({"grade": "120"}, "out_of_range"),
        ({"kind": "Hodepine"}, "not_a_choice"),
        ({"valid_from": "2019-12-30", "valid_to": "2020-01-02"}, "outside_employment"),
        ({"kind": "Sykmelding", "valid_from": "2026-01-20", "valid_to": "2026-03-01"}, "absence_overlap"),
        ({"valid_from": "2026-01-20", "valid_to": "2026-01-22"}, "absence_over_full"),
    ],
)
def test_an_absence_that_does_not_fit_is_refused(change: dict[str, str], code: str) -> None:
    checked = run("absences", absence(**change))
    assert (codes(checked), good(checked)) == ([(2, code)], [])


def test_an_absence_may_span_two_periods_of_the_same_post() -> None:
    row = absence(employee_number="200", position_number="P2", valid_from="2025-06-20", valid_to="2025-07-10")
    assert codes(run("absences", row)) == []


def test_two_kinds_of_absence_may_share_a_post() -> None:
    rows = [absence(kind="Sykmelding", grade="50"), absence(kind="Foreldrepermisjon", grade="50")]
    assert codes(run("absences", *rows)) == []


def test_an_absence_without_a_post_goes_to_the_main_one() -> None:
    checked = run("absences", absence(employee_number="200", position_number=""))
    assert checked.good["position_number"].to_list() == ["P2"]


def test_unlikely_grades_are_worth_a_look() -> None:
    rows = [absence(grade="50"), absence(kind="Sykmelding", grade="10", valid_from="2026-04-01", valid_to="2026-04-09")]
    assert codes(run("absences", *rows)) == [(2, "self_certified_grade"), (3, "low_grade")]


# Whole files


def test_every_finding_has_words_that_name_the_field() -> None:
    checked = run("employments", employment(percentage="110"))
    text = findings.message("employments", checked.findings.row(0, named=True))
    assert text == "Stillingsprosent: 110 er utenfor det som er mulig (0,1 til 100). Rett verdien."


def test_ten_thousand_bad_rows_are_listed_in_good_time() -> None:
    rows = [
        employment(employee_number=str(i), position_number="SAMME", percentage="x" if i % 2 else "60")
        for i in range(10_000)
    ]
    start = dt.datetime.now()
    checked = run("employments", *rows)
    assert (checked.rejected, len(good(checked))) == (9_999, 1)
    assert (dt.datetime.now() - start).total_seconds() < 5
