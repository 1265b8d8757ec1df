"""What is suggested that a unit does something about. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from byfolk.engines.questionnaires.results.rules import Moved, moved

#: One's own latest change may be taken back for so long.
UNDO_FOR = dt.timedelta(hours=1)
SUGGESTED = 2


@dataclass(frozen=True)
class Standing:
    """A factor of a unit as it is published. `change` and `uncertainty` None: there is nothing to compare with."""

    factor: str
    mean: Decimal
    change: Decimal | None = None
    uncertainty: Decimal | None = None

    @property
    def fell(self) -> bool:
        """Whether it has clearly fallen."""
        if self.change is None or self.uncertainty is None:
            return False
        return moved(self.change, self.uncertainty) is Moved.CLEARLY_LOWER


class Why(enum.StrEnum):
    """Why a factor is suggested."""

    FELL_MOST = "fell_most"
    LOWEST = "lowest"
    NEXT_LOWEST = "next_lowest"


@dataclass(frozen=True)
class Suggestion:
    """A factor that is suggested, and why."""

    standing: Standing
    why: Why


def suggestions(standings: Sequence[Standing]) -> list[Suggestion]:
    """The factor that has clearly fallen most, and the lowest one; else the two lowest. At most two, never the same
    twice; of equals, the one that stands first in the instrument.
    """
    found: list[Suggestion] = []
    fallen = [one for one in standings if one.fell]
    if fallen:
        found.append(Suggestion(min(fallen, key=lambda one: one.change or Decimal(0)), Why.FELL_MOST))
    lowest = min((one.mean for one in standings), default=None)
    for one in sorted(standings, key=lambda one: one.mean):
        if len(found) == SUGGESTED:
            break
        if all(one.factor != known.standing.factor for known in found):
            found.append(Suggestion(one, Why.LOWEST if one.mean == lowest else Why.NEXT_LOWEST))
    return found


def reference(campaign_id: int, factor: str) -> str:
    """What an action that came of a plan says that it came of (its source's kind is "survey"): "7:time"."""
    return f"{campaign_id}:{factor}"


def read_reference(text: str) -> tuple[int, str] | None:
    """The campaign, and the factor (empty where none is named); None for what is no reference."""
    campaign, _colon, factor = text.partition(":")
    if not (campaign.isascii() and campaign.isdigit() and len(campaign) < 10):
        return None
    return int(campaign), factor
