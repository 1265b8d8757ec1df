"""One dot for each of many units by two figures: across the one, upwards the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from byfolk.lib.charts.palette import HAIRLINE, OWN, PAPER, PEER, QUIET
from byfolk.lib.charts.svg import Scale, Svg, element, fixed, nice_ticks, picture, text, text_width


@dataclass(frozen=True)
class Dot:
    """A unit: its two figures, where a press on it leads, and what stands there when one points at it."""

    x: float
    y: float
    url: str
    title: str


_HEIGHT = 250.0


def scatter(
    dots: Sequence[Dot],
    *,
    width: float,
    x_title: str,
    y_title: str,
    format_x: Callable[[float], str],
    format_y: Callable[[float], str],
) -> Svg:
    """The dots on round scales of their own, each a link. Raises ValueError without dots.

    For the eye and the mouse: it is hidden from screen readers, and the keyboard does not stop at the dots. The page
    says in words what is seen, and has the same units with the same links in a table.
    """
    if not dots:
        raise ValueError("a scatter needs at least one dot")
    xs = nice_ticks(min(dot.x for dot in dots), max(dot.x for dot in dots), 4)
    ys = nice_ticks(min(dot.y for dot in dots), max(dot.y for dot in dots), 4)
    left = max(text_width(format_y(tick)) for tick in ys) + 10
    x = Scale(xs[0], xs[-1], left + 8, width - 14)
    y = Scale(ys[0], ys[-1], _HEIGHT - 50, 34)
    parts = [text(y_title, 0, 14, fill=QUIET)]
    for tick in ys:
        parts.append(element("path", d=f"M{fixed(left)} {fixed(y(tick))}H{fixed(width)}", stroke=HAIRLINE))
        parts.append(text(format_y(tick), left - 8, y(tick) + 4.5, fill=QUIET, text_anchor="end"))
    parts.append(element("path", d=f"M{fixed(left)} {fixed(y(ys[0]))}H{fixed(width)}", stroke=PEER))
    for tick in xs:
        label = format_x(tick)
        half = text_width(label) / 2
        parts.append(
            text(label, min(max(x(tick), left + half), width - half), _HEIGHT - 30, fill=QUIET, text_anchor="middle")
        )
    parts.append(text(x_title, width, _HEIGHT - 8, fill=QUIET, text_anchor="end"))
    # A ring of paper tells dots apart that lie on each other.
    look = f'fill="{OWN}" fill-opacity=".75" stroke="{PAPER}"'
    parts.append(f"<g {look}>{''.join(_dot(dot, x(dot.x), y(dot.y)) for dot in dots)}</g>")
    return picture(parts, width=width, height=_HEIGHT, label="", css="chart scatter")


def _dot(dot: Dot, x: float, y: float) -> str:
    # Written out: a page may have more than a thousand of them.
    said = f"<title>{escape(dot.title)}</title>"
    return f'<a href="{escape(dot.url)}" tabindex="-1">{said}<circle cx="{fixed(x)}" cy="{fixed(y)}" r="5"/></a>'
