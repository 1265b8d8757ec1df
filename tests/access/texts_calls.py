"""How texts are reviewed, and who may: a batch of texts from the nursing home, in a campaign of its agency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.texts import reviewing
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now
from tests.access.world import World

NOW = now()


def _batch(world: World) -> TextBatch:
    return TextBatch.objects.get(pk=world.texts)


def code(world: World) -> str:
    """The unit of the texts."""
    return world.nursing_home


def of_care(world: World) -> list[Any]:
    """The campaign of the agency, by number."""
    return [_batch(world).campaign_id]


def of_city(world: World) -> list[Any]:
    """The newest round of the whole city."""
    return [Campaign.objects.filter(unit__parent=None).order_by("-closes_at").values_list("pk", flat=True)[0]]


def one(world: World) -> list[Any]:
    """Campaign, unit and the number of one text."""
    found = _batch(world)
    return [found.campaign_id, world.nursing_home, FreeText.objects.filter(batch=found).order_by("id")[0].pk]


def _text(world: World) -> FreeText:
    return FreeText.objects.filter(batch=world.texts).order_by("id")[0]


def _approve(actor: Actor, world: World) -> None:
    reviewing.approve_text(actor=actor, text=_text(world), hidden=[0])


def _withhold(actor: Actor, world: World) -> None:
    reviewing.withhold_text(actor=actor, text=_text(world), reason=Reason.HEALTH)


def _undo(actor: Actor, world: World) -> None:
    reviewing.undo_review(actor=actor, text=_text(world))


def _release(actor: Actor, world: World) -> None:
    FreeText.objects.filter(batch=world.texts).update(state=TextState.APPROVED)
    reviewing.release_texts(actor=actor, batch=_batch(world), now=NOW)


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "approve_text": ("mette", _approve),
    "withhold_text": ("mette", _withhold),
    "undo_review": ("mette", _undo),
    "release_texts": ("mette", _release),
}
