"""What the margins of a table tell about its hidden cells: directed cuts and residual paths.

Hidden cells are edges between a row (people whose total is known) and a column (people whose category's total is
known). The margins fix every sum of edges that leaves a set of nodes while none enters it (a directed cut, rows
pointing to columns); and with 0 <= x <= n an edge is fixed exactly when no cycle of possible moves goes through it.
Both are tested on the graph in which edges that are safe by themselves are contracted: no small cut holds them, and
moves over them are always possible.
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
    band: Ints
    hold: Ints
    column_label: Ints
    nodes: int

    @classmethod
    def build(cls, *, row: Ints, column: Ints, leaf: Ints, band: Ints, hold: Ints, counts: Ints) -> Hidden:
        """From pieces: row and column labels (-1: margin not known), the lowest cell that each belongs to (negative:
        none), the band of the total that it is in (0: none) and what that allows (1: only up, 2: only down), counts
        (pieces, counters)."""
        leaf = np.where(leaf < 0, -1, leaf)
        # The lowest cell decides the column, and the band what it allows: three labels make an edge.
        key = ((row + 1) * (leaf.max() + 2) + leaf + 1) * (band.max() + 1) + band
        _, first, at = np.unique(key, return_index=True, return_inverse=True)
        total = np.zeros((len(first), counts.shape[1]), dtype=np.int64)
        np.add.at(total, at, counts)
        rows, row_at = np.unique(row[first], return_inverse=True)
        columns, column_at = np.unique(column[first], return_inverse=True)
        row_node = np.where(rows < 0, 0, np.arange(1, len(rows) + 1))
        column_node = np.where(columns < 0, 0, np.arange(len(rows) + 1, len(rows) + len(columns) + 1))
        return cls(
            row=row_node[row_at],
            column=column_node[column_at],
            counts=total,
            leaf=leaf[first],
            band=band[first],
            hold=hold[first],
            column_label=column[first],
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
    tested = np.flatnonzero(unsafe)
    if rule.kind in ("internal", "health") and len(tested):
        weak[tested] |= _fixed_by_bounds(hidden, rule, tested, np.arange(len(tested) + 1))
    return weak


def weak_sets(hidden: Hidden, rule: Rule, sets: list[Ints]) -> Bools:
    """Edges of unsafe cells (sets of edges to one column) whose sum is fixed by bounds: the first of each."""
    weak = np.zeros(len(hidden.row), dtype=np.bool_)
    if rule.kind in ("internal", "health") and sets:
        first = np.cumsum([0, *(len(s) for s in sets)])
        for which in np.flatnonzero(_fixed_by_bounds(hidden, rule, np.concatenate(sets), first)):
            weak[sets[which][0]] = True
    return weak


def movable(hidden: Hidden, rule: Rule) -> Bools:
    """Edges safe by themselves that can move both ways: never part of a small group, and a way for others to move."""
    up, down = _moves(hidden.counts, rule)
    return up & down & (hidden.hold == 0) & ~_unsafe(hidden.counts, rule)


def _fixed_by_bounds(hidden: Hidden, rule: Rule, members: Ints, first: Ints) -> Bools:
    up, down = _moves(hidden.counts, rule)
    free = movable(hidden, rule)
    node = components(hidden.row[free], hidden.column[free], hidden.nodes)
    mates = np.argsort(hidden.band, kind="stable")
    first_mate = np.searchsorted(hidden.band[mates], np.arange(int(hidden.band.max()) + 2))
    fixed: Bools = _fixed(
        node[hidden.row],
        node[hidden.column],
        up,
        down,
        hidden.hold,
        hidden.band,
        mates,
        first_mate,
        members,
        first.astype(np.int64),
        hidden.nodes,
    )
    return fixed


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def _small_cuts(row, column, capacity, test, limit, nodes):
    """Tested edges in a directed cut of capacity below the limit: maximum flow from the edge's row to its column, the
    way back free."""
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


@numba.njit(cache=True, nogil=True)
def _reach(start, edge, row, column, up, down, banned, stamp, seen, mark, queue, source):
    """Mark what can be reached from a node by possible moves over edges that are not banned. Forward (row to column)
    needs `up`, back needs `down`."""
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


@numba.njit(cache=True, nogil=True)
def _fixed(row, column, up, down, hold, band, mates, first_mate, members, first_member, nodes):
    """For each set of edges to one column: can its sum move neither up nor down?

    `up`, `down`: within the edge's own bounds. `hold`: 1 where the band around the edge lets it only go up, 2 only
    down. A band at its limit can still move one person up and another down: `mates` are the edges of each band.
    """
    may_up, may_down = up & (hold != 2), down & (hold != 1)
    start, edge = _neighbours(row, column, nodes)
    sets = len(first_member) - 1
    fixed = np.zeros(sets, np.bool_)
    seen = np.zeros(nodes, np.int64)
    banned = np.full(len(row), -1, np.int64)
    queue = np.empty(nodes, np.int64)
    mark = 0
    for s in range(sets):
        moved = False
        mine = members[first_member[s] : first_member[s + 1]]
        for e in mine:
            banned[e] = s
        target = column[mine[0]]
        # Up: one of its edges takes one more, and a path leads from the column back to that edge's row, or to the
        # column of another of the same band that gives one away.
        mark += 1
        _reach(start, edge, row, column, may_up, may_down, banned, s, seen, mark, queue, target)
        for e in mine:
            if may_up[e] and seen[row[e]] == mark:
                moved = True
            if not moved and hold[e] == 2 and up[e]:
                for f in mates[first_mate[band[e]] : first_mate[band[e] + 1]]:
                    if banned[f] != s and down[f] and seen[column[f]] == mark:
                        moved = True
                        break
            if moved:
                break
        # Down: the other way round.
        if not moved:
            for e in mine:
                if may_down[e]:
                    mark += 1
                    _reach(start, edge, row, column, may_up, may_down, banned, s, seen, mark, queue, row[e])
                    moved = seen[target] == mark
                elif hold[e] == 1 and down[e]:
                    for f in mates[first_mate[band[e]] : first_mate[band[e] + 1]]:
                        if banned[f] != s and up[f] and not moved:
                            mark += 1
                            _reach(start, edge, row, column, may_up, may_down, banned, s, seen, mark, queue, column[f])
                            moved = seen[target] == mark
                if moved:
                    break
        fixed[s] = not moved
    return fixed
