"""Rule 6: what two and three publications of a persistent value tell together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.disclosure import (
    DisclosureError,
    Earlier,
    State,
    Tree,
    between,
    changes,
    compare,
    decide,
    decide_gender,
    internal,
)
from byfolk.engines.indicators.disclosure.check import unsafe_changes, unsafe_units
from tests.engines.indicators.disclosure.worlds import fixed, members, trees

FLAT = Tree(np.array([-1, 0, 0]), np.array([0, 5, 5], dtype=np.int8))


class People:
    """Everybody who was ever there: unit (-1: not in the city) and value at each publication, and gender."""

    def __init__(self, units: np.ndarray, values: np.ndarray, woman: np.ndarray):
        self.units, self.values, self.woman = units, values, woman

    def counts(self, at: int, size: int, who: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        here = (self.units[at] >= 0) & (True if who is None else who)
        n = np.bincount(self.units[at][here], minlength=size)
        return n, np.bincount(self.units[at][here & self.values[at]], minlength=size)

    def compared(self, tree: Tree, then: int, now: int, states: np.ndarray, who: np.ndarray | None = None) -> Earlier:
        mine = np.ones(self.units.shape[1], dtype=bool) if who is None else who
        units = self.units[then][mine], self.units[now][mine]
        values = self.values[then][mine], self.values[now][mine]
        certain, touched = changes(*units, values[0] != values[1], len(tree))
        return compare(
            tree=tree,
            states=states,
            now=np.arange(len(tree)),
            units=len(tree),
            certain=certain,
            touched=touched,
            between=between(*units, *values, len(tree)),
        )


@st.composite
def histories(draw: st.DrawFn, times: int) -> tuple[Tree, People]:
    """A tree, and people of whom few or many come, go, move or change between publications."""
    tree = draw(trees(7))
    generator = np.random.default_rng(draw(st.integers(0, 10**9)))
    size = draw(st.integers(10, 70))
    units = [generator.integers(-1, len(tree), size)]
    values = [generator.random(size) < draw(st.sampled_from([0.3, 0.5, 0.7]))]
    for _ in range(times - 1):
        few = draw(st.sampled_from([0.0, 0.02, 0.1, 0.4]))
        moved = generator.random(size) < few
        units.append(np.where(moved, generator.integers(-1, len(tree), size), units[-1]))
        values.append(np.where(generator.random(size) < few / 2, ~values[-1], values[-1]))
    return tree, People(np.array(units), np.array(values), generator.random(size) < 0.6)


def publish(tree: Tree, people: People) -> list[np.ndarray]:
    """Each publication in turn, compared with all before."""
    done: list[np.ndarray] = []
    for at in range(len(people.units)):
        earlier = [people.compared(tree, then, at, done[then]) for then in range(at)]
        done.append(decide(tree, internal(*people.counts(at, len(tree)), earlier=earlier)))
    return done


def test_one_newcomer_keeps_the_earlier_figure():
    unit = np.array([1] * 10 + [2] * 12)
    people = People(
        np.array([np.append(unit, -1), np.append(unit, 1)]), np.array([[1, 0] * 11 + [1]] * 2, bool), np.ones(23, bool)
    )
    first, second = publish(FLAT, people)
    assert first.tolist() == [State.PUBLISHED] * 3
    # The newcomer shows in the city, too: all that holds the newcomer is withheld, the other unit is as it was.
    assert second.tolist() == [State.WITHHELD, State.WITHHELD, State.PUBLISHED]


def test_nothing_withheld_where_nobody_changed():
    unit = np.array([1] * 10 + [2] * 12)
    people = People(np.array([unit, unit]), np.array([[1, 0] * 11] * 2, bool), np.ones(22, bool))
    assert publish(FLAT, people)[1].tolist() == [State.PUBLISHED] * 3


def test_six_newcomers_who_are_all_in_the_numerator_keep_the_earlier_figure():
    unit = np.array([1] * 10 + [2] * 12)
    then, now = np.append(unit, [-1] * 6), np.append(unit, [1] * 6)
    people = People(np.array([then, now]), np.array([[1, 0] * 11 + [1] * 6] * 2, bool), np.ones(28, bool))
    assert publish(FLAT, people)[1].tolist() == [State.WITHHELD, State.WITHHELD, State.PUBLISHED]


def test_units_shown_for_the_first_time_need_no_change_since_only_their_parent_was_shown():
    upper = np.array([State.PUBLISHED, State.HIDDEN_LEVEL, State.HIDDEN_LEVEL])
    past = compare(tree=FLAT, states=upper, now=[0, 1, 2], units=3, certain=[0, 2, 3], touched=[False, True, True])
    states = decide(FLAT, internal([0, 10, 12], [0, 5, 6], earlier=[past]))
    assert states.tolist() == [State.PUBLISHED] * 3


def test_five_newcomers_are_enough():
    unit = np.array([1] * 10 + [2] * 12)
    then, now = np.append(unit, [-1] * 5), np.append(unit, [1] * 5)
    people = People(np.array([then, now]), np.array([[1, 0] * 13 + [1]] * 2, bool), np.ones(27, bool))
    assert publish(FLAT, people)[1].tolist() == [State.PUBLISHED] * 3


def test_two_who_swap_units_are_a_change_for_the_units_and_none_for_the_city():
    certain, touched = changes([1, 2, 0], [2, 1, 0], [False, False, False], 3)
    assert certain.tolist() == [0, 0, 0]
    assert touched.tolist() == [False, True, True]


def test_one_sibling_cannot_be_shown_one_year_and_the_other_the_next():
    # Only one of two units can be shown beside the city with its single own employee. Nobody changes.
    n, holders = np.array([1, 10, 10]), np.array([0, 5, 5])
    states = decide(FLAT, internal(n, holders))
    shown = int(np.flatnonzero(states[1:] == State.PUBLISHED)[0]) + 1
    still = compare(tree=FLAT, states=states, now=[0, 1, 2], units=3, certain=[0, 0, 0], touched=[False] * 3)
    weights = np.array([1000, 1, 1])
    weights[3 - shown] = 100
    question = internal(n, holders, earlier=[still], weights=weights)
    assert decide(FLAT, question)[3 - shown] != State.PUBLISHED


def test_units_that_became_one_may_not_be_taken_apart_again():
    tree = Tree(np.array([-1, 0, 0, 0]), np.array([0, 5, 5, 5], dtype=np.int8))
    published = np.zeros(4, dtype=np.int8)
    past = compare(
        tree=tree, states=published, now=[0, 1, 1, 2], units=3, certain=[0, 9, 0], touched=[False, True, False]
    )
    assert past.frozen is not None
    assert past.frozen.tolist() == [False, True, False]


def test_an_earlier_unit_without_a_place_in_the_new_tree_is_refused():
    with pytest.raises(DisclosureError):
        compare(tree=FLAT, states=np.zeros(3), now=[0, 1, 7], units=3, certain=[0] * 3, touched=[False] * 3)


@settings(max_examples=60, deadline=None)
@given(histories(3))
def test_in_each_difference_of_two_publications_nobody_or_at_least_five_changed(history: tuple[Tree, People]):
    tree, people = history
    states = publish(tree, people)
    for at in range(3):
        assert unsafe_units(tree, internal(*people.counts(at, len(tree))), states[at]) == []
        for then in range(at):
            past = people.compared(tree, then, at, states[then])
            assert unsafe_changes(tree, states[at], [past], people.counts(at, len(tree))[0] > 0) == []


def groups(tree: Tree, states: np.ndarray, units: np.ndarray, who: np.ndarray) -> list[np.ndarray]:
    """The people of each published unit."""
    return [who & np.isin(units, members(tree, unit)) for unit in range(len(tree)) if states[unit] == State.PUBLISHED]


@settings(max_examples=60, deadline=None)
@given(histories(2))
def test_two_publications_fix_no_figure_of_fewer_than_five_for_one_who_knows_all_who_came_went_moved_or_changed(
    history: tuple[Tree, People],
):
    tree, people = history
    states = publish(tree, people)
    # Cells: people who were in the same units at both times and did or did not change value; changed values are two
    # unknowns.
    kept = people.values[0] == people.values[1]
    signature = np.stack([people.units[0], people.units[1], kept.astype(int)], axis=1)
    kinds, cell = np.unique(signature, axis=0, return_inverse=True)
    cell = cell.ravel()
    # Second unknown of a cell: its figure at the second publication, for those who changed (the same for those who
    # did not).
    second = np.where(kinds[:, 2] == 1, np.arange(len(kinds)), np.arange(len(kinds)) + len(kinds))
    size = np.bincount(cell, minlength=len(kinds))
    sums = []
    for at in range(2):
        for inside in groups(tree, states[at], people.units[at], people.units[at] >= 0):
            cells = np.unique(cell[inside])
            sums.append((list(cells if at == 0 else second[cells]), float((inside & people.values[at]).sum())))
    targets = [[c] for c in range(len(kinds))] + [[int(second[c])] for c in range(len(kinds)) if not kinds[c, 2]]
    for i in fixed([(0, int(s)) for s in size] * 2, sums, [], [], targets):
        c = targets[i][0] % len(kinds)
        if (kinds[c, :2] == -1).all():
            continue
        moment = 0 if targets[i][0] < len(kinds) else 1
        if kinds[c, moment] < 0:
            continue
        value = people.values[moment][cell == c].sum()
        # A figure on five or more that are mixed is no secret; anything else must not be fixed.
        assert size[c] >= 5, (kinds[c], moment)
        assert 0 < value < size[c]


@settings(max_examples=25, deadline=None)
@given(histories(2))
def test_the_change_rule_holds_for_each_gender(history: tuple[Tree, People]):
    tree, people = history
    units, done = len(tree), publish(tree, people)
    women, men = people.woman, ~people.woman
    before: np.ndarray | None = None
    for at in range(2):
        parts = [internal(*people.counts(at, units, who)) for who in (women, men)]
        pairs = []
        if before is not None:
            pairs = [(people.compared(tree, 0, 1, before, women), people.compared(tree, 0, 1, before, men))]
        states = decide_gender(tree, done[at], parts[0], parts[1], earlier=pairs)
        assert (done[at][states == State.PUBLISHED] == State.PUBLISHED).all()
        if before is not None:
            for part, past in zip((women, men), pairs[0], strict=True):
                for unit in unsafe_changes(tree, states, [past], people.counts(at, units)[0] > 0):
                    # Allowed only where the atom's rows have one gender: their change is the totals' change, judged
                    # there.
                    inside = members(tree, unit)
                    assert not (part & np.isin(people.units[1], inside)).all()
        before = states
