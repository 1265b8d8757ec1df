"""The attack by inequalities: a linear programme that knows every published cell, all head counts and that counts are
not negative.

For a sample (an agency and all below it) it looks for hidden figures whose least and greatest possible values are the
same. Rows are those of `attack_residuals`. Needs scipy, which the product itself does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .attack_residuals import dimension_of

# A linear programme's numbers are good to some seven digits: unbounded ones (days, in millionths) are measured in parts
# of the largest published sum, so that neither its tolerance nor the ceiling gets in the way.
LARGEST = 1e4
CEILING = 1e6
SAME = 1e-4
PROBES = 12


def changed_people(
    unit_then: npt.ArrayLike, unit_now: npt.ArrayLike, changed: npt.ArrayLike, units: int
) -> npt.NDArray[np.int64]:
    """Per unit, how many people came, left, moved or changed value between two publications, from one row for each
    person.

    What an insider may know; `attack_bounds` takes it as `changes`. Arguments as for `disclosure.changes`.
    """
    then, now = np.asarray(unit_then, dtype=np.int64), np.asarray(unit_now, dtype=np.int64)
    other = (then != now) | np.asarray(changed, dtype=np.bool_)
    total = np.zeros(units, dtype=np.int64)
    np.add.at(total, then[other & (then >= 0)], 1)
    np.add.at(total, now[other & (now >= 0) & (now != then)], 1)
    return total


#: In place of a breakdown: the people who belong to the unit itself, not to a unit below.
OWN = "own"


@dataclass(frozen=True)
class Pinned:
    """A hidden figure that the published ones fix, or (`OWN`) what is of a unit's own people alone."""

    indicator: str
    unit: str
    period: str
    breakdown: str
    value: float
    n: int | None


