"""Rules of absences: of a known person in a known post, within the employment, and never more than the whole post."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from byfolk.kernel.people.importing.findings import WARNING
from byfolk.kernel.people.importing.periods import FOREVER, span, too_much
from byfolk.kernel.people.importing.rules.rows import (
    as_percent,
    beside,
    check_apart,
    check_dates,
    drop_duplicates,
)
from byfolk.kernel.people.importing.sheet import Sheet

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing

KEY = ("employee_number", "position_number", "valid_from", "kind")
FULL = 1000
LOWEST_CERTIFIED = 200


def check(sheet: Sheet, existing: Existing, on: dt.date) -> None:
    """All rules of a file of absences."""
    check_dates(sheet, on)
    known = existing.employees["employee_number"].implode()
    sheet.note(~pl.col("employee_number").is_in(known), "employee_number", "unknown_employee")
    sheet.drop_rejected()
    _find_position(sheet, existing)
    _check_employed(sheet, existing)
    drop_duplicates(sheet, KEY)
    post = ["employee_number", "position_number"]
    check_apart(
        sheet,
        beside(sheet, existing.absences, KEY, [*post, "kind"]),
        [*post, "kind"],
        "valid_from",
        "absence_overlap",
        pl.col("position_number"),
    )
    periods = beside(sheet, existing.absences, KEY, [*post, "grade"]).rename({"grade": "amount"})
    found = too_much(periods, post, limit=FULL)
    sheet.note_lines(found, "grade", "absence_over_full", total=as_percent("total"))
    sheet.drop_rejected()
    kind, grade = pl.col("kind"), pl.col("grade")
    sheet.note((kind == "certified") & (grade < LOWEST_CERTIFIED), "grade", "low_grade", severity=WARNING)
    sheet.note((kind == "self_certified") & (grade < FULL), "grade", "self_certified_grade", severity=WARNING)


def _find_position(sheet: Sheet, existing: Existing) -> None:
    """A row that names no post concerns the only one, or the main one, that the person holds on the first day."""
    blank = pl.col("position_number") == ""
    start = pl.col("valid_from")
    unsaid = sheet.rows.filter(blank).select("line", "employee_number", "valid_from")
    if unsaid.is_empty():
        return
    posts = existing.employments.select(
        "employee_number", "position_number", "main", opens="valid_from", closes="valid_to"
    )
    held = unsaid.join(posts, on="employee_number").filter(
        (pl.col("opens") <= start) & (pl.col("closes").is_null() | (pl.col("closes") > start))
    )
    mains = held.filter(pl.col("main"))
    chosen = (
        pl.concat([held.filter(pl.len().over("line") == 1), mains.filter(pl.len().over("line") == 1)])
        .unique("line", keep="first")
        .select("line", found="position_number")
    )
    none_held = ~pl.col("line").is_in(held["line"].unique().implode())
    sheet.rows = (
        sheet.rows.join(chosen, on="line", how="left", maintain_order="left")
        .with_columns(position_number=pl.when(blank).then("found").otherwise("position_number").fill_null(""))
        .drop("found")
    )
    still = pl.col("position_number") == ""
    sheet.note(still & ~none_held, "position_number", "which_position")
    sheet.note(still & none_held, "valid_from", "outside_employment", employed="–")
    sheet.drop_rejected()


def _check_employed(sheet: Sheet, existing: Existing) -> None:
    """The whole absence lies within the time that the person holds the post; periods that meet are one."""
    post = ["employee_number", "position_number"]
    closes = pl.col("valid_to").fill_null(FOREVER)
    held = existing.employments.select(*post, opens="valid_from", closes=closes).sort(*post, "opens")
    gap = (pl.col("opens") > pl.col("closes").cum_max().shift(1)).over(post).fill_null(False)
    stretches = (
        held.with_columns(stretch=gap.cast(pl.Int32).cum_sum().over(post))
        .group_by(*post, "stretch")
        .agg(pl.col("opens").min(), pl.col("closes").max())
    )
    rows = sheet.rows.select("line", *post, "valid_from", pl.col("valid_to").fill_null(FOREVER))
    joined = rows.join(stretches, on=post, how="left")
    unknown = joined.filter(pl.col("opens").is_null())
    sheet.note_lines(unknown.select("line"), "position_number", "unknown_position")
    inside = joined.filter((pl.col("opens") <= pl.col("valid_from")) & (pl.col("closes") >= pl.col("valid_to")))
    lines = inside["line"].unique().implode()
    outside = joined.filter(pl.col("opens").is_not_null() & ~pl.col("line").is_in(lines)).sort("opens")
    outside = outside.unique("line", keep="last").with_columns(
        closes=pl.when(pl.col("closes") == FOREVER).then(None).otherwise("closes")
    )
    sheet.note_lines(
        outside.select("line", "opens", "closes"), "valid_from", "outside_employment", employed=span("opens", "closes")
    )
    sheet.drop_rejected()
