"""A municipality that fits on a page, for tests that a person can check by hand: units, posts, absences, pay,
leaders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable
from byfolk.engines.indicators.making.rows import measured
from byfolk.engines.indicators.making.spans import Span, Sums
from byfolk.engines.indicators.making.trees import FOREVER, Organisation, Placed, Succeeded
from byfolk.engines.indicators.making.workspace import EMPTY, Workspace
from byfolk.kernel.time import add_months, months_between

CITY, CARE, SCHOOLS, HOME, WARD, SCHOOL = 1, 2, 3, 4, 5, 6
LONG_AGO = dt.date(1990, 1, 1)
#: The city with two agencies; a nursing home with a ward in one, a school in the other.
TREE = ((CITY, None, 0), (CARE, CITY, 2), (SCHOOLS, CITY, 2), (HOME, CARE, 4), (WARD, HOME, 5), (SCHOOL, SCHOOLS, 5))


def day(text: str) -> dt.date:
    """A date from `2025-03-01`."""
    return dt.date.fromisoformat(text)


class Small:
    """Collects rows as one would tell them. Percentages are whole; `to` is the first day not covered, as in the
    database.
    """

    def __init__(self) -> None:
        self.placed = [Placed(unit, parent, level, LONG_AGO, FOREVER) for unit, parent, level in TREE]
        self.succeeded: list[Succeeded] = []
        self.rows: dict[str, list[dict[str, Any]]] = {code: [] for code in EMPTY}
        self.served_rows: list[dict[str, Any]] = []

    def works(
        self,
        person: int,
        unit: int,
        start: str,
        to: str = "",
        *,
        percent: int = 100,
        kind: str = "permanent",
        main: bool = True,
        gender: int = 1,
        born: str = "1980-05-17",
        family: int = 122,
        why: str = "",
        position: int = 0,
    ) -> Small:
        self.rows["employments"].append(
            {
                "person": person,
                "unit": unit,
                "position": position or person,
                "kind": kind,
                "percentage": percent * 10,
                "main": main,
                "start": day(start),
                "stop": day(to) if to else FOREVER,
                "end_reason": why,
                "gender": gender,
                "birth": day(born),
                "job_family": family,
                "batch": 1,
            }
        )
        return self

    def away(self, person: int, kind: str, start: str, to: str, *, grade: int = 100, position: int = 0) -> Small:
        self.rows["absences"].append(
            {
                "person": person,
                "position": position or person,
                "kind": kind,
                "grade": grade * 10,
                "start": day(start),
                "stop": day(to),
                "batch": 1,
            }
        )
        return self

    def paid(self, person: int, kroner: int, start: str = "2020-01-01") -> Small:
        self.rows["pay"].append(
            {
                "person": person,
                "position": person,
                "annual_pay": kroner * 100,
                "start": day(start),
                "stop": FOREVER,
                "batch": 1,
            }
        )
        return self

    def leads(self, person: int, unit: int, start: str = "2020-01-01", to: str = "") -> Small:
        stop = day(to) if to else FOREVER
        self.rows["leaders"].append({"unit": unit, "person": person, "start": day(start), "stop": stop, "batch": 1})
        return self

    def served(self, unit: int, service: str, start: str, to: str, **measures: float) -> Small:
        """Results of a service. Kroner, units of volume, points; `to` is the first day not covered."""
        first, stop = day(start), day(to)
        scaled = {name: None if value is None else round(value * 100) for name, value in measures.items()}
        if "respondents" in measures:
            scaled["respondents"] = round(measures["respondents"])
        months = (stop.year - first.year) * 12 + stop.month - first.month
        empty = dict.fromkeys(("cost_budget", "cost_accounts", "volume", "quality", "satisfaction", "respondents"))
        keys = {"unit": unit, "service": service, "start": first, "stop": stop, "months": months, "batch": 1}
        self.served_rows.append(empty | keys | scaled)
        return self

    def workspace(self, first: str, last: str) -> Workspace:
        tables = {code: pa.Table.from_pylist(rows, schema=EMPTY[code]) for code, rows in self.rows.items()}
        if self.served_rows:
            tables["service_results"] = pa.Table.from_pylist(self.served_rows)
        work = Workspace(tables, Organisation(self.placed, self.succeeded))
        work.prepare(months_between(day(first), day(last)))
        return work

    def facts(self, table: FactTable | ApartTable, first: str, last: str = "") -> pl.DataFrame:
        """The fact rows of the months `first` to `last`."""
        last = last or first
        months = months_between(day(first), day(last))
        with self.workspace(add_months(months[0], -table.lookback).isoformat(), last) as work:
            return pl.concat([pl.DataFrame(pl.from_arrow(rows)) for _, rows in work.facts(table, months)])

    def value(
        self, indicator: Indicator, tables: Sequence[FactTable], first: str, last: str = "", unit: int = CITY
    ) -> float | None:
        """The indicator of a unit and all below it, over the months: what a page would show if nothing were hidden."""
        last = last or first
        organisation = Organisation(self.placed, self.succeeded)
        tree = organisation.tree(day(first), add_months(day(last), 1))
        months = tuple(months_between(day(first), day(last)))
        kind = PeriodKind.MONTH if len(months) == 1 else PeriodKind.YEAR
        sums = Sums(Span(kind, months[-1], months, tree))
        for table in tables:
            facts = self.facts(table, first, last)
            for measure in table.measures:
                own = [
                    int(facts.filter(pl.col("unit") == unit_id)[measure.code].sum()) for unit_id in tree.ids.tolist()
                ]
                sums.put(measure.code, 0, pl.Series(own, dtype=pl.Int64).to_numpy(), tree.tree.subtree_sums(own))
        at = tree.index[unit]
        below = None if indicator.denominator is None else int(measured(sums, indicator.denominator, 0)[at])
        return indicator.value(int(measured(sums, indicator.numerator, 0)[at]), below)
