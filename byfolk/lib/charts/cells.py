"""Marks for a table cell or beside a number: drawn in some 20 microseconds each, dozens of them on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.lib.charts.palette import HAIRLINE, INK, OWN, OWN_PALE, PAPER, PEER, QUIET, TRACK
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, fluid, picture, text, text_width

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


#: The narrowest cell that a dot plot gets, and the empty heads beside it into which a name may reach: on a phone of
#: 320 px.
_CELL, _BEFORE, _AFTER = 94.0, 118.0, 64.0
_ROW = 16.0


@dataclass(frozen=True)
class _Name:
    """A name over its line in the head of a dot plot. `part` says how far along the scale the line stands."""

    text: str
    part: float
    is_target: bool

    @property
    def _width(self) -> float:
        return text_width(self.text, bold=self.is_target) + 4

    @property
    def room_left(self) -> float:
        """What is left over of the narrowest plot when the name hangs to the left of its line."""
        return _BEFORE + _CELL * self.part - self._width

    @property
    def room_right(self) -> float:
        return _AFTER + _CELL * (1 - self.part) - self._width


def dot_scale(
    *, low: float, high: float, target: float | None, parent: float | None, target_label: str, parent_label: str
) -> Svg:
    """The head of a dot plot: the names of the target and the parent over their lines.

    They stand on one row, turned away from each other. Where a name would then leave the plot on a phone, they stand
    one above the other, each on the side where it has room.
    """
    found = [
        _Name(name, _part(value, low, high), is_target)
        for value, name, is_target in ((target, target_label, True), (parent, parent_label, False))
        if value is not None
    ]
    found.sort(key=lambda name: name.part)
    if all(name.room_left >= 0 for name in found[:1]) and all(name.room_right >= 0 for name in found[1:]):
        placed = [(name, 0, index == 0) for index, name in enumerate(found)]
    else:
        # Of two that hang to the left, the one whose line stands furthest to the right is on top, clear of the other.
        lefts = [name.room_left >= min(0, name.room_right) for name in found]
        rows = range(len(found) - 1, -1, -1) if all(lefts) else range(len(found))
        placed = list(zip(found, rows, lefts, strict=True))
    height = 26 + _ROW * max((row for _name, row, _left in placed), default=0)
    parts = [part for name, row, left in placed for part in _named_line(name, row, left, height)]
    return fluid(parts, height=height, label="", css="cell-dot")


def _named_line(name: _Name, row: int, left: bool, height: float) -> list[str]:
    at = f"{fixed(2 + name.part * 96)}%"
    return [
        text(
            name.text,
            at,
            14 + row * _ROW,
            dx=-2 if left else 2,
            fill=INK if name.is_target else QUIET,
            font_weight=600 if name.is_target else 400,
            text_anchor="end" if left else "start",
        ),
        element(
            "line",
            x1=at,
            x2=at,
            y1=19 + row * _ROW,
            y2=height,
            stroke=INK if name.is_target else PEER,
            stroke_width=2,
            stroke_dasharray="2 4" if name.is_target else None,
        ),
    ]


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
    return f"{fixed(2 + _part(value, low, high) * 96)}%"


def _part(value: float, low: float, high: float) -> float:
    return 0.5 if high <= low else min(max((value - low) / (high - low), 0.0), 1.0)
