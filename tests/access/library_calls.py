"""How each action on the library is done, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.engines.library import actions, queries
from byfolk.engines.library.models import Document
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from tests.access.world import World

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
SAID = {"title": {"nb": "Kaffe"}, "text": {"nb": "Kaffe er gratis."}}


def _guide(actor: Actor, code: str = "heltid-og-deltid") -> Document:
    return queries.document(actor, "guide", code)


def _start(actor: Actor, world: World) -> Document:
    unit = Unit.objects.get(code=world.care)
    return actions.start_document(actor=actor, kind="guide", unit=unit, content=SAID, on=TODAY)


def _draft(actor: Actor, world: World) -> None:
    actions.start_version(actor=actor, document=_guide(actor))


def _edit(actor: Actor, world: World) -> None:
    actions.edit_draft(actor=actor, document=_start(actor, world), edition=1, content=SAID)


def _discard(actor: Actor, world: World) -> None:
    actions.discard_draft(actor=actor, document=_start(actor, world))


def _publish(actor: Actor, world: World) -> None:
    actions.publish(actor=actor, document=_start(actor, world), since=TODAY, review_on=None, on=TODAY)


def _retire(actor: Actor, world: World) -> None:
    actions.retire(actor=actor, document=_guide(actor), end=TODAY, on=TODAY)


def _review(actor: Actor, world: World) -> None:
    actions.set_review(actor=actor, document=_guide(actor), review_on=TODAY + dt.timedelta(days=9), on=TODAY)


def _confirm(actor: Actor, world: World) -> None:
    version = queries.editions(actor, _guide(actor, "folg-opp-den-som-er-syk"), TODAY).holding
    assert version is not None
    actions.confirm(actor=actor, version=version, now=NOW)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "start_document": ("amir", _start),
    "start_version": ("mette", _draft),
    "edit_draft": ("amir", _edit),
    "discard_draft": ("amir", _discard),
    "publish": ("kari", _publish),
    "retire": ("amir", _retire),
    "set_review": ("mette", _review),
    "confirm": ("solveig", _confirm),
}
