"""Whether a factor moved more where it had been chosen than elsewhere, with honest uncertainty. Pure: numbers only.

Units often choose what is low with them, and what is low by chance rises by itself the next time (regression to the
mean). So units are compared with units that started alike: change ~ start + chosen, by least squares. That is right
where who chose it follows from where they started, and else it is not; it never shows a cause.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: So many units in each group, or nothing is said.
LEAST = 10
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Seen:
    """One unit and factor as published: where it started, how it changed, and whether it had been chosen."""

    start: float
    change: float
    chosen: bool


class Verdict(enum.StrEnum):
    """What may be said of the difference."""

    MORE = "more"
    LESS = "less"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Interval:
    """A difference, and from where to where it may be (95 per cent)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """Units that had chosen a factor beside those that had not: how many, their mean change, the difference as it is,
    and the difference between units that started alike (`adjusted`).
    """

    chosen: int
    others: int
    change_chosen: float
    change_others: float
    difference: Interval
    adjusted: Interval

    @property
    def verdict(self) -> Verdict:
        """By the adjusted difference: more or less only where the whole interval is on one side of none."""
        if self.adjusted.low > 0:
            return Verdict.MORE
        return Verdict.LESS if self.adjusted.high < 0 else Verdict.UNSURE


def compared(units: Sequence[Seen]) -> Compared | None:
    """The comparison; None with fewer than `LEAST` units in either group, or where the units do not differ at all."""
    chosen = np.array([one.chosen for one in units], dtype=bool)
    first, second = int(chosen.sum()), int((~chosen).sum())
    if min(first, second) < LEAST:
        return None
    start = np.array([one.start for one in units])
    change = np.array([one.change for one in units])
    adjusted = _adjusted(start, change, chosen)
    if adjusted is None or change.std() == 0:
        return None
    return Compared(
        first, second, float(change[chosen].mean()), float(change[~chosen].mean()),
        _welch(change[chosen], change[~chosen]), adjusted,
    )  # fmt: skip


def reach_of(freedom: float) -> float:
    """How many standard errors an interval reaches to either side: Student's quantile by its expansion around the
    normal one, right to a thousandth from nine degrees of freedom up (Abramowitz and Stegun, 26.7.5).
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    parts = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(part / freedom**power for power, part in enumerate(parts, 1))


def _welch(first: Floats, second: Floats) -> Interval:
    """The difference of two means, where the groups may vary unlike."""
    parts = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    error = math.sqrt(sum(parts))
    difference = float(first.mean() - second.mean())
    if error == 0:
        return Interval(difference, difference, difference)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(first) - 1) + parts[1] ** 2 / (len(second) - 1))
    reach = reach_of(freedom) * error
    return Interval(difference, difference - reach, difference + reach)


def _adjusted(start: Floats, change: Floats, chosen: Bools) -> Interval | None:
    """The difference between units that started alike. Its error does not rest on all units varying alike (HC3): small
    units vary more. None where start and choice cannot be told apart.
    """
    known = np.column_stack([np.ones(len(start)), start - start.mean(), chosen.astype(float)])
    if np.linalg.matrix_rank(known) < known.shape[1]:
        return None
    inverse = np.linalg.inv(known.T @ known)
    found = inverse @ known.T @ change
    leverage = np.einsum("ij,jk,ik->i", known, inverse, known)
    weights = ((change - known @ found) / np.maximum(1 - leverage, 1e-9)) ** 2
    error = math.sqrt(float((inverse @ (known.T * weights) @ known @ inverse)[2, 2]))
    reach = reach_of(len(start) - known.shape[1]) * error
    return Interval(float(found[2]), float(found[2]) - reach, float(found[2]) + reach)
