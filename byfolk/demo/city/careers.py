"""Who holds which post when: people are hired, resign, retire, move and are promoted, month by month.

All rates are a year's, chosen so that some 10 % leave the employer in a year, 2-3 % change agency, and people retire at
64-65.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from byfolk.demo.cast import EMPLOYED
from byfolk.demo.city.posts import APPRENTICE, PERMANENT, SUBSTITUTE, VACANCY, Posts, day
from byfolk.demo.city.sources import roles

OPEN = 2**30
"""The day of an open end."""
REASONS = (
    None,
    "resigned",
    "pension_old_age",
    "pension_afp",
    "pension_disability",
    "term_ended",
    "moved_agency",
    "reorganised",
    "dismissed",
)
RESIGNED, OLD_AGE, AFP, DISABILITY, TERM_ENDED, MOVED, REORGANISED, DISMISSED = range(1, 9)

_HIRE_AGE = np.array([23.0, 33.0, 37.0, 41.0, 46.0])
"""Mean age at hiring by the age class of the occupation (young, adult, mature, lead, senior)."""
_STOCK_AGE = ((19, 44, 1.1, 1.9), (23, 44, 1.7, 1.8), (24, 43, 2.0, 1.6), (29, 37, 1.8, 1.6), (33, 33, 2.0, 1.5))
"""Age of those who are there at the start: lowest, span and the two parameters of a beta distribution."""


@dataclass
class People:
    """Columns by person: day of birth and gender (True: woman). `cast` is the index in `EMPLOYED`, or -1."""

    birth: np.ndarray
    woman: np.ndarray
    cast: np.ndarray


@dataclass
class Tenures:
    """A person in a post from day `start` to before day `end` (OPEN: still). `term`: the day it is meant to end."""

    post: np.ndarray
    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    term: np.ndarray


def months(first: date, last: date) -> list[int]:
    """The first days of the months from `first`, and of the month after `last`."""
    days, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        days.append(day(date(year, month, 1)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [*days, day(date(year, month, 1))]


def retirement(age: np.ndarray) -> np.ndarray:
    """Yearly probability to take old-age pension or AFP, by age."""
    return np.interp(
        age, [61.9, 62, 63, 64, 65, 66, 67, 68, 70, 72], [0, 0.13, 0.17, 0.28, 0.36, 0.4, 0.65, 0.6, 0.8, 3.0]
    )


def resignation(age: np.ndarray) -> np.ndarray:
    """Yearly probability for a permanent employee to resign, by age."""
    return np.interp(age, [20, 25, 30, 36, 45, 55, 62], [0.145, 0.115, 0.082, 0.06, 0.041, 0.026, 0.015])


class Simulation:
    """The state of all posts, moved one month at a time."""

    def __init__(self, posts: Posts, first: date, last: date, rng: np.random.Generator) -> None:
        self.posts, self.rng, self.table = posts, rng, roles()
        self.months = months(first, last)
        number = len(posts)
        capacity = int(number * 2.4) + 500
        self.birth = np.zeros(capacity, dtype=np.int64)
        self.woman = np.zeros(capacity, dtype=bool)
        self.cast = np.full(capacity, -1)
        self.people = 0
        self.holder = np.full(number, -1)
        self.start = np.zeros(number, dtype=np.int64)
        self.term = np.full(number, OPEN, dtype=np.int64)
        self.free_from = posts.opens.copy()
        self.done: list[np.ndarray] = []
        self.school = np.array([sector in ("school", "kindergarten") for sector in posts.sectors])[posts.sector]
        self.group = self.table.group[posts.role]
        self.by_agency = {agency: np.flatnonzero(posts.agency == agency) for agency in np.unique(posts.agency).tolist()}
        self._first_holders()

    def run(self) -> tuple[People, Tenures]:
        """Through all months; the people and who held what."""
        for begin, end in pairwise(self.months):
            self._month(begin, end)
        held = np.flatnonzero(self.holder >= 0)
        self._record(held, np.full(len(held), OPEN), np.zeros(len(held), dtype=np.int64))
        columns = np.concatenate(self.done, axis=1)
        columns = columns[:, np.lexsort((columns[2], columns[1]))]
        count = self.people
        return People(self.birth[:count], self.woman[:count], self.cast[:count]), Tenures(*columns)

    def _record(self, posts: np.ndarray, ends: np.ndarray, reasons: np.ndarray) -> None:
        self.done.append(np.stack([posts, self.holder[posts], self.start[posts], ends, reasons, self.term[posts]]))

    def _new_people(self, posts: np.ndarray, age: np.ndarray, on: np.ndarray) -> np.ndarray:
        number = len(posts)
        people = np.arange(self.people, self.people + number)
        if self.people + number > len(self.birth):
            grow = len(self.birth)
            self.birth = np.concatenate([self.birth, np.zeros(grow, dtype=np.int64)])
            self.woman = np.concatenate([self.woman, np.zeros(grow, dtype=bool)])
            self.cast = np.concatenate([self.cast, np.full(grow, -1)])
        self.birth[people] = (on - age * 365.25).astype(np.int64)
        self.woman[people] = self.rng.random(number) < self.table.women[self.posts.role[posts]]
        self.people += number
        return people

    def _first_holders(self) -> None:
        rng, posts, begin = self.rng, self.posts, self.months[0]
        held = np.flatnonzero(
            (posts.opens <= begin) & ((rng.random(len(posts)) > VACANCY) | posts.leads | (posts.cast >= 0))
        )
        low, span, a, b = np.array(_STOCK_AGE).T[:, self.table.ages[posts.role[held]]]
        age = low + span * rng.beta(a, b)
        kind = posts.kind[held]
        age = np.where(kind == APPRENTICE, 18 + 4 * rng.random(len(held)), age)
        people = self._new_people(held, age, np.full(len(held), begin))
        longest = np.maximum(age - 19, 0.1)
        tenure = np.minimum(rng.exponential(9.5, len(held)), longest * rng.random(len(held)) ** 0.5)
        tenure = np.where(kind != PERMANENT, rng.random(len(held)) * 1.3, tenure)
        self.holder[held] = people
        self.start[held] = _month_start(begin - (tenure * 365.25).astype(np.int64))
        self.term[held] = np.where(
            kind == PERMANENT,
            OPEN,
            np.maximum(self._terms(held, self.start[held]), begin + 1 + rng.integers(0, 300, len(held))),
        )
        for post in np.flatnonzero(posts.cast >= 0).tolist():
            persona = EMPLOYED[posts.cast[post]]
            person = self.holder[post]
            self.cast[person] = posts.cast[post]
            self.birth[person] = day(date(persona.birth_year, 1 + person % 12, 1 + person % 27))
            self.woman[person] = persona.gender == "K"
            self.start[post] = day(date(persona.since, 8, 1))
        self.free_from[held] = OPEN
        empty = np.flatnonzero((self.holder < 0) & (posts.opens <= begin))
        self.free_from[empty] = begin + rng.integers(0, 60, len(empty))

    def _terms(self, posts: np.ndarray, start: np.ndarray) -> np.ndarray:
        """When those who are not permanent are to end."""
        rng, kind = self.rng, self.posts.kind[posts]
        length = np.select(
            [kind == APPRENTICE, kind == SUBSTITUTE],
            [np.full(len(posts), 730), rng.integers(60, 540, len(posts))],
            rng.integers(240, 1000, len(posts)),
        )
        return _month_start(start + length)

    def _month(self, begin: int, end: int) -> None:
        rng, posts = self.rng, self.posts
        held = np.flatnonzero((self.holder >= 0) & (posts.cast < 0))
        person, kind, start = self.holder[held], posts.kind[held], self.start[held]
        age = (begin - self.birth[person]) / 365.25
        month = int((np.datetime64(0, "D") + begin).astype("datetime64[M]").astype(int) % 12) + 1
        season = (
            np.where(
                self.school[held], 6.0 if month == 7 else 0.545, {6: 1.2, 7: 1.2, 8: 1.3, 12: 0.9}.get(month, 0.96)
            )
            / 12
        )
        pension = retirement(age) / 12
        disability = np.interp(age, [40, 50, 58, 62, 66], [0.0005, 0.003, 0.012, 0.014, 0.0]) / 12
        quits = resignation(age) * self.table.turnover[posts.role[held]] * np.where(start > begin - 365, 1.5, 1.0)
        quits = np.where(kind == PERMANENT, quits, quits * 0.8 + 0.03) * np.where(kind == APPRENTICE, 0.5, 1.0) * season
        moves = np.where(kind == PERMANENT, np.interp(age, [24, 32, 45, 60], [0.05, 0.058, 0.036, 0.008]), 0.0) * season
        steps = np.cumsum([pension, disability, np.full(len(held), 0.0006 / 12), quits, moves], axis=0)
        draw = rng.random(len(held))
        event = (draw[None, :] >= steps).sum(axis=0)
        young = age < 67
        reason = np.select(
            [event == 0, event == 1, event == 2, event == 3],
            [np.where(young, AFP, OLD_AGE), DISABILITY, DISMISSED, RESIGNED],
            0,
        )
        ended = (reason == 0) & (event == 5) & (self.term[held] <= end)
        self._leave(held, reason, begin, end)
        self._fill_vacancies(held[event == 4], held[ended], begin, end)

    def _leave(self, held: np.ndarray, reason: np.ndarray, begin: int, end: int) -> None:
        gone = np.flatnonzero(reason > 0)
        leaving, why = held[gone], reason[gone]
        early = (self.rng.random(len(gone)) < 0.2) & (why == RESIGNED)
        ends = np.where(early, begin + self.rng.integers(3, 28, len(gone)), end)
        self._vacate(leaving, np.maximum(ends, self.start[leaving] + 1), why)

    def _vacate(self, posts: np.ndarray, ends: np.ndarray, reasons: np.ndarray) -> None:
        """Close the tenures in these posts; most are held again at once or within three months."""
        if not len(posts):
            return
        self._record(posts, ends, reasons)
        draw = self.rng.random(len(posts))
        gap = np.select([draw < 0.5, draw < 0.75, draw < 0.9], [0, 30, 61], 92)
        gap = np.where(self.posts.leads[posts], np.select([draw < 0.8, draw < 0.92], [0, 31], 75), gap)
        self.holder[posts] = -1
        self.free_from[posts] = _next_half_month(ends + gap)

    def _fill_vacancies(self, movers: np.ndarray, ended: np.ndarray, begin: int, end: int) -> None:
        rng, posts = self.rng, self.posts
        vacant = np.flatnonzero((self.holder < 0) & (self.free_from <= end) & (posts.opens <= end))
        pool: dict[int, list[int]] = {}
        for post in rng.permutation(vacant).tolist():
            pool.setdefault(int(self.group[post]), []).append(post)
        moved = [
            (post, target, MOVED)
            for post in movers.tolist()
            if (target := self._take(pool, post, other_agency=True)) is not None
        ]
        draw = rng.random(len(ended))
        renewed = ended[draw < 0.28]
        self.term[renewed] = self._terms(renewed, np.full(len(renewed), end))
        for post in ended[(draw >= 0.28) & (draw < 0.72)].tolist():
            target = self._take(pool, post, other_agency=False)
            if target is not None:
                moved.append((post, target, TERM_ENDED))
        self._change_posts(moved, end)
        rest = ended[(draw >= 0.28) & (self.holder[ended] >= 0) & (self.term[ended] <= end)]
        self._vacate(
            rest, np.clip(self.term[rest], np.maximum(begin, self.start[rest]) + 1, end), np.full(len(rest), TERM_ENDED)
        )
        self._promote([post for each in pool.values() for post in each if posts.leads[post]], end)
        hired = vacant[self.holder[vacant] < 0]
        self._hire(hired, np.maximum(self.free_from[hired], begin))

    def _take(self, pool: dict[int, list[int]], post: int, other_agency: bool) -> int | None:
        """A vacancy of the same occupation: in another agency for those who move, rather in the same for those whose
        term is over."""
        vacancies = pool.get(int(self.group[post]), [])
        agency, kind = self.posts.agency, self.posts.kind
        fallback = None
        for place in range(len(vacancies) - 1, max(-1, len(vacancies) - 40), -1):
            vacancy = vacancies[place]
            if self.posts.leads[vacancy] != self.posts.leads[post] or kind[vacancy] == APPRENTICE:
                continue
            same = agency[vacancy] == agency[post]
            if other_agency and not same and kind[vacancy] == PERMANENT:
                return vacancies.pop(place)
            if not other_agency and same:
                return vacancies.pop(place)
            if not other_agency and fallback is None:
                fallback = place
        return vacancies.pop(fallback) if fallback is not None else None

    def _change_posts(self, changes: list[tuple[int, int, int]], on: int) -> None:
        """Move the holders of posts to others at once: (old post, new post, reason)."""
        if not changes:
            return
        old, new, reason = np.array(changes).T
        people = self.holder[old]
        when = np.maximum(on, self.start[old] + 1)
        self._vacate(old, when, reason)
        self._seat(new, people, when)

    def _seat(self, posts: np.ndarray, people: np.ndarray, start: np.ndarray) -> None:
        self.holder[posts] = people
        self.start[posts] = start
        self.free_from[posts] = OPEN
        self.term[posts] = OPEN
        limited = posts[self.posts.kind[posts] != PERMANENT]
        self.term[limited] = self._terms(limited, self.start[limited])

    def _promote(self, vacancies: list[int], end: int) -> None:
        """Half of the new leaders come from the agency itself; their end reason is empty, for they are still there."""
        rng, posts = self.rng, self.posts
        promoted: dict[int, int] = {}
        for vacancy in vacancies:
            colleagues = self.by_agency[int(posts.agency[vacancy])]
            if rng.random() < 0.5:
                continue
            for post in rng.choice(colleagues, 8).tolist():
                person = self.holder[post]
                fit = person >= 0 and not posts.leads[post] and posts.kind[post] == PERMANENT and posts.cast[post] < 0
                if (
                    fit
                    and post not in promoted
                    and 30 < (end - self.birth[person]) / 365.25 < 60
                    and self.start[post] < end - 700
                ):
                    promoted[post] = vacancy
                    break
        self._change_posts([(post, vacancy, 0) for post, vacancy in promoted.items()], end)

    def _hire(self, posts: np.ndarray, start: np.ndarray) -> None:
        rng = self.rng
        mean = _HIRE_AGE[self.table.ages[self.posts.role[posts]]]
        spread = np.where(mean < 30, 0.28, 0.22)
        age = np.clip(mean * rng.lognormal(-(spread**2) / 2, spread), 18.2, 63)
        age = np.where(self.posts.kind[posts] == APPRENTICE, 17.5 + 4 * rng.random(len(posts)), age)
        people = self._new_people(posts, age, start)
        self._seat(posts, people, start)


def _month_start(days: np.ndarray) -> np.ndarray:
    """The first of the month of these days."""
    return (days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)


def _next_half_month(days: np.ndarray) -> np.ndarray:
    """The 1st or the 16th that follows, or the day itself if it is one."""
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64)
    following = (month + 1).astype("datetime64[D]").astype(np.int64)
    return np.where(days == first, first, np.where(days <= first + 15, first + 15, following))
