"""From text cells to typed rows, by a mapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl

from byfolk.kernel.people.importing import parsing
from byfolk.kernel.people.importing.deriving import derive
from byfolk.kernel.people.importing.fields import Field, FieldType, FileKind, normalise
from byfolk.kernel.people.importing.findings import ERROR, WARNING
from byfolk.kernel.people.importing.handling import HANDLING
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.sheet import RAW, Sheet
from byfolk.lib.tables import Table

NEWEST_YEAR_AHEAD = 20  # a date of two digits lies at most so far ahead

_BAD = {
    FieldType.DATE: "not_a_date",
    FieldType.PERCENT: "not_a_percent",
    FieldType.MONEY: "not_money",
    FieldType.NUMBER: "not_a_number",
    FieldType.CHOICE: "not_a_choice",
    FieldType.BOOL: "not_a_bool",
}
_DTYPES: dict[FieldType, pl.DataType] = {
    FieldType.DATE: pl.Date(),
    FieldType.PERCENT: pl.Int64(),
    FieldType.MONEY: pl.Int64(),
    FieldType.NUMBER: pl.Float64(),
    FieldType.BOOL: pl.Boolean(),
}


def convert(table: Table, mapping: Mapping, *, on: dt.date, unit_codes_by_name: dict[str, str]) -> Sheet:
    """The typed rows of a table, with a finding for every cell that cannot be understood. No rules yet but those of
    one cell.

    Errors: ``KeyError`` when the table lacks a column of the mapping."""
    if absent := mapping.absent_columns(table.columns):
        raise KeyError(absent[0])
    kind = mapping.file_kind
    texts = table.frame.select(table.lines.alias("line"), *(_text(f, mapping) for f in kind.fields))
    for name, derived in mapping.derived.items():
        made = derive(table.frame, derived, unit_codes_by_name)
        texts = texts.with_columns(pl.when(pl.col(name) == "").then(made).otherwise(pl.col(name)).alias(name))
    if mapping.distinct:
        texts = texts.unique([f.name for f in kind.fields], keep="first", maintain_order=True)
    typed = texts.select(
        "line",
        *(_typed(texts[f.name], f, mapping, on) for f in kind.fields),
        *(pl.col(f.name).alias(RAW + f.name) for f in kind.fields),
    )
    sheet = Sheet(mapping.kind, typed)
    for f in kind.fields:
        _note_cells(sheet, f, mapping)
    if table.ragged:
        ragged = pl.DataFrame(
            [(r.line, r.cells, r.expected, r.start) for r in table.ragged],
            schema={"line": pl.UInt32, "cells": pl.Int64, "expected": pl.Int64, "start": pl.String},
            orient="row",
        )
        sheet.note(ragged, "", "ragged", value=pl.col("start"), cells=pl.col("cells"), expected=pl.col("expected"))
    _complete(sheet, mapping)
    for f in kind.fields:
        if f.required:
            _note_missing(sheet, f, mapping)
    return sheet


def _missing(f: Field, kind: FileKind) -> pl.Expr:
    """Nothing there, and not for a reason that has its own finding already."""
    unfilled = pl.col(f.name).is_null() | (pl.col(f.name).cast(pl.String) == "")
    if f.name == "valid_from":
        unfilled &= pl.col("valid_to").is_null()
    for names in kind.stand_ins.get(f.name, ()):
        if all(kind.by_name[name].type is FieldType.TEXT for name in names):
            unfilled &= pl.all_horizontal(pl.col(RAW + name) == "" for name in names)
    return unfilled & (pl.col(RAW + f.name) == "")


def _note_missing(sheet: Sheet, f: Field, mapping: Mapping) -> None:
    derived = mapping.derived.get(f.name)
    if derived and derived.how == "unit_by_name":
        name = pl.col(RAW + "unit_name") if "unit_name" in mapping.columns else pl.lit("")
        sheet.note(_missing(f, mapping.file_kind) & (name != ""), f.name, "unknown_name", value=name)
        sheet.note(_missing(f, mapping.file_kind) & (name == ""), f.name, "required")
    else:
        sheet.note(_missing(f, mapping.file_kind), f.name, "required")


def _text(f: Field, mapping: Mapping) -> pl.Expr:
    """The cell's text: without space around it, translated, and the constant where it is empty."""
    column = mapping.columns.get(f.name)
    text = pl.col(column).str.strip_chars() if column else pl.lit("")
    if column and (translations := mapping.values.get(f.name)):
        text = text.replace({source.strip(): target for source, target in translations.items()})
    if f.name in mapping.pad:
        text = pl.when(text == "").then(text).otherwise(text.str.zfill(mapping.pad[f.name]))
    if constant := mapping.constants.get(f.name):
        text = pl.when(text == "").then(pl.lit(constant)).otherwise(text)
    return text.alias(f.name)


