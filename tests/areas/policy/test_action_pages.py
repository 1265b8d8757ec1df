"""The pages of actions, as those who use them see them."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from byfolk.engines.actions.models import Action, State
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.states import State as FigureState
from byfolk.kernel.organisation.models import Unit
from tests.areas.policy.figures import SECRET, YEAR_END, publish, publish_city, refuses_secrets

BOARD, START = f"/enheter/{NURSING_HOME_CODE}/tiltak", f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt?tall=sick_leave"
FIGURE = f"/tall/sick_leave/{NURSING_HOME_CODE}"
LAST_YEAR = YEAR_END.replace(year=2024)


@pytest.fixture
def made(person) -> Action:
    """Solveig's action to bring the sick leave down, which was 11.0 when it started and is 10.4 now."""
    publish_city()
    Action.objects.all().delete()
    home, at = Unit.objects.get(code=NURSING_HOME_CODE), dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)
    return Action.objects.create(
        title="Nærværsteam på tvers", unit=home, owner=person("solveig"), started_on=at.date(), made_at=at,
        due=dt.date(2026, 11, 1), state=State.IN_PROGRESS, state_at=at, indicator="sick_leave", figure_unit=home,
        direction="down", start_value=11.0, start_period=LAST_YEAR, start_kind=PeriodKind.YEAR,
    )  # fmt: skip


def text_of(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(main)).replace("\u00a0", " ").split())


def test_an_action_says_what_became_of_its_figure_and_claims_no_cause(as_persona, made):
    text = text_of(as_persona("solveig"), f"/tiltak/{made.pk}")
    assert "Fraværet har falt 0,6 prosentpoeng siden tiltaket startet." in text
    assert "Den beviser ikke at tiltaket var årsaken." in text


def test_a_figure_that_is_hidden_now_says_so_and_shows_no_number(as_persona, made):
    publish("sick_leave", NURSING_HOME_CODE, SECRET, period=YEAR_END.replace(year=2026), kind=PeriodKind.YEAR,
            state=FigureState.HIDDEN_SMALL)  # fmt: skip
    client = as_persona("solveig")
    text = text_of(client, f"/tiltak/{made.pk}")
    assert "Vi kan ikke si om tallet har flyttet seg: Det er skjult nå." in text
    assert refuses_secrets(text)
    assert refuses_secrets(client.get(BOARD, {"last": "csv"}).content.decode())


def test_the_board_marks_what_is_overdue_and_filters_by_state_owner_and_goal(as_persona, made):
    client = as_persona("solveig")
    assert "Ett er over fristen." in text_of(client, BOARD)
    for query in ("?vis=in_progress", f"?ansvarlig={made.owner_id}", "?mal=3.1", "?vis=all&page=9"):
        assert made.title in text_of(client, BOARD + query), query
    for query in ("?vis=done", "?mal=3.2"):
        assert made.title not in text_of(client, BOARD + query), query


def test_the_board_of_a_unit_above_shows_the_actions_below(as_persona, made):
    assert made.title in text_of(as_persona("amir"), f"/enheter/{CARE_AGENCY_CODE}/tiltak")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_board_is_a_file_too(kind, as_persona, made):
    answer = as_persona("solveig").get(BOARD, {"last": kind})
    assert answer["Content-Disposition"].endswith(f'tiltak-{NURSING_HOME_CODE}.{kind}"')
    if kind == "csv":
        assert made.title in answer.content.decode("utf-8-sig")


def test_the_figure_shows_its_actions_in_a_table_and_as_flags_to_those_they_concern(as_persona, made):
    page = as_persona("solveig").get(FIGURE).content.decode()
    assert "Tiltak for å få tallet ned" in page
    assert "Nærværsteam på tvers, 3." in page
    assert as_persona("ingrid").get(FIGURE).content.decode().count("Nærværsteam") == 0


def test_what_one_reader_sees_of_actions_is_never_kept_for_another(as_persona, made):
    for _ in range(2):
        for key, sees in (("solveig", True), ("ingrid", False), ("jonas", True), ("tor", False)):
            for path in (FIGURE, f"/enheter/{NURSING_HOME_CODE}", f"/styring/{NURSING_HOME_CODE}"):
                assert (made.title in as_persona(key).get(path).content.decode()) is sees, (key, path)


