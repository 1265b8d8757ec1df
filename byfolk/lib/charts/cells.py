"""Marks for a table cell or beside a number: drawn in some 20 microseconds each, dozens of them on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.lib.charts.palette import HAIRLINE, INK, OWN, OWN_PALE, PAPER, PEER, TRACK
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, fluid, picture

SPARK_WIDTH, SPARK_HEIGHT = 132.0, 34.0


def sparkline(
    values: Sequence[float | None], *, target: float | None = None, label: str = "", width: float = SPARK_WIDTH
) -> Svg:
    """A line of a figure's last periods with its end marked, 132 x 34 px, and the target as a dotted line.

    A None is a period without a figure: the line has a gap there. With no value at all the picture is empty, and a lone
    value is a dot.
    """
    known = [value for value in values if value is not None]
    reach = known + ([target] if target is not None else [])
    if not known:
        return picture([], width=width, height=SPARK_HEIGHT, label=label, css="spark")
    x = Scale(0, max(len(values) - 1, 1), 2, width - 7)
    y = Scale(min(reach), max(reach), SPARK_HEIGHT - 6, 6)
    parts: list[str] = []
    if target is not None:
        at = fixed(y(target))
        parts.append(f'<path d="M0 {at}H{fixed(width)}" stroke="{INK}" stroke-width="1.25" stroke-dasharray="1.5 3"/>')
    path, pen_down, last = [], False, (0.0, 0.0)
    for index, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        last = (x(index), y(value))
        path.append(f"{'L' if pen_down else 'M'}{fixed(last[0])} {fixed(last[1])}")
        pen_down = True
    shape = 'stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round" fill="none"'
    parts.append(f'<path d="{"".join(path)}" stroke="{OWN}" {shape}/>')
    parts.append(f'<circle cx="{fixed(last[0])}" cy="{fixed(last[1])}" r="3.5" fill="{OWN}"/>')
    return picture(parts, width=width, height=SPARK_HEIGHT, label=label, css="spark")


def strip(values: Sequence[float], *, own: float | None = None, label: str = "", width: float = SPARK_WIDTH) -> Svg:
    """The spread of a figure among units: one grey dot each, the reader's own unit as a blue bar. 132 x 34 px.

    Dots are moved up and down by their order, always the same way, so that equal ones can be told apart.
    """
    reach = [*values, *([own] if own is not None else [])]
    if not reach:
        return picture([], width=width, height=SPARK_HEIGHT, label=label, css="spark")
    x = Scale(min(reach), max(reach), 5, width - 5)
    middle = SPARK_HEIGHT / 2
    heights = [fixed(middle + offset * 1.6) for offset in (-2, 0, 2, -1, 1)]
    parts = [
        f'<circle cx="{fixed(x(value))}" cy="{heights[index % 5]}" r="2" fill="{PEER}" opacity=".55"/>'
        for index, value in enumerate(sorted(values))
    ]
    if own is not None:
        parts.append(
            f'<path d="M{fixed(x(own))} 5V{fixed(SPARK_HEIGHT - 5)}" stroke="{OWN}" stroke-width="2.5" fill="none"/>'
        )
    return picture(parts, width=width, height=SPARK_HEIGHT, label=label, css="spark")


def bar(
    value: float,
    *,
    largest: float,
    mark: float | None = None,
    pale: bool = False,
    track: bool = False,
    height: float = 12,
    label: str = "",
) -> Svg:
    """A bar in a table cell, as wide as the cell at `largest`; `mark` (a target, the parent) is a dark tick.

    `pale` for the rows that are not the point; `track` draws the whole cell in grey behind the bar.
    """
    whole = height + 6
    parts: list[str] = []
    if track:
        parts.append(element("rect", x=0, y=3, width="100%", height=height, rx=1.5, fill=TRACK))
    parts.append(
        element("rect", x=0, y=3, width=_share(value, largest), height=height, rx=1.5, fill=OWN_PALE if pale else OWN)
    )
    if mark is not None:
        at = _share(mark, largest)
        parts.append(element("line", x1=at, x2=at, y1=0, y2=whole, stroke=INK, stroke_width=2))
    return fluid(parts, height=whole, label=label, css="cell-bar")


def dot(
    value: float,
    *,
    low: float,
    high: float,
    target: float | None = None,
    parent: float | None = None,
    own: bool = False,
    height: float = 32,
    label: str = "",
) -> Svg:
    """One row of a dot plot: the target dotted, the parent grey, the unit a dot (own: larger and blue).

    Rows of the same height stacked without a gap make the vertical lines whole.
    """
    middle = height / 2
    parts = [
        element(
            "line",
            x1="0",
            x2="100%",
            y1=middle,
            y2=middle,
            stroke=PEER if own else HAIRLINE,
            opacity=0.4 if own else None,
        )
    ]
    if parent is not None:
        at = _place(parent, low, high)
        parts.append(element("line", x1=at, x2=at, y1=0, y2=height, stroke=PEER, stroke_width=2))
    if target is not None:
        at = _place(target, low, high)
        parts.append(element("line", x1=at, x2=at, y1=0, y2=height, stroke=INK, stroke_width=2, stroke_dasharray="2 4"))
    parts.append(
        element("circle", cx=_place(value, low, high), cy=middle, r=7 if own else 5.5, fill=OWN if own else PEER)
    )
    return fluid(parts, height=height, label=label, css="cell-dot")


def dot_scale(
    *, low: float, high: float, target: float | None, parent: float | None, target_label: str, parent_label: str
) -> Svg:
    """The head of a dot plot: the names of the target and the parent over their lines, turned away from each other."""
    parts: list[str] = []
    first_is_target = parent is None or (target is not None and target <= parent)
    for value, name, fill, weight, is_first in (
        (target, target_label, INK, 600, first_is_target),
        (parent, parent_label, "var(--quiet)", 400, not first_is_target),
    ):
        if value is None:
            continue
        at = (value - low) / (high - low) if high > low else 0.5
        # A name hangs to the left of the first line and to the right of the other, unless it would leave the cell.
        to_left = (is_first and at > 0.25) or at > 0.75
        parts.append(
            element(
                "text",
                name.replace("&", "&amp;").replace("<", "&lt;"),
                x=_place(value, low, high),
                y=14,
                dx=4 if to_left else -4 if is_first else 4,
                font_size=13,
                font_weight=weight,
                fill=fill,
                text_anchor="end" if to_left else "start",
            )
        )
        parts.append(
            element(
                "line",
                x1=_place(value, low, high),
                x2=_place(value, low, high),
                y1=19,
                y2=26,
                stroke=INK if weight == 600 else PEER,
                stroke_width=2,
                stroke_dasharray="2 4" if weight == 600 else None,
            )
        )
    return fluid(parts, height=26, label="", css="cell-dot")


def range_dots(start: float, end: float, *, low: float, high: float, label: str = "", height: float = 20) -> Svg:
    """A dumbbell in a table cell: `start` as an open dot, `end` filled, on the scale [low, high]."""
    middle = height / 2
    parts = [
        element("line", x1="0", x2="100%", y1=middle, y2=middle, stroke=HAIRLINE),
        element(
            "line",
            x1=_place(start, low, high),
            x2=_place(end, low, high),
            y1=middle,
            y2=middle,
            stroke=OWN,
            stroke_width=2.5,
        ),
        element("circle", cx=_place(start, low, high), cy=middle, r=5, fill=PAPER, stroke=OWN, stroke_width=2),
        element("circle", cx=_place(end, low, high), cy=middle, r=6, fill=OWN),
    ]
    return fluid(parts, height=height, label=label, css="cell-dot")


@dataclass(frozen=True)
class Segment:
    """A part of a whole: how many, and the variable of its colour ("--seg-1" to "--seg-4")."""

    value: float
    colour: str = "--own"


def share_bar(segments: Sequence[Segment], *, label: str = "", height: float = 22) -> Svg:
    """One bar of parts of a whole, with a thin gap between them; parts of nothing are left out."""
    total = sum(segment.value for segment in segments)
    parts: list[str] = []
    done = 0.0
    for segment in segments:
        if segment.value <= 0 or total <= 0:
            continue
        parts.append(
            element(
                "rect",
                x=_share(done, total),
                y=0,
                width=_share(segment.value, total),
                height=height,
                fill=f"var({segment.colour})",
                stroke=PAPER,
                stroke_width=1.5,
            )
        )
        done += segment.value
    return fluid(parts, height=height, label=label, css="share-bar")


def _share(value: float, largest: float) -> str:
    part = 0.0 if largest <= 0 else min(max(value / largest, 0.0), 1.0)
    return f"{fixed(part * 100)}%"


def _place(value: float, low: float, high: float) -> str:
    """A place on a cell's scale, kept 2 % from its edges so that dots are not cut."""
    part = 0.5 if high <= low else min(max((value - low) / (high - low), 0.0), 1.0)
    return f"{fixed(2 + part * 96)}%"
