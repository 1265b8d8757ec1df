"""Whom a campaign asks: those who work in units and all below them, leaders or not, how they are appointed, and on
which day; or, by an open link, anyone whom the units are there for. Pure.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


class Leaders(enum.StrEnum):
    """Which of those who work there are asked."""

    EVERYONE = "everyone"
    ONLY = "only"
    """Those who lead a unit."""
    NOT = "not"
    """Those who lead none."""


#: How people may be appointed (`people.EmploymentKind`), by their stored words.
KINDS = ("permanent", "temporary", "substitute", "apprentice")


class AudienceRefused(ValueError):
    """What is no audience, with the field that it is about."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True)
class Openly:
    """Anyone may answer, at an address for each unit of a level (`organisation.Level`), where the unit's name has
    `named` in it. `coded`: with a code from a slip, which works once.
    """

    level: int
    named: str = ""
    coded: bool = False


@dataclass(frozen=True)
class Audience:
    """Who is asked. `units`: ids, each with every unit below it; `on`: the day on which one must work there, or the
    unit be open. `openly`: nobody is invited, and the rest says nothing.
    """

    units: tuple[int, ...]
    on: dt.date
    leaders: Leaders = Leaders.EVERYONE
    kinds: tuple[str, ...] = KINDS
    openly: Openly | None = None

    def __post_init__(self) -> None:
        if not self.units:
            raise AudienceRefused("units", "an audience works somewhere")
        if not self.kinds or not set(self.kinds) <= set(KINDS):
            raise AudienceRefused("kinds", "an audience is appointed in some way")

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it; `from_plain` gives it back."""
        return {
            "units": list(self.units),
            "on": self.on.isoformat(),
            "leaders": self.leaders.value,
            "kinds": list(self.kinds),
        } | ({"openly": asdict(self.openly)} if self.openly else {})

    @classmethod
    def from_plain(cls, content: Mapping[str, Any]) -> Audience:
        """What `plain` gave. Raises `AudienceRefused`, `KeyError`, `ValueError`."""
        return cls(
            units=tuple(int(unit) for unit in content["units"]),
            on=dt.date.fromisoformat(content["on"]),
            leaders=Leaders(content["leaders"]),
            kinds=tuple(str(kind) for kind in content["kinds"]),
            openly=Openly(**content["openly"]) if content.get("openly") else None,
        )
