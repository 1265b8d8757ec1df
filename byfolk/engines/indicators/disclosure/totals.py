"""Which units' totals are published (rules 1, 2 and 6 of the specification)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from . import programme
from .model import (
    BAND_WEIGHT,
    LEVEL_WEIGHTS,
    MOST_INNER_WEIGHT,
    MUST_WEIGHT,
    WEIGHT_OF_UNIT_BELOW,
    Bools,
    DisclosureError,
    Earlier,
    Ints,
    Level,
    Question,
    Rule,
    State,
    States,
    Tree,
)
from .pinning import Now, pinned
from .rules import CHANGE_LIMITS, with_changes
from .successive import band_bounds, counts_with_changes, dividing, offenders


def level_weights(tree: Tree) -> Ints:
    """The weight of an exact cell of each unit: by its level, and below the agencies more for each unit under it.

    Something must often be hidden beside an agency's own few. Let it be a unit that nobody looks up to: without this a
    whole nursing home was hidden while each of its wards was shown.
    """
    table = np.full(int(tree.level.max()) + 1, 1, dtype=np.int64)
    for level, weight in LEVEL_WEIGHTS.items():
        if level < len(table):
            table[level] = weight
    weights = table[tree.level]
    below = tree.subtree_sums(np.ones(len(tree), dtype=np.int64)) - 1
    inner = (tree.level > Level.AGENCY) & (below > 0)
    weights[inner] = np.minimum(weights[inner] + WEIGHT_OF_UNIT_BELOW * below[inner], MOST_INNER_WEIGHT)
    return weights


def best_cells(
    tree: Tree,
    rule: Rule,
    counts: Ints,
    *,
    can_exact: Bools,
    can_band: Bools,
    weight: Ints,
    earlier: Sequence[Earlier],
    populated: Bools,
    each: int = 1,
) -> npt.NDArray[np.int8]:
    """The heaviest safe choice (HIDE, EXACT, BAND) that makes no mixture with an earlier publication. `counts` and
    `rule` include the changes."""
    allowed, banded = can_exact.copy(), can_band.copy()
    # A band's people bring n (and changes) to the atom around it, but neither holders nor others.
    counted = tuple(not (group == 0 and counter in (1, 2)) for counter, group in enumerate(rule.groups))
    carry = np.zeros(counts.shape, dtype=np.bool_)
    if earlier:
        # Where a unit divides an earlier atom, what changed in it says nothing by itself: it counts for the whole of
        # that atom.
        width = len(CHANGE_LIMITS) * each
        first = counts.shape[1] - width * len(earlier)
        for i, past in enumerate(earlier):
            carry[:, first + i * width : first + (i + 1) * width] = dividing(tree, past, populated)[:, None]
    while True:
        done = programme.solve(
            tree.parent,
            counts,
            rule.limits,
            rule.groups,
            can_exact=allowed,
            can_band=banded,
            weight=weight,
            band_weight=BAND_WEIGHT,
            counted_in_band=counted,
            carry=carry,
        )
        if not earlier:
            return done
        exact = done == programme.EXACT
        bad = offenders(tree, exact, earlier, populated)
        if rule.kind == "internal" and not bad.any():
            bad = _pinned(tree, counts, done, earlier)
        if not bad.any():
            return done
        allowed &= ~bad
        banded &= ~bad


def _pinned(tree: Tree, counts: Ints, done: npt.NDArray[np.int8], earlier: Sequence[Earlier]) -> Bools:
    exact, n, inside = done == programme.EXACT, counts[:, 0], counts[:, 1]
    whole = tree.subtree_sums(inside)
    states = np.where(exact, State.PUBLISHED, State.HIDDEN_SECONDARY).astype(np.int8)
    band = done == programme.BAND
    states[band] = np.where(whole[band] <= 1, State.BAND_LOW, State.BAND_HIGH)
    now = Now(exact, band, n, inside, *band_bounds(tree, states, n))
    bad = np.zeros(len(tree), dtype=np.bool_)
    for past in earlier:
        bad |= pinned(tree, now, past)
    return bad


def decide(tree: Tree, question: Question) -> States:
    """The state of each unit's total, int8 (units,), values of `State`.

    Raises DisclosureError for counts of the wrong shape or with persons in the numerator where there are none.
    """
    rule, counts = question.rule, question.counts
    units = len(tree)
    if counts.shape != (units, len(rule.limits)):
        raise DisclosureError(f"expected counts of shape {(units, len(rule.limits))}, not {counts.shape}")
    if (counts < 0).any():
        raise DisclosureError("counts cannot be negative")
    whole = tree.subtree_sums(counts)
    may = np.ones(units, dtype=np.bool_) if question.may is None else np.asarray(question.may, dtype=np.bool_)
    enough = (whole >= np.array(rule.exact_minimum)).all(axis=1)
    large = whole[:, 0] >= rule.band_from if rule.band_from else np.zeros(units, dtype=np.bool_)
    weight = level_weights(tree) if question.weights is None else np.asarray(question.weights, dtype=np.int64)
    if question.must is not None:
        weight = np.where(question.must, MUST_WEIGHT, weight)
    extended = with_changes(rule, len(question.earlier))
    done = best_cells(
        tree,
        extended,
        counts_with_changes(counts, question.earlier),
        can_exact=may & enough,
        can_band=may & large & ~enough,
        weight=weight,
        earlier=question.earlier,
        populated=np.asarray(counts.any(axis=1), dtype=np.bool_),
    )
    states = np.full(units, State.HIDDEN_SECONDARY, dtype=np.int8)
    small = whole[:, 0] < rule.limits[0]
    if rule.kind == "pay":  # both counts are head counts
        small |= whole[:, 1] < rule.limits[1]
    states[small] = State.HIDDEN_SMALL
    before = np.zeros(units, dtype=np.bool_)
    for past in question.earlier:
        before |= past.exact
    states[before & enough & (done != programme.EXACT)] = State.WITHHELD
    if rule.band_from:
        band = done == programme.BAND
        states[band] = np.where(whole[band, 1] <= 1, State.BAND_LOW, State.BAND_HIGH)
    states[done == programme.EXACT] = State.PUBLISHED
    states[~may] = State.HIDDEN_LEVEL
    return states


def band_edge(n: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The edge of a band as a share: BAND_LOW means at most this, BAND_HIGH at least one minus this. `n`: persons, at
    least 5."""
    return np.where(np.asarray(n) < 10, 0.2, 0.1)
