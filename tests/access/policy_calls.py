"""How each action on the policy is done, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.engines.goals import editing, hearing, owning, versions
from byfolk.engines.goals.models import OwnMeasure, PolicyVersion
from byfolk.engines.indicators import actions as figures_actions
from byfolk.engines.indicators import queries as figures
from byfolk.engines.indicators.models import Note
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor, Role
from tests.access.world import World

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
VALUE = {"title": {"nb": "Mot"}}


def _draft(actor: Actor, world: World | None = None) -> PolicyVersion:
    current = versions.adopted(actor)
    assert current is not None
    return editing.start_draft(actor=actor, document=versions.document(actor, current), on=TODAY)


def _rename(actor: Actor, world: World) -> None:
    editing.rename_draft(actor=actor, version=_draft(actor), title={"nb": "Ny politikk"})


def _throw_away(actor: Actor, world: World) -> None:
    editing.delete_draft(actor=actor, version=_draft(actor))


def _add(actor: Actor, world: World) -> None:
    editing.add_element(actor=actor, version=_draft(actor), kind="value", above=None, content=VALUE)


def _edit(actor: Actor, world: World) -> None:
    editing.edit_element(actor=actor, version=_draft(actor), key="respekt", edition=1, above=None, content=VALUE)


def _move(actor: Actor, world: World) -> None:
    editing.move_element(actor=actor, version=_draft(actor), key="respekt", up=True)


def _delete(actor: Actor, world: World) -> None:
    editing.delete_element(actor=actor, version=_draft(actor), key="respekt", edition=1)


def _adopt(actor: Actor, world: World) -> None:
    editing.adopt(actor=actor, version=_draft(actor), on=TODAY)


def _send(actor: Actor, world: World) -> None:
    until = TODAY + dt.timedelta(days=30)
    hearing.send_on_hearing(actor=actor, version=_draft(actor), on=TODAY, until=until)


def _end(actor: Actor, world: World) -> None:
    hearing.end_hearing(actor=actor, version=versions.version(actor, 2))


def _comment(actor: Actor, world: World) -> None:
    heard, unit = versions.version(actor, 2), Unit.objects.get(code=world.care)
    hearing.comment(actor=actor, version=heard, key="respekt", unit=unit, text="Bra.", now=NOW)


def _withdraw(actor: Actor, world: World) -> None:
    _comment(actor, world)
    said = versions.comments(actor, versions.version(actor, 2), "respekt")[-1]
    hearing.withdraw_comment(actor=actor, said=said, now=NOW)


def _answer(actor: Actor, world: World) -> None:
    said = versions.comments(actor, versions.version(actor, 2))[0]
    hearing.answer_comment(actor=actor, said=said, answer="Takk.", now=NOW)


def _own(actor: Actor, world: World) -> OwnMeasure:
    unit = Unit.objects.get(code=world.care)
    return owning.add_own_measure(actor=actor, goal_key="apen-kommune", unit=unit, text="Åpen dag", now=NOW)


def _drop_own(actor: Actor, world: World) -> None:
    owning.remove_own_measure(actor=actor, measure=_own(actor, world))


def _owner(actor: Actor, world: World) -> None:
    unit = Unit.objects.get(code=world.care)
    owning.set_owner(actor=actor, key="apen-kommune", role=Role.LEADER, unit=unit, person_id=None)


def _drop_owner(actor: Actor, world: World) -> None:
    owning.remove_owner(actor=actor, key="like-muligheter")


def _explain(actor: Actor, world: World) -> Note:
    home = Unit.objects.get(code=world.nursing_home)
    figure = figures.figure(actor, "sick_leave", home.pk, TODAY).shown
    assert figure is not None
    return figures_actions.write_note(actor=actor, figure=figure, text="Ny turnus.", version=0, now=NOW)


def _unexplain(actor: Actor, world: World) -> None:
    figures_actions.withdraw_note(actor=actor, note=_explain(actor, world), version=1, now=NOW)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "start_draft": ("kari", _draft),
    "rename_draft": ("kari", _rename),
    "delete_draft": ("kari", _throw_away),
    "add_element": ("kari", _add),
    "edit_element": ("kari", _edit),
    "move_element": ("kari", _move),
    "delete_element": ("kari", _delete),
    "adopt": ("kari", _adopt),
    "send_on_hearing": ("kari", _send),
    "end_hearing": ("kari", _end),
    "comment": ("tor", _comment),
    "withdraw_comment": ("tor", _withdraw),
    "answer_comment": ("kari", _answer),
    "add_own_measure": ("amir", _own),
    "remove_own_measure": ("amir", _drop_own),
    "set_owner": ("kari", _owner),
    "remove_owner": ("kari", _drop_owner),
    "write_note": ("solveig", _explain),
    "withdraw_note": ("mette", _unexplain),
}
