"""Marks in table cells: pure functions from numbers to SVG."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from byfolk.lib import charts
from byfolk.lib.charts.svg import text_width

SOME = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_a_sparkline_is_132_by_34_and_ends_in_a_dot() -> None:
    picture = read(charts.sparkline([1, 2, 3], label="Sykefravær"))
    assert (picture.get("width"), picture.get("height")) == ("132", "34")
    assert picture.find("{*}circle") is not None


def test_a_sparkline_has_a_gap_where_a_period_has_no_figure() -> None:
    path = read(charts.sparkline([1, 2, None, 3, 4])).findall("{*}path")[-1]
    assert path.get("d", "").count("M") == 2


def test_a_target_is_a_dotted_line_and_part_of_the_scale() -> None:
    target = read(charts.sparkline([5, 5, 5], target=9)).find("{*}path")
    assert target is not None
    assert target.get("stroke-dasharray")
    assert target.get("d", "").startswith("M0 6H")


def test_without_figures_the_picture_is_empty_but_says_its_label() -> None:
    picture = read(charts.sparkline([None, None], label="Ingen tall"))
    assert list(picture) == []
    assert picture.get("aria-label") == "Ingen tall"


def test_without_a_label_a_picture_is_decoration() -> None:
    picture = read(charts.sparkline([1, 2]))
    assert picture.get("aria-hidden") == "true"
    assert picture.get("role") is None


def test_a_label_is_escaped() -> None:
    assert charts.sparkline([1], label='<b>"Ås" & co</b>').count("<b>") == 0


@given(SOME, st.none() | st.floats(-1e6, 1e6))
def test_no_mark_of_a_sparkline_leaves_its_picture(values: list[float], target: float | None) -> None:
    for point in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", charts.sparkline(values, target=target)):
        assert 0 <= float(point[0]) <= 132
        assert 0 <= float(point[1]) <= 34


@given(SOME)
def test_a_strip_has_a_dot_for_every_unit(values: list[float]) -> None:
    assert len(read(charts.strip(values, own=values[0])).findall("{*}circle")) == len(values)


def test_the_order_in_which_units_come_does_not_show_in_a_strip() -> None:
    assert charts.strip([3, 1, 2], own=2) == charts.strip([2, 3, 1], own=2)


def test_a_bar_fills_its_cell_at_the_largest_value_and_never_more() -> None:
    assert 'width="100%"' in read_bar(charts.bar(7, largest=5))
    assert 'width="50%"' in read_bar(charts.bar(2.5, largest=5))
    assert 'width="0%"' in read_bar(charts.bar(1, largest=0))


def read_bar(svg: str) -> str:
    return svg[svg.index("<rect") :]


def test_the_own_dot_is_blue_and_the_others_grey() -> None:
    assert 'fill="var(--own)"' in charts.dot(5, low=0, high=10, own=True)
    assert 'fill="var(--own)"' not in charts.dot(5, low=0, high=10)


def test_the_names_over_a_dot_plot_turn_away_from_each_other() -> None:
    scale = charts.dot_scale(low=0, high=10, target=5, parent=5.2, target_label="Mål 5", parent_label="Etaten & co")
    assert [text.get("text-anchor") for text in read(scale).findall("{*}text")] == ["end", "start"]


def anchors(scale: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(name.text, name.get("text-anchor"), name.get("y")) for name in read(scale).findall("{*}text")]


def test_where_a_name_would_leave_a_phone_they_stand_one_above_the_other() -> None:
    names = {"target_label": "Mål 9,6 %", "parent_label": "Enheten over 9,7"}
    near_the_right = charts.dot_scale(low=0, high=10, target=8.0, parent=8.4, **names)
    assert anchors(near_the_right) == [("Mål 9,6 %", "end", "30"), ("Enheten over 9,7", "end", "14")]


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["Eininga over 9,7", "The unit above 96.7"]))
def test_no_name_over_a_dot_plot_leaves_it_on_a_phone_and_none_meets_the_other(a: float, b: float, other: str) -> None:
    cell, before, after = 94, 118, 64
    scale = charts.dot_scale(low=0, high=1, target=a, parent=b, target_label="Mål 9,6 %", parent_label=other)
    spans: dict[str, list[tuple[float, float]]] = {}
    for name in read(scale).findall("{*}text"):
        at = float(name.get("x", "").rstrip("%")) / 100 * cell + float(name.get("dx", "0"))
        width = text_width(name.text or "", bold=name.get("font-weight") == "600")
        start = at - width if name.get("text-anchor") == "end" else at
        assert -before <= start
        assert start + width <= cell + after
        spans.setdefault(name.get("y", ""), []).append((start, start + width))
    for row in spans.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(row)):
            assert end <= start


def test_parts_of_a_whole_fill_the_bar_and_parts_of_nothing_are_left_out() -> None:
    segments = [charts.Segment(3, "--seg-1"), charts.Segment(0, "--seg-2"), charts.Segment(1, "--seg-3")]
    widths = [part.get("width") for part in read(charts.share_bar(segments)).findall("{*}rect")]
    assert widths == ["75%", "25%"]


def test_no_mark_carries_a_style_or_a_script() -> None:
    for svg in (
        charts.sparkline([1, 2], target=1),
        charts.strip([1, 2], own=1),
        charts.bar(1, largest=2, mark=1, track=True),
        charts.dot(1, low=0, high=2, target=1, parent=1),
        charts.range_dots(1, 2, low=0, high=3),
    ):
        assert "style" not in svg
        assert "script" not in svg
