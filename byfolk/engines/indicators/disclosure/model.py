"""The vocabulary of disclosure control: tree, rule, question, states. Specification: docs/decisions/disclosure.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numba
import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators.states import State as State

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]


class Level(IntEnum):
    """Depth of a unit; a smaller number is higher up. Compare with `<=`: 'from agency level up' is `level <=
    Level.AGENCY`."""

    CITY = 0
    DEPARTMENT = 1
    AGENCY = 2
    DIVISION = 3
    SECTION = 4
    WORKPLACE = 5


class DisclosureError(ValueError):
    """The input cannot be judged: a broken tree, wrong shapes, negative or contradictory counts."""


#: Weight of an exact cell by level: the city, its agencies (each has accounts of its own), the departments, then as
#: many units as possible.
LEVEL_WEIGHTS: dict[int, int] = {
    Level.CITY: 1_000_000,
    Level.DEPARTMENT: 1_000,
    Level.AGENCY: 10_000,
    Level.DIVISION: 12,
    Level.SECTION: 11,
    Level.WORKPLACE: 10,
}
#: Below the agencies: what each unit under it adds to a unit's weight, and the most it can come to.
WEIGHT_OF_UNIT_BELOW = 10
MOST_INNER_WEIGHT = 900
BAND_WEIGHT = 4
#: Weight of a cell that must be published if that is possible at all (its value follows from cells published before).
MUST_WEIGHT = 1 << 40


@numba.njit(cache=True, nogil=True)
def _add_up(parent: Ints, total: Ints) -> None:
    for unit in range(len(parent) - 1, 0, -1):
        for column in range(total.shape[1]):
            total[parent[unit], column] += total[unit, column]


@dataclass(frozen=True, eq=False)
class Tree:
    """A unit tree for one period.

    `parent`: int, shape (units,), the parent's index, -1 for the one root, which comes first; a parent comes before
    its children. `level`: int8, shape (units,), values of `Level`. Raises DisclosureError for a cycle, a second root
    or a child that comes before its parent.
    """

    parent: Ints
    level: npt.NDArray[np.int8]

    def __post_init__(self) -> None:
        parent = np.ascontiguousarray(self.parent, dtype=np.int64)
        level = np.ascontiguousarray(self.level, dtype=np.int8)
        object.__setattr__(self, "parent", parent)
        object.__setattr__(self, "level", level)
        if parent.ndim != 1 or parent.shape != level.shape or not len(parent):
            raise DisclosureError("a tree needs a parent and a level for each unit, and at least one unit")
        if parent[0] != -1 or (parent[1:] < 0).any():
            raise DisclosureError("a tree has one root, and it comes first")
        if (parent >= np.arange(len(parent))).any():
            raise DisclosureError("a parent must come before its children")

    def __len__(self) -> int:
        return len(self.parent)

    def subtree_sums(self, own: npt.ArrayLike) -> Ints:
        """Sum of `own` (units, ...) over each unit and all below it; same shape, int64."""
        total = np.array(own, dtype=np.int64, copy=True, order="C")
        _add_up(self.parent, total.reshape(len(self), -1))
        return total

    def own_from_subtree(self, subtree: npt.ArrayLike) -> Ints:
        """The inverse of `subtree_sums`: what each unit has by itself. Raises DisclosureError if any is negative."""
        total = np.asarray(subtree, dtype=np.int64)
        own = total.copy()
        np.subtract.at(own, self.parent[1:], total[1:])
        if (own < 0).any():
            raise DisclosureError("a unit has less than its children together")
        return own


@dataclass(frozen=True)
class Rule:
    """What makes a group of people safe, as limits on capped counts.

    `limits`: for each counter, the least value that is safe. `groups`: for each counter, the number of its group; a
    group is safe when all of its counters are zero, or all reach their limits. `exact_minimum`: what the whole unit
    must have to be shown as a number (default: `limits`). `band_from`: the least n (counter 0) of a unit shown as a
    band when its counter 1 or 2 is below `exact_minimum`; 0 = no bands. `kind`: what the counters are: internal,
    mean, health, split, health_fte, structure or pay. `months`: n is person-months over so many months.
    """

    limits: tuple[int, ...]
    groups: tuple[int, ...]
    exact_minimum: tuple[int, ...] = ()
    band_from: int = 0
    kind: str = ""
    months: int = 1

    def __post_init__(self) -> None:
        if not self.exact_minimum:
            object.__setattr__(self, "exact_minimum", self.limits)
        if not len(self.limits) == len(self.groups) == len(self.exact_minimum):
            raise DisclosureError("a rule needs a limit, a group and a minimum for each counter")


@dataclass(frozen=True, eq=False)
class Between:
    """Shares of persons: each unit's own people at an earlier publication, and what became of them; all (units,).

    `n`, `inside`: who was there then, and how many of them were in the numerator. `different`: how many came, left,
    moved, or went in or out of the numerator; what an insider may know. `gains`: of the certain changes (`changes`),
    those that made the numerator larger.
    """

    n: Ints
    inside: Ints
    different: Ints
    gains: Ints


@dataclass(frozen=True, eq=False)
class Earlier:
    """An earlier publication of the same question, seen from the units of this period's tree (make it with
    `compare`).

    `atom`: int, (units,): label of the earlier atom that each unit's own people belonged to; -1 for a unit that is
    new, -2 where nothing above was exact. `exact`: bool, (units,): the unit was exact then. `certain`: int, (units,):
    own people who came to or left the city, or whose value changed, between the two. `touched`: bool, (units,): the
    unit's own members or their values changed at all. `frozen`: bool, (units,): the earlier atom was joined from
    several and may not be divided. `between`: what is known beside, for shares of persons; where all or none of the
    changes are gains, the change tells each of them. `at_least`, `at_most`: bounds of the own numerator then, from
    bands.
    """

    atom: Ints
    exact: Bools
    certain: Ints
    touched: Bools
    at_least: Ints
    at_most: Ints
    frozen: Bools | None = None
    between: Between | None = None

    def counts(self) -> Ints:
        """(touched, certain, gains, losses) of each unit; without `between`, both are taken to be there."""
        touched = self.touched.astype(np.int64)
        gains = touched if self.between is None else self.between.gains
        losses = touched if self.between is None else self.certain - self.between.gains
        return np.stack([touched, self.certain, gains, losses], axis=1)


@dataclass(frozen=True, eq=False)
class Question:
    """One indicator in one period: may these units' figures be published together?

    `counts`: int, (units, counters): each unit's OWN (direct) counts in the rule's order; build it with `internal`,
    `mean`, `health`, `health_split`, `pay`. `may`: units whose level and cadence are published at all; others get
    HIDDEN_LEVEL. `must`: units whose figure follows from what was published before and has to be published.
    `earlier`: publications to compare with (persistent values).
    """

    rule: Rule
    counts: Ints
    may: Bools | None = None
    must: Bools | None = None
    earlier: Sequence[Earlier] = ()
    weights: Ints | None = field(default=None)
