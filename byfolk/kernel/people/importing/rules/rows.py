"""Rules that every kind of file has: dates in order, no row twice, and units and people that are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from byfolk.kernel.people.importing.findings import WARNING
from byfolk.kernel.people.importing.parsing import OPEN_FROM_YEAR
from byfolk.kernel.people.importing.periods import EXISTING, day, span, too_much
from byfolk.kernel.people.importing.sheet import Sheet

EARLIEST = dt.date(1930, 1, 1)
YEARS_AHEAD = 5


def check_dates(sheet: Sheet, on: dt.date) -> None:
    """Start before end, no end without start, and years that can be."""
    start, end = pl.col("valid_from"), pl.col("valid_to")
    sheet.note(
        start.is_null() & end.is_not_null() & (pl.col("raw:valid_from") == ""), "valid_from", "end_without_start"
    )
    sheet.note(end <= start, "valid_to", "ends_before_start", start=day(start))
    latest = dt.date(on.year + YEARS_AHEAD, 12, 31)
    sheet.note((start < EARLIEST) | (start > latest), "valid_from", "date_range")
    sheet.note((end < EARLIEST) & (end > start) | (end.dt.year() >= OPEN_FROM_YEAR), "valid_to", "date_range")


def drop_duplicates(sheet: Sheet, key: Sequence[str]) -> None:
    """The same key twice: an equal row counts once, a different one is an error that names the first."""
    values = [c for c in sheet.rows.columns if c != "line" and not c.startswith("raw:")]
    first = sheet.rows.group_by(key).agg(
        pl.col("line").min().alias("first"), pl.len().alias("copies"), pl.col("line").sort().alias("lines")
    )
    many = first.filter(pl.col("copies") > 1)
    if many.is_empty():
        return
    rows = sheet.rows.join(many.select(*key, "first"), on=key, how="inner", nulls_equal=True)
    fingerprint = rows.select(pl.struct(values).hash()).to_series()
    rows = rows.with_columns(print=fingerprint)
    of_first = rows.filter(pl.col("line") == pl.col("first")).select(*key, original="print")
    copies = rows.join(of_first, on=key, how="left", nulls_equal=True).filter(pl.col("line") != pl.col("first"))
    same = copies.filter(pl.col("print") == pl.col("original"))
    sheet.note(same, "", "duplicate_same", severity=WARNING, other=pl.col("first"))
    shown = pl.concat_str(
        [pl.col(k).dt.strftime("%d.%m.%Y") if k == "valid_from" else pl.col(k) for k in key], separator=", "
    )
    sheet.note(copies.filter(pl.col("print") != pl.col("original")), "", "duplicate", other=pl.col("first"), key=shown)
    sheet.rows = sheet.rows.filter(~pl.col("line").is_in(same["line"].implode()))
    sheet.drop_rejected()


def lifetimes(units: pl.DataFrame) -> pl.DataFrame:
    """From the periods of units: code, opens, closes (null while open)."""
    return units.group_by("code").agg(
        opens=pl.col("valid_from").min(),
        closes=pl.when(pl.col("valid_to").is_null().any()).then(None).otherwise(pl.col("valid_to").max()),
    )


def check_unit(sheet: Sheet, name: str, units: pl.DataFrame) -> None:
    """The unit is known, exists when the row's period starts, and (as a warning) until it ends."""
    known = lifetimes(units)
    rows = sheet.rows.join(known, left_on=name, right_on="code", how="left")
    sheet.note(rows.filter(pl.col("opens").is_null()), name, "unknown_unit", value=pl.col(name))
    there = rows.filter(pl.col("opens").is_not_null())
    start, end, closes = pl.col("valid_from"), pl.col("valid_to"), pl.col("closes")
    closed_then = (start < pl.col("opens")) | (start >= closes).fill_null(False)
    sheet.note(
        there.filter(closed_then),
        name,
        "unit_not_open",
        value=pl.col(name),
        start=day(start),
        open=span("opens", "closes"),
    )
    outlives = ~closed_then & closes.is_not_null() & (end.is_null() | (end > closes))
    sheet.note(
        there.filter(outlives),
        name,
        "outlives_unit",
        severity=WARNING,
        value=pl.col(name),
        closed=day(closes.dt.offset_by("-1d")),
    )


def beside(sheet: Sheet, existing: pl.DataFrame, key: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """The file's rows and the existing rows that they do not replace (same natural key), as periods for ``too_much``:
    the columns, start, end and line."""
    kept = existing.join(sheet.rows.select(key), on=key, how="anti", nulls_equal=True)
    both = [
        frame.select(*columns, start=pl.col("valid_from"), end=pl.col("valid_to"), line=line)
        for frame, line in (
            (kept, pl.lit(EXISTING, dtype=pl.UInt32)),
            (sheet.rows, pl.col("line").cast(pl.UInt32)),
        )
    ]
    return pl.concat([both[0].cast(both[1].schema), both[1]])


def check_apart(sheet: Sheet, periods: pl.DataFrame, by: Sequence[str], name: str, code: str, key: pl.Expr) -> None:
    """No two rows with the same ``by`` at one time; the message names the other line, or that it is registered
    already."""
    found = too_much(periods.with_columns(amount=pl.lit(1)), by, limit=1)
    sheet.note_lines(found, name, code, other=pl.col("other"), key=key)
    sheet.drop_rejected()


def as_percent(column: str) -> pl.Expr:
    """Permille as percent text with a decimal comma."""
    return (pl.col(column) / 10).cast(pl.String).str.replace(".0", "", literal=True).str.replace(".", ",", literal=True)
