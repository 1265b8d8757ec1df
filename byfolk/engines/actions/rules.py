"""What may be done to an action by whom, what is overdue, and whether its figure has moved. No database, no clock."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from byfolk.kernel.rights import STEERERS, Actor, Role

#: Days before the due date on which the owner is reminded, and days after it.
REMIND_BEFORE = (14, 3)
REMIND_AFTER = (1, 7, 14, 28)
#: Days before the due date from which an action is one of the things that matter now.
SOON = 14


def may_steer(actor: Actor, path: Sequence[int]) -> bool:
    """Whether the actor starts, edits and hands over actions in the unit at the end of `path` (ids from the root
    down).
    """
    return actor.steers(path)


def may_read_comments(actor: Actor, owner_id: int, path: Sequence[int]) -> bool:
    """Whether the actor sees what is said about an action: its owner, and those who lead or help there or above."""
    roles = (*STEERERS, Role.HR_DIRECTOR)
    return owner_id == actor.person_id or any(h.role in roles and h.unit_id in path for h in actor.held)


def is_overdue(due: dt.date, on: dt.date, *, is_open: bool) -> bool:
    """Whether the due date has passed and something remains to be done."""
    return is_open and due < on


def is_due_soon(due: dt.date, on: dt.date, *, is_open: bool) -> bool:
    """Whether the due date is so near that the owner should see it."""
    return is_open and on <= due <= on + dt.timedelta(days=SOON)


def reminds_on(due: dt.date, on: dt.date) -> bool:
    """Whether an open action's owner is reminded on this day."""
    left = (due - on).days
    return left in REMIND_BEFORE or -left in REMIND_AFTER


class Move(enum.StrEnum):
    """What became of the figure that an action should move."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    #: It has changed, and no way is better.
    CHANGED = "changed"
    #: Nothing has been published for a later period.
    NOT_YET = "not_yet"
    #: The figure at the start was not published, or is not any more.
    START_HIDDEN = "start_hidden"
    #: The newest figure is not published.
    HIDDEN = "hidden"
    #: The newest figure is held back: too few have changed.
    WITHHELD = "withheld"
    #: The action should move no figure.
    NO_FIGURE = "no_figure"


@dataclass(frozen=True)
class Movement:
    """The figure since the action started: the difference as shown, with its sign; 0 where it cannot be told."""

    move: Move
    difference: Decimal = Decimal(0)

    @property
    def known(self) -> bool:
        """Whether both figures may be shown."""
        return self.move in (Move.BETTER, Move.WORSE, Move.SAME, Move.CHANGED)


@dataclass(frozen=True)
class Seen:
    """A figure as far as it may be shown: the period that it covers up to, and its value (None: not shown)."""

    period: dt.date
    value: float | None
    withheld: bool = False


def movement(start: Seen | None, now: Seen | None, direction: str, decimals: int) -> Movement:
    """Whether a figure has moved since it was `start`, judged by the way that is better ("up", "down", "neither").

    It says what has happened since, never that something was the cause. Both values are rounded as a reader sees
    them, so that what is shown as the same is the same.
    """
    if start is None or start.value is None:
        return Movement(Move.START_HIDDEN)
    if now is None or now.period <= start.period:
        return Movement(Move.NOT_YET)
    if now.value is None:
        return Movement(Move.WITHHELD if now.withheld else Move.HIDDEN)
    difference = _rounded(now.value, decimals) - _rounded(start.value, decimals)
    if difference == 0:
        return Movement(Move.SAME)
    if direction not in ("up", "down"):
        return Movement(Move.CHANGED, difference)
    better = (difference > 0) == (direction == "up")
    return Movement(Move.BETTER if better else Move.WORSE, difference)


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
