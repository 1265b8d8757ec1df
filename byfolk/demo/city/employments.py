"""Employment rows from who held which post: percentages, changes of it, transfers between units, second posts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from byfolk.demo.cast import EMPLOYED
from byfolk.demo.city.careers import OPEN, REORGANISED, People, Tenures
from byfolk.demo.city.posts import PERMANENT, Posts, day
from byfolk.demo.city.reorganisation import Changes
from byfolk.demo.city.sources import roles

_DEMOTED = {
    "school": "teacher",
    "kindergarten": "kindergarten_lead",
    "nursing_home": "nurse",
    "home_care": "nurse",
    "health": "specialist_nurse",
    "welfare": "social_educator",
    "child_welfare": "child_welfare_consultant",
}
"""What a leader is called whose unit went into another; elsewhere a senior adviser."""


@dataclass
class Rows:
    """Columns by employment row. `position` numbers the posts from 0; second posts, and new posts of former
    leaders, come last. `full_start` is when the person took the post."""

    person: np.ndarray
    position: np.ndarray
    unit: np.ndarray
    role: np.ndarray
    kind: np.ndarray
    percentage: np.ndarray
    main: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    leads: np.ndarray
    full_start: np.ndarray

    def take(self, keep: np.ndarray) -> Rows:
        """The rows of a mask or of indices."""
        return Rows(*(column[keep] for column in vars(self).values()))

    def __len__(self) -> int:
        return len(self.person)


def join(*parts: Rows) -> Rows:
    """The rows of several."""
    return Rows(*(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True)))


def make_rows(
    posts: Posts, people: People, tenures: Tenures, changes: Changes, first: int, last: int, rng: np.random.Generator
) -> Rows:
    """All employment rows that touch the time from `first` to before `last`, in order of person and start."""
    rows = _main_rows(posts, people, tenures, first, last, rng)
    rows = _change_percentages(rows, people, first, last, rng)
    highest = len(posts)
    for transfer in changes.transfers:
        rows, highest = _transfer(
            rows, transfer.source, transfer.target, day(transfer.on), transfer.leads, posts, highest
        )
    rows = join(rows, _second_posts(rows, people, first, last, highest, rng))
    return rows.take(np.lexsort((rows.position, rows.start, rows.person)))


def _main_rows(posts: Posts, people: People, tenures: Tenures, first: int, last: int, rng: np.random.Generator) -> Rows:
    known_term = (tenures.end == OPEN) & (tenures.term < OPEN) & (tenures.term > last)
    end = np.where(known_term, tenures.term, tenures.end)
    post = tenures.post
    cast = people.cast[tenures.person]
    percentage = _percentages(posts, tenures, first, rng)
    own = cast >= 0
    percentage[own] = np.array([persona.percentage for persona in EMPLOYED])[cast[own]]
    return Rows(
        tenures.person,
        post,
        posts.unit[post],
        posts.role[post],
        posts.kind[post].astype(np.int64),
        percentage,
        np.ones(len(post), dtype=bool),
        tenures.start,
        end,
        np.where(end == OPEN, 0, tenures.reason),
        posts.leads[post],
        tenures.start,
    ).take((end > first) & (tenures.start < last))


def _percentages(posts: Posts, tenures: Tenures, first: int, rng: np.random.Generator) -> np.ndarray:
    """Part-time by occupation, more among those who are not permanent, a little less for each year that goes."""
    table, post = roles(), tenures.post
    role, kind = posts.role[post], posts.kind[post]
    number = len(post)
    part = table.part[role]
    sector = posts.sector[post]
    hospital = np.array([name in ("nursing_home", "home_care") for name in posts.sectors])[sector]
    part = np.where(hospital & (part > 0.15), part * 1.08, part)
    part = np.where((kind > 0) & (kind < 3), np.minimum(part * 1.25 + 0.05, 0.92), np.where(kind == 3, 0.02, part))
    part = part * (1 - 0.03 * np.clip((tenures.start - first) / 365.25, 0, 4))
    young = table.ages[role] == 0
    sizes = np.array([150, 200, 250, 300, 400, 500, 550, 600, 650, 700, 750, 800, 850, 900])
    common = np.array([1, 1, 1, 2, 3, 12, 4, 11, 5, 9, 14, 22, 5, 10], dtype=float)
    student = np.array([8, 14, 9, 9, 8, 16, 4, 9, 3, 5, 5, 6, 1, 3], dtype=float)
    ordinary = rng.choice(sizes, number, p=common / common.sum())
    small = rng.choice(sizes, number, p=student / student.sum())
    return np.where(rng.random(number) < part, np.where(young, small, ordinary), 1000)


def _change_percentages(rows: Rows, people: People, first: int, last: int, rng: np.random.Generator) -> Rows:
    """Some 3 % of the part-timers a year get another percentage, mostly a larger one, on the first of a month."""
    stop = np.minimum(rows.end, last)
    begin = np.maximum(rows.start + 90, first)
    years = np.maximum(stop - begin - 31, 0) / 365.25
    chance = years * np.where(rows.percentage < 1000, 0.09, 0.008)
    chosen = (rng.random(len(rows)) < chance) & (people.cast[rows.person] < 0) & (rows.kind == PERMANENT)
    index = np.flatnonzero(chosen)
    on = begin[index] + (rng.random(len(index)) * (stop[index] - begin[index] - 31)).astype(np.int64)
    on = ((on.astype("datetime64[D]").astype("datetime64[M]") + 1).astype("datetime64[D]")).astype(np.int64)
    good = (on > rows.start[index]) & (on < stop[index])
    index, on = index[good], on[good]
    up = rows.percentage[index] + rng.choice([50, 100, 200, 250], len(index))
    new = np.where(rows.percentage[index] == 1000, rng.choice([500, 600, 800], len(index)), np.minimum(up, 1000))
    later = rows.take(index)
    later.start, later.percentage = on, new
    rows.end, rows.reason = rows.end.copy(), rows.reason.copy()
    rows.end[index], rows.reason[index] = on, 0
    return join(rows, later)


def _transfer(
    rows: Rows, source: int, target: int, on: int, leads: bool, posts: Posts, highest: int
) -> tuple[Rows, int]:
    """Cut what crosses `on` in `source`, and put what is after it in `target`."""
    here = rows.unit == source
    if not here.any():
        return rows, highest
    crossing = np.flatnonzero(here & (rows.start < on) & (rows.end > on))
    later = rows.take(crossing)
    later.start, later.unit = np.full(len(crossing), on), np.full(len(crossing), target)
    rows = rows.take(np.arange(len(rows)))
    rows.end[crossing], rows.reason[crossing] = on, REORGANISED
    rows.unit[here & (rows.start >= on)] = target
    rows = join(rows, later)
    moved = (rows.unit == target) & rows.leads & (rows.start >= on) & (rows.position == source)
    if not leads and moved.any():
        sector = posts.sectors[posts.sector[source]]
        rows.role[moved] = roles().index[_DEMOTED.get(sector, "senior_adviser")]
        rows.leads[moved] = False
        rows.position[moved] = highest
        rows.full_start[moved] = np.maximum(rows.full_start[moved], on)
        highest += 1
    return rows, highest


def _second_posts(rows: Rows, people: People, first: int, last: int, highest: int, rng: np.random.Generator) -> Rows:
    """Some 4 % have a second, small post at a time; a few of them come to 110 % in all."""
    stop = np.minimum(rows.end, last + 200)
    begin = np.maximum(rows.start, first - 200)
    part = (rows.percentage <= 850) & (rows.kind != 3)
    chance = np.where(part, 0.28, np.where(rows.percentage == 1000, 0.0022, 0.0))
    chosen = (rng.random(len(rows)) < chance) & (stop - begin > 120) & ~rows.leads & (people.cast[rows.person] < 0)
    index = np.flatnonzero(chosen)
    span = stop[index] - begin[index]
    length = np.maximum((span * (0.35 + 0.6 * rng.random(len(index)))).astype(np.int64), 60)
    start = begin[index] + (rng.random(len(index)) * (span - length)).astype(np.int64)
    end = start + length
    keep = (end > first) & (start < last)
    index, start, end = index[keep], start[keep], end[keep]
    room = 1000 - rows.percentage[index]
    size = np.where(room == 0, 100, np.minimum(rng.choice([100, 150, 200, 250, 300], len(index)), room))
    second = rows.take(index)
    second.position = highest + np.arange(len(index))
    second.percentage, second.main = size, np.zeros(len(index), dtype=bool)
    open_end = (rows.end[index] == OPEN) & (end > last)
    second.start, second.end = start, np.where(open_end, OPEN, end)
    second.full_start = start
    second.kind = np.where(open_end, PERMANENT, rng.choice([1, 2], len(index)))
    second.reason = np.where(open_end | (end > last), 0, 5)
    # Half of them work elsewhere in the same sector for the second post: in the unit of the next one chosen.
    order = np.arange(len(index))
    other = rng.random(len(index)) < 0.3
    partner = np.minimum(order + 1, max(len(order) - 1, 0))
    same_role = rows.role[index] == rows.role[index][partner]
    alive = (rows.start[index][partner] <= start) & (rows.end[index][partner] >= end)
    swap = other & same_role & alive
    second.unit = np.where(swap, rows.unit[index][partner], rows.unit[index])
    return second
