"""Draws the accounts' pictures for a width. The same picture is drawn once: the city's charts come back in every
format."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from byfolk.accounts.content import Bar, CellPicture, Cover, Dots, Gap, Pair, Panels, Picture, YearLines
from byfolk.lib import charts, norwegian

WIDE, NARROW = 880, 358
#: The column of a printed page: a text of 13 px becomes one of 7.5 pt.
PRINTED = 820
_COVER_WIDE, _COVER_NARROW = 640, 330
_CELL = 150


@lru_cache(maxsize=512)
def chart(picture: Picture, label: str, width: int, language: str) -> charts.Svg:
    """A chart `width` px wide; `label` is what a screen reader says."""
    if isinstance(picture, YearLines):
        return charts.year_chart(
            picture.years,
            picture.own,
            width=width,
            label=label,
            own_label=picture.own_label,
            other=picture.other,
            other_label=picture.other_label,
            targets=picture.targets,
            target_label=picture.target_label,
            format_value=partial(_number, decimals=picture.decimals, language=language),
            low=width == PRINTED,
        )
    if isinstance(picture, Panels):
        panels = [charts.Panel(name, values, last) for name, values, last in picture.panels]
        return charts.small_multiples(
            panels,
            whole=picture.whole,
            first=picture.first,
            last=picture.last,
            width=width,
            label=label,
            columns=3 if width >= 500 else 2,
            low=width == PRINTED,
        )
    assert isinstance(picture, Dots)
    rows = [charts.DumbbellRow(row.name, row.end, row.text, row.start, row.own) for row in picture.rows]
    return charts.dumbbells(rows, width=width, label=label, target=picture.target, target_label=picture.target_label)


@lru_cache(maxsize=1024)
def cell(picture: CellPicture) -> charts.Svg:
    """A picture in a table's cell, as wide as the cell. The numbers stand beside it, so it says nothing by itself."""
    if isinstance(picture, Bar):
        return charts.bar(picture.value, largest=picture.largest, mark=picture.mark)
    if isinstance(picture, Pair):
        return charts.range_dots(picture.men, picture.women, low=picture.low, high=picture.high)
    assert isinstance(picture, Gap)
    return charts.gap(picture.value, mark=100.0, low=picture.low, high=picture.high)


def printed_cell(picture: CellPicture) -> str:
    """The cell's picture on paper: of fixed width, with colours that stand alone."""
    return charts.light(charts.Svg(cell(picture).replace('width="100%"', f'width="{_CELL}"', 1)))


@lru_cache(maxsize=256)
def cover(front: Cover, *, narrow: bool = False) -> charts.Svg:
    """The dots of the cover, as a wide field or, for a phone, a squarer one. Few dots make a smaller field, not
    larger dots."""
    groups = [charts.DotGroup(name, count) for name, count in front.groups]
    dots = sum(count for _name, count in front.groups) / front.people_per_dot
    width, most, shape = (_COVER_NARROW, 20, 0.9) if narrow else (_COVER_WIDE, 14, 0.45)
    rows = min(most, max(3, round((dots * shape) ** 0.5)))
    return charts.dot_cover(groups, people_per_dot=front.people_per_dot, width=width, rows=rows, label=front.label)


def printed_cover(front: Cover) -> tuple[str, float]:
    """The cover's dots on paper, and how much of the page's width they take (0 to 1)."""
    drawn = cover(front)
    found = re.search(r' width="([\d.]+)"', drawn)
    return charts.light(drawn), min(float(found.group(1)) / _COVER_WIDE, 1.0) if found else 1.0


def _number(value: float, *, decimals: int, language: str) -> str:
    return norwegian.number(value, decimals, language)
