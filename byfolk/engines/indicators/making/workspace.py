"""DuckDB over the extracted rows: the tables that fact queries read (`facts`), and their answers."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from django.conf import settings

from byfolk.engines.indicators.breakdowns import AGE_BANDS, AGE_LIMITS
from byfolk.engines.indicators.fact_tables import DIMENSIONS, ApartTable, FactTable
from byfolk.engines.indicators.making.trees import Organisation, UnitTree
from byfolk.engines.indicators.sources import readings
from byfolk.kernel.time import add_months, is_working_day, working_days

#: Sources as they are when there is nothing in them, so that a fact query can be run on a part of the tables.
EMPTY: dict[str, pa.Schema] = {
    "employments": pa.schema(
        {
            "person": pa.int32(),
            "unit": pa.int32(),
            "position": pa.int32(),
            "kind": pa.string(),
            "percentage": pa.int32(),
            "main": pa.bool_(),
            "start": pa.date32(),
            "stop": pa.date32(),
            "end_reason": pa.string(),
            "gender": pa.int16(),
            "birth": pa.date32(),
            "job_family": pa.int16(),
            "batch": pa.int64(),
        }
    ),
    "absences": pa.schema(
        {
            "person": pa.int32(),
            "position": pa.int32(),
            "kind": pa.string(),
            "grade": pa.int32(),
            "start": pa.date32(),
            "stop": pa.date32(),
            "batch": pa.int64(),
        }
    ),
    "pay": pa.schema(
        {
            "person": pa.int32(),
            "position": pa.int32(),
            "annual_pay": pa.int64(),
            "start": pa.date32(),
            "stop": pa.date32(),
            "batch": pa.int64(),
        }
    ),
    "leaders": pa.schema(
        {"unit": pa.int32(), "person": pa.int32(), "start": pa.date32(), "stop": pa.date32(), "batch": pa.int64()}
    ),
}

# An unbroken sick leave is one spell, whatever papers it is made of: rows of the same post that touch or overlap.
_SPELLS = """
create table absences as
with sick as (
    select *, max(stop) over (partition by person, position order by start, stop rows between unbounded preceding and
    1 preceding)
               as reached
      from read_absences where kind in ('self_certified', 'certified')
), numbered as (
    select *, count(*) filter (reached is null or start > reached) over (partition by person, position order by
    start, stop) as spell_number
      from sick
)
select person, position, kind, grade, start, stop, batch,
       (max(stop) over (partition by person, position, spell_number)
        - min(start) over (partition by person, position, spell_number))::int as spell
  from numbered
union all
select person, position, kind, grade, start, stop, batch, 0 from read_absences where kind not in ('self_certified',
'certified')
"""
_BAND = " + ".join(
    f"(date_sub('year', birth, (day - interval 1 day)::date) >= {limit})::int" for limit in AGE_LIMITS[1:]
)
_MACROS = f"""
create macro age_band_at(birth, day) as (case when birth is null then 0 else {AGE_BANDS[0].code} + {_BAND}
end)::smallint
"""
# Only what fact queries read of a post, one row for each month's last day that it was held on.
_STOCK = """
create table stock as
select m.month, m.next, e.person, e.unit, e.position, e.kind in ('temporary', 'substitute') as temporary,
e.percentage, e.main, e.start,
       e.gender, e.birth, e.job_family, age_band_at(e.birth, m.next) as age_band
  from reach m join employments e on e.start < m.next and e.stop >= m.next
