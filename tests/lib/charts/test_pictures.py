"""Whole charts: lines, dots, small multiples and the cover, and their light values for print."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.lib import charts
from byfolk.lib.charts.palette import LIGHT
from byfolk.lib.charts.svg import nice_ticks, spread, text_width

MONTHS = [dt.date(2024 + month // 12, month % 12 + 1, 1) for month in range(24)]
OWN = charts.Line("own", [(on, 10 + index / 10) for index, on in enumerate(MONTHS)], "Bjerkelia 12,3 %", "12,3 %")
PARENT = charts.Line("parent", [(on, 11.0) for on in MONTHS], "Etaten 11,0 %", "11,0 %")


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_lines_are_named_at_their_ends_and_shorter_on_a_phone() -> None:
    assert "Bjerkelia 12,3 %" in texts(charts.line_chart([OWN, PARENT], width=1200, label="Fravær"))
    narrow = texts(charts.line_chart([OWN, PARENT], width=358, label="Fravær"))
    assert "12,3 %" in narrow
    assert "Bjerkelia 12,3 %" not in narrow


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    close = charts.Line("parent", [(on, 12.3) for on in MONTHS], "Etaten 12,3 %")
    picture = ElementTree.fromstring(charts.line_chart([OWN, close], width=1200, label="Fravær"))
    ends = [float(text.get("y", 0)) for text in picture.findall("{*}text") if "%" in (text.text or "")]
    assert abs(ends[0] - ends[1]) >= 16


def test_a_target_is_drawn_only_for_the_years_that_the_chart_shows() -> None:
    targets = [
        charts.TargetStep(dt.date(2020, 1, 1), dt.date(2021, 1, 1), 10),
        charts.TargetStep(dt.date(2025, 1, 1), dt.date(2026, 1, 1), 10.5),
    ]
    assert charts.line_chart([OWN], width=1200, label="Fravær", targets=targets).count("stroke-dasharray") == 1


def test_actions_are_numbered_in_the_order_given() -> None:
    flags = [charts.Flag(dt.date(2024, 5, 1), "Nærværsteam"), charts.Flag(dt.date(2025, 2, 1), "Ny turnus")]
    words = texts(charts.line_chart([OWN], width=1200, label="Fravær", flags=flags))
    assert words.index("1") < words.index("Nærværsteam") < words.index("2") < words.index("Ny turnus")


def test_an_action_from_before_the_line_began_is_left_out() -> None:
    flags = [charts.Flag(dt.date(2019, 5, 1), "Gammelt tiltak"), charts.Flag(dt.date(2025, 2, 1), "Ny turnus")]
    words = texts(charts.line_chart([OWN], width=1200, label="Fravær", flags=flags))
    assert "Gammelt tiltak" not in words
    assert "2" in words


def test_a_single_month_can_be_drawn() -> None:
    assert "<circle" in charts.line_chart([charts.Line("own", [(MONTHS[0], 5.0)], "5 %")], width=358, label="Fravær")


def test_a_line_chart_without_a_point_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        charts.line_chart([charts.Line("own", [])], width=358, label="Fravær")


def test_a_row_with_two_values_is_a_dumbbell_and_with_one_a_dot() -> None:
    rows = [charts.DumbbellRow("Skoler", 78, "78 %", 76), charts.DumbbellRow("Barnevern", 90, "90 %")]
    svg = charts.dumbbells(rows, width=358, label="Heltid", target=68, target_label="Mål 68 %")
    assert svg.count("<circle") == 3


def test_small_multiples_share_one_scale_and_show_the_whole_in_each() -> None:
    panels = [charts.Panel(name, [1, 2, 3], "3,0") for name in ("Skoler", "Sykehjem", "Barnehager", "Barnevern")]
    svg = charts.small_multiples(panels, whole=[2, 2, 2], first="2021", last="2023", width=900, label="Fravær")
    assert svg.count("var(--own)") >= 8
    assert texts(svg).count("2021") == 4
    assert charts.gridlines(panels, [2, 2, 2])[0] <= 1


def test_a_dot_of_the_cover_is_so_many_people_and_no_service_is_lost() -> None:
    groups = [charts.DotGroup("Skole", 14200), charts.DotGroup("Byarkiv", 12), charts.DotGroup("Nedlagt", 0)]
    assert charts.dot_cover(groups, people_per_dot=100, width=640, label="Ansatte").count("<circle") == 143


def test_print_gets_light_values_and_no_variable_is_left() -> None:
    printed = charts.light(charts.line_chart([OWN, PARENT], width=1200, label="Fravær"))
    assert "var(" not in printed
    assert LIGHT["--own"] in printed


def test_a_label_is_escaped_once() -> None:
    svg = charts.dumbbells([charts.DumbbellRow("Plan & bygg <nord>", 1, "1")], width=900, label="Æ & Å")
    assert texts(svg)[0] == "Plan & bygg <nord>"


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 8))
def test_ticks_are_even_and_reach_over_all_values(low: float, span: float, about: int) -> None:
    ticks = nice_ticks(low, low + span, about)
    assert ticks[0] <= low + 1e-6 * max(1, abs(low))
    assert ticks[-1] >= low + span - 1e-6 * max(1, abs(low + span))
    assert len(ticks) <= about * 3 + 3


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
def test_labels_keep_their_order_and_their_distance(wanted: list[float]) -> None:
    placed = spread(wanted, 17, 0, 300)
    in_order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    for first, then in pairwise(in_order):
        assert placed[then] - placed[first] >= 17 - 1e-9


def test_bold_and_wide_letters_take_more_room() -> None:
    assert text_width("mmm") > text_width("iii")
    assert text_width("Mål", bold=True) > text_width("Mål")
