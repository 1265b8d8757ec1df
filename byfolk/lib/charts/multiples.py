"""Small multiples: the same small line chart for several groups, all on one scale, beside the whole in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.lib.charts.palette import HAIRLINE, INK, OWN, PEER, QUIET
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, nice_ticks, picture, text, text_width


@dataclass(frozen=True)
class Panel:
    """One group: its name, its values over the years and its last value as text ("10,0")."""

    name: str
    values: Sequence[float]
    last: str


def small_multiples(
    panels: Sequence[Panel],
    *,
    whole: Sequence[float],
    first: str,
    last: str,
    width: float,
    label: str,
    columns: int = 3,
    low: bool = False,
) -> Svg:
    """Panels from the left and down, `columns` a row, with `whole` as the grey line in each.

    `first` and `last` name the ends of the axis ("2021", "2025"). Series have one value a period and the same length.
    The lines behind are at `gridlines(panels, whole)`: the figure's caption says so. Raises ValueError without panels.
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    narrow = width < 500
    gap = 24.0 if narrow else 48.0
    across = (width - gap * (columns - 1)) / columns
    plot = 84.0 if narrow or low else 118.0
    down = plot + 76
    ticks = gridlines(panels, whole)
    size = 13 if narrow else 15
    right = max(text_width(panel.last, size, bold=True) for panel in panels) + 14
    rows = -(-len(panels) // columns)
    parts: list[str] = []
    for index, panel in enumerate(panels):
        left, top = (index % columns) * (across + gap), (index // columns) * down
        x = Scale(0, max(len(whole) - 1, 1), left, left + across - right)
        y = Scale(ticks[0], ticks[-1], top + 30 + plot, top + 30)
        parts.append(text(panel.name, left, top + 14, size=14 if narrow else 15, fill=INK, font_weight=600))
        for tick in ticks[1:]:
            parts.append(element("path", d=f"M{fixed(x.start)} {fixed(y(tick))}H{fixed(x.end)}", stroke=HAIRLINE))
        foot = y(ticks[0])
        parts.append(
            element("path", d=f"M{fixed(x.start)} {fixed(foot)}H{fixed(x.end)}", stroke=PEER, stroke_width=1.25)
        )
        parts.append(text(first, x.start, foot + 18, fill=QUIET))
        parts.append(text(last, x.end, foot + 18, fill=QUIET, text_anchor="end"))
        parts.append(_line(whole, x, y, PEER, 1.75))
        parts.append(_line(panel.values, x, y, OWN, 3))
        end = (x(len(panel.values) - 1), y(panel.values[-1]))
        parts.append(element("circle", cx=end[0], cy=end[1], r=4.5, fill=OWN))
        parts.append(text(panel.last, end[0] + 9, end[1] + size * 0.36, size=size, fill=OWN, font_weight=600))
    return picture(parts, width=width, height=rows * down - 16, label=label, css="chart")


def gridlines(panels: Sequence[Panel], whole: Sequence[float]) -> list[float]:
    """The values of the lines behind the panels, the foot of the panels first."""
    values = [value for panel in panels for value in panel.values] + list(whole)
    return nice_ticks(min(values), max(values), 3)


def _line(values: Sequence[float], x: Scale, y: Scale, stroke: str, stroke_width: float) -> str:
    points = "L".join(f"{fixed(x(index))} {fixed(y(value))}" for index, value in enumerate(values))
    return element(
        "path", d=f"M{points}", fill="none", stroke=stroke, stroke_width=stroke_width, stroke_linejoin="round"
    )
