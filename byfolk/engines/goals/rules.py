"""How it stands: the status of a figure, of a goal, and the distance to a target.

Pure: no database, no clock, no texts.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.rights import Actor, Role

Number = int | float | Decimal


class Status(enum.StrEnum):
    """How a figure or a goal stands, in the words of the style sheet."""

    REACHED = "reached"
    NEAR = "near"
    FAR = "far"
    NOT_MEASURED = "not_measured"
    HIDDEN = "hidden"


class Change(enum.StrEnum):
    """What a change since last year means."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


#: From what needs attention most to what needs it least.
WEAKEST_FIRST = (Status.FAR, Status.NEAR, Status.REACHED, Status.HIDDEN, Status.NOT_MEASURED)
_WEIGHT = {status: place for place, status in enumerate(WEAKEST_FIRST)}


@dataclass(frozen=True)
class Goalpost:
    """A target as it applies to a unit: the value, what counts as near, and the unit that set it."""

    value: Decimal
    tolerance: Decimal
    unit_id: int


def rounded(value: Number, decimals: int) -> Decimal:
    """The value as a reader sees it, halves away from zero: 9.04 that is shown as 9,0 has reached a target of 9,0."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def shortfall(value: Number, target: Number, direction: Direction, decimals: int) -> Decimal:
    """How far the value is on the wrong side of the target, as shown; 0 or less when it is reached."""
    gap = rounded(target, decimals) - rounded(value, decimals)
    return gap if direction is Direction.UP else -gap


def status_of(
    value: Number | None,
    goalpost: Goalpost | None,
    direction: Direction,
    *,
    decimals: int = 1,
    hidden: bool = False,
) -> Status:
    """The status of one figure.

    A figure without a target, or without a better way, is NOT_MEASURED against the goal.
    """
    if hidden:
        return Status.HIDDEN
    if value is None or goalpost is None or direction is Direction.NEITHER:
        return Status.NOT_MEASURED
    short = shortfall(value, goalpost.value, direction, decimals)
    if short <= 0:
        return Status.REACHED
    return Status.NEAR if short <= goalpost.tolerance else Status.FAR


def status_between(
    low: Number, high: Number, goalpost: Goalpost | None, direction: Direction, *, decimals: int = 1
) -> Status:
    """The status of a figure of which only [low, high] is known: what both ends agree on, else HIDDEN."""
    first = status_of(low, goalpost, direction, decimals=decimals)
    return first if first == status_of(high, goalpost, direction, decimals=decimals) else Status.HIDDEN


def weakest(statuses: Iterable[Status]) -> Status:
    """A goal has the status of its weakest figure among those that are known; NOT_MEASURED when it has none."""
    return min(statuses, key=_WEIGHT.__getitem__, default=Status.NOT_MEASURED)


def change_since(now: Number | None, before: Number | None, direction: Direction, decimals: int) -> Change | None:
    """Better, worse or the same as before, as shown; None when either is unknown or no way is better."""
    if now is None or before is None or direction is Direction.NEITHER:
        return None
    moved = rounded(now, decimals) - rounded(before, decimals)
    if moved == 0:
        return Change.SAME
    return Change.BETTER if (moved > 0) == (direction is Direction.UP) else Change.WORSE


def inherited(path: Sequence[int], own: Mapping[int, tuple[Decimal, Decimal]]) -> Goalpost | None:
    """The target that applies to a unit: its own, else that of the nearest unit above.

    `path` is the unit's ids from the root down, itself last; `own` is (value, tolerance) by the unit that set it.
    """
    for unit_id in reversed(path):
        if unit_id in own:
            value, tolerance = own[unit_id]
            return Goalpost(value, tolerance, unit_id)
    return None


def may_set(actor: Actor, path: Sequence[int], setters: Iterable[Role]) -> bool:
    """Whether the actor may set targets for the unit at the end of `path`: by a role held for it or above it. A leader
    sets them for units below the own, never for the own.
    """
    allowed = set(setters)
    return any(
        held.role in allowed and held.unit_id in path and not (held.role is Role.LEADER and held.unit_id == path[-1])
        for held in actor.held
    )


def urgency(statuses: Sequence[Status]) -> tuple[int, int]:
    """Sorts units by what needs attention: those with most goals far off first, then those with most near."""
    return (-statuses.count(Status.FAR), -statuses.count(Status.NEAR))


def count(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many there are of each status, in the order of a legend."""
    found = list(statuses)
    order = (Status.REACHED, Status.NEAR, Status.FAR, Status.NOT_MEASURED, Status.HIDDEN)
    return {status: found.count(status) for status in order}
