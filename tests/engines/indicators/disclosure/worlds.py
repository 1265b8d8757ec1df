"""Small random cities, and attackers who know all that a colleague could know."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from byfolk.engines.indicators.disclosure import State, Tree
from byfolk.engines.indicators.disclosure.model import BAND_WEIGHT, Question
from byfolk.engines.indicators.disclosure.totals import level_weights


@st.composite
def trees(draw: st.DrawFn, most: int = 12) -> Tree:
    size = draw(st.integers(2, most))
    parent, level = [-1], [0]
    for unit in range(1, size):
        above = draw(st.integers(0, unit - 1))
        parent.append(above)
        level.append(min(level[above] + 1, 5))
    return Tree(np.array(parent), np.array(level, dtype=np.int8))


@st.composite
def staff(draw: st.DrawFn, units: int, most: int = 9) -> tuple[np.ndarray, np.ndarray]:
    """Own head counts and how many of them are in the numerator; often nobody, often all alike."""
    n = np.array(draw(st.lists(st.integers(0, most), min_size=units, max_size=units)))
    share = draw(st.lists(st.sampled_from([0, 0, 0.2, 0.5, 1]), min_size=units, max_size=units))
    return n, np.round(n * np.array(share)).astype(int)


def members(tree: Tree, unit: int) -> list[int]:
    """The unit and all below it."""
    inside = []
    for other in range(len(tree)):
        at = other
        while at > unit:
            at = int(tree.parent[at])
        if at == unit:
            inside.append(other)
    return inside


def fixed(
    bounds: Sequence[tuple[float, float]],
    sums: Sequence[tuple[Sequence[int], float]],
    at_most: Sequence[tuple[Sequence[int], float]],
    at_least: Sequence[tuple[Sequence[int], float]],
    targets: Sequence[Sequence[int]],
) -> list[int]:
    """Targets (sets of cells) whose sum has one possible value, for cells within bounds whose published sums are
    known."""

    def rows(parts: Sequence[tuple[Sequence[int], float]], sign: float = 1.0) -> tuple[list[list[float]], list[float]]:
        matrix = []
        for cells, _ in parts:
            row = [0.0] * len(bounds)
            for cell in cells:
                row[cell] += sign
            matrix.append(row)
        return matrix, [sign * value for _, value in parts]

    a_eq, b_eq = rows(sums)
    a_ub, b_ub = rows(at_most)
    more, least = rows(at_least, -1.0)
    found = []
    for i, cells in enumerate(targets):
        direction = np.zeros(len(bounds))
        np.add.at(direction, list(cells), 1.0)
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * direction,
                A_eq=a_eq or None,
                b_eq=b_eq or None,
                A_ub=(a_ub + more) or None,
                b_ub=(b_ub + least) or None,
                bounds=bounds,
                method="highs",
            )
            assert answer.status == 0, answer.message
            ends.append(sign * answer.fun)
        if ends[1] - ends[0] < 1e-6:
            found.append(i)
    return found


def best_weight(tree: Tree, question: Question) -> int:
    """The greatest weight of any safe choice, by trying them all (internal rule)."""
    counts, rule = question.counts, question.rule
    whole = tree.subtree_sums(counts)
    weight = level_weights(tree)
    enough = (whole >= np.array(rule.exact_minimum)).all(axis=1)
    choices = [
        ["hide", "exact"] if e else ["hide", "band"] if w[0] >= rule.band_from else ["hide"]
        for e, w in zip(enough, whole, strict=True)
    ]
    best = 0
    for choice in product(*choices):
        total = sum(int(weight[u]) if c == "exact" else BAND_WEIGHT if c == "band" else 0 for u, c in enumerate(choice))
        if total <= best:
            continue
        atoms: dict[int, np.ndarray] = {
            u: np.zeros(counts.shape[1], dtype=int) for u, c in enumerate(choice) if c == "exact"
        }
        for unit in range(len(tree)):
            at, banded = unit, False
            while at >= 0 and choice[at] != "exact":
                banded |= choice[at] == "band"
                at = int(tree.parent[at])
            if at >= 0:
                atoms[at] = atoms[at] + (counts[unit] * np.array([1, 0, 0]) if banded else counts[unit])
        if all(not a.any() or (a >= np.array(rule.limits)).all() for a in atoms.values()):
            best = total
    return best


def weight_of(tree: Tree, states: np.ndarray) -> int:
    """The weight of what was decided."""
    band = (states == State.BAND_LOW) | (states == State.BAND_HIGH)
    return int(level_weights(tree)[states == State.PUBLISHED].sum() + BAND_WEIGHT * band.sum())
