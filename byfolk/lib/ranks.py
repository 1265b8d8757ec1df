"""Whether two figures rise together among units: Spearman's rank correlation, how sure it is, and whether it may be
chance.

Small enough to be written out in numpy (scipy is 40 MB for one function and has no bootstrap of ranks that is as fast).
Tests hold it to scipy. Randomness is seeded: the same figures give the same answer to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Fewer units than this are too few to say anything of.
LEAST = 8
_DRAWS = 999
_SEED = 2026
_TWO_SIDED = (2.5, 97.5)


@dataclass(frozen=True)
class Relation:
    """How two figures go together among `n` units.

    `rho` from -1 to 1; `low` and `high` hold it 95 times in 100 (bootstrap over units, percentiles); `p` is how often
    mere chance gives one as strong (permutations); `p_among`, set by `among_many`, is that where several pairs were
    looked at (Holm).
    """

    n: int
    rho: float
    low: float
    high: float
    p: float
    p_among: float = 1.0


def ranks(values: npt.ArrayLike) -> Floats:
    """The values' places from 1, equal ones sharing the mean of theirs."""
    return _places(np.ones((1, np.size(values))), np.asarray(values, dtype=np.float64))[0]


def spearman(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Spearman's rank correlation; None where one of the two is the same for all."""
    a, b = ranks(first), ranks(second)
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return None if spread == 0 else float(np.clip(a @ b / spread, -1, 1))


def relation(first: npt.ArrayLike, second: npt.ArrayLike) -> Relation | None:
    """How two figures of the same units go together; None for fewer than `LEAST` units, or where one is constant."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError("two figures of the same units are needed")
    rho = spearman(a, b) if len(a) >= LEAST else None
    if rho is None:
        return None
    low, high = _interval(a, b, rho)
    return Relation(len(a), rho, low, high, _chance(ranks(a), ranks(b), rho))


def among_many(relations: Sequence[Relation]) -> list[Relation]:
    """The same relations with `p_among`: Holm's step-down, since one of twenty pairs looks like something by chance."""
    adjusted, least = [0.0] * len(relations), 0.0
    for step, index in enumerate(sorted(range(len(relations)), key=lambda i: relations[i].p)):
        least = max(least, min(1.0, relations[index].p * (len(relations) - step)))
        adjusted[index] = least
    return [replace(one, p_among=p) for one, p in zip(relations, adjusted, strict=True)]


def _interval(a: Floats, b: Floats, rho: float) -> tuple[float, float]:
    """Units are drawn with replacement; each draw is ranked anew."""
    n = len(a)
    weights = _draws(n)
    first, second = _places(weights, a) - (n + 1) / 2, _places(weights, b) - (n + 1) / 2
    together = (weights * first * second).sum(axis=1)
    spread = np.sqrt((weights * first**2).sum(axis=1) * (weights * second**2).sum(axis=1))
    drawn = together[spread > 0] / spread[spread > 0]
    if not len(drawn):
        return -1.0, 1.0
    low, high = np.clip(np.percentile(drawn, _TWO_SIDED), -1, 1)
    # A few equal values may put the estimate itself outside.
    return min(float(low), rho), max(float(high), rho)


@lru_cache(maxsize=16)
def _draws(n: int) -> Floats:
    """How many times each of `n` units is in each draw: the same draws for every pair of figures."""
    return np.random.default_rng(_SEED).multinomial(n, np.full(n, 1 / n), size=_DRAWS).astype(np.float64)


@lru_cache(maxsize=16)
def _orders(n: int) -> npt.NDArray[np.int64]:
    """Shufflings of `n` units."""
    return np.random.default_rng(_SEED + 1).random((_DRAWS, n)).argsort(axis=1)


def _places(weights: Floats, values: Floats) -> Floats:
    """The places of values that each stand as many times as the weights say, one row of weights a draw."""
    below = (values[None, :] < values[:, None]) + 0.5 * (values[None, :] == values[:, None])
    # Halves are exact in the narrow numbers too, which multiply twice as fast.
    return (weights.astype(np.float32) @ below.T.astype(np.float32)).astype(np.float64) + 0.5


def _chance(a: Floats, b: Floats, rho: float) -> float:
    """The share of shufflings that bring as strong a correlation, this one counted in."""
    a, b = a - a.mean(), b - b.mean()
    shuffled = np.abs(b[_orders(len(a))] @ a) / np.sqrt((a @ a) * (b @ b))
    return float((1 + np.count_nonzero(shuffled >= abs(rho) - 1e-9)) / (_DRAWS + 1))
