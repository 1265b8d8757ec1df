"""Every write goes through an action: open only to those with its permission, and with who and why in the history."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from byfolk.engines.actions import actions as doing
from byfolk.engines.actions.models import Action, State
from byfolk.engines.goals import actions as goals
from byfolk.engines.goals.queries import changes_of_targets
from byfolk.engines.indicators import actions as indicators
from byfolk.kernel.access.acting import ACTIONS
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.models import Batch, Upload
from byfolk.kernel.people.importing.running import read_table
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import VISITOR, Actor, Role, permission
from byfolk.kernel.time import day_of, now
from byfolk.portal.grants import actions as grants
from byfolk.portal.grants import queries
from byfolk.portal.importing import actions as imports
from byfolk.portal.importing.files import guess_for
from byfolk.portal.me import actions as me
from tests.access import (
    accounts_calls,
    campaign_calls,
    instrument_calls,
    library_calls,
    plan_calls,
    policy_calls,
    texts_calls,
)
from tests.access.world import World, build_world

NOW = now()
TODAY = day_of(NOW)


def _give(actor: Actor, world: World) -> None:
    card, unit = Card.objects.get(person_id=world.person("jonas")), Unit.objects.get(code=world.care)
    grants.give_role(actor=actor, person=card, role=Role.RECRUITER, unit=unit, period=(TODAY, None), reason="Nytt verv")


def _end(actor: Actor, world: World) -> None:
    grants.end_role(actor=actor, grant=Grant.objects.get(pk=world.grant("tor")), on=TODAY, reason="Sluttet i vervet")


def _undo(actor: Actor, world: World) -> None:
    _end(actor, world)
    done = queries.change(grant_id=world.grant("tor"))
    assert done is not None
    grants.undo_change(actor=actor, done=done, now=done.at)


def _report(actor: Actor, world: World) -> None:
    me.report_error(actor=actor, kind="pay", text="Feil lønn", now=NOW)


def _answer(actor: Actor, world: World) -> None:
    found = me.Correction.objects.get(pk=world.correction("jonas"))
    me.answer_correction(actor=actor, correction=found, answer="Rettet", now=NOW)


def _set_target(actor: Actor, world: World) -> None:
    home = Unit.objects.get(code=world.nursing_home)
    goals.set_target(
        actor=actor, unit=home, indicator="sick_leave", year=2026, value=Decimal(9), tolerance=Decimal("0.5")
    )


def _remove_target(actor: Actor, world: World) -> None:
    _set_target(actor, world)
    goals.remove_target(actor=actor, unit=Unit.objects.get(code=world.nursing_home), indicator="sick_leave", year=2026)


def _undo_target(actor: Actor, world: World) -> None:
    _set_target(actor, world)
    home = Unit.objects.get(code=world.nursing_home)
    change = changes_of_targets(actor, "sick_leave", [home.pk])[0]
    goals.undo_target(actor=actor, unit=home, indicator="sick_leave", change=change)


def _start_action(actor: Actor, world: World) -> None:
    home = Unit.objects.get(code=world.nursing_home)
    doing.start_action(
        actor=actor, unit=home, title="Fast samtale", owner_id=actor.own_id, due=TODAY + dt.timedelta(days=90), now=NOW
    )


def _edit_action(actor: Actor, world: World) -> None:
    found = Action.objects.get(pk=world.action)
    doing.edit_action(
        actor=actor, action=found, title="Noe annet", due=found.due, participants=doing.Participants(), version=1
    )


def _hand_over(actor: Actor, world: World) -> None:
    found, lise = Action.objects.get(pk=world.action), world.person("lise")
    doing.hand_over(actor=actor, action=found, owner_id=lise, version=1, now=NOW)


def _set_state(actor: Actor, world: World) -> None:
    doing.set_state(actor=actor, action=Action.objects.get(pk=world.action), state=State.DONE, version=1, now=NOW)


def _drop_action(actor: Actor, world: World) -> None:
    found = Action.objects.get(pk=world.action)
    doing.drop_action(actor=actor, action=found, reason="Ikke bruk for det", version=1, now=NOW)


def _take_back(actor: Actor, world: World) -> None:
    _edit_action(actor, world)
    doing.take_back(actor=actor, action=Action.objects.get(pk=world.action), version=2, now=now())


def _comment_on(actor: Actor, world: World) -> None:
    doing.comment_on(actor=actor, action=Action.objects.get(pk=world.action), text="Det går bra", now=NOW)


def _choose_mail(actor: Actor, world: World) -> None:
    doing.choose_mail(actor=actor, wanted=False, language="nn")


def _bring(actor: Actor, world: World) -> None:
    batch = Batch.objects.get(pk=world.batch)
    content = bytes(Upload.objects.get(batch=batch).content)
    table = read_table(content, None)
    mapping = guess_for(table, kind="units")
    imports.bring_file(
        actor=actor, content=content, file_name="enheter.csv", table=table, mapping=mapping, source=None, now=NOW
    )


def _confirm(actor: Actor, world: World) -> None:
    batch = Batch.objects.get(pk=world.batch)
    imports.confirm_mapping(actor=actor, batch=batch, mapping=batch.parsed_mapping, source_name="Lønn", now=NOW)


def _start(actor: Actor, world: World) -> None:
    imports.start(actor=actor, batch=Batch.objects.get(pk=world.batch), landing=True)


def _throw_away(actor: Actor, world: World) -> None:
    imports.throw_away(actor=actor, batch=Batch.objects.get(pk=world.batch))


def _assign(actor: Actor, world: World) -> None:
    unit = Unit.objects.get(code=world.care)
    imports.assign_owner(actor=actor, unit=unit, person_id=world.person("mette"), on=TODAY)


def _refresh(actor: Actor, world: World) -> None:
    indicators.ask_for_refresh(actor=actor)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "give_role": ("anne", _give),
    "end_role": ("anne", _end),
    "undo_change": ("anne", _undo),
    "report_error": ("jonas", _report),
    "answer_correction": ("solveig", _answer),
    "bring_file": ("anne", _bring),
    "confirm_mapping": ("anne", _confirm),
    "start": ("anne", _start),
    "throw_away": ("anne", _throw_away),
    "assign_owner": ("kari", _assign),
    "ask_for_refresh": ("kari", _refresh),
    "set_target": ("kari", _set_target),
    "start_action": ("solveig", _start_action),
    "edit_action": ("jonas", _edit_action),
    "hand_over": ("mette", _hand_over),
    "take_back": ("jonas", _take_back),
    "set_state": ("jonas", _set_state),
    "drop_action": ("amir", _drop_action),
    "comment_on": ("jonas", _comment_on),
    "choose_mail": ("jonas", _choose_mail),
    "remove_target": ("amir", _remove_target),
    "undo_target": ("amir", _undo_target),
    **policy_calls.CALLS,
    **library_calls.CALLS,
    **accounts_calls.CALLS,
    **instrument_calls.CALLS,
    **campaign_calls.CALLS,
    **texts_calls.CALLS,
    **plan_calls.CALLS,
}
"""Who may, and how it is done. An action that is missing here fails the test, unless its own area tries it."""

TRIED_ELSEWHERE: dict[str, str] = {
    "answer_with_name": "tests/areas/surveys/test_answering.py",
    "draw_pile": "tests/engines/questionnaires/ballots/test_piles.py",
    "draw_again": "tests/engines/questionnaires/ballots/test_piles.py",
}
"""Actions whose own tests show the same: the name and the test's file."""


