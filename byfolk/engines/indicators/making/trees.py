"""The dated unit tree of any span of time, and the way from a closed unit to where it is counted now."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators.disclosure import Tree

Ints = npt.NDArray[np.int64]
#: The end of what has no end. Far from the last date there is, so that a day may be added.
FOREVER = dt.date(2999, 1, 1)


class NoTreeError(ValueError):
    """There is no unit at the top in this span: nothing can be counted."""


@dataclass(frozen=True)
class Placed:
    """A unit lay under `parent` (None: the top) at a level, in [start, stop)."""

    unit: int
    parent: int | None
    level: int
    start: dt.date
    stop: dt.date


@dataclass(frozen=True)
class Succeeded:
    """`unit` was succeeded by `successor` on a date."""

    unit: int
    successor: int
    on: dt.date


@dataclass(frozen=True, eq=False)
class UnitTree:
    """A tree with the ids of its units: `ids[i]` is the unit that the disclosure tree calls i. Parents come first."""

    ids: Ints
    tree: Tree

    @cached_property
    def index(self) -> dict[int, int]:
        """Unit id to place in the arrays."""
        return {int(unit): i for i, unit in enumerate(self.ids)}

    @cached_property
    def digest(self) -> str:
        """A hash of the whole shape."""
        parts = (self.ids, self.tree.parent, self.tree.level)
        return hashlib.sha256(b"".join(np.ascontiguousarray(p, dtype=np.int64).tobytes() for p in parts)).hexdigest()

    def closure(self) -> tuple[Ints, Ints, Ints]:
        """Every unit with each unit above it and itself: places (unit, ancestor) and depth."""
        unit = np.arange(len(self.ids))
        above, depth = unit.copy(), 0
        units, ancestors, depths = [unit], [above], [np.zeros(len(unit), dtype=np.int64)]
        while True:
            above = self.tree.parent[above]
            unit, above = unit[above >= 0], above[above >= 0]
            if not len(unit):
                return np.concatenate(units), np.concatenate(ancestors), np.concatenate(depths)
            depth += 1
            units.append(unit)
            ancestors.append(above)
            depths.append(np.full(len(unit), depth))

    def under(self, level: int) -> Ints:
        """For each unit the place of the unit at `level` (or the lowest one above it) that it lies in."""
        at = np.arange(len(self.ids))
        for i in range(len(self.ids)):
            if self.tree.level[i] > level and self.tree.parent[i] >= 0:
                at[i] = at[self.tree.parent[i]]
        return at


@dataclass
class Organisation:
    """All placements and successions there have been."""

    placed: list[Placed]
    succeeded: list[Succeeded]
    _by_unit: dict[int, list[Placed]] = field(init=False, repr=False)
    _next: dict[int, list[Succeeded]] = field(init=False, repr=False)
    _starts: list[dt.date] = field(init=False, repr=False)
    _stops: list[dt.date] = field(init=False, repr=False)
    _trees: dict[tuple[int, int], UnitTree] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._trees = {}
        self._starts = sorted(row.start for row in self.placed)
        self._stops = sorted(row.stop for row in self.placed)
        self._by_unit = {}
        for row in sorted(self.placed, key=lambda p: (p.unit, p.start)):
            self._by_unit.setdefault(row.unit, []).append(row)
        self._next = {}
        for step in sorted(self.succeeded, key=lambda s: (s.unit, s.on, s.successor)):
            self._next.setdefault(step.unit, []).append(step)

    def tree(self, start: dt.date, stop: dt.date) -> UnitTree:
        """The tree of [start, stop): every unit that existed at any time in it, where it lay last in it.

        A parent that was gone is replaced by the nearest one above that was there. Raises `NoTreeError`. Made once
        for all spans that meet the same placements.
        """
        met = bisect_left(self._starts, stop), bisect_right(self._stops, start)
        if met not in self._trees:
            self._trees[met] = self._tree(start, stop)
        return self._trees[met]

    def _tree(self, start: dt.date, stop: dt.date) -> UnitTree:
        last = {unit: found for unit, rows in self._by_unit.items() if (found := _last(rows, start, stop))}
        roots = sorted(unit for unit, row in last.items() if row.parent is None)
        if not roots:
            raise NoTreeError(f"There is no unit at the top of the organisation between {start} and {stop}")
        root = roots[0]
        parent = {unit: self._parent(row, last, root) for unit, row in last.items() if unit != root}
        depth = {root: 0}

        def deep(unit: int) -> int:
            path = []
            while unit not in depth:
                path.append(unit)
                if len(path) > 50:
                    raise NoTreeError(f"Unit {unit} lies below itself between {start} and {stop}")
                unit = parent[unit]
            for below in reversed(path):
                depth[below] = depth[parent[below]] + 1
            return depth[path[0]] if path else depth[unit]

        for unit in last:
            deep(unit)
        ids = sorted(last, key=lambda unit: (depth[unit], unit))
        place = {unit: i for i, unit in enumerate(ids)}
        return UnitTree(
            np.array(ids, dtype=np.int64),
            Tree(
                np.array([-1 if unit == root else place[parent[unit]] for unit in ids], dtype=np.int64),
                np.array([last[unit].level for unit in ids], dtype=np.int8),
            ),
        )

    def _parent(self, row: Placed, last: dict[int, Placed], root: int) -> int:
        above, steps = row.parent, 0
        while above is not None and above not in last and steps < 50:
            rows = [p for p in self._by_unit.get(above, []) if p.start <= row.start] or self._by_unit.get(above, [])
            above, steps = (rows[-1].parent if rows else None), steps + 1
        return root if above is None or above not in last or above == row.unit else above

    def routes(self, units: Iterable[int], tree: UnitTree, before: dt.date) -> dict[int, int]:
        """Where each unit is counted in a tree: unit id to place.

        Itself; or the first successor (as of dates before `before`) that is there; or the nearest unit above that is
        there.
        """
        return {unit: self._route(unit, tree.index, before, 0) for unit in units}

    def _route(self, unit: int, index: dict[int, int], before: dt.date, depth: int) -> int:
        if unit in index:
            return index[unit]
        if depth > 20:
            return 0
        for step in self._next.get(unit, []):
            if step.on < before:
                return self._route(step.successor, index, before, depth + 1)
        rows = self._by_unit.get(unit, [])
        known = [row for row in rows if row.start < before] or rows[:1]
        if not known or known[-1].parent is None:
            return 0
        return self._route(known[-1].parent, index, before, depth + 1)


def _last(rows: list[Placed], start: dt.date, stop: dt.date) -> Placed | None:
    for row in reversed(rows):
        if row.start < stop and row.stop > start:
            return row
    return None
