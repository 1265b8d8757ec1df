"""From file to database: what lands, what does not, and that the same again changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from byfolk.kernel.organisation.models import Closure, Leadership, Placement, Succession, Unit
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.models import AgencyShare, Batch, Finding, State
from byfolk.kernel.people.importing.running import read_table, receive, run
from byfolk.kernel.people.importing.telling import ImportProblem
from byfolk.kernel.people.models import Absence, Card, Employment, Pay, Person, Position
from tests.kernel.people.importing.building import ON, absence, employment, leader, unit

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def land(kind: str, *rows: dict[str, str], on: dt.date = ON, dry_run: bool = False, **mapping: object) -> Batch:
    names = list(dict.fromkeys(name for row in rows for name in row))
    content = "\n".join([";".join(names), *(";".join(row.get(n, "") for n in names) for row in rows)]).encode()
    columns = {f.name: f.name for f in KINDS[kind].fields if f.name in names}
    batch = receive(
        content=content, file_name=f"{kind}.csv", mapping=Mapping(kind, columns=columns, **mapping), now=NOW
    )
    run(batch, read_table(content), on=on, now=NOW, dry_run=dry_run)
    return batch


def counts(batch: Batch) -> tuple[int, int, int, int]:
    c = batch.counts
    return c["new"], c["changed"], c["unchanged"], c["rejected"]


@pytest.fixture
def agency(db: None) -> Unit:
    """An agency with a nursing home (SYK-T) under the city's root."""
    top = root()
    land(
        "units",
        unit(code="ETAT-T", kind="Virksomhet", name="Prøveetaten", parent_code=top.code, valid_from="2020-01-01"),
        unit(code="SYK-T", name="Prøvehjemmet", parent_code="ETAT-T", valid_from="2020-01-01"),
        unit(code="NY-T", name="Nytt hjem", parent_code="ETAT-T", valid_from="2020-01-01"),
    )
    return Unit.objects.get(code="ETAT-T")


def jonas(**changes: str) -> dict[str, str]:
    return employment(employee_number="T1", position_number="TP1", unit_code="SYK-T", valid_from="2024-01-01") | changes


def periods(model: type, **where: object) -> list[tuple]:
    rows = model.objects.filter(**where).order_by("valid")
    return [(row.valid.lower.isoformat(), row.valid.upper and row.valid.upper.isoformat()) for row in rows]


# Units


def test_a_tree_lands_with_its_closure_whatever_the_order_of_its_rows(db: None) -> None:
    top = root()
    batch = land(
        "units",
        unit(code="C", name="C", parent_code="B"),
        unit(code="B", kind="Seksjon", parent_code="A"),
        unit(code="A", kind="Virksomhet", parent_code=top.code),
    )
    assert counts(batch) == (3, 0, 0, 0)
    assert Unit.objects.get(code="C").parent.parent.code == "A"
    assert set(Closure.objects.filter(descendant__code="C").values_list("ancestor__code", "depth")) == {
        ("C", 0), ("B", 1), ("A", 2), (top.code, 3),
    }  # fmt: skip


def test_a_renamed_and_moved_unit_keeps_its_history(agency: Unit) -> None:
    batch = land(
        "units",
        unit(code="SYK-T", name="Prøvehjemmet", parent_code="ETAT-T", valid_from="2020-01-01", valid_to="2026-05-31"),
        unit(code="SYK-T", name="Solgløtt", parent_code="ETAT-T", valid_from="2026-06-01"),
    )
    assert counts(batch) == (1, 1, 0, 0)
    home = Unit.objects.get(code="SYK-T")
    assert (home.name, home.valid.lower.isoformat(), home.valid.upper) == ("Solgløtt", "2020-01-01", None)
    assert periods(Placement, unit=home) == [("2020-01-01", "2026-06-01"), ("2026-06-01", None)]


def home(**changes: str) -> dict[str, str]:
    return unit(code="SYK-T", name="Prøvehjemmet", parent_code="ETAT-T", valid_from="2020-01-01") | changes


