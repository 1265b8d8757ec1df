"""Putting a table of the city into PostgreSQL by COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl


def copy_in(cursor: Any, table: str, frame: pl.DataFrame) -> None:
    """Write all rows of `frame` to the columns of the same names. Null is an empty, unquoted field."""
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    with cursor.copy(f'copy "{table}" ({columns}) from stdin with (format csv)') as copy:
        for part in frame.iter_slices(100_000):
            copy.write(part.write_csv(include_header=False, quote_style="non_numeric").encode())


def identities(cursor: Any, table: str, codes: pl.Series, name: str) -> pl.DataFrame:
    """Take a number from the table's sequence for each code: columns `name` and `id`."""
    cursor.execute(
        "select setval(pg_get_serial_sequence(%s, 'id'), nextval(pg_get_serial_sequence(%s, 'id')) + %s)",
        [table, table, len(codes)],
    )
    last = int(cursor.fetchone()[0])
    numbers = pl.int_range(last - len(codes) + 1, last + 1, eager=True)
    return pl.DataFrame({name: codes, "id": numbers})


@contextmanager
def constraints_checked_after(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """Take off foreign keys and exclusion constraints, and put them on again after the rows are in.

    Checking a whole table in one go takes a fifth of the time that checking row by row does. It is for empty tables,
    inside one transaction: nobody ever sees the tables without their constraints.
    """
    cursor.execute(
        """select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
             from pg_constraint where conrelid = any(%s::regclass[]) and contype in ('f', 'x')
            order by contype desc, conname""",
        [list(tables)],
    )
    known = cursor.fetchall()
    # What waits to be checked must be, before a table may change form.
    cursor.execute("set constraints all immediate")
    for table, name, _ in known:
        cursor.execute(f"alter table {table} drop constraint {name}")
    yield
    for table, name, definition in known:
        cursor.execute(f"alter table {table} add constraint {name} {definition}")
