"""Spans of time that figures cover, and the cube's sums for them as arrays over the span's units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import ibis
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from byfolk.engines.indicators.breakdowns import Dimension, PeriodKind
from byfolk.engines.indicators.definition import DisclosureClass, Indicator, Measure
from byfolk.engines.indicators.fact_tables import FactTable
from byfolk.engines.indicators.making import cube
from byfolk.engines.indicators.making.trees import Organisation, UnitTree
from byfolk.engines.indicators.people import HEADS
from byfolk.kernel.time import add_months, months_between

Ints = npt.NDArray[np.int64]


_QUARTERS, _YEAR_END = (3, 6, 9, 12), (12,)


@dataclass(frozen=True, eq=False)
class Span:
    """A month, a calendar year or twelve months, with the tree of its units. `period` is its last month, `months` all
    of them."""

    kind: PeriodKind
    period: dt.date
    months: tuple[dt.date, ...]
    tree: UnitTree

    @property
    def stop(self) -> dt.date:
        """The day after the span."""
        return add_months(self.period, 1)

    @property
    def year_end(self) -> bool:
        """Whether breakdowns by age and job family are made for it."""
        return self.period.month == 12


@dataclass(eq=False)
class Sums:
    """Whole numbers for each unit of a span: what it has itself (`own`) and with all below it (`whole`).

    Measures that no fact table holds for every month of the span are missing, not zero.
    """

    span: Span
    _own: dict[tuple[str, int], Ints] = field(default_factory=dict)
    _whole: dict[tuple[str, int], Ints] = field(default_factory=dict)
    measures: set[str] = field(default_factory=set)

    def own(self, measure: str, group: int = 0) -> Ints:
        """What each unit has itself, in one group (0: all)."""
        return self._own.get((measure, group), self._zeros)

    def whole(self, measure: str, group: int = 0) -> Ints:
        """What each unit has with all below it, in one group (0: all)."""
        return self._whole.get((measure, group), self._zeros)

    def put(self, measure: str, group: int, own: Ints | None, whole: Ints) -> None:
        """Keep the numbers of a measure. `own` None: a number that does not add up (a median)."""
        if own is not None:
            self._own[(measure, group)] = own
        self._whole[(measure, group)] = whole
        self.measures.add(measure)

    def has(self, *measures: str) -> bool:
        """Whether the facts of these measures are there for the whole span."""
        return all(measure in self.measures for measure in measures)

    @cached_property
    def _zeros(self) -> Ints:
        return np.zeros(len(self.span.tree.ids), dtype=np.int64)


def summed(
    spans: Sequence[Span],
    tables: Iterable[tuple[FactTable, Mapping[dt.date, Path]]],
    dimensions: Mapping[Dimension, Collection[str]],
) -> list[Sums]:
    """The cube over these spans: totals for each, and the groups of each dimension for the measures that are broken
    down by it.

    `tables`: each fact table with the Parquet file of each month that there is. Gender is summed for quarters and
    years, age and
    job family for year ends: no other figures are broken down.
    """
    found = [Sums(span) for span in spans]
    backend = cube.connect()
    backend.con.execute("set threads = 2; set memory_limit = '1200MB'")
    closure = backend.create_table("closure", _closures(spans), temp=True)
    for table, files in tables:
        chosen = [
            i
            for i, span in enumerate(spans)
            if span.kind in table.spans and all(month in files for month in span.months)
        ]
        months = sorted({month for i in chosen for month in spans[i].months})
        if not chosen:
            continue
        facts = backend.read_parquet([str(files[month]) for month in months])
        measures = [m.code for m in table.measures]
        for i in chosen:
            found[i].measures.update(measures)
        _add(backend, facts, closure, _members(spans, chosen), "", measures, found)
        for dimension, wanted in dimensions.items():
            some = [code for code in measures if code in wanted]
            ends = _QUARTERS if dimension is Dimension.GENDER else _YEAR_END
            made = [i for i in chosen if spans[i].period.month in ends]
            if some and made:
                _add(backend, facts, closure, _members(spans, made), dimension.value, some, found)
    backend.disconnect()
    return found


def _add(
    backend: ibis.BaseBackend,
    facts: ibis.Table,
    closure: ibis.Table,
    members: pa.Table,
    by: str,
    measures: list[str],
    found: list[Sums],
) -> None:
    keys = [by] if by else []
    spans = backend.create_table("members", members, temp=True, overwrite=True)
    own = cube.own_sums(facts, spans, keys, measures).cache()
    for table, kept in (
        (own, [s._own for s in found]),
        (cube.cube(own, closure, keys, measures), [s._whole for s in found]),
    ):
        rows = table.order_by(["span", *keys]).to_pyarrow()
        columns = {m: rows[m].to_numpy().astype(np.int64) for m in measures}
        span, unit = rows["span"].to_numpy(), rows["unit"].to_numpy()
        group = rows[by].to_numpy() if by else np.zeros(len(span), dtype=np.int64)
        if not len(span):
            continue
        starts = np.flatnonzero(np.r_[True, (np.diff(span) != 0) | (np.diff(group) != 0)])
        for start, stop in zip(starts, [*starts[1:], len(span)], strict=True):
            sums = found[int(span[start])]
            at = _places(sums.span.tree, unit[start:stop])
            # Group 0 of a breakdown is those of whom it is not known: kept under -1, apart from 'all'.
            code = int(group[start]) or (-1 if by else 0)
            for measure, values in columns.items():
                array = np.zeros(len(sums.span.tree.ids), dtype=np.int64)
                np.add.at(array, at, values[start:stop])
                kept[int(span[start])][(measure, code if code != -1 else UNKNOWN_GROUPS[Dimension(by)])] = array


#: The group that those are kept under of whom a dimension is not known. Never stored, but they are part of the total.
UNKNOWN_GROUPS = {Dimension.GENDER: -1, Dimension.AGE_BAND: -2, Dimension.JOB_FAMILY: -3}


def _places(tree: UnitTree, units: Ints) -> Ints:
    order = np.argsort(tree.ids)
    # A month's unit is always one of its year's tree: the tree of a span holds every unit that existed in it.
    return order[np.searchsorted(tree.ids, units, sorter=order)]


def _closures(spans: Sequence[Span]) -> pa.Table:
    parts = []
    for i, span in enumerate(spans):
        unit, ancestor, _ = span.tree.closure()
        parts.append((np.full(len(unit), i), span.tree.ids[unit], span.tree.ids[ancestor]))
    columns = [np.concatenate(column).astype(np.int32) for column in zip(*parts, strict=True)]
    return pa.table(dict(zip(("span", "unit", "ancestor"), columns, strict=True)))


def _members(spans: Sequence[Span], chosen: Sequence[int]) -> pa.Table:
    pairs = [(i, month) for i in chosen for month in spans[i].months]
    return pa.table(
        {
            "span": np.array([i for i, _ in pairs], dtype=np.int32),
            "month": pa.array([month for _, month in pairs], pa.date32()),
        }
    )


def due(
    organisation: Organisation, indicators: Sequence[Indicator], first: dt.date, since: dt.date, until: dt.date
) -> list[Span]:
    """Every month from the first changed one (`since`) on, and every whole year that ends in them, in the order to
    decide them; and the twelve months up to those in which an open figure of such a span is published. `first`: the
    first month that there are facts of.
    """
    rolling = {month for i in indicators for month in rolling_ends(i)}
    found = []
    for month in months_between(since, until):
        tree = organisation.tree(month, add_months(month, 1))
        found.append(Span(PeriodKind.MONTH, month, (month,), tree))
        start = month.replace(month=1)
        if month.month == 12 and start >= first:
            year = organisation.tree(start, add_months(month, 1))
            found.append(Span(PeriodKind.YEAR, month, tuple(months_between(start, month)), year))
        start = add_months(month, -11)
        if month.month in rolling and start >= first:
            tree = organisation.tree(start, add_months(month, 1))
            found.append(Span(PeriodKind.ROLLING, month, tuple(months_between(start, month)), tree))
    return found


def years(organisation: Organisation, first: dt.date, since: int, until: dt.date) -> list[Span]:
    """The calendar years from `since` on, as far as there are facts of them."""
    found = []
    for year in range(since, until.year + 1):
        start, end = max(dt.date(year, 1, 1), first), min(dt.date(year, 12, 1), until)
        tree = organisation.tree(start, add_months(end, 1))
        found.append(Span(PeriodKind.YEAR, end, tuple(months_between(start, end)), tree))
    return found


def rolling_ends(indicator: Indicator) -> set[int]:
    """In which calendar months twelve months end that an open figure is published for: it is summed from facts. Of
    others the months that were published are added up.
    """
    if indicator.disclosure is not DisclosureClass.OPEN:
        return set()
    cadences = (*indicator.upper, *indicator.lower)
    return {month for c in cadences if c.kind is PeriodKind.ROLLING for month in c.months}


def broken_down(indicators: Sequence[Indicator]) -> dict[Dimension, set[str]]:
    """For each dimension the measures that some indicator's breakdown by it is made of."""
    found: dict[Dimension, set[str]] = {}
    for dimension in Dimension:
        codes = {HEADS.code}
        for i in indicators:
            if dimension in i.breakdowns:
                needed = [m for m in (i.numerator, i.denominator, i.group, *i.persons) if m is not None]
                codes.update(code for m in needed for code in (m.mean_of or (m.code,)))
        found[dimension] = codes
    return found


def put_apart(sums: Sums, measures: Sequence[Measure], table: pa.Table | None) -> None:
    """Add what is counted apart by unit (`table`, None for nothing) to the sums of a month."""
    if table is None:
        return
    frame = pl.DataFrame(pl.from_arrow(table))
    places = [sums.span.tree.index[unit] for unit in frame["unit"].to_list()]
    for measure in measures:
        whole = sums.whole("", 0).copy()
        whole[places] = frame[measure.code].to_numpy()
        sums.put(measure.code, 0, None, whole)