def test_a_name_in_nynorsk_lands_with_the_unit_and_its_history(agency: Unit) -> None:
    assert counts(land("units", home(name_nn="Prøveheimen"))) == (0, 1, 0, 0)
    assert Unit.objects.get(code="SYK-T").name_nn == "Prøveheimen"
    assert Placement.objects.get(unit__code="SYK-T").name_nn == "Prøveheimen"
    assert counts(land("units", home(name_nn="Prøveheimen"))) == (0, 0, 1, 0)


def test_a_file_that_says_nothing_of_nynorsk_leaves_the_name_until_the_unit_gets_another(agency: Unit) -> None:
    land("units", home(name_nn="Prøveheimen"))
    assert counts(land("units", home())) == (0, 0, 1, 0)
    land("units", home(valid_to="2026-05-31"), home(valid_from="2026-06-01"))
    assert Unit.objects.get(code="SYK-T").name_nn == "Prøveheimen"

    land("units", home(valid_from="2026-06-01", name="Solgløtt"))
    assert Unit.objects.get(code="SYK-T").name_nn == ""
    assert [row.name_nn for row in Placement.objects.filter(unit__code="SYK-T").order_by("valid")] == [
        "Prøveheimen",
        "",
    ]


def test_an_empty_cell_leaves_the_name_in_nynorsk(agency: Unit) -> None:
    land("units", home(name_nn="Prøveheimen"))
    land("units", home(name_nn=""), home(code="NY-T", name="Nytt hjem", name_nn="Ny heim"))
    assert {unit.name_nn for unit in Unit.objects.filter(code__in=["SYK-T", "NY-T"])} == {"Prøveheimen", "Ny heim"}


def test_a_closed_unit_is_succeeded_on_the_day_after(agency: Unit) -> None:
    row = unit(code="SYK-T", name="Prøvehjemmet", parent_code="ETAT-T", valid_from="2020-01-01", valid_to="2026-05-31",
               successor_code="NY-T")  # fmt: skip
    assert counts(land("units", row)) == (0, 1, 0, 0)
    assert Succession.objects.get(unit__code="SYK-T").on.isoformat() == "2026-06-01"
    assert counts(land("units", row)) == (0, 0, 1, 0)


# Employments


def test_an_employment_lands_with_person_post_pay_and_card(agency: Unit) -> None:
    batch = land("employments", jonas())
    person = Person.objects.get(employee_number="T1")
    post = Position.objects.get(number="TP1")
    held = Employment.objects.get(person=person)
    assert (held.unit.code, held.percentage, held.main, held.position_id) == ("SYK-T", 1000, True, post.pk)
    pay = Pay.objects.get(person=person)
    assert (pay.annual_pay, pay.supplements, pay.unit_id) == (51_200_000, 0, held.unit_id)
    assert Card.objects.get(person=person).title == "Sykepleier"
    assert {person.batch_id, post.batch_id, held.batch_id, pay.batch_id} == {batch.pk}


@pytest.mark.parametrize("kind", ["units", "leaders", "employments", "absences"])
def test_the_same_file_twice_changes_nothing(agency: Unit, kind: str) -> None:
    land("employments", jonas(valid_to="2026-12-31"), jonas(position_number="TP2", percentage="20"))
    rows = {
        "units": [unit(code="U1", parent_code="ETAT-T"), unit(code="U2", parent_code="ETAT-T", valid_to="2026-12-31")],
        "leaders": [leader(unit_code="SYK-T", employee_number="T1")],
        "employments": [
            jonas(employee_number="T2", position_number="TP3"),
            jonas(employee_number="T2", position_number="TP4", percentage="20"),
        ],
        "absences": [
            absence(employee_number="T1", position_number="TP1"),
            absence(employee_number="T1", position_number="TP2"),
        ],
    }[kind]
    first = land(kind, *rows)
    assert first.counts["new"] == len(rows)
    models = (Unit, Placement, Leadership, Person, Position, Employment, Pay, Absence, Card)
    before = [list(model.objects.order_by("pk").values_list()) for model in models]
    second = land(kind, *rows)
    assert counts(second) == (0, 0, len(rows), 0)
    assert [list(model.objects.order_by("pk").values_list()) for model in models] == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(agency: Unit) -> None:
    land("employments", jonas())
    batch = land(
        "employments", jonas(percentage="80"), jonas(employee_number="T2", position_number="TP2"), dry_run=True
    )
    assert (batch.state, counts(batch)) == (State.CHECKED, (1, 1, 0, 0))
    assert batch.sample == [{"line": 2, "changes": [{"field": "percentage", "before": 100, "after": 80}]}]
    assert Employment.objects.get(person__employee_number="T1").percentage == 1000
    assert not Person.objects.filter(employee_number="T2").exists()


