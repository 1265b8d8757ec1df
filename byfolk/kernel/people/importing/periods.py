"""Half-open date periods in frames: text for people, and what is too much at one time.

A frame of periods has ``start`` and ``end`` (polars Date, ``end`` null while open) beside its other columns.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import polars as pl

FOREVER = dt.date(9999, 12, 31)
EXISTING = 0  # the line of a row that is in the database already


def day(column: str | pl.Expr) -> pl.Expr:
    """A date as people here write it."""
    return (pl.col(column) if isinstance(column, str) else column).dt.strftime("%d.%m.%Y")


def span(start: str, end: str) -> pl.Expr:
    """A period as text, with the last day that counts: ``01.01.2026–31.01.2026``, and ``01.01.2026–`` while open."""
    last = pl.col(end).dt.offset_by("-1d")
    return pl.format("{}–{}", day(start), pl.when(pl.col(end).is_null()).then(pl.lit("")).otherwise(day(last)))


def too_much(rows: pl.DataFrame, by: Sequence[str], *, limit: int, keep_all: bool = False) -> pl.DataFrame:
    """The lines that bring the sum of ``amount`` above ``limit`` at some day, within the same ``by``.

    ``rows``: by..., start, end, amount, line (``EXISTING`` for what stands in the database). What exists counts
    first, then the file line by line; a row that brings too much does not count for those after it, unless
    ``keep_all``. Answers (line, total, other): the highest sum that the row led to, and the line of the last row
    counted on that day. Takes time in proportion to the rows, but for the few groups where something is wrong.
    """
    nothing = pl.DataFrame(schema={"line": pl.UInt32, "total": pl.Int64, "other": pl.UInt32})
    if rows.is_empty():
        return nothing
    rows = rows.with_columns(pl.col("end").fill_null(FOREVER))
    by = list(by)
    edges = (
        pl.concat(
            [
                rows.select(*by, day=pl.col("start"), change=pl.col("amount").cast(pl.Int64)),
                rows.select(*by, day=pl.col("end"), change=-pl.col("amount").cast(pl.Int64)),
            ]
        )
        .group_by(*by, "day")
        .agg(pl.col("change").sum())
        .sort(*by, "day")
        .with_columns(load=pl.col("change").cum_sum().over(by))
    )
    suspects = edges.filter(pl.col("load") > limit).select(by).unique()
    if suspects.is_empty():
        return nothing
    found: list[tuple[int, int, int]] = []
    for group in rows.join(suspects, on=by, how="semi").sort("line", "start").partition_by(by):
        found += _fill(group, limit, keep_all)
    return pl.DataFrame(found, schema=nothing.schema, orient="row").unique("line", keep="first").sort("line")


def _fill(group: pl.DataFrame, limit: int, keep_all: bool) -> list[tuple[int, int, int]]:
    days = sorted(set(group["start"].to_list()) | set(group["end"].to_list()))
    load = np.zeros(len(days), dtype=np.int64)
    last = np.zeros(len(days), dtype=np.int64)
    found = []
    for line, start, end, amount in group.select("line", "start", "end", "amount").iter_rows():
        i, j = bisect_left(days, start), bisect_left(days, end)
        if i >= j:
            continue
        peak = i + int(load[i:j].argmax())
        total = int(load[peak]) + amount
        if total > limit and line != EXISTING:
            found.append((line, total, int(last[peak])))
            if not keep_all:
                continue
        load[i:j] += amount
        last[i:j] = line
    return found
