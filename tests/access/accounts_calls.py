"""How each action on the accounts is done, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.accounts import editing
from byfolk.accounts.models import Edition
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from tests.access.world import World

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def _begin(actor: Actor, world: World) -> Edition:
    return editing.begin(actor=actor, unit=Unit.objects.get(code=world.care), year=2025, now=NOW)


def _discard(actor: Actor, world: World) -> None:
    editing.discard(actor=actor, edition=_begin(actor, world))


def _write(actor: Actor, world: World) -> None:
    draft = _begin(actor, world)
    editing.write_section(
        actor=actor, edition=draft, anchor="ansatte", text="Vi er flere.", points=(), version=1, now=NOW
    )


def _ask(actor: Actor, world: World) -> None:
    draft, due = _begin(actor, world), NOW.date() + dt.timedelta(days=7)
    editing.ask_to_write(
        actor=actor, edition=draft, anchor="ansatte", contributor=world.person("mette"), due=due, on=NOW.date()
    )


def _comment(actor: Actor, world: World) -> None:
    editing.comment_on_section(
        actor=actor, edition=_begin(actor, world), anchor="ansatte", text="Nevn vikarene.", now=NOW
    )


def _freeze(actor: Actor, world: World) -> None:
    editing.freeze(actor=actor, edition=_begin(actor, world), reason="Behandlet", now=NOW)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "begin": ("mette", _begin),
    "discard": ("mette", _discard),
    "write_section": ("mette", _write),
    "ask_to_write": ("amir", _ask),
    "comment_on_section": ("mette", _comment),
    "freeze": ("amir", _freeze),
}
