"""Dots on one scale a row, as one picture: one dot a row (dot plot), or two with a line between (dumbbell)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.lib.charts.palette import CHOSEN, HAIRLINE, INK, OWN, PAPER, PEER
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, picture, text, text_width


@dataclass(frozen=True)
class DumbbellRow:
    """A row: `end` as a filled dot, `start` (the year before, the other group) as an open one, or None for a dot plot.

    `own` colours the row's background; in a dot plot the other rows' dots are grey.
    """

    name: str
    end: float
    value: str
    start: float | None = None
    own: bool = False


def dumbbells(
    rows: Sequence[DumbbellRow],
    *,
    width: float,
    label: str,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    target_label: str = "",
) -> Svg:
    """The rows from the top on one scale, which is that of the values unless `low` and `high` are given.

    Raises ValueError without rows.
    """
    if not rows:
        raise ValueError("a chart of dots needs at least one row")
    narrow = width < 500
    step = 30.0 if narrow else 38.0
    size = 13 if narrow else 15
    top = 30.0 if target is not None else 6.0
    reach = [row.end for row in rows] + [row.start for row in rows if row.start is not None]
    if target is not None:
        reach.append(target)
    margin = (max(reach) - min(reach)) * 0.12 or 1.0
    lowest = min(reach) - margin if low is None else low
    highest = max(reach) + margin if high is None else high
    left = max(text_width(row.name, size) for row in rows) + 16
    # Names that would take the chart's room stand above their lines instead: a name is never cut.
    above = left > width * 0.45
    if above:
        left, step = 8.0, step + 20
    right = max(text_width(row.value, size, bold=True) for row in rows) + 14
    x = Scale(lowest, highest, left, width - right)
    height = top + step * len(rows) + 4
    with_pairs = any(row.start is not None for row in rows)

    parts = []
    for index, row in enumerate(rows):
        if row.own:
            parts.append(element("rect", x=0, y=top + step * index, width=width, height=step, fill=CHOSEN))
    for index in range(len(rows)):
        middle = top + step * (index + 0.5)
        parts.append(element("path", d=f"M{fixed(x.start)} {fixed(middle)}H{fixed(x.end)}", stroke=HAIRLINE))
    if target is not None:
        at = x(target)
        parts.append(
            element(
                "path",
                d=f"M{fixed(at)} {fixed(top - 8)}V{fixed(height)}",
                stroke=INK,
                stroke_width=2,
                stroke_dasharray="2 4",
            )
        )
        parts.append(text(target_label, at, top - 14, size=size, fill=INK, font_weight=600, text_anchor="middle"))
    for index, row in enumerate(rows):
        middle = _middle(index, top, step, above)
        blue = with_pairs or row.own
        name_at = top + step * index + 16 if above else middle + size * 0.36
        parts.append(text(row.name, 0, name_at, size=size, fill=INK, font_weight=600 if row.own else 400))
        if row.start is not None:
            parts.append(
                element(
                    "path", d=f"M{fixed(x(row.start))} {fixed(middle)}H{fixed(x(row.end))}", stroke=OWN, stroke_width=3
                )
            )
            parts.append(element("circle", cx=x(row.start), cy=middle, r=6, fill=PAPER, stroke=OWN, stroke_width=2))
        parts.append(element("circle", cx=x(row.end), cy=middle, r=7, fill=OWN if blue else PEER))
        parts.append(
            text(
                row.value,
                width,
                middle + size * 0.36,
                size=size,
                fill=OWN if blue else INK,
                font_weight=600 if blue else 400,
                text_anchor="end",
            )
        )
    return picture(parts, width=width, height=height, label=label, css="chart")


def _middle(index: int, top: float, step: float, above: bool) -> float:
    """Where a row's line lies: in its middle, or lower where the name stands above it."""
    return top + step * (index + (0.68 if above else 0.5))