"""
# The main post: the one marked so; among several or none, the largest, then the oldest. Most people have but one.
_HEADS = """
create table heads as
with persons as (
    select month, person, count(*) as posts, sum(percentage)::int as permille from stock group by all having count(*)
    > 1
), several as (
    select s.*, p.permille,
           row_number() over (partition by month, person order by main desc, percentage desc, start, position) as nth
      from stock s join persons p using (month, person)
), found as (
    select * exclude (nth) from several where nth = 1
    union all
    select s.*, s.percentage as permille from stock s anti join persons p using (month, person)
)
select * exclude (next, start, main, percentage), date_sub('year', birth, next - 1) as age from found
"""


class Workspace:
    """One run's DuckDB: sources in, facts out. Close it, or use it in a `with`."""

    def __init__(
        self, sources: Mapping[str, pa.Table], organisation: Organisation, *, threads: int = 2, memory: str = "1200MB"
    ) -> None:
        # What does not fit in memory is about persons: it lies with the rest of the installation's own data.
        spill = str(Path(settings.HOME) / "facts" / "spill")
        self.duck = duckdb.connect(config={"threads": threads, "memory_limit": memory, "temp_directory": spill})
        self.organisation = organisation
        self.trees: dict[dt.date, UnitTree] = {}
        for code, schema in EMPTY.items():
            name = "read_absences" if code == "absences" else code
            given = sources.get(code, schema.empty_table())
            self.duck.register("given", given)
            self.duck.execute(f"create table {name} as select * from given")
            self.duck.unregister("given")
        for code, reading in readings().items():
            columns = ", ".join(f"{name} {kind}" for name, kind in reading.columns.items())
            self.duck.execute(f"create table {code} ({columns})")
            if code in sources:
                self.duck.register("given", sources[code])
                self.duck.execute(f"insert into {code} by name select {', '.join(reading.columns)} from given")
                self.duck.unregister("given")
        self.duck.execute(_SPELLS)
        self.duck.execute("drop table read_absences")
        self.duck.execute(_MACROS)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.duck.close()

    def prepare(self, months: Sequence[dt.date]) -> None:
        """Make what fact queries read, for the months to be made and those whose heads they look back at."""
        first, last = min(months), max(months)
        self.trees = {month: self.organisation.tree(month, add_months(month, 1)) for month in months}
        self._put("reach", _months(months))
        self.duck.execute(_STOCK)
        self.duck.execute(_HEADS)
        self._put("workdays", _workdays(add_months(first, -24), add_months(last, 2)))
        self._put("trees", pa.concat_tables([_closure(month, tree) for month, tree in self.trees.items()]))
        self._put("routes", pa.concat_tables([self._routes(month, tree) for month, tree in self.trees.items()]))

    def _routes(self, month: dt.date, tree: UnitTree) -> pa.Table:
        units = {row.unit for row in self.organisation.placed}
        seats = self.organisation.routes(units, tree, add_months(month, 1))
        return pa.table(
            {
                "month": pa.array([month] * len(seats), pa.date32()),
                "unit": np.fromiter(seats, dtype=np.int32, count=len(seats)),
                "seat": tree.ids[np.fromiter(seats.values(), dtype=np.int64, count=len(seats))].astype(np.int32),
            }
        )

    def facts(self, table: FactTable | ApartTable, months: Sequence[dt.date]) -> Iterator[tuple[dt.date, pa.Table]]:
        """A fact table's rows, month by month, sorted; every unit of them is a unit of the month's tree.

        Several tables may be made at once, each in a thread of its own.
        """
        keys = ["unit", "month", *([] if isinstance(table, ApartTable) else DIMENSIONS)]
        sums = ", ".join(f"sum(f.{m.code})::bigint as {m.code}" for m in table.measures)
        dims = "".join(f", f.{name}::smallint as {name}" for name in keys[2:])
        # What is temporary is the cursor's own.
        with self.duck.cursor() as duck:
            duck.register("given", _months(months))
            duck.execute("create temp table months as select * from given")
            duck.execute(
                f"""
                create temp table made as
                select coalesce(r.seat, t.top)::int as unit, f.month::date as month{dims}, {sums}
                  from ({table.select}) f
                  left join routes r on r.month = f.month and r.unit = f.unit
                  left join (select month, min(unit) filter (level = 0) as top from trees where depth = 0 group by
                  month) t
                    on t.month = f.month
                 group by all
                """
            )
            order = ", ".join(name for name in keys if name != "month")
            for month in months:
                yield month, duck.execute(f"from made where month = ? order by {order}", [month]).to_arrow_table()

    def persons(self, month: dt.date) -> pa.Table:
        """Who was where at the end of a month: person, unit, gender, permille, temporary, age_band, pay (-1: none)."""
        return (
            self.duck.cursor()
            .execute(
                """
            select h.person, r.seat as unit, h.gender::smallint as gender, h.permille::int as permille,
                   h.temporary::smallint as temporary, h.age_band::smallint as age_band,
                   h.job_family::smallint as job_family, coalesce(p.annual_pay, -1) as pay
              from heads h join routes r on r.month = h.month and r.unit = h.unit
              left join pay p on p.person = h.person and p.position = h.position and p.start < ? and p.stop >= ?
             where h.month = ? order by h.person
            """,
                [add_months(month, 1), add_months(month, 1), month],
            )
            .to_arrow_table()
        )

    def leaders(self, month: dt.date) -> pa.Table:
        """Who led at the end of a month: person, unit (the highest led), level, gender."""
        return (
            self.duck.cursor()
            .execute(
                """
            with led as (
                select l.person, l.unit, t.level from leaders l join trees t on t.month = $1 and t.unit = l.unit and
                t.depth = 0
                 where l.start < $2 and l.stop >= $2
            )
            select l.person, arg_min(l.unit, (l.level, l.unit)) as unit, min(l.level)::smallint as level,
                   coalesce(any_value(h.gender), 0)::smallint as gender
              from led l left join heads h on h.month = $1 and h.person = l.person group by l.person order by l.person
            """,
                [month, add_months(month, 1)],
            )
            .to_arrow_table()
        )

    def _put(self, name: str, table: pa.Table) -> None:
        self.duck.register("given", table)
        self.duck.execute(f"create or replace table {name} as select * from given")
        self.duck.unregister("given")


def _months(months: Iterable[dt.date]) -> pa.Table:
    chosen = sorted(set(months))
    return pa.table(
        {
            "month": pa.array(chosen, pa.date32()),
            "next": pa.array([add_months(m, 1) for m in chosen], pa.date32()),
            "year_start": pa.array([m.replace(month=1) for m in chosen], pa.date32()),
            "workdays": pa.array([working_days(m, add_months(m, 1)) for m in chosen], pa.int32()),
        }
    )


def _workdays(start: dt.date, stop: dt.date) -> pa.Table:
    days = [start + dt.timedelta(days=i) for i in range((stop - start).days + 1)]
    worked = np.cumsum([0] + [is_working_day(day) for day in days[:-1]])
    return pa.table({"day": pa.array(days, pa.date32()), "before": worked.astype(np.int32)})


def _closure(month: dt.date, tree: UnitTree) -> pa.Table:
    unit, ancestor, depth = tree.closure()
    return pa.table(
        {
            "month": pa.array([month] * len(unit), pa.date32()),
            "unit": tree.ids[unit].astype(np.int32),
            "ancestor": tree.ids[ancestor].astype(np.int32),
            "level": tree.tree.level[ancestor].astype(np.int16),
            "depth": depth.astype(np.int16),
        }
    )
