"""Attack by elimination: which sets of people follow exactly from published sums?

Each published sum is a 0/1 vector over cells (the smallest groups of people that any sum tells apart). A set of cells
is derivable when its vector is a combination of the published ones, that is when every vector of their null space
adds up to nothing over the set. With one random combination of the null space per cell, modulo a prime of 61 bits,
that is a test by addition: wrong with a chance of 2^-60.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

PRIME = (1 << 61) - 1


def fingerprints(sums: npt.ArrayLike, seed: int = 1) -> list[int]:
    """One residue for each cell: a random vector orthogonal to all `sums` (published, cells), by elimination modulo a
    prime."""
    rows = [[int(x) % PRIME for x in row] for row in np.asarray(sums, dtype=np.int64)]
    cells = len(rows[0]) if rows else 0
    pivots: list[tuple[int, list[int]]] = []
    for row in rows:
        for column, pivot in pivots:
            factor = row[column]
            if factor:
                row = [(a - factor * b) % PRIME for a, b in zip(row, pivot, strict=True)]
        lead = next((i for i, a in enumerate(row) if a), None)
        if lead is None:
            continue
        inverse = pow(row[lead], -1, PRIME)
        row = [a * inverse % PRIME for a in row]
        pivots = [
            (column, [(a - pivot[lead] * b) % PRIME for a, b in zip(pivot, row, strict=True)] if pivot[lead] else pivot)
            for column, pivot in pivots
        ]
        pivots.append((lead, row))
    led = dict(pivots)
    generator = np.random.default_rng(seed)
    free = {c: int(generator.integers(1, PRIME)) for c in range(cells) if c not in led}
    return [
        free[c] if c in free else -sum(led[c][f] * value for f, value in free.items()) % PRIME for c in range(cells)
    ]


def derivable_sets(
    sums: npt.ArrayLike, people: Sequence[int], limit: int, *, largest: int = 4
) -> Iterable[tuple[int, ...]]:
    """Sets of at most `largest` cells with 1 to `limit` - 1 people together whose figure follows from the published
    sums."""
    prints = fingerprints(sums)
    small = [c for c, n in enumerate(people) if 0 < n < limit]
    for size in range(1, largest + 1):
        for chosen in combinations(small, size):
            if sum(people[c] for c in chosen) < limit and sum(prints[c] for c in chosen) % PRIME == 0:
                yield chosen
