"""When a version holds, whether a document is due to be looked at, and how receipts are counted for its owner. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

#: Fewer than this in a group, and a count says who has not read.
FEWEST = 5
#: The owner is told so long before a document is to be looked at.
TOLD_BEFORE = dt.timedelta(days=30)


class Standing(enum.StrEnum):
    """Where a version stands on a day."""

    DRAFT = "draft"
    COMING = "coming"
    HOLDS = "holds"
    OVER = "over"


Period = tuple[dt.date, dt.date | None]


def standing(valid: Period | None, on: dt.date) -> Standing:
    """Where a version stands, from its half-open period; None is a draft."""
    if valid is None:
        return Standing.DRAFT
    first, end = valid
    if on < first:
        return Standing.COMING
    return Standing.HOLDS if end is None or on < end else Standing.OVER


@dataclass(frozen=True)
class Count:
    """How many in a unit a version asks, and how many have confirmed. `unit` None: several units together."""

    unit: int | None
    asked: int
    read: int


def shown_counts(counts: Sequence[Count]) -> list[Count]:
    """The counts as the owner may see them: a group of fewer than five goes together with others, so that neither it
    nor what is left of the whole can be read. Units in the order in which they came, what was put together last.
    """
    shown = [one for one in counts if one.asked >= FEWEST]
    small = [one for one in counts if one.asked < FEWEST]
    if not small:
        return shown
    # What is put together must itself be large enough, or it could be found by subtraction.
    while shown and sum(one.asked for one in small) < FEWEST:
        least = min(shown, key=lambda one: one.asked)
        shown.remove(least)
        small.append(least)
    together = Count(None, sum(one.asked for one in small), sum(one.read for one in small))
    return [*shown, together] if together.asked >= FEWEST else []