@dataclass
class _System:
    """Equations and inequalities over the own (direct) figures of each unit."""

    names: dict[tuple[str, ...], int] = field(default_factory=dict)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def variable(self, *name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def matrices(self) -> dict[str, Any]:
        from scipy.sparse import csr_array

        def matrix(rows: Sequence[tuple[dict[int, float], float]]) -> tuple[Any, Any]:
            if not rows:
                return None, None
            values = [v for row, _ in rows for v in row.values()]
            columns = [c for row, _ in rows for c in row]
            starts = np.cumsum([0, *(len(row) for row, _ in rows)])
            return csr_array((values, columns, starts), shape=(len(rows), len(self.names))), np.array(
                [b for _, b in rows]
            )

        a_eq, b_eq = matrix(self.equal)
        a_ub, b_ub = matrix(self.at_most)
        return {"A_eq": a_eq, "b_eq": b_eq, "A_ub": a_ub, "b_ub": b_ub, "bounds": (0, None), "method": "highs"}


def attack_bounds(
    rows: Iterable[Mapping[str, Any]],
    top: str,
    kinds: Mapping[str, tuple[str, ...]],
    *,
    hierarchy: str,
    periods: Sequence[str],
    headcount: str | None = None,
    full_scale: int = 1,
    changes: Mapping[str, int] | None = None,
    dimension: str = "gender",
) -> list[Pinned]:
    """Hidden figures of `top` and the units below it that can have one value only.

    `kinds`: the indicators attacked together, each with the kinds of which its numerator is the sum: {'part_time':
    ('x',)} or {'all': ('self', 'short', 'long'), 'long': ('long',), ...}. `periods`: one or two, in order.
    `headcount`: the indicator whose numerator bounds each unit's numerator (shares of persons), times `full_scale`.
    `changes`: with two periods, the number of people who changed in each unit's own staff in between (an insider's
    knowledge); missing = nobody. `dimension`: the breakdown whose parts add up to the total.
    """
    system = _System()
    targets: list[tuple[str, str, str, str, dict[int, float], int | None]] = []
    table = [r for r in rows if str(r["hierarchy"]) == hierarchy and str(r["period"]) in periods]
    for period in periods:
        now = [r for r in table if str(r["period"]) == period]
        _one_period(now, top, kinds, headcount, full_scale, dimension, system, targets)
    measure = 1.0
    if headcount is None:
        measure = max((abs(total) for _, total in system.equal), default=LARGEST) / LARGEST
        system.equal = [(cells, total / measure) for cells, total in system.equal]
    if len(periods) == 2:
        for (period, unit, kind, part), here in list(system.names.items()):
            then = system.names.get((periods[0], unit, kind, part))
            if period == periods[1] and then is not None:
                room = float((changes or {}).get(unit, 0) * full_scale)
                system.at_most += [({here: 1.0, then: -1.0}, room), ({here: -1.0, then: 1.0}, room)]
    return [replace(found, value=found.value * measure) for found in _pinned(system, targets)]


def _paths(parent: Mapping[str, str], top: str) -> dict[str, list[str]]:
    """For each unit at or below `top`, itself and what is above it up to `top`."""
    paths: dict[str, list[str]] = {}
    for unit in parent:
        path = [unit]
        while path[-1] != top and parent.get(path[-1]):
            path.append(parent[path[-1]])
        if path[-1] == top:
            paths[unit] = path
    return paths


def _one_period(
    rows: Sequence[Mapping[str, Any]],
    top: str,
    kinds: Mapping[str, tuple[str, ...]],
    headcount: str | None,
    scale: int,
    dimension: str,
    system: _System,
    targets: list[tuple[str, str, str, str, dict[int, float], int | None]],
) -> None:
    parent = {str(r["unit"]): str(r["parent"] or "") for r in rows}
    inside = _paths(parent, top)
    below: dict[str, list[str]] = defaultdict(list)
    for unit, path in inside.items():
        for ancestor in path:
            below[ancestor].append(unit)
    # Where the period has no head counts (calendar years), nothing bounds a unit's numerator from above.
    counted = [r for r in rows if str(r["indicator"]) == headcount and not dimension_of(str(r["breakdown"] or ""))]
    heads = {str(r["unit"]): int(r["numerator"]) for r in counted}
    mine = [r for r in rows if str(r["indicator"]) in kinds and str(r["unit"]) in inside]
    breakdowns = {str(r["breakdown"] or "") for r in mine}
    parts = sorted(b for b in breakdowns if dimension_of(b) == dimension) or [""]
    period = str(rows[0]["period"]) if rows else ""
    every = sorted({kind for group in kinds.values() for kind in group})
    own_heads = {unit: heads.get(unit, 0) for unit in inside}
    for unit in inside:
        if unit != top:
            own_heads[parent[unit]] -= heads.get(unit, 0)
    for unit in inside:
        # Nobody of their own: nothing to find, and one unknown less.
        if heads and own_heads[unit] <= 0:
            continue
        cells = {system.variable(period, unit, kind, part): 1.0 for kind in every for part in parts}
        if heads:
            system.at_most.append((cells, float(own_heads[unit] * scale)))
            if len(below[unit]) > 1:
                targets.append((next(iter(kinds)), unit, period, OWN, cells, own_heads[unit]))
    for row in mine:
        unit, indicator, breakdown = str(row["unit"]), str(row["indicator"]), str(row["breakdown"] or "")
        breakdown = breakdown if dimension_of(breakdown) else ""
        wanted = [breakdown] if breakdown else parts
        if breakdown and breakdown not in parts:
            continue
        cells = {
            system.names[period, u, kind, part]: 1.0
            for u in below[unit]
            for kind in kinds[indicator]
            for part in wanted
            if (period, u, kind, part) in system.names
        }
        state, n = str(row["state"]).lower(), heads.get(unit)
        if state == "published":
            system.equal.append((cells, float(row["numerator"])))
            continue
        if state.startswith("band") and n is not None:
            # Our rules are public: a band means none or one, or all or all but one.
            if "low" in state:
                system.at_most.append((cells, float(scale)))
            else:
                system.at_most.append((dict.fromkeys(cells, -1.0), -float((n - 1) * scale)))
        if cells:
            targets.append((indicator, unit, period, breakdown, cells, n))


def _pinned(system: _System, targets: list[tuple[str, str, str, str, dict[int, float], int | None]]) -> list[Pinned]:
    """Targets with one possible value. Solutions in random directions settle most: two that differ show that it is
    not fixed."""
    from scipy.optimize import linprog

    if not targets:
        return []
    problem = system.matrices()
    size = len(system.names)
    weights = np.zeros((len(targets), size))
    for i, target in enumerate(targets):
        for cell, factor in target[4].items():
            weights[i, cell] = factor
    # Days have no upper bound of their own: only sums that are published hold them; elsewhere a solution must not run
    # away.
    problem["bounds"] = (0, CEILING)
    generator = np.random.default_rng(7)
    low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

    def solve(direction: npt.NDArray[np.float64]) -> None:
        answer = linprog(direction, **problem)
        if answer.status != 0:
            raise ValueError(f"the published figures contradict each other: {answer.message}")
        values = weights @ answer.x
        np.minimum(low, values, out=low)
        np.maximum(high, values, out=high)

    for _ in range(PROBES):
        solve(generator.normal(size=size))
    for i in range(len(targets)):
        for sign in (1.0, -1.0):
            if high[i] - low[i] <= SAME:
                solve(sign * weights[i])
    return [
        Pinned(indicator, unit, period, breakdown, float(low[i]), n)
        for i, (indicator, unit, period, breakdown, _, n) in enumerate(targets)
        if high[i] - low[i] <= SAME
    ]