def test_only_what_changes_carries_the_new_batch(agency: Unit) -> None:
    first = land("employments", jonas(), jonas(employee_number="T2", position_number="TP2"))
    second = land("employments", jonas(percentage="80"), jonas(employee_number="T2", position_number="TP2"))
    assert Employment.objects.get(person__employee_number="T1").batch_id == second.pk
    assert Employment.objects.get(person__employee_number="T2").batch_id == first.pk


def test_what_was_there_before_stands_in_the_history_with_the_batch(agency: Unit) -> None:
    land("employments", jonas())
    batch = land("employments", jonas(percentage="80"))
    with connection.cursor() as cursor:
        cursor.execute("""select e.percentage, c.metadata ->> 'batch' from people_employmentevent e
            join pghistory_context c on c.id = e.pgh_context_id join people_person p on p.id = e.person_id
            where p.employee_number = 'T1'""")
        assert cursor.fetchall() == [(1000, str(batch.pk))]


def test_a_new_period_of_the_same_post_follows_when_the_old_one_is_closed(agency: Unit) -> None:
    land("employments", jonas())
    batch = land(
        "employments", jonas(valid_to="2025-12-31"), jonas(valid_from="2026-01-01", percentage="50", unit_code="NY-T")
    )
    assert counts(batch) == (1, 1, 0, 0)
    assert periods(Employment, person__employee_number="T1") == [("2024-01-01", "2026-01-01"), ("2026-01-01", None)]
    assert Position.objects.get(number="TP1").unit.code == "NY-T"
    assert periods(Pay, person__employee_number="T1") == [("2024-01-01", "2026-01-01"), ("2026-01-01", None)]
    paid_in = Pay.objects.filter(person__employee_number="T1").order_by("valid").values_list("unit__code", flat=True)
    assert list(paid_in) == [
        "SYK-T", "NY-T",
    ]  # fmt: skip


def test_a_rise_holds_from_today_and_leaves_the_past_alone(agency: Unit) -> None:
    land("employments", jonas())
    batch = land("employments", jonas(annual_pay="560000"), on=dt.date(2026, 5, 1))
    assert counts(batch) == (0, 1, 0, 0)
    assert periods(Pay, person__employee_number="T1") == [("2024-01-01", "2026-05-01"), ("2026-05-01", None)]
    assert counts(land("employments", jonas(annual_pay="560000"), on=dt.date(2026, 6, 1))) == (0, 0, 1, 0)


def test_a_rise_may_name_its_own_day(agency: Unit) -> None:
    land("employments", jonas())
    land("employments", jonas(annual_pay="560000") | {"pay_from": "2026-03-01"})
    assert periods(Pay, person__employee_number="T1") == [("2024-01-01", "2026-03-01"), ("2026-03-01", None)]


def test_pay_ends_with_the_employment_and_goes_on_with_it(agency: Unit) -> None:
    land("employments", jonas())
    land("employments", jonas(valid_to="2026-01-31"))
    assert periods(Pay, person__employee_number="T1") == [("2024-01-01", "2026-02-01")]
    land("employments", jonas(valid_to="2026-03-31"))
    assert periods(Pay, person__employee_number="T1") == [("2024-01-01", "2026-04-01")]


def test_an_empty_cell_does_not_wipe_out_what_is_known(agency: Unit) -> None:
    land("employments", jonas(work_email="jonas@by.no", styrk="2221"))
    batch = land("employments", jonas(birth_date="", work_email="", styrk=""))
    person = Person.objects.get(employee_number="T1")
    assert (person.birth_date.year, person.work_email) == (1990, "jonas@by.no")
    assert counts(batch) == (0, 0, 1, 0)


