"""How each action on plans is done, and who may."""

from __future__ import annotations

from collections.abc import Callable

from byfolk.engines.actions.actions import Participants
from byfolk.engines.questionnaires.plans import editing
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of, now
from tests.access.plan_routes import newest
from tests.access.world import World


def _choose(actor: Actor, world: World) -> Plan:
    at = now()
    made: Plan = editing.choose_areas(
        actor=actor, campaign=newest(), unit=Unit.objects.get(code=world.nursing_home), factors=["time"],
        present=Participants(), met_on=day_of(at), version=0, now=at,
    )  # fmt: skip
    return made


def _undo(actor: Actor, world: World) -> None:
    editing.undo_choice(actor=actor, plan=_choose(actor, world), version=1, now=now())


CALLS: dict[str, tuple[str, Callable[[Actor, World], object]]] = {
    "choose_areas": ("solveig", _choose),
    "undo_choice": ("mette", _undo),
}
