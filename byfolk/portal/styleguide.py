"""What the style guide shows: every component of the look once, with the invented data of `styleguide.yaml`.

The pages `portal/styleguide.html` and `portal/styleguide_personal.html` are rendered with `sample_context()`.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from byfolk.lib import charts
from byfolk.lib.charts import Svg


def sample_context() -> dict[str, Any]:
    """The context of both pages, with its charts drawn; the same every time."""
    data = yaml.safe_load((Path(__file__).parent / "styleguide.yaml").read_text(encoding="utf-8"))
    _spell_out(data["matrix"])
    return _drawn(data)


def _drawn(node: Any) -> Any:
    if isinstance(node, list):
        return [_drawn(part) for part in node]
    if isinstance(node, dict):
        if "draw" in node:
            return _DRAW[node["draw"]](**{key: value for key, value in node.items() if key != "draw"})
        return {key: _drawn(part) for key, part in node.items()}
    return node


def _spell_out(matrix: dict[str, Any]) -> None:
    """The file gives a row's cells as words; the component wants a dict for each."""
    first = {group["goals"][0]["number"] for group in matrix["groups"]}
    goals = [goal for group in matrix["groups"] for goal in group["goals"]]
    for row in matrix["rows"]:
        if "cells" in row:
            row["cells"] = [
                {"status": status, "url": "#", "first": goal["number"] in first, "words": ""}
                for status, goal in zip(row["cells"].split(), goals, strict=True)
            ]


def _strip(*, seed: int, own: float, label: str) -> Svg:
    chance = random.Random(seed)  # noqa: S311 - invented dots, nothing secret
    return charts.strip([chance.gauss(0.5, 0.18) for _ in range(46)], own=own, label=label)


def _line_chart(**settings: Any) -> Svg:
    months = [dt.date(2023 + (8 + index) // 12, (8 + index) % 12 + 1, 1) for index in range(36)]
    chance = random.Random(5)  # noqa: S311 - invented figures, nothing secret
    own = [10.5 + 1.1 * math.sin(index / 11.5) - 0.012 * index + chance.gauss(0, 0.06) for index in range(36)]
    single = [10.7 + 1.9 * math.sin(index / 1.95 - 1) + chance.gauss(0, 0.4) for index in range(36)]
    lines = [
        charts.Line("months", list(zip(months, single, strict=True))),
        charts.Line(
            "parent", [(on, 10.2 - 0.011 * index) for index, on in enumerate(months)], "Sykehjemsetaten 9,8 %", "9,8 %"
        ),
        charts.Line("own", list(zip(months, own, strict=True)), "Bjerkelia sykehjem 10,4 %", "10,4 %"),
    ]
    targets = [
        charts.TargetStep(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), value)
        for year, value in ((2023, 10.0), (2024, 9.5), (2025, 9.0), (2026, 9.0))
    ]
    flags = [charts.Flag(dt.date(2025, 2, 1), "Nærværsteam"), charts.Flag(dt.date(2025, 10, 1), "Ny turnus")]
    return charts.line_chart(lines, targets=targets, flags=flags, **settings)


def _share_bar(*, segments: list[dict[str, Any]], label: str) -> Svg:
    return charts.share_bar([charts.Segment(**segment) for segment in segments], label=label)


def _small_multiples(*, panels: list[dict[str, Any]], **settings: Any) -> Svg:
    return charts.small_multiples([charts.Panel(**panel) for panel in panels], **settings)


def _dumbbells(*, rows: list[dict[str, Any]], **settings: Any) -> Svg:
    return charts.dumbbells([charts.DumbbellRow(**row) for row in rows], **settings)


def _dot_cover(*, groups: list[dict[str, Any]], **settings: Any) -> Svg:
    return charts.dot_cover([charts.DotGroup(**group) for group in groups], **settings)


_DRAW: dict[str, Callable[..., Svg]] = {
    "sparkline": charts.sparkline,
    "strip": _strip,
    "bar": charts.bar,
    "dot": charts.dot,
    "dot_scale": charts.dot_scale,
    "range_dots": charts.range_dots,
    "share_bar": _share_bar,
    "line_chart": _line_chart,
    "small_multiples": _small_multiples,
    "dumbbells": _dumbbells,
    "dot_cover": _dot_cover,
}