def test_a_field_that_the_source_lacks_is_left_alone(agency: Unit) -> None:
    land("employments", jonas(valid_to="2026-12-31", end_reason="AFP", main="ja", protected="kode 6"))
    row = {k: v for k, v in jonas(valid_to="2026-12-31").items() if k != "annual_pay"}
    assert counts(land("employments", row)) == (0, 0, 1, 0)
    held = Employment.objects.get(person__employee_number="T1")
    assert (held.end_reason, held.person.protected) == ("pension_afp", True)


def test_a_person_with_a_confidential_address_gets_no_card(agency: Unit) -> None:
    land("employments", jonas(protected="6"))
    assert not Card.objects.filter(person__employee_number="T1").exists()


# Leaders and absences


def test_a_leader_is_succeeded_by_another(agency: Unit) -> None:
    land("employments", jonas(), jonas(employee_number="T2", position_number="TP2"))
    land("leaders", leader(unit_code="SYK-T", employee_number="T1"))
    batch = land(
        "leaders",
        leader(unit_code="SYK-T", employee_number="T1", valid_to="2026-06-30"),
        leader(unit_code="SYK-T", employee_number="T2", valid_from="2026-07-01"),
    )
    assert counts(batch) == (1, 1, 0, 0)
    assert periods(Leadership, unit__code="SYK-T") == [("2026-01-01", "2026-07-01"), ("2026-07-01", None)]


def test_an_absence_lies_in_the_unit_of_its_first_day(agency: Unit) -> None:
    land("employments", jonas(valid_to="2025-12-31"), jonas(valid_from="2026-01-01", unit_code="NY-T"))
    land(
        "absences", absence(employee_number="T1", position_number="TP1", valid_from="2025-12-30", valid_to="2026-01-05")
    )
    found = Absence.objects.get(person__employee_number="T1")
    assert (found.unit.code, found.grade, found.valid.upper.isoformat()) == ("SYK-T", 1000, "2026-01-06")


def test_an_absence_that_ends_is_changed(agency: Unit) -> None:
    land("employments", jonas())
    row = absence(employee_number="T1", position_number="TP1", kind="Sykmelding", valid_to="")
    land("absences", row)
    assert counts(land("absences", row | {"valid_to": "2026-05-01", "grade": "50"})) == (0, 1, 0, 0)


# Findings


def test_bad_rows_are_kept_with_their_agency_and_good_ones_land(agency: Unit) -> None:
    batch = land(
        "employments", jonas(), jonas(employee_number="T2", percentage="x"), jonas(employee_number="T3", unit_code="Ø")
    )
    assert counts(batch) == (1, 0, 0, 2)
    kept = Finding.objects.filter(batch=batch).order_by("line")
    found = list(kept.values_list("line", "field", "value", "code", "unit__code"))
    assert found == [
        (3, "percentage", "x", "not_a_percent", "ETAT-T"),
        (4, "unit_code", "Ø", "unknown_unit", root().code),
    ]
    share = AgencyShare.objects.get(batch=batch, unit=agency)
    assert (share.read, share.rejected, share.warned) == (2, 1, 0)


def test_findings_of_an_earlier_file_go_when_the_next_lands(agency: Unit) -> None:
    first = land("employments", jonas(percentage="x"))
    land("employments", jonas())
    assert not Finding.objects.filter(batch=first).exists()
    assert AgencyShare.objects.filter(batch=first).exists()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04rubbish", b"a;b\n", b"bare:en:kolonne\n1:2:3\n", b"code;name\nA;B\n"]
)
def test_a_broken_file_is_refused_in_words_and_changes_nothing(db: None, content: bytes) -> None:
    mapping = Mapping("units", columns={f.name: f.name for f in KINDS["units"].fields})
    before = Unit.objects.count()
    batch = receive(content=content, file_name="x", mapping=mapping, now=NOW)
    with pytest.raises(ImportProblem) as caught:
        run(batch, read_table(content), on=ON, now=NOW, dry_run=False)
    assert str(caught.value)
    assert Unit.objects.count() == before
