"""Charts of a few years, and rows of dots whose names need room."""

from __future__ import annotations

import itertools
import re

import pytest

from byfolk.lib import charts


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_every_year_has_its_number_and_the_line_has_a_gap_where_there_is_none() -> None:
    drawn = charts.year_chart([2023, 2024, 2025], [8.9, None, 8.7], width=880, label="Fraværet")
    assert {"2023", "2024", "2025", "8.9", "8.7"} <= set(texts(drawn))
    own = next(path for path in re.findall(r'<path d="([^"]*)" fill="none" stroke="var\(--own\)"', drawn))
    assert own.count("M") == 2


def test_a_small_change_is_not_drawn_as_a_large_one() -> None:
    drawn = charts.year_chart([2024, 2025], [100.0, 100.1], width=880, label="Lønn", format_value=lambda v: f"{v:.0f}")
    heights = [float(y) for y in re.findall(r'<circle cx="[^"]*" cy="([^"]*)"', drawn)]
    assert abs(heights[0] - heights[1]) < 2


def test_targets_are_steps_and_labels_stand_apart() -> None:
    drawn = charts.year_chart(
        [2024, 2025], [8.9, 8.7], width=880, label="Fraværet", own_label="Virksomheten", other=[8.8, 8.7],
        other_label="Kommunen", targets=[8.4, 8.2], target_label="Mål",
    )  # fmt: skip
    assert drawn.count('stroke-dasharray="2 4"') == 2
    found = re.findall(r'<text x="[^"]*" y="([^"]*)"[^>]*>(?:Virksomheten|Kommunen|Mål)<', drawn)
    places = sorted(float(place) for place in found)
    assert all(after - before >= 16.9 for before, after in itertools.pairwise(places))


def test_a_chart_of_years_without_values_is_refused() -> None:
    with pytest.raises(ValueError):
        charts.year_chart([2025], [None], width=880, label="Ingenting")


def test_a_gap_has_its_mark_where_it_was_asked_for() -> None:
    drawn = charts.gap(97.0, mark=100.0, low=94.0, high=102.0)
    assert 'cx="38.5%"' in drawn
    assert drawn.count('x1="73%"') == 1


def test_a_long_name_stands_whole_above_its_line_on_a_phone() -> None:
    name = "Bosettings- og kvalifiseringskontoret"
    rows = [charts.DumbbellRow(name, 8.0, "8,0 %", 9.0), charts.DumbbellRow("Havna", 6.0, "6,0 %")]
    narrow, wide = (charts.dumbbells(rows, width=width, label="Fravær") for width in (358, 880))
    assert name in narrow

    def height_of(svg: str, mark: str) -> float:
        return float(re.findall(mark, svg)[0])

    name_at = height_of(narrow, rf'y="([\d.]+)"[^>]*>{name}')
    dot_at = height_of(narrow, r'cy="([\d.]+)"')
    assert name_at < dot_at - 8
    assert abs(height_of(wide, rf'y="([\d.]+)"[^>]*>{name}') - height_of(wide, r'cy="([\d.]+)"')) < 8
