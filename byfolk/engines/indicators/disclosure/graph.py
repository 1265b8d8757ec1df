"""What the margins of a table tell about its hidden cells: directed cuts and residual paths.

Hidden cells are edges between a row (people whose total is known) and a column (people whose category's total is
known). The margins fix
every sum of edges that leaves a set of nodes while none enters it (a directed cut, rows pointing to columns); and
with 0 <= x <= n an
edge is fixed exactly when no cycle of possible moves goes through it. Both are tested on the graph in which edges
that are safe by
themselves are contracted: no small cut holds them, and moves over them are always possible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from .model import Bools, Ints, Rule
from .successive import components


@dataclass(frozen=True, eq=False)
class Hidden:
    """Edges of the graph. Node 0 is 'not known': rows and columns without a published margin."""

    row: Ints
    column: Ints
    counts: Ints
    leaf: Ints
    band: Bools
    column_label: Ints
    nodes: int

    @classmethod
    def build(cls, *, row: Ints, column: Ints, leaf: Ints, band: Bools, counts: Ints) -> Hidden:
        """From pieces: row and column labels (-1: margin not known), the lowest cell that each belongs to (negative:
        none), whether it is in a band of the total, counts (pieces, counters)."""
        leaf = np.where(leaf < 0, -1, leaf)
        keys, at = np.unique(np.stack([row, column, leaf, band], axis=1), axis=0, return_inverse=True)
        total = np.zeros((len(keys), counts.shape[1]), dtype=np.int64)
        np.add.at(total, at.ravel(), counts)
        rows, row_at = np.unique(keys[:, 0], return_inverse=True)
        columns, column_at = np.unique(keys[:, 1], return_inverse=True)
        row_node = np.where(rows < 0, 0, np.arange(1, len(rows) + 1))
        column_node = np.where(columns < 0, 0, np.arange(len(rows) + 1, len(rows) + len(columns) + 1))
        return cls(
            row=row_node[row_at],
            column=column_node[column_at],
            counts=total,
            leaf=keys[:, 2],
            band=keys[:, 3].astype(np.bool_),
            column_label=keys[:, 1],
            nodes=len(rows) + len(columns) + 1,
        )


def _some(counts: npt.NDArray[np.generic]) -> Bools:
    return np.asarray(counts.any(axis=1), dtype=np.bool_)


def _moves(counts: Ints, rule: Rule) -> tuple[Bools, Bools]:
    """(can go up, can go down) for each edge's figure within its bounds."""
    some = _some(counts)
    if rule.kind == "internal":
        # Leavers of a year have no bound that an outsider knows.
        return (some if rule.months > 1 else counts[:, 2] > 0), counts[:, 1] > 0
    if rule.kind == "health":
        return some, counts[:, 1] > 0
    return some, some


def _unsafe(counts: Ints, rule: Rule) -> Bools:
    return _some(counts) & _some(counts < np.array(rule.limits))


def weak_edges(hidden: Hidden, rule: Rule) -> Bools:
    """Edges that are part of too small a derivable group, or unsafe and fixed by their bounds."""
    unsafe = _unsafe(hidden.counts, rule)
    weak = np.zeros(len(hidden.row), dtype=np.bool_)
    people = {"internal": (0,), "mean": (0,), "health": (0, 1), "pay": (0, 1)}[rule.kind]
    for counter in people:
        limit = rule.limits[counter]
        count = hidden.counts[:, counter]
        node = components(hidden.row[count >= limit], hidden.column[count >= limit], hidden.nodes)
        test = unsafe & (count < limit)
        if rule.kind == "pay":
            test &= count > 0
        if test.any():
            weak |= _small_cuts(node[hidden.row], node[hidden.column], count, test, limit, hidden.nodes)
    if rule.kind in ("internal", "health"):
        up, down = _moves(hidden.counts, rule)
        free = movable(hidden, rule)
        node = components(hidden.row[free], hidden.column[free], hidden.nodes)
        moves = np.stack([up, down, up & ~hidden.band, down & ~hidden.band])
        weak |= _fixed(node[hidden.row], node[hidden.column], moves, unsafe, hidden.nodes)
    return weak


def movable(hidden: Hidden, rule: Rule) -> Bools:
    """Edges that are safe by themselves and can move both ways: never part of a small group, and a way for others to
    move."""
    up, down = _moves(hidden.counts, rule)
    return up & down & ~hidden.band & ~_unsafe(hidden.counts, rule)


def weak_sets(hidden: Hidden, rule: Rule, sets: list[npt.NDArray[np.int64]]) -> Bools:
    """Edges of unsafe cells (sets of edges to one column) whose sum is fixed by bounds."""
    weak = np.zeros(len(hidden.row), dtype=np.bool_)
    if rule.kind not in ("internal", "health") or not sets:
        return weak
    up, down = _moves(hidden.counts, rule)
    free = movable(hidden, rule)
    moves = np.stack([up, down, up & ~hidden.band, down & ~hidden.band])
    node = components(hidden.row[free], hidden.column[free], hidden.nodes)
    start = np.cumsum([0, *(len(s) for s in sets)])
    fixed = _fixed_sets(
        node[hidden.row], node[hidden.column], moves, np.concatenate(sets), start.astype(np.int64), hidden.nodes
    )
    for which in np.flatnonzero(fixed):
        weak[sets[which][0]] = True
    return weak


