"""Rules of employments: known units, the same post once at a time, and no more than full time
(docs/decisions/import.md)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from byfolk.kernel.people.importing.findings import WARNING
from byfolk.kernel.people.importing.periods import FOREVER, too_much
from byfolk.kernel.people.importing.rules.rows import (
    as_percent,
    beside,
    check_apart,
    check_dates,
    check_unit,
    drop_duplicates,
)
from byfolk.kernel.people.importing.sheet import Sheet

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing

KEY = ("employee_number", "position_number", "valid_from")
FULL = 1000
FAR_OVER_FULL = 1300
YOUNGEST, OLDEST = 13, 100
UNUSUAL_PAY = 10  # times the median of the file, or a tenth of it


def check(sheet: Sheet, existing: Existing, on: dt.date) -> None:
    """All rules of a file of employments."""
    check_dates(sheet, on)
    sheet.drop_rejected()
    check_unit(sheet, "unit_code", existing.units)
    _check_age(sheet, on)
    _check_pay(sheet)
    sheet.drop_rejected()
    drop_duplicates(sheet, KEY)
    _check_person(sheet, existing)
    check_apart(
        sheet,
        beside(sheet, existing.employments, KEY, ["employee_number", "position_number"]),
        ["employee_number", "position_number"],
        "valid_from",
        "overlap",
        pl.col("position_number"),
    )
    _check_post(sheet, existing)
    _check_total(sheet, existing)
    _complete_main(sheet)


def _check_age(sheet: Sheet, on: dt.date) -> None:
    years = pl.col("valid_from").dt.year() - pl.col("birth_date").dt.year()
    sheet.note((years < YOUNGEST) | (pl.col("birth_date") > on), "birth_date", "age", years=years)
    sheet.note(years > OLDEST, "birth_date", "age", severity=WARNING, years=years)


def _check_pay(sheet: Sheet) -> None:
    median = sheet.rows["annual_pay"].median()
    if not isinstance(median, int | float) or not median:
        return
    pay = pl.col("annual_pay")
    shown = f"{round(median / 100):,}".replace(",", " ")
    far_off = (pay > median * UNUSUAL_PAY) | (pay < median / UNUSUAL_PAY)
    sheet.note(
        far_off, "annual_pay", "pay_unusual", severity=WARNING, value=(pay / 100).round().cast(pl.Int64), median=shown
    )


def _check_person(sheet: Sheet, existing: Existing) -> None:
    """One employee number is one person: one birth date, one name."""
    number, birth = pl.col("employee_number"), pl.col("birth_date")
    known = existing.employees.filter(birth.is_not_null()).select("employee_number", born="birth_date", other=pl.lit(0))
    first = (
        sheet.rows.filter(birth.is_not_null()).sort("line").unique("employee_number", keep="first", maintain_order=True)
    )
    first = first.join(known, on="employee_number", how="anti").select(
        "employee_number", born="birth_date", other="line"
    )
    born = pl.concat([known.cast({"other": pl.UInt32}), first.cast({"other": pl.UInt32})])
    rows = sheet.rows.join(born, on="employee_number", how="inner").filter(birth != pl.col("born"))
    sheet.note(rows, "birth_date", "other_birth_date", other=pl.col("other"))
    names = sheet.rows.group_by(number).agg(
        pl.col("line").min().alias("other"), pl.struct("given_name", "family_name").n_unique().alias("names")
    )
    several = sheet.rows.join(names.filter(pl.col("names") > 1), on="employee_number", how="inner")
    first_names = several.filter(pl.col("line") == pl.col("other")).select(
        "employee_number", first_given="given_name", first_family="family_name"
    )
    several = several.join(first_names, on="employee_number").filter(
        (pl.col("given_name") != pl.col("first_given")) | (pl.col("family_name") != pl.col("first_family"))
    )
    sheet.note(several, "family_name", "other_name", severity=WARNING, other=pl.col("other"))
    sheet.drop_rejected()


def _check_post(sheet: Sheet, existing: Existing) -> None:
    """Those who hold a post fill it to at most 100 per cent at any time; substitutes are not counted."""
    columns = ["position_number", "employment_kind", "percentage"]
    periods = beside(sheet, existing.employments, KEY, columns).filter(pl.col("employment_kind") != "substitute")
    found = too_much(periods.rename({"percentage": "amount"}), ["position_number"], limit=FULL)
    sheet.note_lines(found, "percentage", "post_over_full", total=as_percent("total"), key=pl.col("position_number"))
    sheet.drop_rejected()


def _check_total(sheet: Sheet, existing: Existing) -> None:
    """A person over 100 per cent in all is worth a look. Over 130 is an error, of permanent posts and of other posts
    each by itself: who is on leave from one post and substitutes in another has both."""
    columns = ["employee_number", "employment_kind", "percentage"]
    periods = beside(sheet, existing.employments, KEY, columns).rename({"percentage": "amount"})
    periods = periods.with_columns(lasting=pl.col("employment_kind") == "permanent")
    far = too_much(periods, ["employee_number", "lasting"], limit=FAR_OVER_FULL)
    shown = as_percent("total")
    sheet.note_lines(far, "percentage", "person_far_over_full", total=shown, limit=FAR_OVER_FULL // 10)
    sheet.drop_rejected()
    left = periods.filter(~pl.col("line").is_in(far["line"].implode()))
    over = too_much(left, ["employee_number"], limit=FULL, keep_all=True)
    sheet.note_lines(over, "percentage", "person_over_full", severity=WARNING, total=shown)


def _complete_main(sheet: Sheet) -> None:
    """Where the file does not say which post is the main one: the largest of those held at one time, then the
    oldest."""
    unsaid = pl.col("main").is_null()
    if sheet.rows.filter(unsaid).is_empty():
        return
    own = sheet.rows.select(
        "line",
        "employee_number",
        "percentage",
        "position_number",
        "valid_from",
        pl.col("valid_to").fill_null(FOREVER),
        "main",
    )
    several = own.filter(pl.len().over("employee_number") > 1)
    pairs = several.join(several, on="employee_number", suffix="_2").filter(
        (pl.col("position_number") != pl.col("position_number_2"))
        & (pl.col("valid_from") < pl.col("valid_to_2"))
        & (pl.col("valid_from_2") < pl.col("valid_to"))
    )
    size, other = pl.col("percentage"), pl.col("percentage_2")
    start, other_start = pl.col("valid_from"), pl.col("valid_from_2")
    beaten = pairs.filter(
        (other > size)
        | ((other == size) & (other_start < start))
        | ((other == size) & (other_start == start) & (pl.col("position_number_2") < pl.col("position_number")))
        | pl.col("main_2").fill_null(False)
    )
    side = pl.col("line").is_in(beaten["line"].unique().implode())
    sheet.rows = sheet.rows.with_columns(main=pl.when(unsaid).then(~side).otherwise("main"))
