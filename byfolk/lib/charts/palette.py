"""The names of the colours that charts use, and their light values for print.

The variables are set by the portal's style sheet from the theme; a test holds LIGHT to the built theme.
"""

from __future__ import annotations

import re

from byfolk.lib.charts.svg import Svg

INK = "var(--ink)"
QUIET = "var(--quiet)"
HAIRLINE = "var(--hairline)"
OWN = "var(--own)"
OWN_PALE = "var(--own-pale)"
PEER = "var(--peer)"
PAPER = "var(--paper)"
CHOSEN = "var(--chosen)"
TRACK = "var(--track)"

#: Light values for PDF, by variable.
LIGHT = {
    "--ink": "#282c33",
    "--quiet": "#5a5d63",
    "--hairline": "#e8e8e9",
    "--own": "#1f42aa",
    "--own-pale": "#aebbe0",
    "--peer": "#76797e",
    "--paper": "#ffffff",
    "--chosen": "#e4e8f5",
    "--track": "#e8e8e9",
}

#: Dark values for pictures that stand alone on others' pages; those of the theme's dark colours.
DARK = {
    "--ink": "#ececed",
    "--quiet": "#a7a8aa",
    "--hairline": "#2b2e34",
    "--own": "#94a5d7",
    "--own-pale": "#4a5270",
    "--peer": "#7f8185",
    "--paper": "#16181c",
    "--chosen": "#1c2c56",
    "--track": "#2b2e34",
}


def light(chart: Svg) -> Svg:
    """The chart with light values instead of variables, for PDF and files that stand alone.

    Raises KeyError on a variable that has no light value.
    """
    return Svg(re.sub(r"var\((--[a-z-]+)\)", lambda found: LIGHT[found.group(1)], chart))
