"""Who answers for a goal or a measure, and what agencies do themselves under the city's goals."""

from __future__ import annotations

import datetime as dt

from byfolk.engines.goals import versions
from byfolk.engines.goals.editing import WRITE, PolicyRefused
from byfolk.engines.goals.models import Element, Owner, OwnMeasure
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor, Role
from byfolk.lib.texts import one_line

#: Roles that can answer for a goal or a measure.
OWNING = (Role.LEADER, Role.HR_DIRECTOR, Role.HR_ADVISER, Role.COMMUNICATION)
OWNED = ("goal", "measure")


@action(WRITE)
def set_owner(*, actor: Actor, key: str, role: Role, unit: Unit, person_id: int | None) -> Owner:
    """Say who answers for a goal or a measure, in every version: a role in a unit, and perhaps a person."""
    if role not in OWNING:
        raise PolicyRefused(f"{role} answers for no goal")
    if not Element.objects.filter(key=key, kind__in=OWNED).exists():
        raise LookupError(f"no goal or measure {key}")
    given = {"role": role.value, "unit": unit, "person_id": person_id}
    owner, _ = Owner.objects.update_or_create(key=key, defaults=given)
    return owner


@action(WRITE)
def remove_owner(*, actor: Actor, key: str) -> bool:
    """Nobody answers for it any more; whether anybody did."""
    deleted, _ = Owner.objects.filter(key=key).delete()
    return bool(deleted)


@action("policy.own_measures")
def add_own_measure(*, actor: Actor, goal_key: str, unit: Unit, text: str, now: dt.datetime) -> OwnMeasure:
    """Write what an agency that one leads does itself towards a goal of the adopted policy; the same twice is one."""
    if unit.pk not in {one.pk for one in versions.own_agencies(actor)}:
        raise PermissionError("own measures are written by whoever leads the agency")
    versions.goal(actor, goal_key)
    said = one_line(text)
    if not said:
        raise PolicyRefused("a measure says something")
    made, _ = OwnMeasure.objects.get_or_create(
        goal_key=goal_key, unit=unit, text=said, defaults={"person_id": actor.own_id, "at": now}
    )
    return made


@action("policy.own_measures")
def remove_own_measure(*, actor: Actor, measure: OwnMeasure) -> None:
    """Take away one of the own agency's measures."""
    if measure.unit_id not in {one.pk for one in versions.own_agencies(actor)}:
        raise PermissionError("own measures are written by whoever leads the agency")
    measure.delete()
