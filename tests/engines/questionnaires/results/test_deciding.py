"""What is published of random answers in random trees tells nobody's, looked at person by person."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.indicators.disclosure import State, Tree
from byfolk.engines.questionnaires.results.counting import NONE, Counted, Scores, band_of
from byfolk.engines.questionnaires.results.deciding import Limits, answered, decided, response_states

K, BROKEN_DOWN = 5, 10
LIMITS = Limits(K, BROKEN_DOWN, Fraction(3, 8), Fraction(5, 8), Fraction(1, 20))
PARTS = 2


@st.composite
def campaigns(draw: st.DrawFn, *, least: int = 0) -> tuple[Tree, Counted]:
    """A tree, and people in groups of none or at least `least` (as the close leaves them) with means from 1 to 5."""
    size = draw(st.integers(1, 14))
    parent = [-1] + [draw(st.integers(max(0, node - 4), node - 1)) for node in range(1, size)]
    level = [0] * size
    for node in range(1, size):
        level[node] = min(5, level[parent[node]] + 1)
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    lean = draw(st.sampled_from([1.0, 3.0, 4.6]))
    numbers = [0 if rng.random() < 0.2 else int(rng.integers(max(least, 1), least + 14)) for _ in range(size)]
    unit = np.repeat(np.arange(size), numbers).astype(np.int64)
    # Some groups are all alike.
    alike = rng.random(size) < 0.3
    steps = np.where(alike[unit], lean, np.clip(lean + rng.normal(0, 1, len(unit)), 1, 5))
    mean = np.rint(steps * PARTS).astype(np.int64)
    mean[rng.random(len(unit)) < 0.1] = NONE
    chosen = rng.integers(-1, 2, len(unit)).astype(np.int64)
    found = Counted(unit, (Scores("f", 1, 5, PARTS, mean),), {"gender": chosen}, {"gender": ("woman", "man")})
    return Tree(np.array(parent), np.array(level, dtype=np.int8)), found


def _atoms(tree: Tree, states: np.ndarray) -> dict[int, list[int]]:
    """The units whose people lie in an exact unit and in no exact unit below it."""
    exact = states == State.PUBLISHED
    found: dict[int, list[int]] = {}
    for unit in range(len(tree)):
        walker = unit
        while walker >= 0 and not exact[walker]:
            walker = int(tree.parent[walker])
        if walker >= 0:
            found.setdefault(walker, []).append(unit)
    return found


@given(campaigns())
def test_every_difference_of_means_is_of_k_people_who_are_not_all_alike(world: tuple[Tree, Counted]) -> None:
    tree, found = world
    one = decided(tree, found, LIMITS)[0]
    for units in _atoms(tree, one.states).values():
        means = one.scores.mean[np.isin(found.unit, units) & one.scores.known]
        assert len(means) == 0 or (len(means) >= K and len(set(means.tolist())) > 1)


@given(campaigns())
def test_every_difference_of_bands_is_of_ten_with_five_outside_each_band(world: tuple[Tree, Counted]) -> None:
    tree, found = world
    one = decided(tree, found, LIMITS)[0]
    bands = band_of(one.scores, LIMITS.low, LIMITS.high)
    assert not (one.band_states[one.states != State.PUBLISHED] == State.PUBLISHED).any()
    for units in _atoms(tree, one.band_states).values():
        mine = bands[np.isin(found.unit, units) & (bands >= 0)]
        assert len(mine) == 0 or len(mine) >= BROKEN_DOWN
        assert all(len(mine) == 0 or (mine != band).sum() >= K for band in range(3))


@given(campaigns())
def test_every_difference_of_a_breakdown_is_of_ten_in_each_group_or_none(world: tuple[Tree, Counted]) -> None:
    tree, found = world
    one = decided(tree, found, LIMITS)[0]
    split = one.splits[0]
    assert not (split.states[tree.level > 2] == State.PUBLISHED).any()
    shown = [found.options["gender"].index(option) for option in split.options]
    group = np.where(np.isin(found.chosen["gender"], shown), found.chosen["gender"], -1)
    for units in _atoms(tree, split.states).values():
        inside = np.isin(found.unit, units) & one.scores.known
        for place in (-1, *shown):
            means = one.scores.mean[inside & (group == place)]
            assert len(means) == 0 or (len(means) >= BROKEN_DOWN and len(set(means.tolist())) > 1)


@given(campaigns(least=K))
def test_how_many_answered_is_told_wherever_anybody_did(world: tuple[Tree, Counted]) -> None:
    tree, found = world
    number, states = answered(tree, found), response_states(tree, found, K)
    assert ((states == State.PUBLISHED) == (number > 0)).all()


def test_a_unit_where_all_answered_alike_is_not_shown_and_cannot_be_worked_out() -> None:
    tree = Tree(np.array([-1, 0, 0]), np.array([0, 1, 1], dtype=np.int8))
    mean = np.array([10] * 6 + [4, 6, 7, 8, 9, 10], dtype=np.int64)
    found = Counted(np.array([1] * 6 + [2] * 6), (Scores("f", 1, 5, PARTS, mean),), {}, {})
    states = decided(tree, found, LIMITS)[0].states
    assert states.tolist() == [State.PUBLISHED, State.HIDDEN_SECONDARY, State.HIDDEN_SECONDARY]
