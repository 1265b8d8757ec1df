"""Rules 1 and 2: totals of units, and people who are all alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.disclosure import (
    HEALTH_MONTH_ENTRY,
    DisclosureError,
    Level,
    Question,
    State,
    Tree,
    band_edge,
    decide,
    health,
    internal,
    mean,
    pay,
    structure,
)
from byfolk.engines.indicators.disclosure.check import unsafe_units
from tests.engines.indicators.disclosure.worlds import best_weight, fixed, members, staff, trees, weight_of


def line(*levels: int) -> Tree:
    """A city with all other units directly below it."""
    return Tree(np.array([-1, *(0 for _ in levels)]), np.array([0, *levels], dtype=np.int8))


def test_a_unit_under_five_is_hidden_and_so_is_a_sibling_that_would_give_it_away():
    states = decide(line(5, 5, 5), internal([0, 3, 10, 12], [0, 1, 4, 6]))
    assert states.tolist() == [State.PUBLISHED, State.HIDDEN_SMALL, State.HIDDEN_SECONDARY, State.PUBLISHED]


def test_the_city_is_preferred_to_all_that_is_below_it():
    states = decide(line(5, 5), internal([2, 10, 10], [1, 5, 5]))
    assert states[0] == State.PUBLISHED
    assert sorted(states[1:].tolist()) == [State.PUBLISHED, State.HIDDEN_SECONDARY]


def test_a_unit_where_all_or_all_but_one_are_alike_becomes_a_band_and_never_a_number():
    states = decide(line(5, 5, 5, 5, 5), internal([20, 10, 10, 10, 10, 10], [9, 0, 1, 9, 10, 5]))
    assert states.tolist()[1:] == [State.BAND_LOW, State.BAND_LOW, State.BAND_HIGH, State.BAND_HIGH, State.PUBLISHED]


def test_a_band_is_given_up_where_the_rest_around_it_is_not_mixed():
    # City: 4 of its own, none in the numerator; two units, one with nobody in it: city minus the exact one would be
    # nobody.
    states = decide(line(5, 5), internal([4, 8, 8], [0, 0, 4]))
    assert states.tolist() == [State.PUBLISHED, State.BAND_LOW, State.HIDDEN_SECONDARY]


def test_the_edge_of_a_band_leaves_room_for_at_least_one_person():
    n = np.arange(5, 60)
    assert (band_edge(n) * n >= 1).all()


def test_units_that_may_not_be_published_at_this_level_are_said_to_be_so():
    tree = line(2, 5)
    states = decide(tree, internal([9, 20, 20], [4, 9, 9], may=tree.level <= Level.AGENCY))
    assert states.tolist() == [State.PUBLISHED, State.PUBLISHED, State.HIDDEN_LEVEL]


def test_health_needs_ten_people_of_whom_three_absent():
    states = decide(line(5, 5, 5, 5), health([30, 9, 10, 10, 10], [9, 9, 2, 3, 4]))
    assert states.tolist() == [
        State.PUBLISHED,
        State.HIDDEN_SMALL,
        State.HIDDEN_SECONDARY,
        State.PUBLISHED,
        State.PUBLISHED,
    ]


def test_a_year_counts_person_months_and_a_few_of_them_are_not_nobody():
    # The unit with 6 person-months has less than one person on average, but somebody: its parent minus the sibling
    # would be that one.
    months = np.array([0, 6, 12 * 20])
    assert decide(line(5, 5), internal(months, [0, 0, 4], months=12)).tolist()[1:] != [
        State.HIDDEN_SMALL,
        State.PUBLISHED,
    ]


def test_pay_needs_five_women_and_five_men():
    states = decide(line(2, 2), pay([6, 5, 4], [6, 5, 30]))
    assert states.tolist() == [State.PUBLISHED, State.PUBLISHED, State.HIDDEN_SMALL]


def test_age_bands_are_published_all_or_none():
    states = decide(line(5, 5), structure([9, 9, 9], [3, 3, 0], [3, 3, 4], [3, 3, 5]))
    assert states.tolist() == [State.PUBLISHED, State.PUBLISHED, State.HIDDEN_SECONDARY]


def test_what_follows_from_earlier_figures_is_published_before_anything_else():
    must = np.array([False, True, False])
    states = decide(line(2, 2), health([0, 12, 40], [0, 3, 20], must=must))
    assert states[1] == State.PUBLISHED


def test_a_month_of_absence_starts_with_fifty_people():
    states = decide(line(2, 2), health([60, 49, 50], [20, 20, 10], rule=HEALTH_MONTH_ENTRY))
    assert states.tolist() == [State.PUBLISHED, State.HIDDEN_SMALL, State.PUBLISHED]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_atom_is_safe_for_every_class(data: st.DataObject):
    tree = data.draw(trees(25))
    units = len(tree)
    n, holders = data.draw(staff(units, 14))
    other = data.draw(staff(units, 14))[0]
    questions = [
        internal(n, holders),
        internal(n * 7, holders, months=12),
        mean(n),
        health(n, holders),
        health(n * 12, holders, months=12),
        pay(n, other),
        structure(n + other, n, other),
    ]
    for question in questions:
        assert unsafe_units(tree, question, decide(tree, question)) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_other_safe_choice_weighs_more(data: st.DataObject):
    tree = data.draw(trees(9))
    question = internal(*data.draw(staff(len(tree))))
    assert weight_of(tree, decide(tree, question)) == best_weight(tree, question)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_head_counts_and_bounds_fix_no_hidden_figure(data: st.DataObject):
    tree = data.draw(trees(12))
    n, holders = data.draw(staff(len(tree)))
    states = decide(tree, internal(n, holders))
    sums, low, high, targets = [], [], [], []
    for unit in range(len(tree)):
        inside = members(tree, unit)
        people, inn = int(n[inside].sum()), float(holders[inside].sum())
        if states[unit] == State.PUBLISHED:
            sums.append((inside, inn))
        else:
            # The attacker knows the method: a band is 0 or 1, or n - 1 or n.
            if states[unit] == State.BAND_LOW:
                low.append((inside, 1.0))
            elif states[unit] == State.BAND_HIGH:
                high.append((inside, float(people - 1)))
            if people:
                targets.append(inside)
        if n[unit]:
            targets.append([unit])
    found = [targets[i] for i in fixed([(0, int(c)) for c in n], sums, low, high, targets)]
    # What is fixed is a published sum itself, never fewer than five or people who are all alike.
    for cells in found:
        assert int(n[cells].sum()) >= 5
        assert 0 < holders[cells].sum() < n[cells].sum()


@pytest.mark.parametrize(
    ("parent", "level"),
    [([-1, 2, 1], [0, 1, 2]), ([-1, -1], [0, 0]), ([0], [0]), ([], []), ([-1, 0], [0])],
)
def test_a_broken_tree_is_refused(parent: list[int], level: list[int]):
    with pytest.raises(DisclosureError):
        Tree(np.array(parent, dtype=np.int64), np.array(level, dtype=np.int8))


def test_counts_that_cannot_be_are_refused():
    tree = line(5)
    with pytest.raises(DisclosureError):
        internal([3, -1], [0, 0])
    with pytest.raises(DisclosureError):
        decide(tree, internal([3], [1]))
    with pytest.raises(DisclosureError):
        tree.own_from_subtree([3, 4])
    assert tree.own_from_subtree([7, 4]).tolist() == [3, 4]
    assert isinstance(internal([3, 4], [1, 1]), Question)
