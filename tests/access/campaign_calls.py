"""How each action on campaigns is done, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.engines.questionnaires.campaigns import editing
from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.campaigns.models import Campaign, Stage
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of, now
from tests.access.world import World
from tests.engines.questionnaires.rounds import version_in_use

NOW = now()


def _planned(world: World) -> editing.Plan:
    return editing.Plan(
        version=version_in_use(),
        titles={"nb": "Slik har vi det"},
        audience=Audience((Unit.objects.get(code=world.care).pk,), day_of(NOW)),
        opens_at=NOW + dt.timedelta(days=1),
        closes_at=NOW + dt.timedelta(days=8),
    )


def _plan(actor: Actor, world: World) -> Campaign:
    unit = Unit.objects.get(code=world.care)
    return editing.plan_campaign(actor=actor, unit=unit, plan=_planned(world), now=NOW)


def _change(actor: Actor, world: World) -> None:
    made = _plan(actor, world)
    plan = editing.Plan(made.version, {"nb": "Ny"}, made.asked, made.opens_at, made.closes_at)
    editing.change_campaign(actor=actor, campaign=made, edition=1, plan=plan)


def _schedule(actor: Actor, world: World) -> Campaign:
    return editing.schedule_campaign(actor=actor, campaign=_plan(actor, world), edition=1, now=NOW)


def _take_back(actor: Actor, world: World) -> None:
    editing.take_back_campaign(actor=actor, campaign=_schedule(actor, world), edition=2)


def _standing(actor: Actor, world: World, stage: Stage) -> Campaign:
    made = _plan(actor, world)
    gone = {"opens_at": NOW - dt.timedelta(days=1), "frozen_at": NOW, "stage": stage}
    if stage == Stage.CLOSED:
        gone |= {"closed_at": NOW, "keys_destroyed_at": NOW, "answered": 0}
    Campaign.objects.filter(pk=made.pk).update(**gone)
    return Campaign.objects.get(pk=made.pk)


def _end(actor: Actor, world: World) -> None:
    editing.end_campaign(actor=actor, campaign=_standing(actor, world, Stage.OPEN), edition=1, now=NOW)


def _archive(actor: Actor, world: World) -> None:
    editing.archive_campaign(actor=actor, campaign=_standing(actor, world, Stage.CLOSED), edition=1)


def _delete(actor: Actor, world: World) -> None:
    editing.delete_campaign(actor=actor, campaign=_plan(actor, world))


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "plan_campaign": ("mette", _plan),
    "change_campaign": ("mette", _change),
    "schedule_campaign": ("mette", _schedule),
    "take_back_campaign": ("mette", _take_back),
    "end_campaign": ("mette", _end),
    "archive_campaign": ("mette", _archive),
    "delete_campaign": ("mette", _delete),
}
