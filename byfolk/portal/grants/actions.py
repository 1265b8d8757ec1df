"""Giving and ending roles. Each change stands in the history with who and why."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.db.models import Q

from byfolk.kernel.access.acting import action
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Actor, Role
from byfolk.portal.grants.queries import Change, change

UNDO_WITHIN = dt.timedelta(hours=1)

Period = tuple[dt.date, dt.date | None]


@action("grants.manage")
def give_role(*, actor: Actor, person: Card, role: Role, unit: Unit, period: Period, reason: str) -> Grant:
    """Give someone a role for a unit and all below it. Nobody gives themselves one; leading follows from the unit."""
    if person.person_id == actor.person_id:
        raise PermissionError("nobody gives themselves a role")
    if role is Role.LEADER:
        raise PermissionError("leading is never granted")
    _check_unit(actor, unit.pk)
    with pghistory.context(reason=reason):
        return Grant.objects.create(person_id=person.person_id, role=role.value, unit=unit, valid=period)


@action("grants.manage")
def end_role(*, actor: Actor, grant: Grant, on: dt.date, reason: str) -> None:
    """End a role: it is not valid on `on` any more. The last administrator of the whole cannot be taken away."""
    _check_unit(actor, grant.unit_id)
    if is_last_administrator(grant, on):
        raise PermissionError("somebody must be left to give roles")
    with pghistory.context(reason=reason):
        if grant.valid.lower >= on:
            grant.delete()
        else:
            grant.valid = (grant.valid.lower, on)
            grant.save(update_fields=["valid"])


@action("grants.manage")
def undo_change(*, actor: Actor, done: Change, now: dt.datetime) -> None:
    """Take back one's own change of the last hour, if nothing has been changed since."""
    if done.by_person_id != actor.person_id or now - done.at > UNDO_WITHIN or not done.is_latest:
        raise PermissionError("only one's own latest change can be taken back")
    _check_unit(actor, done.unit_id)
    if done.what == "insert":
        Grant.objects.filter(pk=done.grant_id).delete()
    elif done.what == "delete":
        Grant.objects.create(
            pk=done.grant_id, person_id=done.person_id, role=done.role, unit_id=done.unit_id, valid=done.valid
        )
    else:
        Grant.objects.filter(pk=done.grant_id).update(valid=done.valid_before)


def is_last_administrator(grant: Grant, on: dt.date) -> bool:
    """Whether nobody else holds the administrator's role for this unit today."""
    if grant.role != Role.ADMINISTRATOR:
        return False
    others = Q(role=Role.ADMINISTRATOR, unit_id=grant.unit_id, valid__contains=on) & ~Q(pk=grant.pk)
    return not Grant.objects.filter(others).exists()


def latest_change(grant_id: int) -> Change | None:
    """The change that was just made, so that it can be taken back."""
    return change(grant_id=grant_id)


def _check_unit(actor: Actor, unit_id: int) -> None:
    if not may_in(actor, "grants.manage", unit_id):
        raise PermissionError("the role is held for another part of the organisation")
