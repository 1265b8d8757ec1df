"""Everything that pages may show as one CSV file, and nothing more: for open data, and for anyone who wants to
attack it.
"""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import GROUPS, Hierarchy, PeriodKind
from byfolk.engines.indicators.states import State
from byfolk.kernel.access.acting import acting_as_worker

COLUMNS = (
    "indicator",
    "unit",
    "parent",
    "hierarchy",
    "period",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "n",
    "state",
)
FILE = "figures.csv"
# A period as it is written: a month, a calendar year, or the twelve months up to and with a month.
_PERIOD = f"""
case f.kind when {PeriodKind.YEAR} then to_char(f.period, 'YYYY')
            when {PeriodKind.ROLLING} then to_char(f.period, 'YYYY-MM') || '/12' else to_char(f.period, 'YYYY-MM') end
"""
# The parent that a unit had at the end of the period, or has today.
_QUERY = f"""
copy (
    select i.code as indicator, u.code as unit,
           case when f.hierarchy = {Hierarchy.TODAY} then today.code else placed.code end as parent,
           case f.hierarchy when {Hierarchy.TODAY} then 'today' else 'as_it_was' end as hierarchy,
           {_PERIOD} as period, g.key as breakdown, f.numerator, f.denominator, f.value, f.n,
           s.name || coalesce('_' || f.bound, '') as state
      from indicators_figure f
      join figure_indicators i on i.key = f.indicator
      join figure_groups g on g.code = f.breakdown
      join figure_states s on s.code = f.state
      join organisation_unit u on u.id = f.unit
      left join organisation_unit today on today.id = u.parent_id
      left join lateral (
        select o.code from organisation_placement p join organisation_unit o on o.id = p.parent_id
         where p.unit_id = f.unit and lower(p.valid) < f.period + interval '1 month' order by lower(p.valid) desc
         limit 1
      ) placed on true
     order by i.code, f.period, f.kind, f.hierarchy, u.code, f.breakdown
) to stdout (format csv, header)
"""


def export(folder: Path) -> tuple[Path, int]:
    """Write `figures.csv` to a folder (made if it is absent); answers where it lies and how many figures it holds.

    Columns: `COLUMNS`. `period` is 2025-06 (the month, or its last day), 2025 (the calendar year) or 2025-06/12 (the
    twelve
    months up to then). `state` is published, or why there is no number; band_low_20 means at most 20 per cent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    half = path.with_suffix(".half")
    lines = 0
    with acting_as_worker(why="figures.export"), connection.cursor() as cursor, half.open("wb") as file:
        _names(cursor)
        with cursor.copy(_QUERY) as copy:
            for block in copy:
                file.write(block)
                lines += bytes(block).count(b"\n")
    half.rename(path)
    return path, lines - 1


def _names(cursor: Any) -> None:
    """What the small numbers stand for, for as long as the transaction lasts."""
    lists: dict[str, tuple[str, list[tuple[int, str]]]] = {
        "figure_indicators": ("key, code", [(i.key, i.code) for i in registry.indicators()]),
        "figure_groups": ("code, key", [(g.code, g.key) for g in GROUPS.values()]),
        "figure_states": ("code, name", [(int(s), s.name.lower()) for s in State]),
    }
    for table, (columns, rows) in lists.items():
        key, name = columns.split(", ")
        cursor.execute(f"create temp table {table} ({key} int primary key, {name} text) on commit drop")
        cursor.execute(
            f"insert into {table} select * from unnest(%s::int[], %s::text[])",
            [[number for number, _ in rows], [text for _, text in rows]],
        )