@numba.njit(cache=True)
def _neighbours(a, b, nodes):
    """Edges by node, as (start, edge); loops left out."""
    start = np.zeros(nodes + 1, np.int64)
    for e in range(len(a)):
        if a[e] != b[e]:
            start[a[e] + 1] += 1
            start[b[e] + 1] += 1
    for i in range(nodes):
        start[i + 1] += start[i]
    edge = np.empty(start[nodes], np.int64)
    at = start[:-1].copy()
    for e in range(len(a)):
        if a[e] != b[e]:
            edge[at[a[e]]] = e
            at[a[e]] += 1
            edge[at[b[e]]] = e
            at[b[e]] += 1
    return start, edge


@numba.njit(cache=True)
def _small_cuts(row, column, capacity, test, limit, nodes):
    """Tested edges in a directed cut of capacity below the limit: maximum flow from the edge's row to its column,
    the way back free."""
    start, edge = _neighbours(row, column, nodes)
    weak = np.zeros(len(row), np.bool_)
    seen = np.zeros(nodes, np.int64)
    via = np.empty(nodes, np.int64)
    queue = np.empty(nodes, np.int64)
    flow = np.zeros(len(row), np.int64)
    used = np.empty(nodes * (limit + 1), np.int64)
    mark = 0
    for e in range(len(row)):
        if not test[e] or row[e] == column[e]:
            continue
        source, target = row[e], column[e]
        total, touched = 0, 0
        while total < limit:
            mark += 1
            seen[source] = mark
            queue[0], head, tail = source, 0, 1
            while head < tail and seen[target] != mark:
                x = queue[head]
                head += 1
                for i in range(start[x], start[x + 1]):
                    f = edge[i]
                    y = column[f] if row[f] == x else row[f]
                    if seen[y] == mark:
                        continue
                    if row[f] == x and flow[f] >= capacity[f]:
                        continue
                    seen[y] = mark
                    via[y] = f
                    queue[tail] = y
                    tail += 1
            if seen[target] != mark:
                break
            push = limit - total
            y = target
            while y != source:
                f = via[y]
                if column[f] == y:
                    push = min(push, capacity[f] - flow[f])
                    y = row[f]
                else:
                    y = column[f]
            y = target
            while y != source:
                f = via[y]
                used[touched] = f
                touched += 1
                if column[f] == y:
                    flow[f] += push
                    y = row[f]
                else:
                    flow[f] -= push
                    y = column[f]
            total += push
        for i in range(touched):
            flow[used[i]] = 0
        weak[e] = total < limit
    return weak


@numba.njit(cache=True)
def _reach(start, edge, row, column, up, down, banned, stamp, seen, mark, queue, source):
    """Mark what can be reached from a node by possible moves over edges not banned. Forward (row to column) needs
    `up`, back needs `down`."""
    seen[source] = mark
    queue[0], head, tail = source, 0, 1
    while head < tail:
        x = queue[head]
        head += 1
        for i in range(start[x], start[x + 1]):
            f = edge[i]
            if banned[f] == stamp:
                continue
            y = column[f] if row[f] == x else row[f]
            if seen[y] == mark or not (up[f] if row[f] == x else down[f]):
                continue
            seen[y] = mark
            queue[tail] = y
            tail += 1


@numba.njit(cache=True)
def _fixed(row, column, moves, test, nodes):
    # What the tested edge itself can do, and what others may do on the way: the people of a band stay where they are.
    up, down, way_up, way_down = moves
    start, edge = _neighbours(row, column, nodes)
    weak = np.zeros(len(row), np.bool_)
    seen = np.zeros(nodes, np.int64)
    banned = np.full(len(row), -1, np.int64)
    queue = np.empty(nodes, np.int64)
    mark = 0
    for e in range(len(row)):
        if not test[e] or row[e] == column[e]:
            continue
        banned[e] = e
        moved = False
        if up[e]:
            mark += 1
            _reach(start, edge, row, column, way_up, way_down, banned, e, seen, mark, queue, column[e])
            moved = seen[row[e]] == mark
        if not moved and down[e]:
            mark += 1
            _reach(start, edge, row, column, way_up, way_down, banned, e, seen, mark, queue, row[e])
            moved = seen[column[e]] == mark
        weak[e] = not moved
    return weak


@numba.njit(cache=True)
def _fixed_sets(row, column, moves, members, start_of, nodes):
    up, down, way_up, way_down = moves
    start, edge = _neighbours(row, column, nodes)
    fixed = np.zeros(len(start_of) - 1, np.bool_)
    seen = np.zeros(nodes, np.int64)
    banned = np.full(len(row), -1, np.int64)
    queue = np.empty(nodes, np.int64)
    mark = 0
    for s in range(len(start_of) - 1):
        moved = False
        for i in range(start_of[s], start_of[s + 1]):
            e = members[i]
            banned[e] = s
            if row[e] == column[e]:
                moved = True
        target = column[members[start_of[s]]]
        if not moved:
            mark += 1
            _reach(start, edge, row, column, way_up, way_down, banned, s, seen, mark, queue, target)
            for i in range(start_of[s], start_of[s + 1]):
                e = members[i]
                moved |= up[e] and seen[row[e]] == mark
        if not moved:
            for i in range(start_of[s], start_of[s + 1]):
                e = members[i]
                if down[e] and not moved:
                    mark += 1
                    _reach(start, edge, row, column, way_up, way_down, banned, s, seen, mark, queue, row[e])
                    moved = seen[target] == mark
        fixed[s] = not moved
    return fixed
