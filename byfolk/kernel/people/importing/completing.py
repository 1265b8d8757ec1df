"""What follows from other fields of a row: names from a full name, percentages from hours, yearly pay from monthly."""

from __future__ import annotations

import polars as pl

from byfolk.kernel.people.importing import parsing
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.sheet import RAW, Sheet

WEEKS = 52


def nothing(sheet: Sheet, mapping: Mapping) -> None:
    """Nothing follows."""


def units(sheet: Sheet, mapping: Mapping) -> None:
    """In FINT the topmost unit points to itself."""
    top = (pl.col("kind") == "0") & (pl.col("parent_code") == pl.col("code"))
    parent = pl.when(top).then(pl.lit("")).otherwise(pl.col("parent_code"))
    sheet.rows = sheet.rows.with_columns(parent.alias("parent_code"))


def absences(sheet: Sheet, mapping: Mapping) -> None:
    """An absence without a grade is of the whole post."""
    grade = pl.when(pl.col(RAW + "grade") == "").then(pl.lit(1000)).otherwise(pl.col("grade"))
    sheet.rows = sheet.rows.with_columns(grade.alias("grade"))


def employments(sheet: Sheet, mapping: Mapping) -> None:
    """Names, the percentage and the yearly pay from what the source has instead."""
    rows = _employments(sheet.rows, mapping)
    needs_name = (pl.col("given_name") == "") | (pl.col("family_name") == "")
    sheet.note(rows.filter(needs_name & (pl.col(RAW + "full_name") != "")), "full_name", "not_a_name")
    sheet.rows = rows


def _employments(rows: pl.DataFrame, mapping: Mapping) -> pl.DataFrame:
    split = {text: parsing.split_name(text) for text in rows["full_name"].unique().to_list() if text}
    full = pl.col("full_name")
    for part, name in enumerate(("given_name", "family_name")):
        parts = {text: names[part] for text, names in split.items() if names} or {"": ""}
        made = full.replace_strict(list(parts), list(parts.values()), default="", return_dtype=pl.String)
        rows = rows.with_columns(pl.when(pl.col(name) == "").then(made).otherwise(pl.col(name)).alias(name))
    hours = (pl.col("weekly_hours") * 1000 / mapping.full_time_hours).round().clip(1, 1000).cast(pl.Int64)
    blank = pl.col("percentage").is_null() & (pl.col(RAW + "percentage") == "")
    if "percentage" in mapping.constants:
        # The constant is for rows that say nothing at all: hours say more.
        blank = blank | (pl.col("weekly_hours").is_not_null() & _was_constant("percentage", mapping))
    rows = rows.with_columns(
        pl.when(blank & pl.col("weekly_hours").is_not_null()).then(hours).otherwise("percentage").alias("percentage")
    )
    times = {"year": 1.0, "month": 12.0, "hour": mapping.full_time_hours * WEEKS}[mapping.pay_period]
    given = (pl.col("annual_pay") * times).round().cast(pl.Int64)
    hourly = (pl.col("hourly_pay") * (mapping.full_time_hours * WEEKS)).round().cast(pl.Int64)
    full_time = mapping.pay_basis == "full_time"
    share = pl.lit(1.0) if full_time else pl.col("percentage") / 1000
    return rows.with_columns(
        annual_pay=pl.coalesce((given / share).round().cast(pl.Int64), pl.col("monthly_pay") * 12, hourly),
        supplements=pl.when(pl.col(RAW + "supplements") == "").then(pl.lit(0)).otherwise("supplements"),
        protected=pl.when(pl.col(RAW + "protected") == "").then(pl.lit(False)).otherwise("protected"),
    )


def _was_constant(name: str, mapping: Mapping) -> pl.Expr:
    return pl.col(RAW + name) == mapping.constants[name]
