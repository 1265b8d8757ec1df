"""Publications that follow each other: what of an earlier one matters for the next (rule 6 of the specification)."""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np
import numpy.typing as npt

from .model import Between, Bools, DisclosureError, Earlier, Ints, State, Tree

#: Label of people who were in no exact figure of an earlier publication (-1: their unit is new since then).
OUTSIDE = -2


@numba.njit(cache=True, nogil=True)
def _atoms(parent, exact):
    label = np.full(len(parent), -1, np.int64)
    for u in range(len(parent)):
        if exact[u]:
            label[u] = u
        elif parent[u] >= 0:
            label[u] = label[parent[u]]
    return label


def atoms(tree: Tree, states: npt.NDArray[np.int8]) -> Ints:
    """For each unit, the exact unit whose atom its own people belong to (itself or the nearest exact one above), or
    -1."""
    return _atoms(tree.parent, np.asarray(states) == State.PUBLISHED)


def changes(
    unit_then: npt.ArrayLike, unit_now: npt.ArrayLike, changed: npt.ArrayLike, units: int
) -> tuple[Ints, Bools]:
    """Per unit, (certain, touched) between two publications, from one row for each person.

    `unit_then`, `unit_now`: the person's own unit at both dates as an index of THIS period's tree, -1 where the
    person was not in the city (a closed unit is mapped to its successor, or to the nearest unit above that still
    exists). `changed`: the person's value differs. `certain` counts who came, left or changed value: a lower bound of
    the change in any group that holds the unit. `touched` says that the unit's members or their values changed at
    all: people who only moved are not certain, as within a larger group they are no change.
    """
    then = np.asarray(unit_then, dtype=np.int64)
    now = np.asarray(unit_now, dtype=np.int64)
    differs = np.asarray(changed, dtype=np.bool_)
    certain = np.zeros(units, dtype=np.int64)
    touched = np.zeros(units, dtype=np.bool_)
    came, left = (then < 0) & (now >= 0), (then >= 0) & (now < 0)
    both = (then >= 0) & (now >= 0)
    moved, other = both & (then != now), both & differs
    np.add.at(certain, now[came], 1)
    np.add.at(certain, then[left], 1)
    np.add.at(certain, now[other], 1)
    for here in (now[came], then[left], now[other], now[moved], then[moved]):
        touched[here] = True
    return certain, touched


def between(
    unit_then: npt.ArrayLike,
    unit_now: npt.ArrayLike,
    inside_then: npt.ArrayLike,
    inside_now: npt.ArrayLike,
    units: int,
    *,
    changed: npt.ArrayLike | None = None,
    toward: npt.ArrayLike | None = None,
) -> Between:
    """What is known of a share of persons between two publications, from one row for each person.

    As for `changes`; `inside_then`, `inside_now`: the person was in the numerator. `changed`: the person's value
    differs, `toward`: in the direction of the numerator (default: the person went in or out). A gain is somebody who
    came and is in it, left and was not, or changed toward it.
    """
    then, now = np.asarray(unit_then, dtype=np.int64), np.asarray(unit_now, dtype=np.int64)
    was, is_in = np.asarray(inside_then, dtype=np.bool_), np.asarray(inside_now, dtype=np.bool_)
    differs = was != is_in if changed is None else np.asarray(changed, dtype=np.bool_)
    nearer = ~was & is_in if toward is None else np.asarray(toward, dtype=np.bool_)

    def count(at: Ints, who: Bools) -> Ints:
        return np.bincount(at[who & (at >= 0)], minlength=units)

    stays = (then >= 0) & (now >= 0)
    other = (then != now) | (was != is_in)
    return Between(
        n=count(then, then >= 0),
        inside=count(then, was),
        different=count(then, other) + count(now, other & (now != then)),
        gains=count(now, (then < 0) & is_in) + count(then, (now < 0) & ~was) + count(now, stays & differs & nearer),
    )


