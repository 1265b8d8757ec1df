"""What stands in the database, as frames for the rules."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import connection

from byfolk.kernel.people.importing.checking import Existing
from byfolk.kernel.people.importing.handling import HANDLING
from byfolk.kernel.people.importing.sheet import Sheet

UNITS = """
select u.code, p.name, p.level, o.code as parent_code, lower(p.valid) as valid_from, upper(p.valid) as valid_to
  from organisation_placement p
  join organisation_unit u on u.id = p.unit_id left join organisation_unit o on o.id = p.parent_id
"""
EMPLOYEES = "select employee_number, birth_date from people_person"
LEADERS = """
select u.code as unit_code, p.employee_number, lower(l.valid) as valid_from, upper(l.valid) as valid_to
  from organisation_leadership l
  join organisation_unit u on u.id = l.unit_id join people_person p on p.id = l.person_id
"""
EMPLOYMENTS = """
select p.employee_number, q.number as position_number, u.code as unit_code, e.kind as employment_kind,
       e.percentage, e.main, lower(e.valid) as valid_from, upper(e.valid) as valid_to
  from people_employment e join people_person p on p.id = e.person_id join people_position q on q.id = e.position_id
  join organisation_unit u on u.id = e.unit_id
"""
ABSENCES = """
select p.employee_number, q.number as position_number, a.kind, a.grade,
       lower(a.valid) as valid_from, upper(a.valid) as valid_to
  from people_absence a join people_person p on p.id = a.person_id join people_position q on q.id = a.position_id
"""
QUERIES = {
    "units": UNITS,
    "employees": EMPLOYEES,
    "leaders": LEADERS,
    "employments": EMPLOYMENTS,
    "absences": ABSENCES,
}


def read_units() -> Existing:
    """The units that there are, seen by the role that the connection acts as."""
    return Existing(units=read_frame(UNITS, Existing().units.schema))


def read_existing(sheet: Sheet, known: Existing) -> Existing:
    """Whatever else a file's rows must fit, seen by the role that the connection acts as. `known`: its units.

    What is looked at for each person alone is read of those in the file: a city has a million absences.
    """
    handling = HANDLING[sheet.kind]
    frames = {}
    for name in handling.needs:
        query, schema = QUERIES[name], getattr(known, name).schema
        if name == "units":
            frames[name] = known.units
        elif name in handling.of_persons:
            numbers = sheet.rows["employee_number"].drop_nulls().unique().to_list()
            frames[name] = read_frame(f"{query} where employee_number = any(%s)", schema, [numbers])
        else:
            frames[name] = read_frame(query, schema)
    own = {name: read_frame(query, pl.Schema(schema)) for name, (query, schema) in handling.own.items()}
    return Existing(**frames, own=own)


def read_frame(query: str, schema: pl.Schema, arguments: Sequence[Any] = ()) -> pl.DataFrame:
    """The answer of a query, by COPY: some ten times as fast as rows."""
    data = io.BytesIO()
    copied = f"copy ({query}) to stdout (format csv, null '\\N')"
    with connection.cursor() as cursor, cursor.copy(copied, arguments or None) as copy:
        for block in copy:
            data.write(block)
    if not data.tell():
        return pl.DataFrame(schema=schema)
    text = {name: pl.String() if dtype == pl.Boolean else dtype for name, dtype in schema.items()}
    data.seek(0)
    frame = pl.read_csv(data, has_header=False, schema=text, null_values=["\\N"])
    truths = [name for name, dtype in schema.items() if dtype == pl.Boolean]
    return frame.with_columns(pl.col(name) == "t" for name in truths)
