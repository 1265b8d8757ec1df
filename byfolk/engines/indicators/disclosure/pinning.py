"""What two publications of a share of persons pin by inequalities: the attack of an insider who knows how many people
of each unit came, went, moved or changed in between.

An earlier and a new atom overlap in a *cell*. Mixtures being excluded, cells hang together as stars: an earlier atom
divided in new ones, or a new one made of earlier ones. In each unit, the numerators then (x) and now (y) lie within
0..n and differ by no more than the people who changed: bounds of x, y and x - y, which add up over units exactly,
since their shapes have the same few edges. So ranges are worked out without a linear programme, and are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .model import Bools, Earlier, Ints, Tree
from .successive import _atoms, dividing


@dataclass(frozen=True, eq=False)
class Now:
    """This period's side: which units are exact or a band, their own people `n`, those in the numerator, and the bounds
    of these from bands.
    """

    exact: Bools
    band: Bools
    n: Ints
    inside: Ints
    at_least: Ints
    at_most: Ints


@dataclass(frozen=True, eq=False)
class _Cells:
    """Sums over cells; `of` names each unit's cell (-1: in none), `new` and `old` the atoms, from `outside` on none."""

    of: Ints
    new: Ints
    old: Ints
    outside: int

    def add(self, own: Ints) -> Ints:
        return np.bincount(self.of[self.of >= 0], own[self.of >= 0], len(self.new)).astype(np.int64)


def pinned(tree: Tree, now: Now, past: Earlier) -> Bools:
    """Exact units and bands that should be given up, since with them a figure that must not be known has one possible
    value.

    Without `past.between` there is nothing to say. Where a band plays a part, it goes first. Then, of a divided
    earlier atom, the lightest unit that divides it; of a new atom over earlier ones the lightest exact unit below it
    whose people changed, so that these are added.
    """
    give_up = np.zeros(len(tree), dtype=np.bool_)
    if past.between is None:
        return give_up
    cells = _cells(_atoms(tree.parent, now.exact), past, now)
    if not len(cells.new):
        return give_up
    found = _findings(cells, now, past)
    if not found.any():
        return give_up
    banded = cells.add(now.band.astype(np.int64)) > 0
    give_up |= now.band & (cells.of >= 0) & (found & banded)[cells.of]
    found &= ~banded
    several = np.bincount(cells.old)[cells.old] > 1
    whole = tree.subtree_sums(now.n)
    divides = dividing(tree, past, (now.n > 0) | (past.between.n > 0))
    for atom in np.unique(cells.old[found & several]):
        parts = cells.new[cells.old == atom]
        parts = parts[divides[parts]] if divides[parts].any() else parts
        give_up[parts[np.argmin(whole[parts])]] = True
    for top in np.unique(cells.new[found & ~several & (cells.new < cells.outside)]):
        give_up[_lightest_below(tree, now, past, whole, int(top))] = True
    return give_up


def _cells(new: Ints, past: Earlier, now: Now) -> _Cells:
    """Pairs of a new and an earlier atom with people in common. A unit with nobody on one side goes with a neighbour:
    it adds nothing there.
    """
    assert past.between is not None
    old = past.atom.copy()
    gone, come = (now.n == 0) & (past.between.n > 0), (now.n > 0) & (past.between.n == 0)
    here = (now.n > 0) & (past.between.n > 0) & (new >= 0) & (old >= 0)
    size = len(new) + 1
    first_new, first_old = np.full(size, -1), np.full(size, -1)
    first_new[old[here][::-1]] = new[here][::-1]
    first_old[new[here][::-1]] = old[here][::-1]
    new = np.where(gone & (old >= 0), first_new[old], new)
    old = np.where(come & (new >= 0), first_old[new], old)
    # Outside all atoms of one time no sum holds people together, but bands still tell of them.
    units = np.arange(len(new))
    new = np.where(new >= 0, new, np.where(old >= 0, size + old, 2 * size + units))
    old = np.where(old >= 0, old, np.where(new < size, size + new, 2 * size + units))
    used = (now.n > 0) | (past.between.n > 0)
    pairs, at = np.unique(np.stack([new[used], old[used]], axis=1), axis=0, return_inverse=True)
    of = np.full(len(new), -1)
    of[used] = at.reshape(-1)
    return _Cells(of, pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64), size)


