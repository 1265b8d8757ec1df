"""Sick leave, parental leave, sick children and other absences, as spells.

Spells are drawn so that lost days come to a target by sector, with half of the lost days in spells over 56 days, winter
peaks and a slight fall since 2024. The shape is our own estimate of what Norwegian municipalities usually report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from byfolk.demo.city.careers import OPEN, People
from byfolk.demo.city.employments import Rows

KINDS = ("self_certified", "certified", "parental", "child_sick", "other")
SELF, CERTIFIED, PARENTAL, CHILD_SICK, OTHER = range(5)
SICK_TARGET = {
    "kindergarten": 11.0,
    "nursing_home": 10.5,
    "home_care": 10.2,
    "school": 7.0,
    "child_welfare": 8.6,
    "welfare": 8.0,
    "health": 7.3,
    "technical": 6.4,
    "culture": 5.6,
    "administration": 5.0,
    "district": 5.0,
}
"""Sick leave in per cent of contracted work days, by sector, before trend and season."""

_SHORT_SEASON = np.array([1.38, 1.42, 1.18, 0.95, 0.86, 0.78, 0.42, 0.80, 1.08, 1.06, 1.17, 0.95])
_LONG_SEASON = np.array([1.16, 1.14, 1.08, 1.00, 0.96, 0.92, 0.72, 0.98, 1.05, 1.03, 1.04, 0.92])
_TREND = {2022: 1.0, 2023: 1.01, 2024: 1.02, 2025: 0.985, 2026: 0.95}


@dataclass(frozen=True)
class SpellClass:
    """A class of sick-leave spells: its share of the lost days, lengths in days, grades (permille) with weights."""

    kind: int
    share: float
    low: int
    high: int
    mean: float
    seasonal: bool
    grades: tuple[tuple[int, float], ...]


_FULL = ((1000, 1.0),)
SPELLS = (
    SpellClass(SELF, 0.135, 1, 3, 0.0, True, _FULL),
    SpellClass(CERTIFIED, 0.155, 4, 16, 5.0, True, ((1000, 0.9), (500, 0.1))),
    SpellClass(
        CERTIFIED, 0.21, 17, 56, 15.0, False, ((1000, 0.66), (800, 0.06), (600, 0.06), (500, 0.16), (400, 0.06))
    ),
    SpellClass(
        CERTIFIED,
        0.50,
        57,
        365,
        105.0,
        False,
        ((1000, 0.4), (800, 0.12), (700, 0.06), (600, 0.12), (500, 0.19), (400, 0.06), (200, 0.05)),
    ),
)


@dataclass
class Spells:
    """Columns by spell; `row` is an index into the employment rows given. Days half-open."""

    row: np.ndarray
    kind: np.ndarray
    start: np.ndarray
    end: np.ndarray
    grade: np.ndarray


def make_absences(
    rows: Rows, people: People, sector: np.ndarray, sectors: list[str], first: int, last: int, rng: np.random.Generator
) -> Spells:
    """The spells that touch `first` to before `last`, none overlapping another of the same person, on each of the
    person's posts.

    A spell that runs on past `last` has an OPEN end, but where the employment is to end. `sector` is the index in
    `sectors` of each row's unit."""
    main = np.flatnonzero(rows.main)
    held = _Exposure(rows, people, main, first, last)
    parts = [_sick(held, each, sector[main], sectors, rng) for each in SPELLS]
    parts += [_parental(held, rng), _child_sick(held, rng), *_other(held, rng)]
    row, kind, start, end, grade = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    spells = Spells(main[row], kind, start, end, grade)
    spells = _without_overlaps(rows, spells, first, last)
    running = (spells.end > last) & (rows.end[spells.row] == OPEN)
    spells.end = np.where(running, OPEN, spells.end)
    return _on_second_posts(rows, spells)


class _Exposure:
    """When each main row can have absences, as days; a year before `first` counts, for what is still running then."""

    def __init__(self, rows: Rows, people: People, main: np.ndarray, first: int, last: int) -> None:
        self.begin = np.maximum(rows.start[main], first - 370)
        self.end = np.minimum(rows.end[main], last)
        self.row_end = rows.end[main]
        self.days = np.maximum(self.end - self.begin, 0)
        self.person = rows.person[main]
        self.woman = people.woman[self.person]
        self.age = ((self.begin + self.end) / 2 - people.birth[self.person]) / 365.25
        self.percentage = rows.percentage[main]
        self.leads = rows.leads[main]
        self.role = rows.role[main]
        self.people = people


