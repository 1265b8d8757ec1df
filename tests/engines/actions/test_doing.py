"""Actions as they are started and worked on, and who sees what of them: in the database, as the cast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.actions import actions, queries
from byfolk.engines.actions.actions import ActionRefused, ChangedMeanwhile, Participants
from byfolk.engines.actions.models import Action, Comment, State
from byfolk.engines.actions.rules import Move
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.states import State as FigureState
from byfolk.kernel.organisation.models import Unit
from tests.areas.policy.figures import OCTOBER, YEAR_END, publish, start

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DUE = dt.date(2027, 6, 30)
EMPLOYED = [key for key, persona in CAST.items() if persona.employee_number]


def start_at(actor, code: str, **how) -> Action:
    how = {"title": "Fast samtale etter to uker", "owner_id": actor.person_id, "due": DUE, "now": NOW} | how
    return actions.start_action(actor=actor, unit=Unit.objects.get(code=code), **how)


@pytest.fixture
def theirs(as_actor, person) -> Action:
    """An action of the nursing home that Jonas answers for."""
    jonas = person("jonas")
    with as_actor("solveig") as actor:
        return start_at(actor, NURSING_HOME_CODE, owner_id=jonas.pk)


def test_what_is_kept_of_the_figure_is_its_published_value_when_the_action_starts(as_actor):
    start()
    publish("sick_leave", NURSING_HOME_CODE, 10.4, period=YEAR_END, kind=PeriodKind.YEAR)
    with as_actor("solveig") as actor:
        made = start_at(actor, NURSING_HOME_CODE, indicator="sick_leave")
    assert (made.start_value, made.start_period, made.start_kind) == (10.4, YEAR_END, PeriodKind.YEAR)
    assert made.direction == "down"
    assert made.state == State.IN_PROGRESS


def test_a_hidden_figure_leaves_no_value_behind_and_says_so(as_actor):
    start()
    publish(
        "sick_leave", NURSING_HOME_CODE, 10.4, period=YEAR_END, kind=PeriodKind.YEAR, state=FigureState.HIDDEN_SMALL
    )
    with as_actor("solveig") as actor:
        made = start_at(actor, NURSING_HOME_CODE, indicator="sick_leave")
        assert made.start_value is None
        assert queries.moved(actor, [made])[made.pk].movement.move is Move.START_HIDDEN


def test_the_figure_since_the_start_is_the_newest_of_the_same_span(as_actor):
    start()
    publish("sick_leave", NURSING_HOME_CODE, 10.4, period=YEAR_END, kind=PeriodKind.YEAR)
    with as_actor("solveig") as actor:
        made = start_at(actor, NURSING_HOME_CODE, indicator="sick_leave")
        assert queries.moved(actor, [made])[made.pk].movement.move is Move.NOT_YET
    publish("sick_leave", NURSING_HOME_CODE, 3.0, period=OCTOBER)
    publish("sick_leave", NURSING_HOME_CODE, 9.3, period=YEAR_END.replace(year=2026), kind=PeriodKind.YEAR)
    with as_actor("solveig") as actor:
        found = queries.moved(actor, [made])[made.pk]
    assert found.movement.move is Move.BETTER
    assert str(found.movement.difference) == "-1.1"


def test_what_was_hidden_after_the_start_is_not_told_by_way_of_the_action(as_actor):
    start()
    publish("sick_leave", NURSING_HOME_CODE, 10.4, period=YEAR_END, kind=PeriodKind.YEAR)
    with as_actor("solveig") as actor:
        made = start_at(actor, NURSING_HOME_CODE, indicator="sick_leave")
    start()
    publish("sick_leave", NURSING_HOME_CODE, 0, period=YEAR_END, kind=PeriodKind.YEAR, state=FigureState.HIDDEN_SMALL)
    publish("sick_leave", NURSING_HOME_CODE, 9.3, period=YEAR_END.replace(year=2026), kind=PeriodKind.YEAR)
    with as_actor("solveig") as actor:
        assert queries.moved(actor, [made])[made.pk].movement.move is Move.START_HIDDEN


@pytest.mark.parametrize("key", EMPLOYED)
def test_an_action_is_seen_by_those_it_concerns_and_nobody_else(key, as_actor, theirs):
    seen = {"solveig", "amir", "mette", "kari", "per", "jonas", "lise"}
    with as_actor(key) as actor:
        assert queries.visible(actor).filter(pk=theirs.pk).exists() is (key in seen)


@pytest.mark.parametrize("key", EMPLOYED)
def test_comments_and_history_are_for_those_who_work_on_the_action(key, as_actor, theirs):
    with as_actor("solveig") as actor:
        actions.comment_on(actor=actor, action=theirs, text="Vi begynner i ny uke", now=NOW)
    readers = {"solveig", "amir", "mette", "kari", "jonas"}
    with as_actor(key) as actor:
        assert bool(queries.comments_on(actor, theirs)) is (key in readers)
        assert bool(queries.history_of(actor, theirs)) is (key in readers | {"per"})


def test_comments_follow_the_action_to_a_new_owner(as_actor, person, theirs):
    with as_actor("jonas") as actor:
        actions.comment_on(actor=actor, action=theirs, text="Det går bra", now=NOW)
    with as_actor("solveig") as actor:
        actions.hand_over(actor=actor, action=theirs, owner_id=person("lise").pk, version=1, now=NOW)
    with as_actor("lise") as actor:
        assert [said.text for said in queries.comments_on(actor, theirs)] == ["Det går bra"]
    with as_actor("jonas") as actor:
        assert queries.comments_on(actor, theirs) == []


def test_what_was_said_cannot_be_changed_or_taken_away(as_actor, theirs):
    with as_actor("jonas") as actor:
        said = actions.comment_on(actor=actor, action=theirs, text="Det går bra", now=NOW)
        for write in (lambda: Comment.objects.filter(pk=said.pk).update(text="Nei"), said.delete):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                write()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(text="Nei")


def test_of_two_who_change_the_same_the_second_is_told_and_nothing_is_lost(as_actor, theirs):
    with as_actor("jonas") as actor:
        actions.edit_action(
            actor=actor, action=theirs, title="Samtale etter én uke", due=DUE, participants=Participants(), version=1
        )
    with as_actor("solveig") as actor, pytest.raises(ChangedMeanwhile), transaction.atomic():
        actions.set_state(actor=actor, action=theirs, state=State.DONE, version=1, now=NOW)
    kept = Action.objects.get(pk=theirs.pk)
    assert (kept.title, kept.state, kept.version) == ("Samtale etter én uke", State.IN_PROGRESS, 2)


def test_the_history_says_who_did_what_and_why(as_actor, person, theirs):
    with as_actor("jonas") as actor:
        actions.drop_action(actor=actor, action=theirs, reason="Ikke bruk for det", version=1, now=NOW)
        history = queries.history_of(actor, theirs)
    assert [event.why for event in history] == ["start_action", "drop_action"]
    assert [event.by_person_id for event in history] == [person("solveig").pk, person("jonas").pk]
    assert history[-1].reason == "Ikke bruk for det"


@pytest.mark.parametrize(
    ("key", "code"), [("solveig", CARE_AGENCY_CODE), ("amir", "515"), ("kari", NURSING_HOME_CODE), ("mette", ROOT_CODE)]
)
def test_nobody_starts_an_action_outside_what_they_lead_or_help(key, code, as_actor):
    with as_actor(key) as actor, pytest.raises(PermissionError):
        start_at(actor, code)


def test_the_hr_director_starts_actions_for_the_whole_city(as_actor):
    with as_actor("kari") as actor:
        assert start_at(actor, ROOT_CODE, source=None).unit.code == ROOT_CODE


def test_an_owner_works_on_the_action_but_cannot_give_it_away(as_actor, person, theirs):
    lise = person("lise").pk
    with as_actor("jonas") as actor:
        done = actions.set_state(actor=actor, action=theirs, state=State.DONE, version=1, now=NOW)
        assert done.state == State.DONE
        with pytest.raises(PermissionError):
            actions.hand_over(actor=actor, action=theirs, owner_id=lise, version=2, now=NOW)


def test_the_database_holds_that_an_owner_cannot_give_it_away(as_actor, person, theirs):
    lise = person("lise").pk
    with (
        as_actor("jonas"),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Action.objects.filter(pk=theirs.pk).update(owner_id=lise)


def test_a_colleague_sees_the_action_and_can_change_nothing(as_actor, theirs):
    with as_actor("lise") as actor:
        with pytest.raises(PermissionError):
            actions.set_state(actor=actor, action=theirs, state=State.DONE, version=1, now=NOW)
        assert Action.objects.filter(pk=theirs.pk).update(title="Noe annet") == 0


def test_an_owner_has_something_to_do_with_the_unit(as_actor, person):
    ingrid, amir = person("ingrid").pk, person("amir").pk
    with as_actor("solveig") as actor:
        with pytest.raises(ActionRefused):
            start_at(actor, NURSING_HOME_CODE, owner_id=ingrid)
        assert start_at(actor, NURSING_HOME_CODE, owner_id=amir).owner_id == amir


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_an_action_says_what_is_to_be_done_in_short(title, as_actor):
    with as_actor("solveig") as actor, pytest.raises(ActionRefused):
        start_at(actor, NURSING_HOME_CODE, title=title)


def test_an_unknown_source_is_refused(as_actor):
    with as_actor("solveig") as actor, pytest.raises(LookupError):
        start_at(actor, NURSING_HOME_CODE, source=("horoscope", "12"))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"due": dt.date(2020, 1, 1)},
        {"state": "forgotten"},
        {"state": "dropped"},
        {"reason": "Uten grunn"},
        {"version": 0},
    ],
)
def test_what_must_hold_is_held_by_the_database(fields, theirs):
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=theirs.pk).update(**fields)


def test_where_an_action_came_from_never_changes(theirs):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Action.objects.filter(pk=theirs.pk).update(unit=Unit.objects.get(code=ROOT_CODE))


def test_the_board_of_a_unit_is_closed_to_those_whom_it_does_not_concern(as_actor):
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    for key, sees in {"solveig": True, "jonas": True, "per": True, "kari": True, "ingrid": False, "tor": False}.items():
        with as_actor(key) as actor:
            assert queries.sees_unit(actor, home.pk) is sees, key


def test_the_reads_of_a_board_are_few(as_actor, django_assert_max_num_queries):
    with as_actor("solveig") as actor:
        for _ in range(5):
            start_at(actor, NURSING_HOME_CODE, indicator="sick_leave")
        home = Unit.objects.get(code=NURSING_HOME_CODE)
        with django_assert_max_num_queries(2):
            queries.moved(actor, list(queries.on_board(actor, home.pk, queries.Wanted())))
    assert connection.vendor == "postgresql"
