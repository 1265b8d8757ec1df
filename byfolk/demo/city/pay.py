"""Yearly pay by occupation, seniority and person, new each 1 May."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np

from byfolk.demo.city.careers import OPEN, People
from byfolk.demo.city.employments import Rows
from byfolk.demo.city.posts import APPRENTICE, day
from byfolk.demo.city.sources import roles

_SETTLEMENTS = {2022: 3.8, 2023: 5.4, 2024: 5.2, 2025: 4.4, 2026: 4.1}
"""Growth in per cent from 1 May of the year. Later years are given 3.5 %, earlier ones 3.0 %."""
_LEVEL_YEAR = 2025
"""The source's pay is taken as the level after the settlement of this year."""


def level(year: int) -> float:
    """The pay level after the settlement of a year, against the level of the source."""
    result = 1.0
    for each in range(_LEVEL_YEAR + 1, year + 1):
        result *= 1 + _SETTLEMENTS.get(each, 3.5) / 100
    for each in range(year + 1, _LEVEL_YEAR + 1):
        result /= 1 + _SETTLEMENTS.get(each, 3.0) / 100
    return result


class PayScale:
    """What each person earns in a post for full time, in øre a year, rounded to whole hundreds of kroner."""

    def __init__(self, rows: Rows, people: People, rng: np.random.Generator) -> None:
        table = roles()
        number = len(people.birth)
        self.rows, self.table = rows, table
        # The person's own level lasts; men stand a little higher in the same occupation.
        self.personal = rng.normal(1.0, 0.045, number) * np.where(people.woman, 0.991, 1.019)
        self.extra = rng.gamma(4, 0.25, number)
        self.experience = rng.gamma(2, 3, number)

    def at(self, index: np.ndarray, on: int, year: int) -> tuple[np.ndarray, np.ndarray]:
        """(annual pay, supplements) of rows on a day, at the level of a year's settlement."""
        rows = self.rows
        person, role = rows.person[index], rows.role[index]
        years = np.maximum((on - rows.full_start[index]) / 365.25, 0) + self.experience[person]
        seniority = np.interp(years, [0, 2, 6, 10, 16, 30], [0.90, 0.93, 0.97, 1.01, 1.05, 1.07])
        apprentice = np.where(rows.kind[index] == APPRENTICE, 0.52, 1.0)
        pay = self.table.pay[role] * self.personal[person] * seniority * apprentice * level(year)
        pay = (np.round(pay / 10_000) * 10_000).astype(np.int64)
        supplements = pay * (self.table.shift[role] * 0.9 + 6) / 1000 * self.extra[person]
        return pay, (np.round(supplements / 1000) * 1000).astype(np.int64)


def pay_rows(scale: PayScale, first: date, last: date) -> dict[str, np.ndarray]:
    """The pay of each person in each post from `first` on: one row between two settlements.

    Columns: row (an index into the employment rows), person, position, start, end, annual_pay, supplements."""
    rows = scale.rows
    spans, owner = _spans(rows)
    person, position, begin, end = spans
    columns: dict[str, list[np.ndarray]] = {name: [] for name in ("row", "start", "end", "annual_pay", "supplements")}
    cuts = [
        day(first),
        *(day(date(year, 5, 1)) for year in range(first.year, last.year + 1) if first < date(year, 5, 1) <= last),
        OPEN,
    ]
    year = first.year if first >= date(first.year, 5, 1) else first.year - 1
    for low, high in pairwise(cuts):
        index = np.flatnonzero((begin < high) & (end > low))
        annual, extra = scale.at(owner[index], low, year)
        columns["row"].append(index)
        columns["start"].append(np.maximum(begin[index], low))
        columns["end"].append(np.minimum(end[index], high))
        columns["annual_pay"].append(annual)
        columns["supplements"].append(extra)
        year += 1
    result = {name: np.concatenate(parts) for name, parts in columns.items()}
    result["person"], result["position"] = person[result["row"]], position[result["row"]]
    result["row"] = owner[result["row"]]
    return result


def _spans(rows: Rows) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    """Periods in which a person holds a post without a break, and one of the rows of each."""
    order = np.lexsort((rows.start, rows.position, rows.person))
    person, position = rows.person[order], rows.position[order]
    start, end = rows.start[order], rows.end[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (person[1:] != person[:-1]) | (position[1:] != position[:-1]) | (start[1:] != end[:-1])
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:], len(order)) - 1
    return (person[heads], position[heads], start[heads], end[tails]), order[heads]