Drawn = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _draw(
    held: _Exposure, yearly: np.ndarray, season: np.ndarray | None, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(row, start day) of spells with `yearly` expected starts a year in each row; thinned by season and trend."""
    highest = float(season.max() * 1.02) if season is not None else 1.0
    expected = yearly * held.days / 365.25 * highest
    row = np.repeat(np.arange(len(expected)), rng.poisson(expected))
    start = held.begin[row] + (rng.random(len(row)) * held.days[row]).astype(np.int64)
    if season is not None:
        months = start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        years = 1970 + months // 12
        trend = np.interp(years, list(_TREND), list(_TREND.values()))
        keep = rng.random(len(row)) * highest < season[months % 12] * trend
        row, start = row[keep], start[keep]
    return row, start


def _sick(
    held: _Exposure, spell: SpellClass, sector: np.ndarray, sectors: list[str], rng: np.random.Generator
) -> Drawn:
    frailty = np.random.default_rng(7).gamma(1.6, 1 / 1.6, len(held.people.birth))
    weight = frailty[held.person] * np.where(held.woman, 1.12, 0.72) * np.where(held.leads, 0.6, 1.0)
    weight = weight * (
        np.interp(held.age, [20, 35, 50, 62], [1.25, 1.1, 0.9, 0.8])
        if spell.kind == SELF
        else np.interp(held.age, [20, 30, 50, 62], [0.7, 0.9, 1.08, 1.3])
    )
    contracted = held.days * held.percentage
    number = len(sectors)
    expected = np.bincount(sector, weight * contracted, number) / np.maximum(np.bincount(sector, contracted, number), 1)
    rate = np.array([SICK_TARGET[name] for name in sectors])
    target = rate / 100 * spell.share * _made_up_for(rate)
    grades = np.array([grade for grade, _weight in spell.grades])
    shares = np.array([share for _grade, share in spell.grades])
    lost = _mean_length(spell) * float((grades * shares).sum()) / 1000 * _YIELD[spell.low]
    yearly = (target / np.maximum(expected, 1e-9))[sector] * weight * 365.25 / lost
    row, start = _draw(held, yearly, _SHORT_SEASON if spell.seasonal else _LONG_SEASON, rng)
    if spell.low == 1:
        start, end = _work_days(start, rng.choice([1, 2, 3], len(row), p=[0.42, 0.33, 0.25]))
    else:
        start = _weekday(start)
        end = start + np.minimum(spell.low + rng.exponential(spell.mean, len(row)).astype(np.int64), spell.high)
    kind = np.full(len(row), spell.kind)
    return row, kind, start, np.minimum(end, held.row_end[row]), rng.choice(grades, len(row), p=shares)


def _made_up_for(rate: np.ndarray) -> np.ndarray:
    """How much more must be drawn for a rate in per cent, since overlaps are dropped: more
    where there is much absence. Measured."""
    return 1.02 + 0.021 * np.maximum(rate - 5, 0)


_YIELD = {1: 0.89, 4: 0.90, 17: 0.90, 57: 0.86}
"""What is left of each class's drawn days when overlaps are dropped and spells end with the employment. Measured."""


def _mean_length(spell: SpellClass) -> float:
    """Mean length in calendar days as they count against work days (7 to 5)."""
    if spell.low == 1:
        return 1.83 * 7 / 5
    span = spell.high - spell.low
    return spell.low - 0.5 + spell.mean * (1 - np.exp(-span / spell.mean))


def _weekday(start: np.ndarray) -> np.ndarray:
    """The day, or the Monday after if it falls in a weekend."""
    weekday = (start + 3) % 7
    return start + np.where(weekday >= 5, 7 - weekday, 0)


def _work_days(start: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Spells of so many work days (Monday to Friday) from the first work day on."""
    start = _weekday(start)
    weekday = (start + 3) % 7
    return start, start + number + np.where(weekday + number > 5, 2, 0)


def _parental(held: _Exposure, rng: np.random.Generator) -> Drawn:
    """Women some 33 weeks on average, men some 14; some take it part-time."""
    chance = np.interp(held.age, [21, 25, 29, 33, 37, 41, 45], [0.01, 0.05, 0.115, 0.115, 0.055, 0.012, 0])
    chance = chance * np.where(held.woman, 1.0, 0.95)
    row, start = _draw(held, chance, None, rng)
    woman = held.woman[row]
    weeks = np.where(
        woman,
        rng.normal(33, 7, len(row)),
        rng.choice([2, 8, 12, 15, 16, 19, 24], len(row), p=[0.06, 0.08, 0.14, 0.42, 0.12, 0.12, 0.06]),
    )
    start = _weekday(start)
    end = start + (np.clip(weeks, 2, 59) * 7).astype(np.int64)
    grade = rng.choice([1000, 800, 500], len(row), p=[0.9, 0.05, 0.05])
    return row, np.full(len(row), PARENTAL), start, np.minimum(end, held.row_end[row]), grade


def _child_sick(held: _Exposure, rng: np.random.Generator) -> Drawn:
    yearly = np.interp(held.age, [23, 29, 36, 42, 48], [0, 0.6, 1.25, 0.8, 0]) * np.where(held.woman, 1.0, 0.75)
    row, start = _draw(held, yearly, _SHORT_SEASON, rng)
    start, end = _work_days(start, rng.choice([1, 2], len(row), p=[0.72, 0.28]))
    return row, np.full(len(row), CHILD_SICK), start, np.minimum(end, held.row_end[row]), np.full(len(row), 1000)


def _other(held: _Exposure, rng: np.random.Generator) -> list[Drawn]:
    """Short welfare leave, and a few long leaves without pay."""
    row, start = _draw(held, np.full(len(held.days), 0.3), None, rng)
    start, end = _work_days(start, rng.choice([1, 2, 3], len(row), p=[0.7, 0.2, 0.1]))
    short = (row, np.full(len(row), OTHER), start, np.minimum(end, held.row_end[row]), np.full(len(row), 1000))
    row, start = _draw(held, np.interp(held.age, [22, 30, 45, 60], [0.01, 0.02, 0.008, 0.003]), None, rng)
    end = start + rng.integers(30, 365, len(row))
    return [
        short,
        (
            row,
            np.full(len(row), OTHER),
            start,
            np.minimum(end, held.row_end[row]),
            rng.choice([1000, 500, 200], len(row)),
        ),
    ]


def _without_overlaps(rows: Rows, spells: Spells, first: int, last: int) -> Spells:
    """Drop spells that begin within an earlier one of the same person, and those outside `first` to before `last`."""
    person = rows.person[spells.row]
    keep = np.flatnonzero(spells.end > spells.start)
    order = keep[np.lexsort((-spells.end[keep], spells.start[keep], person[keep]))]
    stride = np.int64(100_000)
    shifted_end = person[order].astype(np.int64) * stride + spells.end[order]
    shifted_start = person[order].astype(np.int64) * stride + spells.start[order]
    reach = np.maximum.accumulate(shifted_end)
    free = np.ones(len(order), dtype=bool)
    free[1:] = shifted_start[1:] >= reach[:-1]
    order = order[free & (spells.end[order] > first) & (spells.start[order] < last)]
    return Spells(*(column[order] for column in vars(spells).values()))


def _on_second_posts(rows: Rows, spells: Spells) -> Spells:
    """Give each spell also on the other posts that the person holds then."""
    second = np.flatnonzero(~rows.main)
    if not len(second):
        return spells
    order = np.argsort(rows.person[second], kind="stable")
    second = second[order]
    holder = rows.person[second]
    person = rows.person[spells.row]
    low, high = np.searchsorted(holder, person, "left"), np.searchsorted(holder, person, "right")
    number = high - low
    source = np.repeat(np.arange(len(person)), number)
    target = second[np.repeat(low, number) + (np.arange(len(source)) - np.repeat(np.cumsum(number) - number, number))]
    start = np.maximum(spells.start[source], rows.start[target])
    end = np.minimum(spells.end[source], rows.end[target])
    good = end > start
    return Spells(
        np.concatenate([spells.row, target[good]]),
        np.concatenate([spells.kind, spells.kind[source][good]]),
        np.concatenate([spells.start, start[good]]),
        np.concatenate([spells.end, end[good]]),
        np.concatenate([spells.grade, spells.grade[source][good]]),
    )