def test_only_those_who_may_are_offered_to_start_an_action(as_persona, made):
    for key, offered in {"solveig": True, "mette": True, "jonas": False, "kari": False, "ingrid": False}.items():
        assert ("Start et tiltak" in text_of(as_persona(key), FIGURE)) is offered, key


def test_a_start_is_prefilled_from_the_figure_and_keeps_it(as_persona, made, person):
    client = as_persona("solveig")
    assert "Sykefravær er 0,8 prosentpoeng over målet." in text_of(client, START)
    form = {"title": "Fast samtale", "owner": person("jonas").pk, "due": "2030-06-30", "indicator": "sick_leave"}
    answer = client.post(START, form | {"parts": ["union"], "state": "done", "unit": 1, "version": 9})
    new = Action.objects.latest("pk")
    assert answer.url == f"/tiltak/{new.pk}?gjort=startet"
    assert (new.start_value, new.start_period, new.union, new.state) == (10.4, YEAR_END, True, State.IN_PROGRESS)
    assert (new.source_kind, new.source_reference, new.unit.code) == ("figure", "sick_leave:2025-12", NURSING_HOME_CODE)
    assert "Tiltaket er startet." in text_of(client, answer.url)


def test_a_start_that_is_wrong_says_what_to_mend_and_keeps_what_was_written(as_persona, made, person):
    answer = as_persona("solveig").post(
        START, {"title": "Fast samtale", "owner": person("ingrid").pk, "due": "2020-01-01", "indicator": ""}
    )
    page = answer.content.decode()
    assert "Dette må du rette" in page
    assert "Velg hvem som har ansvaret" in page
    assert 'value="Fast samtale"' in page


def test_the_second_of_two_who_edit_is_told_who_was_first_and_keeps_the_text(as_persona, made):
    form = {"due": "2027-01-31", "version": 1}
    as_persona("amir").post(f"/tiltak/{made.pk}/endre", form | {"title": "Amirs ord"})
    page = as_persona("solveig").post(f"/tiltak/{made.pk}/endre", form | {"title": "Solveigs ord"}).content.decode()
    assert "Amir Rahimi endret tiltaket mens du skrev." in page
    assert 'value="Solveigs ord"' in page
    assert "Amirs ord" in page
    assert 'name="version" value="2"' in page
    assert Action.objects.get(pk=made.pk).title == "Amirs ord"


def test_dropping_asks_why(as_persona, made):
    client = as_persona("solveig")
    sent = {"state": "dropped", "version": 1, "reason": " "}
    assert "Skriv hvorfor tiltaket droppes" in client.post(f"/tiltak/{made.pk}/status", sent).content.decode()
    client.post(f"/tiltak/{made.pk}/status", sent | {"reason": "Ikke bruk for det"})
    assert "Solveig Aas droppet tiltaket: Ikke bruk for det" in text_of(client, f"/tiltak/{made.pk}")


def test_a_colleague_reads_the_action_without_comments_history_or_forms(as_persona, made):
    text = text_of(as_persona("jonas"), f"/tiltak/{made.pk}")
    assert made.title in text
    for word in ("Kommentarer", "Historikk", "Lagre status", "Endre"):
        assert word not in text.replace("Endring", ""), word


def test_what_is_late_is_one_of_the_things_that_matter_now(as_persona, made):
    assert "Et tiltak er" in text_of(as_persona("solveig"), "/")
    assert made.title in text_of(as_persona("solveig"), "/tiltak")


def test_an_action_is_found_by_the_one_search_by_those_it_concerns(as_persona, made):
    assert made.title in text_of(as_persona("jonas"), "/sok/?q=nærværsteam")
    assert made.title not in text_of(as_persona("ingrid"), "/sok/?q=nærværsteam")


@pytest.mark.parametrize("path", ["/", BOARD, START, FIGURE, "/tiltak", f"/enheter/{NURSING_HOME_CODE}"])
def test_a_page_asks_the_database_at_most_twenty_five_times(path, as_persona, made):
    client = as_persona("solveig")
    client.get("/tall")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= 25
