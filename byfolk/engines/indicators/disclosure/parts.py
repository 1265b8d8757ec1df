"""Breakdowns that divide every unit's total in the same few parts: gender, kinds of absence (rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import programme
from .model import Bools, DisclosureError, Earlier, Ints, Question, Rule, State, States, Tree
from .rules import with_changes
from .successive import _atoms, _highest
from .totals import best_cells, level_weights


def _gather(owner: Ints, own: Ints, units: int) -> Ints:
    """Own counts summed over each atom, put at the unit that owns the atom."""
    rows = np.zeros((units, own.shape[1]), dtype=np.int64)
    has = owner >= 0
    np.add.at(rows, owner[has], own[has])
    return rows


def band_above(tree: Tree, states: States) -> Ints:
    """For each unit, the highest band that its own people count in below the nearest exact unit, or -1."""
    band = (states == State.BAND_LOW) | (states == State.BAND_HIGH)
    above: Ints = _highest(tree.parent, band, states == State.PUBLISHED)
    return above


def decide_gender(
    tree: Tree,
    total: States,
    women: Question,
    men: Question,
    *,
    may: Bools | None = None,
    earlier: Sequence[tuple[Earlier, Earlier]] = (),
) -> States:
    """The state of each unit's figures for women and for men (the same for both), int8 (units,).

    `total`: the states from `decide`. `women`, `men`: the same question for each, made by `internal`, `mean` or
    `health`; their counts must add up to the total's. `may`: units whose gender figures are published at all.
    `earlier`: earlier gender publications, each as a pair (compared over women, compared over men); `atom` and
    `exact` of both are those of the earlier gender states.
    """
    units = len(tree)
    if women.rule != men.rule or women.rule.kind not in ("internal", "mean", "health"):
        raise DisclosureError("gender figures need the same rule for women and men: internal, mean or health")
    w, m = women.counts, men.counts
    if w.shape != m.shape or w.shape[0] != units:
        raise DisclosureError("gender figures need counts for each unit")
    total = np.asarray(total, dtype=np.int8)
    owner = _atoms(tree.parent, total == State.PUBLISHED)
    rows_w, rows_m = _gather(owner, w, units), _gather(owner, m, units)
    both = np.asarray(rows_w.any(axis=1) & rows_m.any(axis=1), dtype=np.bool_)
    if women.rule.kind == "internal":
        free = band_above(tree, total) < 0
        cw, cm = _gather(owner, w * free[:, None], units), _gather(owner, m * free[:, None], units)
        down, up = np.minimum(cw[:, 1], cm[:, 2]), np.minimum(cw[:, 2], cm[:, 1])
        counts = np.stack([rows_w[:, 0], rows_m[:, 0], down, up], axis=1)
        # Over a year n is person-months: five people are sixty of them.
        limits: tuple[int, ...] = (women.rule.limits[0], men.rule.limits[0], 1, 1)
    else:
        counts = np.concatenate([rows_w, rows_m], axis=1)
        limits = women.rule.limits + men.rule.limits
    # A row with both genders is never empty, however its counts are rounded down.
    counts = np.concatenate([counts * both[:, None], both[:, None].astype(np.int64)], axis=1)
    rule = Rule(limits=(*limits, 1), groups=(0,) * (len(limits) + 1))
    extended = with_changes(rule, len(earlier), 2)
    changed = [counts]
    for past_w, past_m in earlier:
        rows_of = [_gather(owner, past.counts(), units) for past in (past_w, past_m)]
        # A row that has one gender only, then and now, has its change told by its total: judged there.
        gw = rows_m.any(axis=1) | (rows_of[1][:, 0] > 0)
        gm = rows_w.any(axis=1) | (rows_of[0][:, 0] > 0)
        changed += [rows_of[0] * gw[:, None], rows_of[1] * gm[:, None]]
    whole_w, whole_m = tree.subtree_sums(w), tree.subtree_sums(m)
    floor = np.array(women.rule.limits)
    may = np.ones(units, dtype=np.bool_) if may is None else np.asarray(may, dtype=np.bool_)
    enough = (whole_w >= floor).all(axis=1) & (whole_m >= floor).all(axis=1)
    flat = [p for pair in earlier for p in pair]
    done = best_cells(
        tree,
        extended,
        np.concatenate(changed, axis=1),
        can_exact=may & enough & (total == State.PUBLISHED),
        can_band=np.zeros(units, dtype=np.bool_),
        weight=level_weights(tree),
        earlier=flat[::2],
        each=2,
        populated=np.asarray(w.any(axis=1) | m.any(axis=1), dtype=np.bool_),
    )
    states = np.full(units, State.HIDDEN_SECONDARY, dtype=np.int8)
    states[(whole_w[:, 0] < floor[0]) | (whole_m[:, 0] < floor[0])] = State.HIDDEN_SMALL
    before = np.zeros(units, dtype=np.bool_)
    for past in flat:
        before |= past.exact
    states[before & enough & (done != programme.EXACT)] = State.WITHHELD
    states[done == programme.EXACT] = State.PUBLISHED
    states[~may] = State.HIDDEN_LEVEL
    return states


def decide_split(tree: Tree, total: States, question: Question) -> States:
    """The state of each unit's parts of a total (#8-#11): all parts or none, int8 (units,). Likewise the middle half
    of a pay list beside its mean.

    `total`: the states of #7 for the same period. `question`: from `health_split`, in whose counts are what the four
    figures can be taken apart into: persons with self-certified, with short certified and with long absence.
    """
    units, rule = len(tree), question.rule
    if question.counts.shape != (units, len(rule.limits)):
        raise DisclosureError(f"expected counts of shape {(units, len(rule.limits))}, not {question.counts.shape}")
    exact = np.asarray(total) == State.PUBLISHED
    rows = _gather(_atoms(tree.parent, exact), question.counts, units)
    whole = tree.subtree_sums(question.counts)
    may = np.ones(units, dtype=np.bool_) if question.may is None else np.asarray(question.may, dtype=np.bool_)
    done = best_cells(
        tree,
        rule,
        rows,
        can_exact=may & exact & (whole >= np.array(rule.limits)).all(axis=1),
        can_band=np.zeros(units, dtype=np.bool_),
        weight=level_weights(tree),
        earlier=(),
        populated=np.asarray(question.counts.any(axis=1), dtype=np.bool_),
    )
    states = np.full(units, State.HIDDEN_SECONDARY, dtype=np.int8)
    small = whole[:, 0] < rule.limits[0]
    if rule.kind == "pay":  # both counts are head counts
        small |= whole[:, 1] < rule.limits[1]
    states[small] = State.HIDDEN_SMALL
    states[done == programme.EXACT] = State.PUBLISHED
    states[~may] = State.HIDDEN_LEVEL
    return states
