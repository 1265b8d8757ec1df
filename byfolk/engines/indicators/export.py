"""Everything that pages may show as one CSV file, and nothing more: for open data, and for anyone who wants to
attack it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import GROUPS, Hierarchy, PeriodKind
from byfolk.engines.indicators.models import OpenFigure
from byfolk.engines.indicators.states import State
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.organisation.models import Unit

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
_SELECT = f"""
    select i.code as indicator, u.code as unit,
           case when f.hierarchy = {Hierarchy.TODAY} then today.code else placed.code end as parent,
           case f.hierarchy when {Hierarchy.TODAY} then 'today' else 'as_it_was' end as hierarchy,
           {_PERIOD} as period, g.key as breakdown, f.numerator, f.denominator, f.value, f.n,
           s.name || coalesce('_' || f.bound, '') as state
"""
_FROM = """
      from {table} f
      join unnest(%(keys)s::int[], %(codes)s::text[]) i (key, code) on i.key = f.indicator
      join unnest(%(groups)s::int[], %(group_keys)s::text[]) g (code, key) on g.code = f.breakdown
      join unnest(%(states)s::int[], %(state_names)s::text[]) s (code, name) on s.code = f.state
      join organisation_unit u on u.id = f.unit
      left join organisation_unit today on today.id = u.parent_id
      left join lateral (
        select o.code from organisation_placement p join organisation_unit o on o.id = p.parent_id
         where p.unit_id = f.unit and lower(p.valid) < f.period + interval '1 month' order by lower(p.valid) desc
         limit 1
      ) placed on true
"""
_ORDER = " order by i.code, f.period, f.kind, f.hierarchy, u.code, f.breakdown"
# What anyone may see of a year; where it is defined stands in every row.
_OPENLY = " where f.period between make_date(%(year)s, 1, 1) and make_date(%(year)s, 12, 31)"


def export(folder: Path) -> tuple[Path, int]:
    """Write `figures.csv` to a folder (made if it is absent); answers where it lies and how many figures it holds.

    Columns: `COLUMNS`. `period` is 2025-06 (the month, or its last day), 2025 (the calendar year) or 2025-06/12 (the
    twelve
    months up to then). `state` is published, or why there is no number; band_low_20 means at most 20 per cent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    half = path.with_suffix(".half")
    with acting_as_worker(why="figures.export"), half.open("wb") as file:
        lines = _copy(f"{_SELECT} {_FROM.format(table='indicators_figure')} {_ORDER}", {}, file.write)
    half.rename(path)
    return path, lines - 1


def open_year(year: int, definitions: str) -> bytes:
    """What anyone may see of the figures whose period ends in a year, as CSV: `COLUMNS` and the address of the
    definition, which is `definitions` with the indicator's code after it. One query.
    """
    content = io.BytesIO()
    select = f"{_SELECT}, %(definitions)s || i.code as definition"
    rows = _FROM.format(table="indicators_openfigure")
    _copy(f"{select} {rows} {_OPENLY} {_ORDER}", {"year": year, "definitions": definitions}, content.write)
    return content.getvalue()


def open_years() -> list[int]:
    """The years that anyone may see figures of, newest first. One query."""
    found = OpenFigure.objects.filter(unit__in=Unit.objects.filter(parent=None).values("pk"))
    return sorted(found.order_by().values_list("period__year", flat=True).distinct(), reverse=True)


def _copy(query: str, parameters: dict[str, Any], write: Callable[[bytes], Any]) -> int:
    """Write what a query answers as CSV; answers how many lines, the head among them."""
    names = {
        "keys": [one.key for one in registry.indicators()],
        "codes": [one.code for one in registry.indicators()],
        "groups": [group.code for group in GROUPS.values()],
        "group_keys": [group.key for group in GROUPS.values()],
        "states": [int(state) for state in State],
        "state_names": [state.name.lower() for state in State],
    }
    lines = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy ({query}) to stdout (format csv, header)", names | parameters) as copy,
    ):
        for block in copy:
            write(bytes(block))
            lines += bytes(block).count(b"\n")
    return lines
