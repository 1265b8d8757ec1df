"""Why a figure is as it is, said by the unit: who writes it, who sees it, and what it may not tell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators import actions, notes
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.models import Figure, Note
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit
from tests.areas.policy.figures import OCTOBER, SECOND_WARD, YEAR_END, publish_city
from tests.areas.policy.test_action_pages import text_of

pytestmark = pytest.mark.django_db
FIGURE = f"/tall/sick_leave/{NURSING_HOME_CODE}"
WRITE, WITHDRAW = f"{FIGURE}/forklaring", f"{FIGURE}/forklaring/trekk"
WHY = "Ny turnus fra mars ga flere ledige vakter."
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


def write(client, text: str = WHY, version: int = 0, path: str = WRITE):
    return client.post(path, {"text": text, "about_nobody": "on", "version": version, "unit": 1, "author_id": 1})


def test_a_leader_explains_a_figure_and_everyone_who_sees_it_reads_why(as_persona, person):
    assert write(as_persona("solveig")).url == f"{WRITE}?gjort=lagret"
    note = Note.objects.get()
    assert (note.indicator, note.period, note.kind) == ("sick_leave", YEAR_END, PeriodKind.YEAR)
    assert (note.unit.code, note.author_id) == (NURSING_HOME_CODE, person("solveig").pk)
    for key in ("jonas", "ingrid", "kari"):
        text = text_of(as_persona(key), FIGURE)
        assert f"Forklaring fra enheten 2025 {WHY} Solveig Aas," in text, key


def test_it_stands_beside_the_figure_on_the_units_page_on_the_board_and_in_the_files(as_persona):
    write(as_persona("solveig"))
    client = as_persona("ingrid")
    for path in (f"/enheter/{NURSING_HOME_CODE}", f"/styring/{NURSING_HOME_CODE}"):
        assert f"Forklaring fra enheten: {WHY}" in text_of(client, path), path
    file = client.get(FIGURE, {"last": "csv"}).content.decode("utf-8-sig")
    assert "Forklaring fra enheten" in file
    assert WHY in file


def test_it_is_a_numbered_mark_in_the_history(as_persona):
    write(as_persona("solveig"))
    assert "Forklaring fra enheten, 2025" in text_of(as_persona("ingrid"), FIGURE)


def test_what_is_said_of_one_period_is_not_said_of_another(as_persona):
    write(as_persona("solveig"), path=f"{WRITE}?til=2025-10")
    assert WHY not in text_of(as_persona("ingrid"), f"/styring/{NURSING_HOME_CODE}")
    assert f"2024 {WHY}" in text_of(as_persona("ingrid"), FIGURE)


def test_a_correction_is_seen_at_once_and_only_writers_see_what_was_said_before(as_persona):
    write(as_persona("solveig"))
    text_of(as_persona("ingrid"), FIGURE)
    write(as_persona("mette"), "Ny turnus ga flere ledige vakter.", version=1)
    text = text_of(as_persona("ingrid"), FIGURE)
    assert "Ny turnus ga flere ledige vakter. Mette Vik," in text
    assert ", rettet" in text
    assert WHY not in text
    assert WHY in text_of(as_persona("solveig"), WRITE)


def test_a_note_that_is_withdrawn_is_shown_to_nobody_and_another_can_be_written(as_persona):
    client = as_persona("solveig")
    write(client)
    assert client.post(WITHDRAW, {"version": 1}).url == f"{WRITE}?gjort=trukket"
    assert WHY not in text_of(as_persona("ingrid"), FIGURE)
    assert f"Trukket tilbake: {WHY}" in text_of(client, WRITE)
    write(client, "En annen grunn.")
    assert "En annen grunn." in text_of(as_persona("ingrid"), FIGURE)


def test_the_second_of_two_who_write_is_told_and_keeps_the_text(as_persona):
    write(as_persona("solveig"))
    page = write(as_persona("mette"), "Mettes ord").content.decode()
    assert "Noen andre endret forklaringen mens du skrev." in page
    assert "Mettes ord" in page
    assert WHY in page
    assert 'name="version" value="1"' in page


def test_nobody_saves_without_having_said_that_it_is_about_nobody(as_persona):
    page = as_persona("solveig").post(WRITE, {"text": WHY, "version": 0}).content.decode()
    assert "Les gjennom teksten, og bekreft at den ikke handler om noen" in page
    assert "Ikke skriv om enkeltpersoner eller noens helse." in page
    assert not Note.objects.exists()


def test_a_hidden_figure_may_be_explained_without_numbers(as_persona):
    path = f"/tall/sick_leave/{SECOND_WARD}/forklaring"
    client = as_persona("solveig")
    page = client.get(path).content.decode()
    assert "Tallet er skjult." in page
    assert "Skriv forklaringen uten tall" in write(client, "3 var borte hele året", path=path).content.decode()
    write(client, "Mye uro etter flyttingen i 2025.", path=path)
    assert "Mye uro etter flyttingen i 2025." in text_of(as_persona("ingrid"), path.removesuffix("/forklaring"))


def test_a_note_with_numbers_is_not_shown_once_its_figure_is_hidden(as_persona):
    write(as_persona("solveig"), "Fraværet var 10,4 prosent fordi vi flyttet.")
    Figure.objects.filter(unit=Unit.objects.get(code=NURSING_HOME_CODE).pk, period=YEAR_END, indicator=70).update(
        state=State.HIDDEN_SMALL, value=None, numerator=None, denominator=None, n=None
    )
    for path in (FIGURE, f"/enheter/{NURSING_HOME_CODE}", f"{FIGURE}?last=csv"):
        assert "10,4" not in as_persona("ingrid").get(path).content.decode(), path


@pytest.mark.parametrize("key", ["amir", "solveig", "mette"])
def test_those_who_lead_or_help_the_unit_are_offered_to_explain(key, as_persona):
    assert "Forklar tallet" in text_of(as_persona(key), FIGURE)


@pytest.mark.parametrize("key", ["kari", "jonas", "lise", "tor", "per", "ingrid", "anne"])
def test_others_are_not_and_find_no_form(key, as_persona):
    client = as_persona(key)
    assert "Forklar tallet" not in text_of(client, FIGURE)
    assert client.get(WRITE).status_code == 404
    assert write(client).status_code == 404
    assert not Note.objects.exists()


def test_the_hr_direction_explains_the_city_and_not_a_unit_past_its_leader(as_actor):
    city, home = (Unit.objects.get(code=code).pk for code in (ROOT_CODE, NURSING_HOME_CODE))
    with as_actor("kari") as actor:
        figure = indicators.figure(actor, "sick_leave", city, OCTOBER).shown
        assert actions.write_note(actor=actor, figure=figure, text=WHY, version=0, now=NOW).unit_id == city
        other = indicators.figure(actor, "sick_leave", home, OCTOBER).shown
        with pytest.raises(PermissionError):
            actions.write_note(actor=actor, figure=other, text=WHY, version=0, now=NOW)


def test_the_database_refuses_notes_from_others_and_changes_of_what_a_note_is_about(as_actor, as_persona):
    write(as_persona("solveig"))
    note = Note.objects.get()
    with as_actor("jonas"), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.create(unit=note.unit, indicator="fte", kind=1, period=YEAR_END, text="Nei", author_id=1, written_at=NOW)  # fmt: skip  # noqa: E501
    with as_actor("jonas"):
        assert Note.objects.filter(pk=note.pk).update(text="Nei") == 0
    with as_actor("solveig"), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(period=OCTOBER)


def test_a_withdrawn_note_and_its_history_are_kept_from_others_in_the_database(as_actor, as_persona):
    client = as_persona("solveig")
    write(client)
    client.post(WITHDRAW, {"version": 1})
    about = (Unit.objects.get(code=NURSING_HOME_CODE).pk, "sick_leave", PeriodKind.YEAR, YEAR_END)
    with as_actor("jonas") as actor:
        assert not Note.objects.exists()
        assert notes.history_of(actor, *about) == []
    with as_actor("solveig") as actor:
        assert [(one.text, one.withdrawn) for one in notes.history_of(actor, *about)] == [(WHY, True), (WHY, False)]


def test_the_accounts_get_what_units_said_of_a_year(as_actor, as_persona):
    write(as_persona("solveig"))
    home = Unit.objects.get(code=NURSING_HOME_CODE).pk
    with as_actor("per") as actor:
        year = {"since": dt.date(2025, 1, 1), "until": dt.date(2025, 12, 1)}
        (said,) = notes.explanations(actor, [home], **year)
        assert (said.text, said.author, said.period) == (WHY, "Solveig Aas", YEAR_END)
        assert notes.explanations(actor, [home], since=dt.date(2026, 1, 1)) == []


@pytest.mark.parametrize("path", [WRITE, FIGURE, f"/styring/{NURSING_HOME_CODE}", f"/enheter/{NURSING_HOME_CODE}"])
def test_a_page_with_explanations_asks_at_most_twenty_five_times(path, as_persona):
    write(as_persona("solveig"))
    client = as_persona("solveig")
    client.get("/tall")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= 25
