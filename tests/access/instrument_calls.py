"""How each action on instruments is done, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.engines.questionnaires.instruments import editing, queries
from byfolk.engines.questionnaires.instruments.changing import Part, seen, with_section
from byfolk.engines.questionnaires.instruments.content import Content, Section, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from tests.access.world import World

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
ASKED = "pulse"


def _used(actor: Actor) -> InstrumentVersion:
    return queries.version(actor, ASKED, 1)


def _draft(actor: Actor, world: World | None = None) -> InstrumentVersion:
    used = _used(actor)
    return editing.start_version(actor=actor, instrument=used.instrument, content=used.parsed, now=NOW)


def _create(actor: Actor, world: World) -> None:
    unit = Unit.objects.get(code=world.care)
    editing.create_instrument(
        actor=actor, code="ours", kind="pulse", unit=unit, content=Content(Texts(nb="Vår")), now=NOW
    )


def _change(actor: Actor, world: World) -> None:
    section = Section("more", Texts(nb="Mer"))
    editing.change_instrument(
        actor=actor,
        version=_draft(actor),
        part=Part.SECTION,
        code="more",
        saw="",
        change=with_section(section),
        now=NOW,
    )


def _replace(actor: Actor, world: World) -> None:
    content = Content(Texts(nb="Kort"))
    editing.replace_instrument(actor=actor, version=_draft(actor), edition=1, content=content, now=NOW)


def _discard(actor: Actor, world: World) -> None:
    editing.discard_version(actor=actor, version=_draft(actor))


def _use(actor: Actor, world: World) -> None:
    draft = _draft(actor)
    assert seen(draft.parsed, Part.FRONT)
    editing.put_in_use(actor=actor, version=draft, edition=1, now=NOW)


def _retire(actor: Actor, world: World) -> None:
    editing.retire_version(actor=actor, version=_used(actor), now=NOW)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "create_instrument": ("mette", _create),
    "start_version": ("kari", _draft),
    "change_instrument": ("kari", _change),
    "replace_instrument": ("kari", _replace),
    "discard_version": ("kari", _discard),
    "put_in_use": ("kari", _use),
    "retire_version": ("kari", _retire),
}
