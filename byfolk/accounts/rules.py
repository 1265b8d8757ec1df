"""Who writes the accounts of a unit, who reads the draft, and who freezes it. No database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from byfolk.kernel.rights import Actor, Held, Role

#: Days before a deadline from which it is one of the things that matter now.
SOON = 14


def may_read_draft(actor: Actor, path: Sequence[int]) -> bool:
    """Whether the actor reads and comments on drafts of the unit at the end of `path` (ids from the root down)."""
    return may_write(actor, path) or _holds(actor.held, (Role.HR_DIRECTOR, Role.UNION_REPRESENTATIVE), path)


def may_write(actor: Actor, path: Sequence[int]) -> bool:
    """Whether the actor writes there: whoever leads or helps the unit, there or above; the HR direction in the very
    unit of its role, so that an agency's text is the agency's own.
    """
    return _holds(actor.held, (Role.LEADER, Role.HR_ADVISER), path) or _holds(
        actor.held, (Role.HR_DIRECTOR,), path[-1:]
    )


def may_freeze(actor: Actor, path: Sequence[int]) -> bool:
    """Whether the actor signs and freezes: whoever leads the unit, there or above; the HR direction in the very unit
    of its role.
    """
    return _holds(actor.held, (Role.LEADER,), path) or _holds(actor.held, (Role.HR_DIRECTOR,), path[-1:])


def signing_role(held: Iterable[Held], path: Sequence[int]) -> Role:
    """By which role somebody who may freeze signs: the one held nearest the unit."""
    fitting = [one for one in held if one.role in (Role.LEADER, Role.HR_DIRECTOR) and one.unit_id in path]
    return max(fitting, key=lambda one: path.index(one.unit_id)).role


def is_due_soon(due: dt.date, on: dt.date) -> bool:
    """Whether a deadline is so near, or past, that whoever writes should see it."""
    return due <= on + dt.timedelta(days=SOON)


def _holds(held: Iterable[Held], roles: Sequence[Role], units: Sequence[int]) -> bool:
    return any(one.role in roles and one.unit_id in units for one in held)
