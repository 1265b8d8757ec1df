"""A mean on its whole scale in a table's cell: the value, how sure it is, what it was, and what others have."""

from __future__ import annotations

from byfolk.lib.charts.cells import _place
from byfolk.lib.charts.palette import INK, OWN, OWN_PALE, PAPER, PEER
from byfolk.lib.charts.svg import Svg, element, fluid


def span(
    value: float,
    *,
    low: int,
    high: int,
    unsure: float,
    before: float | None = None,
    parent: float | None = None,
    label: str = "",
    height: float = 32,
) -> Svg:
    """`value` as a dot on the scale from `low` to `high`, which has a tick at every step (at most ten).

    `unsure`: the value lies so much to either side, drawn as a pale bar. `before`: an open dot. `parent`: an upright
    line. The picture is as wide as its cell.
    """
    middle = height / 2
    every = max(1, (high - low + 9) // 10)
    parts = [element("line", x1="2%", x2="98%", y1=middle, y2=middle, stroke=PEER, opacity=0.5)]
    for step in range(low, high + 1, every):
        at = _place(step, low, high)
        parts.append(element("line", x1=at, x2=at, y1=middle - 5, y2=middle + 5, stroke=PEER, opacity=0.5))
    start, end = max(value - unsure, low), min(value + unsure, high)
    width = f"{(end - start) / (high - low) * 96:.2f}%"
    parts.append(element("rect", x=_place(start, low, high), y=middle - 7, width=width, height=14, rx=7, fill=OWN_PALE))
    if parent is not None:
        at = _place(parent, low, high)
        parts.append(element("line", x1=at, x2=at, y1=middle - 11, y2=middle + 11, stroke=INK, stroke_width=2))
    if before is not None:
        at = _place(before, low, high)
        parts.append(element("circle", cx=at, cy=middle, r=5.5, fill=PAPER, stroke=OWN, stroke_width=2))
    parts.append(
        element("circle", cx=_place(value, low, high), cy=middle, r=6.5, fill=OWN, stroke=PAPER, stroke_width=2)
    )
    return fluid(parts, height=height, label=label, css="cell-dot")
