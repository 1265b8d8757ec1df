"""The publisher's own check, on integers, of what was decided: written apart from the programme that decides.

An outsider sees less than this: it uses the true counts of every unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .model import Bools, Earlier, Ints, Question, Rule, State, States, Tree


def atom_counts(tree: Tree, states: States, counts: Ints) -> Ints:
    """Each exact unit's sum minus the sums of its nearest exact descendants, (units, counters); zero elsewhere."""
    whole = tree.subtree_sums(counts)
    exact = np.asarray(states) == State.PUBLISHED
    left = np.where(exact[:, None], whole, 0)
    for unit in np.flatnonzero(exact):
        above = int(tree.parent[unit])
        while above >= 0 and not exact[above]:
            above = int(tree.parent[above])
        if above >= 0:
            left[above] -= whole[unit]
    return left


def _below(counts: Ints, rule: Rule) -> Bools:
    short = np.zeros(len(counts), dtype=np.bool_)
    for group in set(rule.groups):
        members = [c for c, g in enumerate(rule.groups) if g == group]
        limits = np.array([rule.limits[c] for c in members])
        part = counts[:, members]
        short |= part.any(axis=1) & (part < limits).any(axis=1)
    return short


def unsafe_units(tree: Tree, question: Question, states: States) -> list[int]:
    """Units that break a rule: an unsafe atom, an exact unit below its minimum, or an exact figure among people who
    are nearly all alike."""
    exact = np.asarray(states) == State.PUBLISHED
    whole = tree.subtree_sums(question.counts)
    bad = exact & _below(atom_counts(tree, states, question.counts), question.rule)
    bad |= exact & (whole < np.array(question.rule.exact_minimum)).any(axis=1)
    if question.may is not None:
        bad |= exact & ~question.may
    return [int(u) for u in np.flatnonzero(bad)]


def unsafe_changes(
    tree: Tree, states: States, earlier: Sequence[Earlier], populated: Bools, limit: int = 5
) -> list[int]:
    """Exact units in whose atom some, but fewer than `limit`, people changed since an earlier publication, or all of
    them one way.

    A unit that divides an earlier atom is no boundary here: that atom as a whole was what was known. `populated`:
    units with people of their own.
    """
    bad: set[int] = set()
    for past in earlier:
        divides = np.zeros(len(tree), dtype=np.bool_)
        for label in set(past.atom[populated & (past.atom >= 0)].tolist()):
            mine = (populated & (past.atom == label)).astype(np.int64)
            part = tree.subtree_sums(mine)
            divides |= (part > 0) & (part < mine.sum())
        closed = np.where(divides, State.HIDDEN_SECONDARY, states).astype(np.int8)
        left = atom_counts(tree, closed, past.counts())
        bad |= {int(u) for u in np.flatnonzero((left[:, 0] > 0) & (left < [1, limit, 1, 1]).any(axis=1))}
    return sorted(bad)
