"""Setting targets: from above, for units below."""

from __future__ import annotations

from decimal import Decimal

from byfolk.engines.goals.models import Target
from byfolk.engines.goals.permissions import SETTERS
from byfolk.engines.goals.queries import TargetChange
from byfolk.engines.goals.rules import may_set
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Closure, Unit
from byfolk.kernel.rights import Actor


class TargetRefused(ValueError):
    """A target that may not be set, with the reason in words for whoever tried."""


@action("targets.set")
def set_target(*, actor: Actor, unit: Unit, indicator: str, year: int, value: Decimal, tolerance: Decimal) -> Target:
    """Set what an indicator should be in a unit and all below it in a year; replaces the target that was there.

    A leader sets targets for units below the one they lead, never for their own. Raises `PermissionError` outside the
    actor's units, `LookupError` for an unknown indicator, `TargetRefused` for one that has no better way, or a
    negative value or tolerance.
    """
    _must_hold_from_above(actor, unit)
    if registry.indicator(indicator).direction is Direction.NEITHER:
        raise TargetRefused(f"{indicator} has no better way, so it can have no target")
    if value < 0 or tolerance < 0:
        raise TargetRefused("a target and its tolerance are not negative")
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


@action("targets.set")
def undo_target(*, actor: Actor, unit: Unit, indicator: str, change: TargetChange) -> None:
    """Take back one's own change of a target, if it is the latest: what was there before is set again.

    Raises `PermissionError` for another's change, or one that something has come after.
    """
    if change.by_person_id != actor.person_id or not change.is_latest or change.unit_id != unit.pk:
        raise PermissionError("only one's own latest change can be taken back")
    if change.before is None:
        remove_target(actor=actor, unit=unit, indicator=indicator, year=change.year)
    else:
        value, tolerance = change.before
        set_target(actor=actor, unit=unit, indicator=indicator, year=change.year, value=value, tolerance=tolerance)


def _must_hold_from_above(actor: Actor, unit: Unit) -> None:
    path = Closure.objects.filter(descendant=unit).order_by("-depth").values_list("ancestor_id", flat=True)
    if not may_set(actor, list(path), SETTERS):
        raise PermissionError("Targets are set from above")
