"""The unit that a home page is about."""

from __future__ import annotations

from dataclasses import dataclass

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class OwnUnit:
    """A unit as far as a home page needs it."""

    pk: int
    name: str
    code: str


def own_unit(actor: Actor) -> OwnUnit | None:
    """The unit that the person leads or holds another role for, else where they work. One query for those without a
    role.
    """
    held = [*actor.leads, *actor.held]
    if held:
        return OwnUnit(held[0].unit_id, held[0].unit_name, held[0].unit_code)
    unit = Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id else None
    return OwnUnit(unit.pk, unit.name, unit.code) if unit else None
