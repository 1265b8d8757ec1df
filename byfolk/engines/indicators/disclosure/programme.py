"""The dynamic programme over the tree: the heaviest set of exact cells whose atoms are all safe.

A node's partial solutions are kept as (state of the open atom, weight), where the state is the vector of counts
capped at their limits, in mixed radix. Adding up two capped vectors is associative and commutative, and whether an
atom is safe depends on its capped vector only, so equal states can be merged keeping the heavier one. A state that is
nowhere larger, empties the same groups and weighs no more than another is dropped: whatever is added later, the other
is safe whenever it is. Both steps keep an optimum.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from .model import Bools, Ints

HIDE, EXACT, BAND = 0, 1, 2
#: Partial solutions kept at a node. Reached only with many earlier publications; what is dropped costs cells, never
#: safety.
WIDTH = 256


@numba.njit(cache=True, nogil=True)
def _dominated(a, va, b, vb, caps, groups, ngroups):
    """Is (a, va) no better than (b, vb)?"""
    if va > vb:
        return False
    empty_a = np.int64((1 << ngroups) - 1)
    empty_b = empty_a
    for c in range(len(caps)):
        radix = caps[c] + 1
        x, y = a % radix, b % radix
        a //= radix
        b //= radix
        if x > y:
            return False
        if x > 0:
            empty_a &= ~(np.int64(1) << groups[c])
        if y > 0:
            empty_b &= ~(np.int64(1) << groups[c])
    return empty_a == empty_b


@numba.njit(cache=True, nogil=True)
def _add(a, b, caps):
    total, unit = np.int64(0), np.int64(1)
    for c in range(len(caps)):
        radix = caps[c] + 1
        total += min(a % radix + b % radix, caps[c]) * unit
        unit *= radix
        a //= radix
        b //= radix
    return total


@numba.njit(cache=True, nogil=True)
def _safe(s, caps, groups, ngroups):
    empty = np.int64((1 << ngroups) - 1)
    short = np.int64(0)
    for c in range(len(caps)):
        radix = caps[c] + 1
        x = s % radix
        s //= radix
        if x > 0:
            empty &= ~(np.int64(1) << groups[c])
        if x < caps[c]:
            short |= np.int64(1) << groups[c]
    return (short & ~empty) == 0


@numba.njit(cache=True, nogil=True)
def _mask(s, caps, counted):
    """The state of a band's people in the atom around it: what is not counted there becomes zero."""
    total, unit = np.int64(0), np.int64(1)
    for c in range(len(caps)):
        radix = caps[c] + 1
        if counted[c]:
            total += (s % radix) * unit
        unit *= radix
        s //= radix
    return total


@numba.njit(cache=True, nogil=True)
def _reduce(states, values, a, b, act, m, caps, groups, ngroups):
    """Keep the heaviest of equal states, then drop dominated ones, then all but the WIDTH heaviest. Returns how many
    are left (in place)."""
    # Sorted by hand (Shell), heaviest first: it compiles in a fraction of the library's time.
    order = np.arange(m)
    gap = m // 2
    while gap > 0:
        for i in range(gap, m):
            o, j = order[i], i
            while j >= gap and values[order[j - gap]] < values[o]:
                order[j] = order[j - gap]
                j -= gap
            order[j] = o
        gap //= 2
    kept = np.empty(m, np.int64)
    k = 0
    for o in order:
        worse = False
        for j in range(k):
            i = kept[j]
            if states[i] == states[o] or _dominated(states[o], values[o], states[i], values[i], caps, groups, ngroups):
                worse = True
                break
        if not worse:
            kept[k] = o
            k += 1
            if k == WIDTH:
                break
    out = np.empty((5, k), np.int64)
    for i in range(k):
        o = kept[i]
        out[0, i], out[1, i], out[2, i], out[3, i], out[4, i] = states[o], values[o], a[o], b[o], act[o]
    for i in range(k):
        states[i], values[i], a[i], b[i], act[i] = out[0, i], out[1, i], out[2, i], out[3, i], out[4, i]
    return k


@numba.njit(cache=True, nogil=True)
def _longer(column):
    more = np.empty(2 * len(column), np.int64)
    for i in range(len(column)):
        more[i] = column[i]
    return more


