"""The dated tree and the way through successions, by examples."""

from __future__ import annotations

import datetime as dt

import pytest

from byfolk.engines.indicators.making.trees import FOREVER, NoTreeError, Organisation, Placed, Succeeded

LONG_AGO, REORGANISED = dt.date(2000, 1, 1), dt.date(2025, 1, 1)
DECEMBER, JANUARY, FEBRUARY = dt.date(2024, 12, 1), dt.date(2025, 1, 1), dt.date(2025, 2, 1)


def merged() -> Organisation:
    """Agencies 2 and 3 became agency 4 at the new year; workplace 5 moved along, workplace 6 was closed without a
    successor.
    """
    return Organisation(
        [
            Placed(1, None, 0, LONG_AGO, FOREVER),
            Placed(2, 1, 2, LONG_AGO, REORGANISED),
            Placed(3, 1, 2, LONG_AGO, REORGANISED),
            Placed(4, 1, 2, REORGANISED, FOREVER),
            Placed(5, 2, 5, LONG_AGO, REORGANISED),
            Placed(5, 4, 5, REORGANISED, FOREVER),
            Placed(6, 3, 5, LONG_AGO, REORGANISED),
        ],
        [Succeeded(2, 4, REORGANISED), Succeeded(3, 4, REORGANISED)],
    )


def parents(organisation: Organisation, start: dt.date, stop: dt.date) -> dict[int, int]:
    tree = organisation.tree(start, stop)
    return {int(tree.ids[i]): int(tree.ids[p]) for i, p in enumerate(tree.tree.parent) if p >= 0}


def test_the_tree_is_as_it_was() -> None:
    assert parents(merged(), DECEMBER, JANUARY) == {2: 1, 3: 1, 5: 2, 6: 3}
    assert parents(merged(), JANUARY, FEBRUARY) == {4: 1, 5: 4}


def test_in_a_longer_span_a_unit_lies_where_it_lay_last_and_closed_ones_are_there() -> None:
    assert parents(merged(), DECEMBER, FEBRUARY) == {2: 1, 3: 1, 4: 1, 5: 4, 6: 3}


def test_a_closed_unit_is_counted_in_its_successor_or_in_what_was_above_it() -> None:
    organisation = merged()
    today = organisation.tree(JANUARY, FEBRUARY)
    routes = organisation.routes([2, 3, 5, 6], today, FEBRUARY)
    assert {unit: int(today.ids[seat]) for unit, seat in routes.items()} == {2: 4, 3: 4, 5: 5, 6: 4}


def test_a_succession_is_not_followed_before_it_happened() -> None:
    organisation = merged()
    before = organisation.tree(DECEMBER, JANUARY)
    assert before.ids[organisation.routes([4], before, JANUARY)[4]] == 1


def test_units_below_each_other_are_an_error_not_an_endless_walk() -> None:
    rows = [
        Placed(1, None, 0, LONG_AGO, FOREVER),
        Placed(2, 3, 3, LONG_AGO, FOREVER),
        Placed(3, 2, 3, LONG_AGO, FOREVER),
    ]
    with pytest.raises(NoTreeError):
        Organisation(rows, []).tree(JANUARY, FEBRUARY)


def test_without_a_top_there_is_no_tree() -> None:
    with pytest.raises(NoTreeError):
        Organisation([], []).tree(JANUARY, FEBRUARY)
