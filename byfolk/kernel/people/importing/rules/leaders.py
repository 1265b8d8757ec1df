"""Rules of leaders: known units and people, and one leader of a unit at a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from byfolk.kernel.people.importing.findings import WARNING
from byfolk.kernel.people.importing.periods import day
from byfolk.kernel.people.importing.rules.rows import beside, check_apart, check_dates, check_unit, drop_duplicates
from byfolk.kernel.people.importing.sheet import Sheet

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing

KEY = ("unit_code", "employee_number", "valid_from")


def check(sheet: Sheet, existing: Existing, on: dt.date) -> None:
    """All rules of a file of leaders."""
    check_dates(sheet, on)
    sheet.drop_rejected()
    check_unit(sheet, "unit_code", existing.units)
    known = existing.employees["employee_number"].implode()
    sheet.note(~pl.col("employee_number").is_in(known), "employee_number", "unknown_employee")
    sheet.drop_rejected()
    drop_duplicates(sheet, KEY)
    check_apart(
        sheet,
        beside(sheet, existing.leaders, KEY, ["unit_code"]),
        ["unit_code"],
        "valid_from",
        "two_leaders",
        pl.col("unit_code"),
    )
    _check_employed(sheet, existing)


def _check_employed(sheet: Sheet, existing: Existing) -> None:
    posts = existing.employments.select("employee_number", opens="valid_from", closes="valid_to")
    start = pl.col("valid_from")
    employed = (
        sheet.rows.select("line", "employee_number", "valid_from")
        .join(posts, on="employee_number", how="inner")
        .filter((pl.col("opens") <= start) & (pl.col("closes").is_null() | (pl.col("closes") > start)))
    )
    sheet.note(
        ~pl.col("line").is_in(employed["line"].unique().implode()),
        "valid_from",
        "leader_not_employed",
        severity=WARNING,
        start=day("valid_from"),
    )
