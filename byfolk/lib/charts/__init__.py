"""Charts as inline SVG, drawn by pure functions; docs/decisions/charts.md says why no chart library draws them.

Colours are CSS variables, so that a page's dark mode reaches its charts; `light()` fills in light values for print.
Every chart is one `Svg`, a string that templates print unescaped. None has a style attribute, a class rule or a script.
"""

from byfolk.lib.charts.alone import standing_alone
from byfolk.lib.charts.cells import Segment, bar, dot, dot_scale, range_dots, share_bar, sparkline, strip
from byfolk.lib.charts.cover import DotGroup, dot_cover
from byfolk.lib.charts.dumbbells import DumbbellRow, dumbbells
from byfolk.lib.charts.lines import Flag, Line, TargetStep, line_chart
from byfolk.lib.charts.multiples import Panel, gridlines, small_multiples
from byfolk.lib.charts.palette import light
from byfolk.lib.charts.scatter import Dot, scatter
from byfolk.lib.charts.spans import span
from byfolk.lib.charts.svg import Svg
from byfolk.lib.charts.years import gap, year_chart

__all__ = [
    "Dot",
    "DotGroup",
    "DumbbellRow",
    "Flag",
    "Line",
    "Panel",
    "Segment",
    "Svg",
    "TargetStep",
    "bar",
    "dot",
    "dot_cover",
    "dot_scale",
    "dumbbells",
    "gap",
    "gridlines",
    "light",
    "line_chart",
    "range_dots",
    "scatter",
    "share_bar",
    "small_multiples",
    "span",
    "sparkline",
    "standing_alone",
    "strip",
    "year_chart",
]