def compare(
    *,
    tree: Tree,
    states: npt.ArrayLike,
    now: npt.ArrayLike,
    units: int,
    certain: npt.ArrayLike,
    touched: npt.ArrayLike,
    between: Between | None = None,
) -> Earlier:
    """An earlier publication as the next one needs it.

    `tree`, `states`: the earlier tree and its states. `now`: for each earlier unit its index in this period's tree of
    `units` units (the same unit, its successor, or the nearest one above that still exists). `certain`, `touched`:
    from `changes`, `between` from the function of that name, for this period's units. Where several earlier units with
    different atoms became one, their atoms are joined and nothing inside them may be split (`frozen`).
    """
    here = np.asarray(now, dtype=np.int64)
    if here.shape != (len(tree),) or (here < 0).any() or (here >= units).any():
        raise DisclosureError("each earlier unit needs the index of a unit of this period's tree")
    label = atoms(tree, np.asarray(states, dtype=np.int8))
    known = label >= 0
    seats = np.unique(np.stack([here[known], label[known]], axis=1), axis=0)
    # Earlier atoms that share a unit now become one: the connected parts of atoms and units.
    part = components(seats[:, 0], units + seats[:, 1], units + len(tree))
    atom = np.full(units, -1, dtype=np.int64)
    atom[seats[:, 0]] = part[seats[:, 0]]
    shared = np.bincount(seats[:, 0], minlength=units) > 1
    frozen = np.isin(atom, atom[shared])
    atom[here[~known]] = OUTSIDE
    exact = np.zeros(units, dtype=np.bool_)
    exact[here[np.asarray(states) == State.PUBLISHED]] = True
    return Earlier(
        atom=atom,
        exact=exact,
        certain=np.asarray(certain, dtype=np.int64),
        touched=np.asarray(touched, dtype=np.bool_),
        frozen=frozen,
        between=between,
        **_bounds(tree, np.asarray(states, dtype=np.int8), here, units, between),
    )


def band_bounds(tree: Tree, states: npt.NDArray[np.int8], n: Ints) -> tuple[Ints, Ints]:
    """The least and most that each unit's own numerator can be, of its own `n` people, since it lies in a band: none or
    one, all or all but one."""
    exact = states == State.PUBLISHED
    low, high = (_highest(tree.parent, states == band, exact) >= 0 for band in (State.BAND_LOW, State.BAND_HIGH))
    return np.where(high, np.maximum(n - 1, 0), 0), np.where(low, np.minimum(n, 1), n)


def _bounds(
    tree: Tree, states: npt.NDArray[np.int8], here: Ints, units: int, between: Between | None
) -> dict[str, Ints]:
    n = np.zeros(units, dtype=np.int64) if between is None else between.n
    # Where several units became one, their bands say nothing of each.
    alone = np.bincount(here, minlength=units)[here] == 1
    least, most = np.zeros(units, dtype=np.int64), n.copy()
    least[here[alone]], most[here[alone]] = (bound[alone] for bound in band_bounds(tree, states, n[here]))
    return {"at_least": least, "at_most": most}


@numba.njit(cache=True, nogil=True)
def _highest(parent, band, exact):
    """For each unit, the highest band that its own people count in below the nearest exact unit, or -1."""
    above = np.full(len(parent), -1, np.int64)
    for unit in range(len(parent)):
        if not exact[unit]:
            over = above[parent[unit]] if unit else -1
            above[unit] = over if over >= 0 else (unit if band[unit] else -1)
    return above


