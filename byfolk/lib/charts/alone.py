"""A picture that stands alone: on another's page, as an image, it brings its own colours, words and paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from byfolk.lib.charts.palette import DARK, INK, LIGHT, PAPER, QUIET
from byfolk.lib.charts.svg import Svg, element, fixed, text

WIDTH = 640
_EDGE, _HEAD, _FOOT = 20.0, 76.0, 34.0
_FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"


def _colours(values: dict[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in values.items())


#: The same in every picture, so that a content policy can name it by its hash.
STYLE = f"svg{{{_colours(LIGHT)}}}@media (prefers-color-scheme:dark){{svg{{{_colours(DARK)}}}}}"


def standing_alone(
    chart: Svg | None, *, title: str, subtitle: str, description: str, lines: Sequence[str] = (), source: str
) -> Svg:
    """The chart (or, without one, `lines` of words) under its title and above its source, `WIDTH` px wide.

    `title` and `description` are what a screen reader says where the picture is opened by itself.
    """
    height = _height_of(chart) if chart else 30.0 + 22.0 * len(lines)
    whole = _HEAD + height + _FOOT
    parts = [
        element("title", _escaped(title), id="title"),
        element("desc", _escaped(description), id="desc"),
        element("style", STYLE),
        element("rect", width=WIDTH, height=whole, fill=PAPER),
        text(title, _EDGE, 34, size=19, fill=INK, font_weight=600),
        text(subtitle, _EDGE, 57, size=14, fill=QUIET),
    ]
    if chart:
        parts.append(element("svg", _inside(chart), x=_EDGE, y=_HEAD, width=WIDTH - 2 * _EDGE, height=height))
    parts += [text(line, _EDGE, _HEAD + 26 + 22 * place, size=15, fill=INK) for place, line in enumerate(lines)]
    parts.append(text(source, _EDGE, whole - 14, size=12, fill=QUIET))
    return Svg(
        element(
            "svg",
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            width=WIDTH,
            height=whole,
            viewBox=f"0 0 {WIDTH} {fixed(whole)}",
            font_family=_FONT,
            role="img",
            aria_labelledby="title desc",
        )
    )


def room() -> int:
    """How wide a chart may be."""
    return int(WIDTH - 2 * _EDGE)


def _height_of(chart: Svg) -> float:
    found = re.search(r' height="([\d.]+)"', chart)
    return float(found.group(1)) if found else 0.0


def _inside(chart: Svg) -> str:
    """What is drawn, without the element around it, whose label would be said twice."""
    return chart[chart.index(">") + 1 : chart.rindex("</svg>")]


def _escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
