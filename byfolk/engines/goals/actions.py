"""Setting targets: from above, for units below."""

from __future__ import annotations

from decimal import Decimal

from byfolk.engines.goals.models import Target
from byfolk.engines.goals.permissions import SETTERS
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Closure, Unit
from byfolk.kernel.rights import Actor, Role


class TargetRefused(ValueError):
    """A target that may not be set, with the reason in words for whoever tried."""


@action("targets.set")
def set_target(*, actor: Actor, unit: Unit, indicator: str, year: int, value: Decimal, tolerance: Decimal) -> Target:
    """Set what an indicator should be in a unit and all below it in a year; replaces the target that was there.

    A leader sets targets for units below the one they lead, never for their own. Raises `PermissionError` outside the
    actor's units, `LookupError` for an unknown indicator, `TargetRefused` for one that has no better way or a
    negative
    tolerance.
    """
    _must_hold_from_above(actor, unit)
    if registry.indicator(indicator).direction is Direction.NEITHER:
        raise TargetRefused(f"{indicator} has no better way, so it can have no target")
    if tolerance < 0:
        raise TargetRefused("a tolerance is not negative")
    target, _ = Target.objects.update_or_create(
        unit=unit, indicator=indicator, year=year, defaults={"value": value, "tolerance": tolerance}
    )
    return target


@action("targets.set")
def remove_target(*, actor: Actor, unit: Unit, indicator: str, year: int) -> bool:
    """Remove a unit's own target, so that the one above applies again; answers whether there was one."""
    _must_hold_from_above(actor, unit)
    deleted, _ = Target.objects.filter(unit=unit, indicator=indicator, year=year).delete()
    return bool(deleted)


def _must_hold_from_above(actor: Actor, unit: Unit) -> None:
    above = set(Closure.objects.filter(descendant=unit).values_list("ancestor_id", flat=True))
    for held in actor.held:
        own = held.role is Role.LEADER and held.unit_id == unit.pk
        if held.role in SETTERS and held.unit_id in above and not own:
            return
    raise PermissionError("Targets are set from above")