def _findings(cells: _Cells, now: Now, past: Earlier) -> Bools:
    between = past.between
    assert between is not None
    xl, xh = np.maximum(past.at_least, 0), np.minimum(past.at_most, between.n)
    yl, yh = np.maximum(now.at_least, 0), np.minimum(now.at_most, now.n)
    room = between.different
    xl, xh = np.maximum(xl, yl - room), np.minimum(xh, yh + room)
    yl, yh = np.maximum(yl, xl - room), np.minimum(yh, xh + room)
    el, eh = np.maximum(-room, xl - yh), np.minimum(room, xh - yl)
    own = (xl, xh, yl, yh, el, eh)
    whole = tuple(cells.add(bound) for bound in own)
    many_new, many_old = np.bincount(cells.old)[cells.old] > 1, np.bincount(cells.new)[cells.new] > 1
    x, y = cells.add(between.inside), cells.add(now.inside)
    x_free, y_free = cells.old >= cells.outside, cells.new >= cells.outside
    # One side's cells are known (the published sums); the other side's lie between bounds that one sum holds together.
    x_low, x_high = (np.where(y_free, whole[i], limit(whole[i], y + whole[4 + i])) for i, limit in _EDGES)
    y_low, y_high = (np.where(x_free, whole[2 + i], limit(whole[2 + i], x - whole[5 - i])) for i, limit in _EDGES)
    x_range = _held(cells.old, x, many_new, x_free, x_low, x_high)
    y_range = _held(cells.new, y, many_old, y_free, y_low, y_high)
    # Where nobody changed, a cell is now what it was shown to be.
    changed = cells.add(room) > 0
    x_told = (many_new | x_free) & (x_range[0] >= x_range[1]) & (cells.add(between.n) > 0)
    y_told = (many_old | y_free) & (y_range[0] >= y_range[1]) & (cells.add(now.n) > 0)
    found: Bools = changed & (x_told | y_told)
    inside = cells.of >= 0
    of = cells.of[inside]
    ranges = _own_ranges(
        [bound[inside] for bound in own],
        [total[of] - bound[inside] for total, bound in zip(whole, own, strict=True)],
        [edge[of] for edge in (*x_range, *y_range)],
    )
    for people, (least, most) in zip((between.n, now.n), ranges, strict=True):
        filled = cells.add((people > 0).astype(np.int64))
        fixed = (people[inside] > 0) & (least >= most) & (filled[of] > 1)
        found[np.unique(of[fixed])] = True
    return found


#: The lower bound and the upper one, and which of two bounds of each is the sharper.
_EDGES = ((0, np.maximum), (1, np.minimum))


def _held(label: Ints, known: Ints, several: Bools, free: Bools, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Bounds of each cell, where the cells of one atom are several and their sum is known; alone, the cell is known
    itself, and `free` ones are in no atom."""
    low, high = (np.where(several | free, edge, known) for edge in (low, high))
    size = int(label.max()) + 1
    lows, highs, sums = (np.bincount(label, v, size).astype(np.int64)[label] for v in (low, high, known))
    least, most = np.maximum(low, sums - (highs - high)), np.minimum(high, sums - (lows - low))
    return np.where(free, low, least), np.where(free, high, most)


def _own_ranges(own: list[Ints], rest: list[Ints], held: list[Ints]) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The range of each unit's own x and y: differences of x, y and minus the rest's x and y, closed by shortest
    paths.
    """
    xl, xh, yl, yh, el, eh = own
    pl, ph, ql, qh, fl, fh = rest
    sums_xl, sums_xh, sums_yl, sums_yh = held
    far = np.full(len(xl), np.int64(1) << 40)
    zero = np.zeros(len(xl), dtype=np.int64)
    # most[i][j]: the most that v[i] - v[j] can be, for v = (0, x, y, -rest of x, -rest of y).
    most = [
        [zero, -xl, -yl, ph, qh],
        [xh, zero, eh, sums_xh, far],
        [yh, -el, zero, far, sums_yh],
        [-pl, -sums_xl, far, zero, -fl],
        [-ql, far, -sums_yl, fh, zero],
    ]
    for via in range(5):
        for i in range(5):
            for j in range(5):
                most[i][j] = np.minimum(most[i][j], most[i][via] + most[via][j])
    return (-most[0][1], most[1][0]), (-most[0][2], most[2][0])


def _lightest_below(tree: Tree, now: Now, past: Earlier, whole: Ints, top: int) -> int:
    """Of the exact units cut from the atom of `top`, the smallest whose people changed; `top` where there is none."""
    assert past.between is not None
    changed = tree.subtree_sums(past.between.different) > 0
    above = _nearest_exact_above(tree, now.exact)
    below = np.flatnonzero(now.exact & changed & (above == top))
    return int(below[np.argmin(whole[below])]) if len(below) else top


def _nearest_exact_above(tree: Tree, exact: Bools) -> Ints:
    label = _atoms(tree.parent, exact)
    above = np.full(len(tree), -1, dtype=np.int64)
    above[1:] = label[tree.parent[1:]]
    return above