def _written(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pghistory_context where metadata ->> 'why' = %s", [name])
        return cursor.fetchone()[0]


def test_every_action_is_tried():
    names = {action.__name__ for action in ACTIONS}
    assert names == set(CALLS) | set(TRIED_ELSEWHERE)


@pytest.mark.parametrize("name", CALLS)
def test_every_action_leaves_who_and_why_in_the_history(name, as_actor, db):
    world = build_world()
    key, call = CALLS[name]
    before = _written(name)
    with as_actor(key) as actor:
        call(actor, world)
        who = actor.person_id
    assert _written(name) == before + 1
    with connection.cursor() as cursor:
        cursor.execute(
            """select metadata ->> 'person' from pghistory_context where metadata ->> 'why' = %s
                order by created_at desc""",
            [name],
        )
        assert cursor.fetchone()[0] == str(who)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_every_action_is_closed_to_those_without_its_permission(action):
    code = action.permission
    nobody = VISITOR if permission(code).everyone else Actor(person_id=1, name="Uten roller")
    arguments: dict[str, Any] = {
        name: None for name in inspect.signature(action).parameters if name not in {"actor", "arguments"}
    }
    with pytest.raises(PermissionError):
        action(actor=nobody, **arguments)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_every_action_takes_its_arguments_by_name(action):
    kinds = {parameter.kind for parameter in inspect.signature(action).parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def test_an_action_that_fails_leaves_nothing(as_actor, db):
    world = build_world()
    before = Grant.objects.count()
    with as_actor("anne") as actor:
        own = Card.objects.get(person_id=actor.person_id)
        unit = Unit.objects.get(code=world.care)
        with pytest.raises(PermissionError):
            grants.give_role(
                actor=actor, person=own, role=Role.HR_ADVISER, unit=unit, period=(TODAY, None), reason="Til meg selv"
            )
    assert Grant.objects.count() == before