@numba.njit(cache=True, nogil=True)
def _splitting(parent, label, populated, order):
    """Units that cut an earlier atom in two: some of its people inside the unit's subtree, some outside."""
    units = len(parent)
    splits = np.zeros(units, np.bool_)
    inside = np.zeros(units, np.int64)
    at = 0
    while at < units:
        end = at
        while end < units and label[order[end]] == label[order[at]]:
            end += 1
        if label[order[at]] >= 0:
            whole = 0
            for i in range(at, end):
                if populated[order[i]]:
                    whole += 1
                    u = order[i]
                    while u >= 0:
                        inside[u] += 1
                        u = parent[u]
            for i in range(at, end):
                if populated[order[i]]:
                    u = order[i]
                    while u >= 0 and inside[u] > 0:
                        if inside[u] < whole:
                            splits[u] = True
                        inside[u] = 0
                        u = parent[u]
        at = end
    return splits


def dividing(tree: Tree, past: Earlier, populated: Bools) -> Bools:
    """Units whose subtree holds some of an earlier atom's people, and not all of them."""
    divides: Bools = _splitting(tree.parent, past.atom, populated, np.argsort(past.atom, kind="stable"))
    return divides


def offenders(tree: Tree, exact: Bools, earlier: Sequence[Earlier], populated: Bools) -> Bools:
    """Exact units that make a mixture of new and earlier atoms: the new atom and the earlier one overlap, and neither
    holds the other.

    `populated` (units,): units with people of their own. Without the returned units, fewer mixtures remain; none are
    left when none are returned.
    """
    bad = np.zeros(len(tree), dtype=np.bool_)
    new = _atoms(tree.parent, exact)
    for past in earlier:
        used = populated & (new >= 0) & (past.atom >= 0)
        if not used.any():
            continue
        # A new atom over an earlier one and people who were in none would tell those people; and an earlier one whose
        # people are partly in none now would tell these.
        half_new = np.isin(new, new[populated & (past.atom == OUTSIDE)]) & used
        half_old = np.isin(past.atom, past.atom[populated & (new < 0)]) & used
        bad[new[half_new | half_old]] = True
        pairs = np.unique(np.stack([new[used], past.atom[used]], axis=1), axis=0)
        tied = _mixed(pairs, past.atom[used & past.frozen] if past.frozen is not None else np.zeros(0, np.int64))
        if not len(tied):
            continue
        splits = exact & dividing(tree, past, populated)
        in_mixture = np.zeros(len(tree), dtype=np.bool_)
        in_mixture[tied] = True
        # What splits an atom is the owner of a new atom in the mixture, or the owner of one further down that it was
        # cut from.
        bad |= splits & in_mixture
    return bad


@numba.njit(cache=True, nogil=True)
def components(a, b, size):
    """The connected part of each node 0..size-1 under the edges (a[i], b[i]): the smallest node of the part."""
    part = np.arange(size)
    for i in range(len(a)):
        x, y = a[i], b[i]
        while part[x] != x:
            part[x] = part[part[x]]
            x = part[x]
        while part[y] != y:
            part[y] = part[part[y]]
            y = part[y]
        if x < y:
            part[y] = x
        else:
            part[x] = y
    for i in range(size):
        part[i] = part[part[i]]
    return part


def _mixed(pairs: Ints, frozen: Ints) -> Ints:
    """New atoms in connected parts of the overlap graph with several atoms on both sides (or several new ones over a
    frozen one)."""
    new, new_at = np.unique(pairs[:, 0], return_inverse=True)
    old, old_at = np.unique(pairs[:, 1], return_inverse=True)
    size = len(new) + len(old)
    part = components(new_at, len(new) + old_at, size)
    news = np.bincount(part[: len(new)], minlength=size)
    olds = np.bincount(part[len(new) :], minlength=size)
    if len(frozen):
        stiff = np.unique(part[len(new) :][np.isin(old, frozen)])
        olds[stiff] = np.maximum(olds[stiff], 2)
    return new[((news > 1) & (olds > 1))[part[: len(new)]]]


def counts_with_changes(counts: Ints, earlier: Sequence[Earlier]) -> Ints:
    """Own counts with those of the changes since each earlier publication, in the order of `with_changes`."""
    return np.concatenate([counts, *(past.counts() for past in earlier)], axis=1)
