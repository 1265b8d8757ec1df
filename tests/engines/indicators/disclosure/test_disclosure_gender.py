"""Rules 3 and 4: genders and kinds of absence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.disclosure import (
    DisclosureError,
    State,
    Tree,
    decide,
    decide_gender,
    decide_split,
    health,
    health_split,
    internal,
    mean,
    position_size,
)
from byfolk.engines.indicators.disclosure.check import atom_counts
from tests.engines.indicators.disclosure.worlds import fixed, members, staff, trees

FLAT = Tree(np.array([-1, 0, 0]), np.array([0, 5, 5], dtype=np.int8))


def test_gender_is_hidden_where_the_men_of_a_sibling_would_be_two():
    # Both units' totals are shown. One has ten women and two men, the other ten men: the city's men minus those ten
    # are the two.
    women, men = internal([0, 10, 0], [0, 5, 0]), internal([0, 2, 10], [0, 1, 5])
    total = decide(FLAT, internal([0, 12, 10], [0, 6, 5]))
    assert total.tolist() == [State.PUBLISHED] * 3
    assert decide_gender(FLAT, total, women, men)[0] == State.HIDDEN_SECONDARY


def test_gender_is_shown_where_both_have_five_and_are_mixed():
    women, men = internal([0, 10, 9], [0, 5, 4]), internal([0, 8, 10], [0, 4, 5])
    total = decide(FLAT, internal([0, 18, 19], [0, 9, 9]))
    assert decide_gender(FLAT, total, women, men).tolist() == [State.PUBLISHED] * 3


def test_gender_is_never_shown_without_the_total():
    women, men = internal([0, 10, 9], [0, 5, 4]), internal([0, 8, 10], [0, 4, 5])
    total = np.array([State.PUBLISHED, State.PUBLISHED, State.HIDDEN_SECONDARY], dtype=np.int8)
    states = decide_gender(FLAT, total, women, men)
    assert states[2] == State.HIDDEN_SECONDARY


def test_gender_of_different_classes_is_refused():
    with pytest.raises(DisclosureError):
        decide_gender(FLAT, np.zeros(3, dtype=np.int8), mean([5, 5, 5]), internal([5, 5, 5], [2, 2, 2]))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_hidden_figure_is_fixed_for_one_who_knows_every_head_count_by_gender(
    data: st.DataObject,
):
    tree = data.draw(trees(9))
    units = len(tree)
    w, hw = data.draw(staff(units, 12))
    m, hm = data.draw(staff(units, 12))
    total = decide(tree, internal(w + m, hw + hm))
    gender = decide_gender(tree, total, internal(w, hw), internal(m, hm))
    n, holders = np.concatenate([w, m]), np.concatenate([hw, hm])
    sums, low, high, targets = [], [], [], []
    for unit in range(units):
        inside = members(tree, unit)
        women, men = inside, [units + u for u in inside]
        both = women + men
        if total[unit] == State.PUBLISHED:
            sums.append((both, float(holders[both].sum())))
        elif total[unit] == State.BAND_LOW:
            low.append((both, 1.0))
        elif total[unit] == State.BAND_HIGH:
            high.append((both, float(n[both].sum() - 1)))
        if gender[unit] == State.PUBLISHED:
            assert total[unit] == State.PUBLISHED
            sums += [(women, float(holders[women].sum())), (men, float(holders[men].sum()))]
        targets += [c for c in (both, women, men, [unit, units + unit]) if n[c].sum()]
    targets += [[c] for c in range(2 * units) if n[c]]
    for i in fixed([(0, int(c)) for c in n], sums, low, high, targets):
        cells = targets[i]
        assert int(n[cells].sum()) >= 5
        assert 0 < holders[cells].sum() < n[cells].sum()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_each_gender_of_absence_has_ten_of_whom_three_absent_in_every_difference(data: st.DataObject):
    tree = data.draw(trees(12))
    w, aw = data.draw(staff(len(tree), 20))
    m, am = data.draw(staff(len(tree), 20))
    total = decide(tree, health(w + m, aw + am))
    states = decide_gender(tree, total, health(w, aw), health(m, am))
    for n, absent in ((w, aw), (m, am)):
        left = atom_counts(tree, states, np.stack([n, absent], axis=1))
        # Nobody of one gender is possible where all rows have one gender only: then the totals say the same.
        shown = (states == State.PUBLISHED) & (left[:, 0] > 0)
        assert (left[shown] >= [10, 3]).all()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_kinds_of_absence_are_shown_only_where_three_had_each(data: st.DataObject):
    tree = data.draw(trees(12))
    units = len(tree)
    n, first = data.draw(staff(units, 30))
    _, second = data.draw(staff(units, 8))
    _, third = data.draw(staff(units, 8))
    total = decide(tree, health(n * 12, first + second + third, months=12))
    states = decide_split(tree, total, health_split(n * 12, first, second, third))
    assert (total[states == State.PUBLISHED] == State.PUBLISHED).all()
    left = atom_counts(tree, states, np.stack([n, first, second, third], axis=1))
    left = left[left.any(axis=1)]
    assert (left >= [10, 3, 3, 3]).all()


def test_mean_position_size_needs_five_part_timers_where_their_share_is_shown():
    part = decide(FLAT, internal([0, 20, 20], [0, 4, 9]))
    assert part.tolist() == [State.PUBLISHED] * 3
    sizes = decide_split(FLAT, part, position_size([0, 20, 20], [0, 4, 9]))
    assert sizes[0] == State.PUBLISHED
    assert sizes[1] == State.HIDDEN_SECONDARY
    assert sizes[2] == State.HIDDEN_SECONDARY
