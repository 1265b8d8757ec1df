"""Two-way tables: age bands, job families, agency by family, and today's tree beside the tree as it was (rule 5 of
the specification)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import programme
from .cover import Cover
from .graph import Hidden, movable, weak_edges, weak_sets
from .model import Bools, DisclosureError, Ints, Rule, State, States, Tree
from .parts import band_above
from .rules import INTERNAL
from .successive import _atoms
from .totals import level_weights


@dataclass(frozen=True, eq=False)
class _Pieces:
    """The people of a table in the smallest pieces that matter: (row, unit of the column tree, category) with
    counts."""

    row: Ints
    unit: Ints
    category: Ints
    band: Ints
    hold: Ints
    counts: Ints


def decide_table(
    tree: Tree,
    total: States,
    cells: npt.ArrayLike,
    rule: Rule = INTERNAL,
    *,
    may: Bools,
    blocked: Bools | None = None,
) -> States:
    """The state of each unit's figure in each category (age band, job family), int8 (units, categories).

    `total`: the states from `decide` for the same indicator and period, all levels. `cells`: OWN counts (units,
    categories, counters) in the rule's order; over categories they add up to the total's. `may`: the units whose
    categories are published at all: a unit with all that are above it. `blocked`: bool (units, categories): cells
    that the change rule forbids (see `table_changes`); they are WITHHELD.
    """
    own = np.asarray(cells, dtype=np.int64)
    units = len(tree)
    if own.ndim != 3 or own.shape[0] != units or own.shape[2] != len(rule.limits):
        raise DisclosureError("a table needs counts for each unit and category")
    owner = _atoms(tree.parent, np.asarray(total) == State.PUBLISHED)
    unit, category = np.nonzero(own.any(axis=2))
    pieces = _Pieces(owner[unit], unit, category, *_bands(tree, total, own.sum(axis=1), unit), own[unit, category])
    exact = np.asarray(may) & (np.asarray(total) == State.PUBLISHED)
    return _decide(
        tree, pieces, own.shape[1], rule, np.asarray(may), np.repeat(exact[:, None], own.shape[1], 1), blocked
    )


def decide_rerouted(
    tree: Tree,
    total: States,
    today: Tree,
    *,
    unit_then: npt.ArrayLike,
    unit_today: npt.ArrayLike,
    counts: npt.ArrayLike,
    rule: Rule = INTERNAL,
    may: Bools,
) -> States:
    """The state of each of today's units for an earlier period, re-routed, int8 (units of `today`,).

    `tree`, `total`: the tree and states of that period as it was. `unit_then`, `unit_today`, `counts` (pieces,
    counters): the period's people in pieces by their own unit then and the unit of today's tree that they are counted
    in. `may`: today's units that get re-routed figures at all.
    """
    then, now = np.asarray(unit_then, dtype=np.int64), np.asarray(unit_today, dtype=np.int64)
    table = np.asarray(counts, dtype=np.int64)
    if then.shape != now.shape or table.shape != (len(then), len(rule.limits)):
        raise DisclosureError("each piece needs a unit then, a unit today and its counts")
    owner = _atoms(tree.parent, np.asarray(total) == State.PUBLISHED)
    used = table.any(axis=1)
    own = np.zeros((len(tree), table.shape[1]), dtype=np.int64)
    np.add.at(own, then, table)
    bands = _bands(tree, total, own, then[used])
    pieces = _Pieces(owner[then[used]], now[used], np.zeros(int(used.sum()), dtype=np.int64), *bands, table[used])
    may = np.asarray(may)
    return _decide(today, pieces, 1, rule, may, may[:, None].copy(), None)[:, 0]


def table_changes(certain: npt.ArrayLike, touched: npt.ArrayLike, before: npt.ArrayLike, limit: int = 5) -> Bools:
    """Cells (units, categories) that the change rule forbids: exact before, and since then some but fewer than
    `limit` people changed.

    `certain`, `touched`: per cell over the unit's whole subtree, as in `changes`. `before`: the cell was exact in
    that publication.
    """
    known = np.asarray(certain)
    return np.asarray(before, dtype=np.bool_) & np.asarray(touched, dtype=np.bool_) & (known < limit)


def _bands(tree: Tree, total: States, own: Ints, unit: Ints) -> tuple[Ints, Ints]:
    """For each piece's unit the band around it (0: none; else its unit + 1), and what the band allows: 1 only up, 2
    only down.

    A low band holds 0 or 1: at 0 its people can only go up, at 1 only down; a high band likewise.
    """
    states = np.asarray(total)
    top = band_above(tree, states)
    whole = tree.subtree_sums(own)
    at_low, at_high = np.zeros(len(tree), dtype=np.int64), np.zeros(len(tree), dtype=np.int64)
    if whole.shape[1] >= 3:
        at_low, at_high = np.where(whole[:, 1] == 0, 1, 2), np.where(whole[:, 2] == 0, 2, 1)
    allowed = np.where(states == State.BAND_LOW, at_low, at_high)
    return top[unit] + 1, np.where(top[unit] < 0, 0, allowed[top[unit]])


def _decide(
    tree: Tree, pieces: _Pieces, categories: int, rule: Rule, may: Bools, allowed: Bools, blocked: Bools | None
) -> States:
    """Choose exact cells: best for each category alone, then hide more until nothing hidden can be told."""
    units, width = len(tree), len(rule.limits)
    if not may[0]:
        raise DisclosureError("what is published in categories starts at the root")
    own = np.zeros((units, categories, width), dtype=np.int64)
    np.add.at(own, (pieces.unit, pieces.category), pieces.counts)
    whole = tree.subtree_sums(own)
    enough = (whole >= np.array(rule.exact_minimum)).all(axis=2)
    allowed = allowed & enough
    if blocked is not None:
        allowed &= ~blocked
    # The lowest unit with a cell of its own above each unit: what is hidden is told apart down to there.
    leaf = np.full(units, -1, dtype=np.int64)
    for unit in range(units):
        leaf[unit] = unit if may[unit] else leaf[max(int(tree.parent[unit]), 0)]
    exact = np.zeros((units, categories), dtype=np.bool_)
    stale = np.ones(categories, dtype=np.bool_)
    # Only units with cells of their own count here: a small tree, with what is below gathered.
    upper = np.flatnonzero(may)
    place = np.full(units + 1, -1, dtype=np.int64)
    place[upper] = np.arange(len(upper))
    parent = place[leaf[np.maximum(tree.parent[upper], 0)]]
    parent[0] = -1
    gathered = np.zeros((len(upper), categories, width), dtype=np.int64)
    np.add.at(gathered, place[leaf[leaf >= 0]], own[leaf >= 0])
    weight = level_weights(tree)[upper]
    while True:
        for category in np.flatnonzero(stale):
            done = programme.solve(
                parent,
                gathered[:, category],
                rule.limits,
                rule.groups,
                can_exact=np.ascontiguousarray(allowed[upper, category]),
                can_band=np.zeros(len(upper), dtype=np.bool_),
                weight=weight,
                band_weight=0,
                counted_in_band=(True,) * width,
            )
            exact[upper, category] = done == programme.EXACT
        stale[:] = False
        for low, which in _to_hide(tree, pieces, rule, exact, whole, leaf, may):
            allowed[low, which] = False
            stale[which] = True
        if not stale.any():
            break
    states = np.full((units, categories), State.HIDDEN_SECONDARY, dtype=np.int8)
    states[whole[:, :, 0] < rule.limits[0]] = State.HIDDEN_SMALL
    if rule.kind == "pay":
        states[whole[:, :, 1] < rule.limits[1]] = State.HIDDEN_SMALL
    if blocked is not None:
        states[blocked] = State.WITHHELD
    states[exact] = State.PUBLISHED
    states[~may] = State.HIDDEN_LEVEL
    return states


def _to_hide(
    tree: Tree, pieces: _Pieces, rule: Rule, exact: Bools, whole: Ints, leaf: Ints, may: Bools
) -> set[tuple[int, int]]:
    """Exact cells to hide next, because of hidden ones that could be told."""
    categories = exact.shape[1]
    column = np.stack([_atoms(tree.parent, exact[:, c]) for c in range(categories)], axis=1)
    hidden = Hidden.build(
        row=pieces.row,
        column=np.where(
            column[pieces.unit, pieces.category] < 0,
            -1,
            column[pieces.unit, pieces.category] * categories + pieces.category,
        ),
        leaf=leaf[pieces.unit] * categories + pieces.category,
        band=pieces.band,
        hold=pieces.hold,
        counts=pieces.counts,
    )
    weak = weak_edges(hidden, rule)
    # Hidden cells of units that have cells at all: each a set of edges to one column atom.
    unsafe_cell = may[:, None] & ~exact & whole.any(axis=2) & (whole < np.array(rule.limits)).any(axis=2)
    weak |= weak_sets(hidden, rule, _cell_of_edge(tree, hidden, categories, unsafe_cell, exact))
    if not weak.any():
        return set()
    cover = Cover(tree, hidden, exact, whole[:, :, 0], movable(hidden, rule))
    rows_done: set[int] = set()
    for edge in np.flatnonzero(weak):
        row = int(hidden.row[edge])
        if row not in rows_done:
            rows_done.add(row)
            cover.protect(int(edge))
    return {divmod(label, categories) for label in cover.chosen}


def _cell_of_edge(
    tree: Tree, hidden: Hidden, categories: int, unsafe: Bools, exact: Bools
) -> list[npt.NDArray[np.int64]]:
    """For each unsafe hidden cell, the edges that it consists of."""
    sets: dict[tuple[int, int], list[int]] = {}
    chains: dict[int, list[tuple[int, int]]] = {}
    for edge, key in enumerate(hidden.leaf.tolist()):
        if key < 0:
            continue
        if key not in chains:
            unit, category = divmod(key, categories)
            chains[key] = []
            while unit >= 0 and not exact[unit, category]:
                if unsafe[unit, category]:
                    chains[key].append((unit, category))
                unit = int(tree.parent[unit])
        for cell in chains[key]:
            sets.setdefault(cell, []).append(edge)
    return [np.array(edges, dtype=np.int64) for edges in sets.values()]