@numba.njit(cache=True, nogil=True)
def _solve(parent, own, caps, groups, ngroups, can_exact, can_band, weight, band_weight, counted, carry):
    units = len(parent)
    size = 16 * units + 1024
    # The arena of partial solutions: state, weight, where it came from (before, child's), what was done.
    st, va = np.empty(size, np.int64), np.empty(size, np.int64)
    fr, ch, ac = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    start, length = np.empty(units, np.int64), np.ones(units, np.int64)
    for u in range(units):
        s, unit = np.int64(0), np.int64(1)
        for c in range(len(caps)):
            s += min(own[u, c], caps[c]) * unit
            unit *= caps[c] + 1
        st[u], va[u], fr[u], ch[u], ac[u], start[u] = s, 0, -1, -1, 0, u
    top = units
    room = 2 * WIDTH * WIDTH
    bs, bv = np.empty(room, np.int64), np.empty(room, np.int64)
    bf, bc, ba = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    for u in range(units - 1, -1, -1):
        if top + 2 * WIDTH > size:
            st, va, fr, ch, ac = _longer(st), _longer(va), _longer(fr), _longer(ch), _longer(ac)
            size *= 2
        m = 0
        for i in range(start[u], start[u] + length[u]):
            bs[m], bv[m], bf[m], bc[m], ba[m] = st[i], va[i], i, -1, HIDE
            m += 1
            if can_exact[u] and _safe(_mask(st[i], caps, ~carry[u]), caps, groups, ngroups):
                left = _mask(st[i], caps, carry[u])
                bs[m], bv[m], bf[m], bc[m], ba[m] = left, va[i] + weight[u], i, -1, EXACT
                m += 1
            elif can_band[u]:
                bs[m], bv[m], bf[m], bc[m], ba[m] = _mask(st[i], caps, counted), va[i] + band_weight, i, -1, BAND
                m += 1
        m = _reduce(bs, bv, bf, bc, ba, m, caps, groups, ngroups)
        first = top
        for i in range(m):
            st[top], va[top], fr[top], ch[top], ac[top] = bs[i], bv[i], bf[i], -1, ba[i]
            top += 1
        if u == 0:
            start[0], length[0] = first, m
            break
        p = parent[u]
        n = 0
        for i in range(start[p], start[p] + length[p]):
            for j in range(first, first + m):
                bs[n], bv[n], bf[n], bc[n], ba[n] = _add(st[i], st[j], caps), va[i] + va[j], i, j, 0
                n += 1
        n = _reduce(bs, bv, bf, bc, ba, n, caps, groups, ngroups)
        start[p], length[p] = top, n
        for i in range(n):
            st[top], va[top], fr[top], ch[top], ac[top] = bs[i], bv[i], bf[i], bc[i], ba[i]
            top += 1
    best = start[0]
    for i in range(start[0], start[0] + length[0]):
        if va[i] > va[best]:
            best = i
    # Walk back: a node's final entry tells what was done, then its chain of merges leads to each child's final entry.
    done = np.zeros(units, np.int8)
    todo_entry, todo_unit = np.empty(units, np.int64), np.empty(units, np.int64)
    todo_entry[0], todo_unit[0], waiting = best, 0, 1
    # Children were merged from the last to the first, so the chain meets them from the first to the last.
    child_at = np.full(units, -1, np.int64)
    next_child = np.full(units, -1, np.int64)
    for u in range(units - 1, 0, -1):
        next_child[u] = child_at[parent[u]]
        child_at[parent[u]] = u
    while waiting > 0:
        waiting -= 1
        e, u = todo_entry[waiting], todo_unit[waiting]
        done[u] = ac[e]
        e = fr[e]
        child = child_at[u]
        while ch[e] >= 0:
            todo_entry[waiting], todo_unit[waiting] = ch[e], child
            waiting += 1
            child = next_child[child]
            e = fr[e]
    return done


def solve(
    parent: Ints,
    own: Ints,
    limits: tuple[int, ...],
    groups: tuple[int, ...],
    *,
    can_exact: Bools,
    can_band: Bools,
    weight: Ints,
    band_weight: int,
    counted_in_band: tuple[bool, ...],
    carry: Bools | None = None,
) -> npt.NDArray[np.int8]:
    """For each unit HIDE, EXACT or BAND: the heaviest choice in which every exact unit's atom is safe.

    `own` (units, counters): the units' own counts. `limits`, `groups`: see `Rule`. `can_exact`, `can_band`: (units,).
    `counted_in_band`: the counters that a band's people still bring to the atom around it. `carry` (units, counters):
    counts that an exact unit neither needs nor closes, but hands on to the exact unit above.
    """
    caps = np.array(limits, dtype=np.int64)
    return _solve(
        parent,
        np.ascontiguousarray(own, dtype=np.int64),
        caps,
        np.array(groups, dtype=np.int64),
        max(groups) + 1,
        can_exact,
        can_band,
        weight,
        band_weight,
        np.array(counted_in_band, dtype=np.bool_),
        np.zeros(own.shape, dtype=np.bool_) if carry is None else carry,
    )
