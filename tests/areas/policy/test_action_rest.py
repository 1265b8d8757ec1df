"""Taking back a change that was just saved, what others have done, and the language of mail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.actions import queries
from byfolk.engines.actions.letters import send_letters
from byfolk.engines.actions.models import Action, MailChoice, State
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.states import State as FigureState
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import OSLO
from tests.areas.policy.figures import SECRET, YEAR_END, publish, publish_city, refuses_secrets
from tests.areas.policy.test_action_pages import LAST_YEAR, START, text_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)


@pytest.fixture
def made(person) -> Action:
    publish_city()
    Action.objects.all().delete()
    return act(Unit.objects.get(code=NURSING_HOME_CODE), person("jonas").pk, title="Nærværsteam")


def act(unit: Unit, owner: int, **more: object) -> Action:
    given = {
        "unit": unit, "owner_id": owner, "started_on": NOW.date(), "made_at": NOW, "due": dt.date(2027, 11, 1),
        "state": State.IN_PROGRESS, "state_at": NOW, "indicator": "sick_leave", "figure_unit": unit,
        "direction": "down", "start_value": 11.0, "start_period": LAST_YEAR, "start_kind": PeriodKind.YEAR,
    }  # fmt: skip
    return Action.objects.create(**given | more)


def edit(client, made: Action, **fields: object):
    form = {"title": "Nye ord", "due": "2028-01-31", "parts": ["union"], "version": made.version}
    return client.post(f"/tiltak/{made.pk}/endre", form | fields)


def test_a_change_that_was_just_saved_is_taken_back_whole(as_persona, made):
    client = as_persona("solveig")
    saved = client.get(edit(client, made).url).content.decode()
    undo = f"/tiltak/{made.pk}/angre/2"
    assert f'action="{undo}"' in saved
    assert client.post(undo).url == f"/tiltak/{made.pk}?gjort=angret"
    now = Action.objects.get(pk=made.pk)
    assert (now.title, now.due, now.union, now.version) == ("Nærværsteam", dt.date(2027, 11, 1), False, 3)
    assert "Endringen er angret." in text_of(client, f"/tiltak/{made.pk}?gjort=angret")


def test_a_state_and_a_new_owner_are_taken_back_too(as_persona, made, person):
    client = as_persona("solveig")
    client.post(f"/tiltak/{made.pk}/status", {"state": "dropped", "reason": "Ikke bruk for det", "version": 1})
    client.post(f"/tiltak/{made.pk}/angre/2")
    assert (Action.objects.get(pk=made.pk).state, Action.objects.get(pk=made.pk).reason) == (State.IN_PROGRESS, "")
    client.post(f"/tiltak/{made.pk}/gi-videre", {"owner": person("solveig").pk, "version": 3})
    client.post(f"/tiltak/{made.pk}/angre/4")
    assert Action.objects.get(pk=made.pk).owner_id == person("jonas").pk


def test_nobody_takes_back_what_somebody_has_changed_since_or_what_another_did(as_persona, made):
    solveig, amir = as_persona("solveig"), as_persona("amir")
    edit(solveig, made)
    edit(amir, made, title="Amirs ord", version=2)
    for client, version in ((solveig, 2), (solveig, 3), (amir, 2)):
        page = client.post(f"/tiltak/{made.pk}/angre/{version}").content.decode()
        assert "Endringen kunne ikke angres." in page
    assert Action.objects.get(pk=made.pk).title == "Amirs ord"
    assert "/angre/" not in solveig.get(f"/tiltak/{made.pk}?gjort=endret").content.decode()


def test_what_was_saved_long_ago_is_not_taken_back(as_persona, made):
    client = as_persona("solveig")
    edit(client, made)
    with connection.cursor() as cursor:
        cursor.execute("update actions_actionevent set pgh_created_at = now() - interval '2 hours'")
    assert "Endringen kunne ikke angres." in client.post(f"/tiltak/{made.pk}/angre/2").content.decode()


def test_whoever_may_not_work_on_an_action_finds_no_undo(as_persona, made):
    edit(as_persona("solveig"), made)
    for key in ("kari", "lise", "ingrid"):
        assert as_persona(key).post(f"/tiltak/{made.pk}/angre/2").status_code == 404, key


@pytest.fixture
def other(made, person) -> Action:
    """A done action of a unit like the nursing home, shared, whose figure has fallen since."""
    home = made.unit
    elsewhere = Unit.objects.filter(level__gt=2, valid__endswith__isnull=True).exclude(above__ancestor=home)
    like = elsewhere.exclude(below__descendant=home).latest("pk")
    Unit.objects.filter(pk=like.pk).update(level=home.level, sector=home.sector)
    publish("sick_leave", like.code, 11.0, period=LAST_YEAR, kind=PeriodKind.YEAR)
    publish("sick_leave", like.code, 9.5, period=YEAR_END, kind=PeriodKind.YEAR)
    return act(like, person("ingrid").pk, title="Ønsketurnus", state=State.DONE, shared=True)


def test_a_start_shows_what_like_units_did_where_the_figure_went_the_right_way(as_persona, other):
    text = text_of(as_persona("solveig"), START)
    assert "Dette har andre gjort" in text
    assert "Ønsketurnus" in text
    assert "Fraværet har falt 1,5 prosentpoeng siden tiltaket startet." in text
    assert "Det beviser ikke at tiltaket var årsaken." in text
    assert other.unit.name not in text


@pytest.mark.parametrize(
    "change",
    [
        {"shared": False},
        {"state": State.IN_PROGRESS, "shared": False},
        {"start_period": YEAR_END},
        {"start_value": None},
    ],
)
def test_what_is_not_shared_not_done_or_did_not_go_the_right_way_is_not_shown(change, as_persona, other):
    Action.objects.filter(pk=other.pk).delete()
    act(other.unit, other.owner_id, title="Ønsketurnus", **{"state": State.DONE, "shared": True} | change)
    assert "Ønsketurnus" not in text_of(as_persona("solveig"), START)


def test_a_figure_that_is_hidden_now_is_not_told_by_way_of_anothers_action(as_persona, other):
    publish("sick_leave", other.unit.code, SECRET, period=YEAR_END.replace(year=2026), kind=PeriodKind.YEAR,
            state=FigureState.HIDDEN_SMALL)  # fmt: skip
    text = text_of(as_persona("solveig"), START)
    assert "Ønsketurnus" not in text
    assert refuses_secrets(text)


def test_the_database_gives_others_actions_only_to_those_who_start_actions_there(as_actor, other, made):
    for key, sees in {"solveig": True, "mette": True, "jonas": False, "ingrid": False, "lise": False}.items():
        with as_actor(key) as actor:
            found = queries.worked_elsewhere(actor, "sick_leave", made.unit_id, at_most=3)
            assert bool(found) is sees, key


def test_a_done_action_is_shared_when_its_people_say_so_and_never_an_open_one(as_persona, made):
    client = as_persona("solveig")
    client.post(f"/tiltak/{made.pk}/status", {"state": "done", "shared": "on", "version": 1})
    assert Action.objects.get(pk=made.pk).shared
    client.post(f"/tiltak/{made.pk}/status", {"state": "in_progress", "shared": "on", "version": 2})
    assert not Action.objects.get(pk=made.pk).shared


def test_mail_comes_in_the_language_that_each_has_chosen(as_persona, made, person):
    Person.objects.filter(pk=person("jonas").pk).update(work_email="jonas@fjordby.example")
    client = as_persona("jonas")
    assert "Språk i e-postene" in text_of(client, "/mitt/")
    client.post("/mitt/epost/", {"language": "en"})
    client.post("/mitt/epost/", {"actions": "on"})
    assert MailChoice.objects.get().language == "en"
    assert client.post("/mitt/epost/", {"language": "de"}).status_code == 404
    assert send_letters(dt.datetime(2026, 11, 23, 7, 5, tzinfo=OSLO)) == 1
    (letter,) = mail.outbox
    assert "1 November 2027" in letter.body.replace("\u00a0", " ")
