"""Rule 5: two-way tables, and today's tree beside the tree as it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.definition import PART_AT_LEAST
from byfolk.engines.indicators.disclosure import (
    HEALTH,
    INTERNAL,
    MEAN,
    PAY,
    DisclosureError,
    Level,
    State,
    Tree,
    decide,
    decide_rerouted,
    decide_table,
    health,
    internal,
    mean,
    pay,
)
from byfolk.engines.indicators.disclosure.attack_algebra import derivable_sets
from byfolk.engines.indicators.disclosure.tables import table_changes
from tests.engines.indicators.disclosure.worlds import fixed, members

AGENCIES = Tree(np.array([-1, 0, 0, 0]), np.array([0, 2, 2, 2], dtype=np.int8))
ALL = np.ones(4, dtype=bool)


def cells(n: list[list[int]], holders: list[list[int]]) -> np.ndarray:
    persons, inside = np.array(n), np.array(holders)
    return np.stack([persons, inside, persons - inside], axis=2)


def test_one_small_cell_takes_another_with_it_in_its_row_and_both_in_their_columns():
    n = [[0, 0, 0], [20, 20, 3], [20, 20, 20], [20, 20, 20]]
    table = cells(n, [[x // 2 for x in row] for row in n])
    total = decide(AGENCIES, internal(table[:, :, 0].sum(1), table[:, :, 1].sum(1)))
    states = decide_table(AGENCIES, total, table, may=ALL)
    hidden = states != State.PUBLISHED
    assert states[1, 2] == State.HIDDEN_SMALL
    assert hidden[1].sum() == 2
    assert hidden.sum(axis=0).max() >= 2
    assert not hidden[0].any()


def test_a_cell_is_withheld_where_too_few_changed_since_it_was_shown():
    n = [[0, 0], [20, 20], [20, 20], [20, 20]]
    table = cells(n, [[x // 2 for x in row] for row in n])
    total = decide(AGENCIES, internal(table[:, :, 0].sum(1), table[:, :, 1].sum(1)))
    certain = np.array([[9, 9], [2, 9], [9, 0], [9, 9]])
    touched = certain > 0
    blocked = table_changes(certain, touched, np.ones((4, 2), dtype=bool))
    assert decide_table(AGENCIES, total, table, may=ALL, blocked=blocked)[1, 0] == State.WITHHELD


def test_counts_of_the_wrong_shape_are_refused():
    with pytest.raises(DisclosureError):
        decide_table(AGENCIES, np.zeros(4, dtype=np.int8), np.zeros((4, 3)), may=ALL)
    with pytest.raises(DisclosureError):
        decide_rerouted(
            AGENCIES, np.zeros(4), AGENCIES, unit_then=[1], unit_today=[1], counts=[[3, 1]], rule=INTERNAL, may=ALL
        )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Tree, np.ndarray, np.ndarray]:
    """A city with agencies, some with units below them; persons and numerators by unit and category."""
    generator = np.random.default_rng(draw(st.integers(0, 10**9)))
    parent, level = [-1], [Level.CITY]
    for _ in range(draw(st.integers(1, 3))):
        parent.append(0)
        level.append(Level.AGENCY)
    for _ in range(draw(st.integers(0, 3))):
        parent.append(int(generator.integers(1, len([x for x in level if x == Level.AGENCY]) + 1)))
        level.append(Level.WORKPLACE)
    tree = Tree(np.array(parent), np.array(level, dtype=np.int8))
    categories = draw(st.integers(2, 4))
    mean_size = draw(st.sampled_from([2, 5, 12]))
    n = generator.poisson(mean_size, (len(tree), categories)) * (generator.random((len(tree), categories)) < 0.8)
    holders = generator.binomial(n, generator.choice([0, 0.3, 0.5, 1], (len(tree), categories), p=[0.2, 0.3, 0.4, 0.1]))
    return tree, n, holders


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_no_small_group_of_a_table_follows_from_sums_and_no_unsafe_cell_is_fixed_by_bounds(
    world: tuple[Tree, np.ndarray, np.ndarray],
):
    tree, n, holders = world
    units, categories = n.shape
    may = tree.level <= Level.AGENCY
    total = decide(tree, internal(n.sum(1), holders.sum(1)))
    states = decide_table(tree, total, np.stack([n, holders, n - holders], axis=2), may=may)
    cell = {(u, c): u * categories + c for u in range(units) for c in range(categories)}
    known: list[list[int]] = []
    low: list[tuple[list[int], float]] = []
    high: list[tuple[list[int], float]] = []
    flat_n, flat_h = n.ravel(), holders.ravel()
    for unit in range(units):
        inside = members(tree, unit)
        every = [cell[u, c] for u in inside for c in range(categories)]
        if total[unit] == State.PUBLISHED:
            known.append(every)
        elif total[unit] == State.BAND_LOW:
            low.append((every, 1.0))
        elif total[unit] == State.BAND_HIGH:
            high.append((every, float(flat_n[every].sum() - 1)))
        for c in range(categories):
            if states[unit, c] == State.PUBLISHED:
                assert total[unit] == State.PUBLISHED
                known.append([cell[u, c] for u in inside])
    occupied = np.flatnonzero(flat_n)
    if known and len(occupied):
        sums = np.zeros((len(known), len(occupied)), dtype=np.int64)
        for i, members_of in enumerate(known):
            sums[i] = np.isin(occupied, members_of)
        assert list(derivable_sets(sums, flat_n[occupied].tolist(), 5)) == []
    targets = [[int(c)] for c in occupied]
    targets += [
        [cell[u, c] for u in members(tree, unit)]
        for unit in range(units)
        for c in range(categories)
        if n[members(tree, unit), c].sum()
    ]
    for i in fixed([(0, int(x)) for x in flat_n], [(k, float(flat_h[k].sum())) for k in known], low, high, targets):
        assert int(flat_n[targets[i]].sum()) >= 5
        assert 0 < flat_h[targets[i]].sum() < flat_n[targets[i]].sum()


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from(["mean", "pay", "health"]))
def test_other_classes_keep_their_least_number_of_people_in_every_set_that_follows(
    world: tuple[Tree, np.ndarray, np.ndarray], kind: str
):
    tree, n, other = world
    units, categories = n.shape
    may = tree.level <= Level.AGENCY
    if kind == "mean":
        total = decide(tree, mean(n.sum(1), may=may))
        states, checked = decide_table(tree, total, n[:, :, None], MEAN, may=may), [(n, 5)]
    elif kind == "pay":
        total = decide(tree, pay(n.sum(1), other.sum(1), may=may))
        states = decide_table(tree, total, np.stack([n, other], axis=2), PAY, may=may)
        checked = [(n, 5), (other, 5)]
    else:
        total = decide(tree, health(n.sum(1), other.sum(1), may=may))
        states, checked = (
            decide_table(tree, total, np.stack([n, other], axis=2), HEALTH, may=may),
            [(n, 10), (other, 3)],
        )
    for people, limit in checked:
        flat = people.ravel()
        everyone = (n + (other if kind == "pay" else 0)).ravel()
        occupied = np.flatnonzero(everyone)
        known = [
            np.isin(occupied, [u * categories + c for u in members(tree, unit) for c in chosen])
            for unit in range(units)
            for chosen in [
                *([range(categories)] if total[unit] == State.PUBLISHED else []),
                *([c] for c in range(categories) if states[unit, c] == State.PUBLISHED),
            ]
        ]
        if known:
            sums = np.array(known, dtype=np.int64)
            assert list(derivable_sets(sums, flat[occupied].tolist(), limit, largest=3)) == []


def test_a_small_unit_that_moved_to_another_agency_is_not_told_by_showing_both_trees():
    # Then: agency 1 with a workplace of three; today the workplace belongs to agency 2.
    then = Tree(np.array([-1, 0, 0, 1]), np.array([0, 2, 2, 5], dtype=np.int8))
    today = Tree(np.array([-1, 0, 0, 2]), np.array([0, 2, 2, 5], dtype=np.int8))
    n, holders = np.array([0, 30, 30, 3]), np.array([0, 12, 10, 1])
    counts = np.stack([n, holders, n - holders], axis=1)
    total = decide(then, internal(n, holders))
    assert total[:3].tolist() == [State.PUBLISHED] * 3
    units = np.arange(4)
    states = decide_rerouted(
        then, total, today, unit_then=units, unit_today=units, counts=counts, may=today.level <= Level.AGENCY
    )
    assert states.tolist() == [State.PUBLISHED, State.HIDDEN_SECONDARY, State.HIDDEN_SECONDARY, State.HIDDEN_LEVEL]


def test_a_unit_of_twenty_that_moved_may_be_told():
    then = Tree(np.array([-1, 0, 0, 1]), np.array([0, 2, 2, 5], dtype=np.int8))
    today = Tree(np.array([-1, 0, 0, 2]), np.array([0, 2, 2, 5], dtype=np.int8))
    n, holders = np.array([0, 30, 30, 20]), np.array([0, 12, 10, 9])
    counts = np.stack([n, holders, n - holders], axis=1)
    units = np.arange(4)
    states = decide_rerouted(
        then,
        decide(then, internal(n, holders)),
        today,
        unit_then=units,
        unit_today=units,
        counts=counts,
        may=today.level <= Level.AGENCY,
    )
    assert states[:3].tolist() == [State.PUBLISHED] * 3


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([3, 8]))
def test_two_trees_together_tell_nothing_of_fewer_than_five(seed: int, size: int):
    generator = np.random.default_rng(seed)
    units = 9
    then = Tree(np.array([-1, 0, 0, 0, *generator.integers(1, 4, 5)]), np.array([0, 2, 2, 2, *[5] * 5], dtype=np.int8))
    today = Tree(np.array([-1, 0, 0, 0, *generator.integers(1, 4, 5)]), then.level)
    n = generator.poisson(size, units) * (generator.random(units) < 0.9)
    holders = generator.binomial(n, generator.choice([0, 0.4, 0.6, 1], units))
    total = decide(then, internal(n, holders))
    counts = np.stack([n, holders, n - holders], axis=1)
    own = np.arange(units)
    states = decide_rerouted(
        then, total, today, unit_then=own, unit_today=own, counts=counts, may=today.level <= Level.AGENCY
    )
    known = [members(then, u) for u in range(units) if total[u] == State.PUBLISHED]
    known += [members(today, u) for u in range(units) if states[u] == State.PUBLISHED]
    occupied = np.flatnonzero(n)
    if not known or not len(occupied):
        return
    sums = np.array([np.isin(occupied, k) for k in known], dtype=np.int64)
    assert list(derivable_sets(sums, n[occupied].tolist(), 5)) == []
    targets = [[int(u)] for u in occupied]
    for i in fixed([(0, int(x)) for x in n], [(k, float(holders[k].sum())) for k in known], [], [], targets):
        unit = targets[i][0]
        assert n[unit] >= 5
        assert 0 < holders[unit] < n[unit]


def test_what_pages_say_of_the_smallest_part_is_the_rule() -> None:
    assert MEAN.limits == (PART_AT_LEAST,)
    assert INTERNAL.limits[0] == PART_AT_LEAST
