"""Putting a table of the city into PostgreSQL by COPY."""

from __future__ import annotations

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