def _typed(texts: pl.Series, f: Field, mapping: Mapping, on: dt.date) -> pl.Series:
    """Each distinct text is parsed once: a column of 60,000 rows has few distinct dates and percentages."""
    if f.type in (FieldType.TEXT, FieldType.CODE):
        return texts
    distinct = [text for text in texts.unique().to_list() if text]
    parse = _parser(f, mapping, on)
    dtype = _DTYPES.get(f.type, pl.String())
    values = pl.Series([parse(text) for text in distinct], dtype=dtype)
    return texts.replace_strict(pl.Series(distinct, dtype=pl.String), values, default=None, return_dtype=dtype).alias(
        f.name
    )


def _parser(f: Field, mapping: Mapping, on: dt.date) -> Callable[[str], Any]:
    if f.type is FieldType.DATE:
        newest = on.year if f.name == "birth_date" else on.year + NEWEST_YEAR_AHEAD
        return lambda text: parsing.parse_date(text, order=mapping.date_order, newest_year=newest)
    if f.type is FieldType.PERCENT:
        return lambda text: parsing.parse_percent(text, scale=mapping.percent_scale, decimal=mapping.decimal)
    if f.type is FieldType.MONEY:
        return lambda text: parsing.parse_money(text, decimal=mapping.decimal, unit=mapping.money_unit)
    if f.type is FieldType.NUMBER:
        return lambda text: _float(parsing.parse_number(text, decimal=mapping.decimal, thousands=False))
    if f.type is FieldType.BOOL:
        return parsing.parse_bool
    return lambda text: f.codes.get(normalise(text))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _note_cells(sheet: Sheet, f: Field, mapping: Mapping) -> None:
    raw, typed = pl.col(RAW + f.name), pl.col(f.name)
    severity = WARNING if f.advisory else ERROR
    if f.type in _BAD:
        bad = typed.is_null() & (raw != "")
        if f.type is FieldType.DATE:
            bad &= ~raw.str.contains(r"^[0\s./-]+$")
        sheet.note(bad, f.name, _BAD[f.type], severity=severity)
    else:
        sheet.note(raw.str.len_chars() > f.longest, f.name, "too_long", longest=f.longest)
    if f.pattern:
        wrong = (raw != "") & ~raw.str.contains(f.pattern)
        sheet.note(wrong, f.name, "wrong_form", severity=severity)
        sheet.rows = sheet.rows.with_columns(pl.when(wrong).then(pl.lit("")).otherwise(typed).alias(f.name))
    if f.type in (FieldType.PERCENT, FieldType.NUMBER):
        measure = 10 if f.type is FieldType.PERCENT else 1
        sheet.note(
            (typed < f.minimum) | (typed > f.maximum),
            f.name,
            "out_of_range",
            least=_plain((f.minimum or 0) / measure),
            most=_plain((f.maximum or 0) / measure),
        )
    elif f.minimum is not None:
        sheet.note(typed < f.minimum, f.name, "out_of_range", least=_plain(f.minimum), most="∞")


def _plain(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _complete(sheet: Sheet, mapping: Mapping) -> None:
    """Work out what follows from helpers, and close the periods half-open."""
    rows = sheet.rows
    if "valid_to" in rows.columns:
        last = pl.col("valid_to")
        closed = pl.when(last.dt.year() < parsing.OPEN_FROM_YEAR).then(
            last.dt.offset_by("1d") if mapping.valid_to_inclusive else last
        )
        rows = rows.with_columns(closed.otherwise(None).alias("valid_to"))
    sheet.rows = rows
    HANDLING[mapping.kind].complete(sheet, mapping)
