"""The picture on the cover of the personnel accounts: one dot for every so many employees, coloured by service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.lib.charts.svg import Svg, element, picture

#: Dot colours on the cover's indigo, in the order of the services: the one place with colours that are not variables,
#: because the cover is the same by day, by night and on paper.
DOTS = ("#8fb0ff", "#c9d6ff", "#ffffff", "#ffc37d", "#8fdca0", "#eaa6e0", "#9a97bb")


@dataclass(frozen=True)
class DotGroup:
    """A service and its number of employees."""

    name: str
    people: int


def dots_of(groups: Sequence[DotGroup], people_per_dot: int) -> list[int]:
    """Dots per group: rounded to the nearest, but at least one for a group with anyone in it."""
    return [max(1, round(group.people / people_per_dot)) if group.people > 0 else 0 for group in groups]


def dot_cover(groups: Sequence[DotGroup], *, people_per_dot: int, width: float, label: str, rows: int = 14) -> Svg:
    """Dots filled column by column, `rows` high; groups follow each other. Colours repeat after the seventh group.

    Raises ValueError if `people_per_dot` is not positive.
    """
    if people_per_dot <= 0:
        raise ValueError("people_per_dot must be positive")
    counts = dots_of(groups, people_per_dot)
    columns = max(-(-sum(counts) // rows), 1)
    step = min(width / columns, 17.0)
    parts, place = [], 0
    for index, count in enumerate(counts):
        for _ in range(count):
            column, row = divmod(place, rows)
            parts.append(
                element(
                    "circle",
                    cx=(column + 0.5) * step,
                    cy=(row + 0.5) * step,
                    r=step * 0.35,
                    fill=DOTS[index % len(DOTS)],
                )
            )
            place += 1
    return picture(parts, width=columns * step, height=rows * step, label=label, css="dot-cover")
