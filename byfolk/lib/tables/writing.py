"""Tables for people: XLSX that looks like one, and CSV that opens right in a Norwegian spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl
import xlsxwriter

DATE = "dd.mm.yyyy"
DATE_TIME = "dd.mm.yyyy hh:mm"
WHOLE = "#,##0"
DECIMAL = "#,##0.00"

_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
_NARROWEST = 8


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``titles`` are the headings shown (else the column names), ``formats`` number formats of a
    spreadsheet by column, ``widths`` in characters; what is not given follows from type and content."""

    name: str
    frame: pl.DataFrame
    titles: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)


def write_xlsx(
    target: str | Path | BinaryIO, sheets: Sheet | Sequence[Sheet], *, at: dt.datetime | None = None
) -> None:
    """Write sheets with a bold, frozen, filterable heading. Text is written as text: nothing in it is ever run.

    `at` (with time zone) is when it says that it was made: the same sheets and time give the same bytes. Without it:
    now.
    """
    book = xlsxwriter.Workbook(
        str(target) if isinstance(target, str | Path) else target,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
    )
    if at is not None:
        # The file format writes it as UTC.
        book.set_properties({"created": at.astimezone(dt.UTC).replace(tzinfo=None)})
    with book:
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        for sheet in [sheets] if isinstance(sheets, Sheet) else sheets:
            _write_sheet(book, sheet, bold)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, bold: xlsxwriter.format.Format) -> None:
    page = book.add_worksheet(_FORBIDDEN_IN_SHEET_NAME.sub(" ", sheet.name).strip("' ")[:31] or "Ark")
    frame = sheet.frame
    for number, column in enumerate(frame.columns):
        series = frame[column]
        title = sheet.titles.get(column, column)
        code = sheet.formats.get(column) or _format_of(series.dtype)
        style = book.add_format({"num_format": code}) if code else None
        page.set_column(number, number, sheet.widths.get(column) or _width(series, title))
        page.write_string(0, number, title, bold)
        write = _writer(page, series.dtype)
        for row, value in enumerate(series.to_list(), 1):
            if value is not None and value != "":
                write(row, number, value, style)
    page.freeze_panes(1, 0)
    if frame.width:
        page.autofilter(0, 0, max(frame.height, 1), frame.width - 1)


def _writer(page: xlsxwriter.worksheet.Worksheet, dtype: pl.DataType):
    if dtype in (pl.Date, pl.Datetime):
        return page.write_datetime
    if dtype.is_numeric():
        return page.write_number
    if dtype == pl.Boolean:
        return page.write_boolean
    return lambda row, column, value, style: page.write_string(row, column, str(value), style)


def _format_of(dtype: pl.DataType) -> str | None:
    if dtype == pl.Date:
        return DATE
    if dtype == pl.Datetime:
        return DATE_TIME
    if dtype.is_integer():
        return WHOLE
    if dtype.is_numeric():
        return DECIMAL
    return None


def _width(series: pl.Series, title: str) -> float:
    if series.dtype in (pl.Date, pl.Datetime):
        content = 16 if series.dtype == pl.Datetime else 10
    else:
        content = int(series.head(1000).cast(pl.String).str.len_chars().max() or 0)  # type: ignore[arg-type]
    return min(max(content, len(title) + 2, _NARROWEST), _WIDEST) + 1


def write_csv(
    target: str | Path | BinaryIO,
    frame: pl.DataFrame,
    *,
    titles: Mapping[str, str] | None = None,
    for_machines: bool = False,
) -> None:
    """Semicolons, a UTF-8 mark, decimal commas and dates as 01.02.2026, as a Norwegian spreadsheet expects;
    ``for_machines``: decimal points and ISO dates. Text that begins like a formula gets an apostrophe before it, in
    both: what people wrote is never run by the spreadsheet that opens it (``read`` takes it off again)."""
    titles = titles or {}
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guard(titles.get(column, column)) for column in frame.columns])
    columns = [_as_text(frame[column], for_machines) for column in frame.columns]
    for row in zip(*columns, strict=True):
        writer.writerow(row)
    data = text.getvalue().encode()
    if isinstance(target, str | Path):
        Path(target).write_bytes(data)
    else:
        target.write(data)


def _as_text(series: pl.Series, for_machines: bool) -> list[str]:
    dtype = series.dtype
    if dtype == pl.String:
        return [_guard(value) if value else "" for value in series.to_list()]
    if dtype == pl.Date:
        series = series.dt.strftime("%Y-%m-%d" if for_machines else "%d.%m.%Y")
    elif dtype == pl.Datetime:
        series = series.dt.strftime("%Y-%m-%dT%H:%M:%S" if for_machines else "%d.%m.%Y %H:%M")
    elif dtype == pl.Boolean and not for_machines:
        series = series.replace_strict({True: "ja", False: "nei"}, return_dtype=pl.String)
    elif (dtype.is_float() or dtype.is_decimal()) and not for_machines:
        series = series.cast(pl.String).str.replace(".", ",", literal=True)
    else:
        series = series.cast(pl.String)
    return series.fill_null("").to_list()


def _guard(value: str) -> str:
    return "'" + value if _FORMULA.match(value) else value
