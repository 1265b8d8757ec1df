"""Rows from a frame to a table, and the steps that every kind goes through."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import polars as pl
from django.db import connection

from byfolk.kernel.people.importing.handling import HANDLING
from byfolk.kernel.people.importing.mapping import Mapping

SAMPLE = 20
LOCK = 7_203_114  # one import at a time: any number that nothing else locks by


@cache
def statements(kind: str, part: str) -> tuple[str, ...]:
    """The statements of one part ("table", "match" or "land") of how a kind of file lands."""
    text = HANDLING[kind].sql.read_text(encoding="utf-8")
    (body,) = (p.partition("\n")[2] for p in text.split("\n-- :")[1:] if p.startswith(f"{part}\n"))
    return tuple(statement for statement in body.split(";\n") if statement.strip())


def copy_rows(table: str, columns: Iterable[str], frame: pl.DataFrame) -> None:
    """Append a frame's columns to a table by COPY."""
    names = ", ".join(columns)
    data = frame.select(*columns).write_csv(None, include_header=False, null_value="\\N", quote_style="non_numeric")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({names}) from stdin (format csv, null '\\N')") as copy,
    ):
        copy.write(data.encode())


def insert_rows(table: str, columns: Iterable[str], frame: pl.DataFrame) -> None:
    """Append a frame's columns to a table with row level security, by way of a temporary one."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:  # all names are from code
        cursor.execute(f"create temporary table written as select {names} from {table} limit 0")  # noqa: S608
        copy_rows("written", columns, frame)
        cursor.execute(f"insert into {table} ({names}) select {names} from written")  # noqa: S608
        cursor.execute("drop table written")


def lock_imports() -> None:
    """Wait until no other import is landing; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def match(mapping: Mapping, good: pl.DataFrame, *, batch_id: int, on: dt.date) -> dict[str, Any]:
    """Stage the good rows and hold them against what stands in the database. Answers the parameters for ``land``."""
    parameters: dict[str, Any] = {"batch": batch_id, "on": on}
    parameters |= {f"has_{f.name}": mapping.supplies(f.name) for f in mapping.file_kind.fields}
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists staged, incoming")
    _run(statements(mapping.kind, "table"), {})
    copy_rows("staged", good.columns, good)
    _run(statements(mapping.kind, "match"), parameters)
    return parameters


def count() -> dict[str, int]:
    """How many rows of ``incoming`` are new, changed and unchanged."""
    with connection.cursor() as cursor:
        cursor.execute("select state, count(*) from incoming group by state")
        found = dict(cursor.fetchall())
    return {state: found.get(state, 0) for state in ("new", "changed", "unchanged")}


def sample() -> list[dict[str, Any]]:
    """Some rows that would change: line, and each changed field with what it is and what it becomes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select line, before, after from incoming where state = 'changed' order by line limit %s", [SAMPLE]
        )
        rows = cursor.fetchall()
    return [
        {
            "line": line,
            "changes": [
                {"field": name, "before": before.get(name), "after": value}
                for name, value in after.items()
                if before.get(name) != value
            ],
        }
        for line, before, after in ((line, _json(b), _json(a)) for line, b, a in rows)
    ]


def land(kind: str, parameters: dict[str, Any]) -> None:
    """Write what is new and what has changed."""
    _run(statements(kind, "land"), parameters)


def _run(steps: Iterable[str], parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in steps:
            # The history's triggers keep the plan of their first call: made for a few rows, it took minutes for 50,000.
            cursor.execute("discard plans")
            cursor.execute(statement, parameters)


def _json(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value
