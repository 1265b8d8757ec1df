"""The line chart of a figure's history: own line, the parent's, single months, stepped targets, numbered actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from byfolk.lib.charts.palette import HAIRLINE, INK, OWN, OWN_PALE, PAPER, PEER, QUIET
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, nice_ticks, picture, spread, text, text_width

Point = tuple[dt.date, float]


@dataclass(frozen=True)
class Line:
    """One series. `kind`: "own" (3 px blue), "parent" (grey) or "months" (thin and pale, without a label).

    `label` stands at the line's end on wide charts, `short` on narrow ones.
    """

    kind: str
    points: Sequence[Point]
    label: str = ""
    short: str = ""


@dataclass(frozen=True)
class TargetStep:
    """A target for the half-open time [start, end)."""

    start: dt.date
    end: dt.date
    value: float


@dataclass(frozen=True)
class Flag:
    """An action that started on a date. Numbered in the order given; left out where the chart does not reach.

    Its name stands beside the number where it has room; say all names beneath the chart.
    """

    on: dt.date
    name: str


#: Below this many px the chart is for a phone: short labels, flags without names.
NARROW = 600
_STYLE = {
    "own": {"stroke": OWN, "stroke_width": 3},
    "parent": {"stroke": PEER, "stroke_width": 1.75},
    "months": {"stroke": OWN_PALE, "stroke_width": 1},
}


def line_chart(
    lines: Sequence[Line],
    *,
    width: float,
    label: str,
    targets: Sequence[TargetStep] = (),
    target_label: str = "",
    target_short: str = "",
    flags: Sequence[Flag] = (),
    format_tick: Callable[[float], str] = fixed,
    unit: str = "",
    height: float | None = None,
) -> Svg:
    """A line chart `width` px wide; draw it twice, for the column and for 358 px, and let the style sheet choose.

    `label` is the sentence for screen readers; `unit` stands on the top tick. Raises ValueError if no line has a point.
    """
    dates = [on for line in lines for on, _ in line.points]
    if not dates:
        raise ValueError("a line chart needs at least one point")
    narrow = width < NARROW
    height = height or (260.0 if narrow else 380.0)
    values = [value for line in lines for _, value in line.points] + [step.value for step in targets]
    ticks = nice_ticks(min(values), max(values))
    end_labels = _end_labels(lines, targets, target_label, target_short, narrow=narrow)
    right = max((text_width(name, bold=True) for name, *_ in end_labels), default=0) + 16 if end_labels else 12.0
    left = max(text_width(format_tick(tick) + (unit if not narrow else "")) for tick in ticks) + 12
    top = 26.0 if flags else 12.0
    x = Scale(min(dates).toordinal(), max(dates).toordinal(), left, width - right)
    y = Scale(ticks[0], ticks[-1], height - 34, top)

    parts = _grid(ticks, x, y, height, format_tick, unit if not narrow else "")
    parts += _years(min(dates), max(dates), x, height)
    parts += _steps(targets, min(dates), max(dates), x, y)
    order = {"months": 0, "parent": 1, "own": 2}
    for line in sorted(lines, key=lambda one: order[one.kind]):
        parts.append(_path(line, x, y))
    own = next((line for line in lines if line.kind == "own" and line.points), None)
    parts += _flags(flags, own, x, y, top, names=not narrow)
    if own:
        on, value = own.points[-1]
        parts.append(element("circle", cx=x(on.toordinal()), cy=y(value), r=5, fill=OWN))
    places = spread([y(value) for _, value, *_ in end_labels], 17, top, height - 30)
    for (name, _, fill, weight), at in zip(end_labels, places, strict=True):
        parts.append(text(name, x.end + 12, at + 4.5, fill=fill, font_weight=weight))
    return picture(parts, width=width, height=height, label=label, css="chart")


def _end_labels(
    lines: Sequence[Line], targets: Sequence[TargetStep], target_label: str, target_short: str, *, narrow: bool
) -> list[tuple[str, float, str, int]]:
    labels = []
    for line in lines:
        name = (line.short or line.label) if narrow else line.label
        if name and line.points:
            labels.append(
                (name, line.points[-1][1], OWN if line.kind == "own" else QUIET, 600 if line.kind == "own" else 400)
            )
    name = (target_short or target_label) if narrow else target_label
    if name and targets:
        labels.append((name, targets[-1].value, INK, 600))
    return labels


def _grid(
    ticks: Sequence[float], x: Scale, y: Scale, height: float, format_tick: Callable[[float], str], unit: str
) -> list[str]:
    parts = []
    for tick in ticks:
        at = y(tick)
        if tick != ticks[0]:
            parts.append(element("path", d=f"M{fixed(x.start)} {fixed(at)}H{fixed(x.end)}", stroke=HAIRLINE))
        parts.append(text(format_tick(tick) + (unit if tick == ticks[-1] else ""), 0, at + 4.5, fill=QUIET))
    parts.append(element("path", d=f"M{fixed(x.start)} {fixed(height - 34)}H{fixed(x.end)}", stroke=PEER))
    return parts


def _years(first: dt.date, last: dt.date, x: Scale, height: float) -> list[str]:
    parts = []
    starts = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1)]
    inside = [start for start in starts if first <= start <= last] or [first]
    room = (x.end - x.start) / max(len(inside), 1)
    every = 1 if room >= 40 else 2 if room >= 20 else 5
    for index, start in enumerate(inside):
        at = x(start.toordinal())
        parts.append(element("path", d=f"M{fixed(at)} {fixed(height - 34)}v6", stroke=PEER))
        if index % every == 0 and at + 34 <= x.end + 30:
            parts.append(text(str(start.year), at + 4, height - 12, fill=QUIET))
    return parts


def _steps(targets: Sequence[TargetStep], first: dt.date, last: dt.date, x: Scale, y: Scale) -> list[str]:
    parts = []
    for step in targets:
        start = max(step.start, first)
        end = min(step.end, last)
        if start < end:
            parts.append(
                element(
                    "path",
                    d=f"M{fixed(x(start.toordinal()))} {fixed(y(step.value))}H{fixed(x(end.toordinal()))}",
                    stroke=INK,
                    stroke_width=1.75,
                    stroke_dasharray="2 4",
                )
            )
    return parts


def _path(line: Line, x: Scale, y: Scale) -> str:
    if len(line.points) == 1:
        # A lone point between gaps has no length: it is drawn as a dot.
        on, value = line.points[0]
        stroke, width = _STYLE[line.kind]["stroke"], _STYLE[line.kind]["stroke_width"]
        return element("circle", cx=x(on.toordinal()), cy=y(value), r=width, fill=stroke)
    points = "L".join(f"{fixed(x(on.toordinal()))} {fixed(y(value))}" for on, value in line.points)
    return element("path", d=f"M{points}", fill="none", stroke_linejoin="round", **_STYLE[line.kind]) if points else ""


def _flags(flags: Sequence[Flag], own: Line | None, x: Scale, y: Scale, top: float, *, names: bool) -> list[str]:
    parts = []
    for number, flag in enumerate(flags, start=1):
        at = x(flag.on.toordinal())
        if not x.start <= at <= x.end:
            continue
        value = next((value for on, value in reversed(own.points) if on <= flag.on), None) if own else None
        foot = y(value) - 6 if value is not None else y.start
        parts.append(element("path", d=f"M{fixed(at)} {fixed(top - 4)}V{fixed(foot)}", stroke=PEER))
        parts.append(element("circle", cx=at, cy=top - 12, r=10, fill=INK))
        parts.append(text(str(number), at, top - 7.5, fill=PAPER, font_weight=600, text_anchor="middle"))
        later = [x(other.on.toordinal()) - 10 for other in flags if other.on > flag.on]
        if names and at + 20 + text_width(flag.name) <= min([*later, x.end + 120]):
            parts.append(text(flag.name, at + 16, top - 7.5, fill=QUIET))
    return parts
