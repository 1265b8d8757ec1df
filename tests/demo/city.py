"""The small city of the tests: built once, for it is only read."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from byfolk.demo.city import City, build

ENDLESS = date(2100, 1, 1)


@cache
def small_city() -> City:
    return build(1200)


def closed(frame: pl.DataFrame) -> pl.DataFrame:
    """Open ends as a far day, so that periods can be compared."""
    return frame.with_columns(pl.col("valid_to").fill_null(ENDLESS))


def overlapping(frame: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Rows that begin before the one before them, by the same key, has ended."""
    rows = closed(frame).sort(*by, "valid_from", "valid_to")
    return rows.filter(pl.col("valid_from") < pl.col("valid_to").shift(1).over(by))
