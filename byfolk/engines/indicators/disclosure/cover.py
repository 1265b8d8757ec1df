"""Which cells to hide so that a hidden cell cannot be told: the cheapest cycle through it (complementary
suppression).

Hiding the cell (unit, category) joins its column to the column of the nearest exact unit above. In the graph of rows
and columns a hidden cell is safe from sums when it lies on a cycle; so the cheapest path from its column back to its
row, over hidden cells (free, or dear where they are unsafe themselves) and over such joins (at the price of the
cell), tells what to hide.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numba
import numpy as np

from .graph import Hidden
from .model import Bools, Ints, Tree
from .totals import level_weights

#: A path over an unsafe cell may not be enough: rather hide one more cell of an agency.
DEAR = 15_000_000
PER_WEIGHT = 1_000
_FAR = np.iinfo(np.int64).max


class Cover:
    """The cells to hide next, one weak edge after another; what is chosen for one is free for the next."""

    def __init__(self, tree: Tree, hidden: Hidden, exact: Bools, size: Ints, safe: Bools):
        self.categories = exact.shape[1]
        self.exact, self.tree = exact, tree
        self.price = (level_weights(tree)[:, None] * PER_WEIGHT + size).astype(np.int64)
        self.chosen: set[int] = set()
        # Nodes in one line: rows first, then columns by the labels of their exact cells, last the column that is
        # not known ('none').
        self.none = exact.size
        rows = np.where(hidden.row > 0, -hidden.row, self.none)
        columns = np.where(hidden.column_label >= 0, hidden.column_label, self.none)
        self.shift = int(hidden.row.max(initial=0))
        self.ends = np.stack([rows, columns], axis=1)
        lower, upper = self._joins()
        self._link(rows, columns, safe, lower, upper)
        # What going over a join costs: the price of the cell, or nothing once it is chosen.
        self._cost = self.price.ravel().copy()

    def _joins(self) -> tuple[Ints, Ints]:
        """Each exact cell and the exact cell of the same category above it, or 'none'."""
        above = np.full(self.exact.shape, self.none, dtype=np.int64)
        labels = np.arange(self.none).reshape(self.exact.shape)
        for unit in range(1, len(self.tree)):
            parent = int(self.tree.parent[unit])
            above[unit] = np.where(self.exact[parent], labels[parent], above[parent])
        return labels[self.exact], above[self.exact]

    def _link(self, rows: Ints, columns: Ints, safe: Bools, lower: Ints, upper: Ints) -> None:
        """Neighbours of each node, as one run of `to`, `toll` (a price, or -1: see the cell) and `cell` for each."""
        apart = rows != columns
        pairs, which = np.unique(np.stack([rows[apart], columns[apart]], axis=1), axis=0, return_inverse=True)
        toll = np.full(len(pairs), DEAR, dtype=np.int64)
        toll[which.ravel()[np.asarray(safe)[apart]]] = 0
        ends = (
            np.concatenate([pairs, pairs[:, ::-1], np.stack([lower, upper], 1), np.stack([upper, lower], 1)])
            + self.shift
        )
        tolls = np.concatenate([toll, toll, np.full(2 * len(lower), -1, dtype=np.int64)])
        cells = np.concatenate([np.full(2 * len(pairs), -1, dtype=np.int64), lower, lower])
        order = np.argsort(ends[:, 0], kind="stable")
        self._first = np.searchsorted(ends[order, 0], np.arange(self.none + self.shift + 2))
        self._to = np.ascontiguousarray(ends[order, 1])
        self._toll, self._cell = tolls[order], cells[order]

    def protect(self, edge: int) -> None:
        """Choose what to hide for one weak edge."""
        goal, start = (self.ends[edge] + self.shift).tolist()
        path = set(_cheapest(start, goal, self._first, self._to, self._toll, self._cell, self._cost).tolist())
        new = path - self.chosen if path else self._fallback(goal)
        self.chosen |= new
        self._cost[list(new)] = 0

    def _fallback(self, goal: int) -> set[int]:
        """No cheaper cycle: hide the lowest and smallest exact cell that the row touches, or else of all."""
        links = slice(self._first[goal], self._first[goal + 1])
        touched = self._to[links][self._cell[links] < 0] - self.shift
        near = {to for to in touched.tolist() if 0 <= to < self.none and to not in self.chosen}
        near = near or set(np.flatnonzero(self.exact).tolist()) - self.chosen
        if not near:
            return set()
        level = self.tree.level
        return {min(near, key=lambda label: (-int(level[label // self.categories]), int(self._cost[label]), label))}


@numba.njit(cache=True, nogil=True)
def _cheapest(start, goal, first, to, toll, cell, cost):
    """The cells whose joins the cheapest path from `start` to `goal` goes over (Dijkstra), never straight from
    one to the
    other."""
    best = np.full(len(first) - 1, _FAR)
    before = np.full(len(first) - 1, -1)
    over = np.full(len(first) - 1, -1)
    best[start] = 0
    heap = [(np.int64(0), np.int64(start))]
    while len(heap):
        far, node = heappop(heap)
        if node == goal:
            break
        if far > best[node]:
            continue
        for i in range(first[node], first[node + 1]):
            there = to[i]
            if node == start and there == goal and cell[i] < 0:
                continue
            price = toll[i] if cell[i] < 0 else cost[cell[i]]
            if far + price < best[there]:
                best[there] = far + price
                before[there] = node
                over[there] = cell[i]
                heappush(heap, (far + price, there))
    found = []
    node = goal
    while node != start and before[node] >= 0:
        if over[node] >= 0:
            found.append(over[node])
        node = before[node]
    return np.array(found, dtype=np.int64) if len(found) else np.zeros(0, dtype=np.int64)
