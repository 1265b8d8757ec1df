"""A figure at few points in time: one a year, each with its value, beside the whole's line and the targets of the
years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from byfolk.lib.charts.lines import Flag
from byfolk.lib.charts.palette import HAIRLINE, INK, OWN, PAPER, PEER, QUIET
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, fluid, nice_ticks, picture, spread, text, text_width

Values = Sequence[float | None]
NARROW = 500
#: What the flags take at the top.
FLAG_ROOM = 24.0


def year_chart(
    years: Sequence[int],
    own: Values,
    *,
    width: float,
    label: str,
    own_label: str = "",
    other: Values = (),
    other_label: str = "",
    targets: Values = (),
    target_label: str = "",
    flags: Sequence[Flag] = (),
    format_value: Callable[[float], str] = fixed,
    low: bool = False,
) -> Svg:
    """Own values as a blue line with a dot and its number a year, `other` in grey, targets as dotted steps.

    None is a year without a value: the line has a gap there. Labels stand at the right end. `flags`: actions,
    numbered in the order given; left out where the chart does not reach. `low`: for paper. Raises
    ValueError if no value is known.
    """
    known = [value for value in (*own, *other, *targets) if value is not None]
    if not known:
        raise ValueError("a chart of years needs at least one value")
    narrow = width < NARROW
    room = FLAG_ROOM if flags else 0.0
    height = (190.0 if low else 216.0 if narrow else 240.0) + room
    ends = _ends(own, own_label, other, other_label, targets, target_label)
    right = max((text_width(name, bold=True) for name, *_ in ends), default=0.0) + 20
    ticks = _ticks(known)
    left = max(text_width(format_value(tick)) for tick in ticks) + 14
    start, end = left + (width - left - right) * 0.06, width - right - 8
    x = Scale(0, max(len(years) - 1, 1), start, end if len(years) > 1 else start)
    y = Scale(ticks[0], ticks[-1], height - 34, 26 + room)
    half = (x(1) - x(0)) / 2 if len(years) > 1 else 24.0

    parts = []
    for tick in ticks:
        if tick != ticks[0]:
            parts.append(element("path", d=f"M{fixed(left)} {fixed(y(tick))}H{fixed(end + 8)}", stroke=HAIRLINE))
        parts.append(text(format_value(tick), 0, y(tick) + 4.5, fill=QUIET))
    parts.append(element("path", d=f"M{fixed(left)} {fixed(height - 34)}H{fixed(end + 8)}", stroke=PEER))
    for index, year in enumerate(years):
        parts.append(text(str(year), x(index), height - 12, fill=QUIET, text_anchor="middle"))
    for index, value in enumerate(targets):
        if value is not None:
            begin, stop = max(x(index) - half, left), min(x(index) + half, end + 8)
            parts.append(
                element(
                    "path",
                    d=f"M{fixed(begin)} {fixed(y(value))}H{fixed(stop)}",
                    stroke=INK,
                    stroke_width=1.75,
                    stroke_dasharray="2 4",
                )
            )
    parts += _flags(flags, years, x, height - 34)
    parts.append(_line(other, x, y, PEER, 1.75))
    parts.append(_line(own, x, y, OWN, 3))
    for index, value in enumerate(own):
        if value is not None:
            parts.append(element("circle", cx=x(index), cy=y(value), r=5, fill=OWN, stroke=PAPER, stroke_width=1.5))
            # The number stands on the side where no other line runs.
            above = [line[index] for line in (other, targets) if index < len(line)]
            under = any(near is not None and near >= value for near in above) and y(value) + 21 < height - 40
            parts.append(
                text(
                    format_value(value),
                    x(index),
                    y(value) + (21 if under else -12),
                    fill=OWN,
                    font_weight=600,
                    text_anchor="middle",
                )
            )
    places = spread([y(value) for _, value, *_ in ends], 17, 20, height - 30)
    for (name, _, fill, weight), at in zip(ends, places, strict=True):
        parts.append(text(name, end + 16, at + 4.5, fill=fill, font_weight=weight))
    return picture(parts, width=width, height=height, label=label, css="chart")


def _flags(flags: Sequence[Flag], years: Sequence[int], x: Scale, foot: float) -> list[str]:
    """The value of a year stands in the middle of it, so a day lies up to half a year beside."""
    parts = []
    for number, flag in enumerate(flags, start=1):
        index = flag.on.year - years[0] + (flag.on.timetuple().tm_yday / 366 - 0.5)
        if not -0.5 <= index <= len(years) - 0.5:
            continue
        at = x(min(max(index, 0), len(years) - 1)) if len(years) > 1 else x(0)
        parts.append(element("path", d=f"M{fixed(at)} 22V{fixed(foot)}", stroke=PEER))
        parts.append(element("circle", cx=at, cy=12, r=10, fill=INK))
        parts.append(text(str(number), at, 16.5, fill=PAPER, font_weight=600, text_anchor="middle"))
    return parts


def _ticks(known: Sequence[float]) -> list[float]:
    """Round values over what is known. A small change is not drawn as a large one: the scale spans a fifth of the
    largest value."""
    low, high = min(known), max(known)
    lacking = max(abs(low), abs(high)) * 0.2 - (high - low)
    if lacking > 0:
        low, high = low - lacking / 2, high + lacking / 2
    return nice_ticks(low, high, 3)


def gap(value: float, *, mark: float, low: float, high: float, label: str = "", height: float = 20) -> Svg:
    """In a table cell: a dot at `value` and a line to a tick at `mark`, on the scale [low, high]."""
    middle, at, dot = height / 2, _place(mark, low, high), _place(value, low, high)
    parts = [
        element("line", x1=dot, x2=at, y1=middle, y2=middle, stroke=OWN, stroke_width=2.5),
        element("line", x1=at, x2=at, y1=1, y2=height - 1, stroke=INK, stroke_width=1.25),
        element("circle", cx=dot, cy=middle, r=5, fill=OWN),
    ]
    return fluid(parts, height=height, label=label, css="cell-dot")


def _place(value: float, low: float, high: float) -> str:
    part = 0.5 if high <= low else min(max((value - low) / (high - low), 0.0), 1.0)
    return f"{fixed(4 + part * 92)}%"


def _ends(
    own: Values, own_label: str, other: Values, other_label: str, targets: Values, target_label: str
) -> list[tuple[str, float, str, int]]:
    found = []
    for values, name, fill, weight in (
        (own, own_label, OWN, 600),
        (other, other_label, QUIET, 400),
        (targets, target_label, INK, 600),
    ):
        last = next((value for value in reversed(values) if value is not None), None)
        if name and last is not None:
            found.append((name, last, fill, weight))
    return found


def _line(values: Values, x: Scale, y: Scale, stroke: str, width: float) -> str:
    path, pen_down = [], False
    for index, value in enumerate(values):
        if value is not None:
            path.append(f"{'L' if pen_down else 'M'}{fixed(x(index))} {fixed(y(value))}")
        pen_down = value is not None
    if not path:
        return ""
    return element("path", d="".join(path), fill="none", stroke=stroke, stroke_width=width, stroke_linejoin="round")
