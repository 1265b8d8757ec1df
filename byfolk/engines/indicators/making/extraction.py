"""From PostgreSQL to Arrow, as the background role, all in one snapshot."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
from django.conf import settings

from byfolk.engines.indicators.breakdowns import JOB_FAMILIES
from byfolk.engines.indicators.making.trees import FOREVER, Organisation, Placed, Succeeded
from byfolk.engines.indicators.sources import readings
from byfolk.kernel.access.policies import WORKER

T = TypeVar("T")
#: So many connections look at the same moment of the database, each a process there.
_LOOKS = 2

_STOP = f"least(coalesce(upper({{0}}), '{FOREVER}'), '{FOREVER}')"
_FAMILIES = ", ".join(f"'{group.key}'" for group in JOB_FAMILIES)

EMPLOYMENTS = f"""
select e.person_id::int4 as person, e.unit_id::int4 as unit, e.position_id::int4 as position, e.kind, e.percentage,
e.main,
       lower(e.valid) as start, {_STOP.format("e.valid")} as stop, e.end_reason,
       (case p.gender when 'K' then 1 when 'M' then 2 else 0 end)::int2 as gender, p.birth_date as birth,
       (case when left(s.styrk, 2) in ({_FAMILIES}) then 100 + left(s.styrk, 2)::int else 0 end)::int2 as job_family,
       coalesce(e.batch_id, 0) as batch
  from people_employment e join people_person p on p.id = e.person_id join people_position s on s.id = e.position_id
"""
ABSENCES = f"""
select a.person_id::int4 as person, a.position_id::int4 as position, a.kind, a.grade, lower(a.valid) as start,
       {_STOP.format("a.valid")} as stop, coalesce(a.batch_id, 0) as batch
  from people_absence a where a.valid && daterange($1, $2)
"""
PAY = f"""
select y.person_id::int4 as person, y.position_id::int4 as position, y.annual_pay, lower(y.valid) as start,
       {_STOP.format("y.valid")} as stop, coalesce(y.batch_id, 0) as batch
  from people_pay y where y.valid && daterange($1, $2)
"""
LEADERS = f"""
select l.unit_id::int4 as unit, l.person_id::int4 as person, lower(l.valid) as start, {_STOP.format("l.valid")} as stop,
       coalesce(l.batch_id, 0) as batch
  from organisation_leadership l
"""
# A unit that has never been placed lies where it lies today.
PLACEMENTS = f"""
select unit_id, parent_id, level, lower(valid), {_STOP.format("valid")} from organisation_placement
union all
select u.id, u.parent_id, u.level, lower(u.valid), {_STOP.format("u.valid")} from organisation_unit u
 where not exists (select from organisation_placement p where p.unit_id = u.id)
"""
SUCCESSIONS = 'select unit_id, successor_id, "on" from organisation_succession'
#: The sources that are read for the whole of time, and those of which only what overlaps the span of months is read.
WHOLE = {"employments": EMPLOYMENTS, "leaders": LEADERS}
IN_SPAN = {"absences": ABSENCES, "pay": PAY}


def address(alias: str = "default") -> str:
    """The libpq address of a database of ours, acting as the background role."""
    known = settings.DATABASES[alias]
    who = quote(known["USER"], safe="")
    if known["PASSWORD"]:
        who += ":" + quote(known["PASSWORD"], safe="")
    options = {key: str(value) for key, value in known["OPTIONS"].items() if isinstance(value, str | int)}
    options["options"] = f"{options.get('options', '')} -c role={WORKER}".strip()
    options["host"] = str(known["HOST"] or "localhost")
    if known["PORT"]:
        options["port"] = str(known["PORT"])
    return f"postgresql://{who}@/{quote(str(known['NAME']), safe='')}?{urlencode(options, quote_via=quote)}"


class Snapshot:
    """One look at the database: everything read through it is as it was at one moment."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def table(self, query: str, *arguments: Any) -> pa.Table:
        """The answer to a query as Arrow."""
        with self._connection.cursor() as cursor:
            cursor.execute(query, arguments or None)
            return cursor.fetch_arrow_table()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query as Python values."""
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def organisation(self) -> Organisation:
        """All placements and successions."""
        return Organisation(
            [Placed(*row) for row in self.rows(PLACEMENTS)], [Succeeded(*row) for row in self.rows(SUCCESSIONS)]
        )

    def source(self, code: str, start: dt.date, stop: dt.date) -> pa.Table:
        """The rows of a source that matter for [start, stop)."""
        if code in WHOLE:
            return self.table(WHOLE[code])
        query = IN_SPAN[code] if code in IN_SPAN else readings()[code].query
        return self.table(query, start, stop)


class Looks:
    """Several looks at the database at one and the same moment, so that queries need not wait for each other."""

    def __init__(self, looks: list[Snapshot]) -> None:
        self._size = len(looks)
        self._free: SimpleQueue[Snapshot] = SimpleQueue()
        for look in looks:
            self._free.put(look)

    def together(self, tasks: list[Callable[[Snapshot], T]]) -> list[T]:
        """The answers of these tasks, in their order; the longest should come first."""
        with ThreadPoolExecutor(self._size) as pool:
            return list(pool.map(self._with_one, tasks))

    def _with_one(self, task: Callable[[Snapshot], T]) -> T:
        look = self._free.get()
        try:
            return task(look)
        finally:
            self._free.put(look)


@contextmanager
def snapshot(uri: str) -> Iterator[Looks]:
    """Open looks on the database at this libpq address, all as it is now."""
    with ExitStack() as stack:
        connections = [stack.enter_context(adbc.connect(uri)) for _ in range(_LOOKS)]
        looks = [Snapshot(connection) for connection in connections]
        moment = None
        for connection, look in zip(connections, looks, strict=True):
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
                if moment is not None:
                    cursor.execute(f"set transaction snapshot '{moment}'")
            if moment is None:
                [(moment,)] = look.rows("select pg_export_snapshot()")
        yield Looks(looks)
        for connection in connections:
            connection.rollback()
