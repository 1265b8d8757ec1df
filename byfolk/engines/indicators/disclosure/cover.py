"""Which cells to hide so that a hidden cell cannot be told: the cheapest cycle through it (complementary
suppression).

Hiding the cell (unit, category) joins its column to the column of the nearest exact unit above. In the graph of rows
and columns a hidden cell is safe from sums when it lies on a cycle; so the cheapest path from its column back to its
row, over hidden cells (free, or dear where they are unsafe themselves) and over such joins (at the price of the
cell), tells what to hide.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush

import numpy as np

from .graph import Hidden
from .model import Bools, Ints, Tree
from .totals import level_weights

#: A path over an unsafe cell may not be enough: rather hide one more cell of an agency.
DEAR = 15_000_000
PER_WEIGHT = 1_000


class Cover:
    """The cells to hide next, one weak edge after another; what is chosen for one is free for the next."""

    def __init__(self, tree: Tree, hidden: Hidden, exact: Bools, size: Ints, safe: Bools):
        self.categories = exact.shape[1]
        self.exact, self.tree = exact, tree
        self.price = level_weights(tree)[:, None] * PER_WEIGHT + size
        self.chosen: set[int] = set()
        # Neighbours: rows are negative numbers, columns the labels of their exact cells; the column not known is
        # 'none'.
        self.none = exact.size
        self.links: dict[int, list[tuple[int, int]]] = defaultdict(list)
        rows = np.where(hidden.row > 0, -hidden.row, self.none).tolist()
        columns = np.where(hidden.column_label >= 0, hidden.column_label, self.none).tolist()
        self.ends = list(zip(rows, columns, strict=True))
        for (row, column), free in zip(self.ends, safe.tolist(), strict=True):
            if row != column:
                cost = 0 if free else DEAR
                self.links[row].append((column, cost))
                self.links[column].append((row, cost))
        self.joins: dict[int, list[int]] = defaultdict(list)
        for unit, category in np.argwhere(exact).tolist():
            above = int(tree.parent[unit])
            while above >= 0 and not exact[above, category]:
                above = int(tree.parent[above])
            label = unit * self.categories + category
            upper = above * self.categories + category if above >= 0 else self.none
            self.joins[label].append(upper)
            self.joins[upper].append(label)

    def _cost(self, label: int) -> int:
        if label in self.chosen:
            return 0
        return int(self.price.flat[label])

    def protect(self, edge: int) -> None:
        """Choose what to hide for one weak edge."""
        goal, start = self.ends[edge]
        best: dict[int, int] = {start: 0}
        before: dict[int, tuple[int, int]] = {}
        heap = [(0, start)]
        while heap:
            cost, node = heappop(heap)
            if node == goal or cost > best[node]:
                if node == goal:
                    break
                continue
            steps = [(to, price, -1) for to, price in self.links[node] if not (node == start and to == goal)]
            for to in self.joins[node]:
                cell = node if self._below(node, to) else to
                steps.append((to, self._cost(cell), cell))
            for to, price, cell in steps:
                if cost + price < best.get(to, cost + price + 1):
                    best[to] = cost + price
                    before[to] = (node, cell)
                    heappush(heap, (cost + price, to))
        path: set[int] = set()
        node = goal
        while node in before:
            node, cell = before[node]
            if cell >= 0:
                path.add(cell)
        self.chosen |= path - self.chosen if path else self._fallback(edge)

    def _below(self, label: int, other: int) -> bool:
        """Is the cell `label` the lower one of two joined columns?"""
        return label != self.none and (other == self.none or label // self.categories > other // self.categories)

    def _fallback(self, edge: int) -> set[int]:
        """No cheaper cycle: hide the lowest and smallest exact cell that the row touches, or else of all."""
        goal = self.ends[edge][0]
        near = {to for to, _ in self.links[goal] if to >= 0 and to != self.none and to not in self.chosen}
        near = near or {int(u * self.categories + c) for u, c in np.argwhere(self.exact)} - self.chosen
        if not near:
            return set()
        level = self.tree.level
        return {min(near, key=lambda label: (-int(level[label // self.categories]), self._cost(label), label))}
