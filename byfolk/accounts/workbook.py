"""The accounts as a spreadsheet: a sheet about them, one for each chapter's figures, and one for each table that
stands alone."""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl
from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts.content import Cell, Chapter, Column, Line, Report, Table, Written
from byfolk.lib.tables import Sheet, write_xlsx


def workbook(report: Report) -> bytes:
    """The file. A hidden figure's cell is empty, and the last column says why."""
    target = io.BytesIO()
    with translation.override(report.language):
        sheets = [_about(report)]
        if any(isinstance(block, Written) for chapter in report.chapters for block in chapter.blocks):
            sheets.append(_texts(report))
        for chapter in report.chapters:
            if chapter.lines:
                sheets.append(_lines(chapter, report))
            sheets += [_table(block) for block in chapter.blocks if isinstance(block, Table) and block.sheet]
    write_xlsx(target, sheets, at=report.stamp)
    return target.getvalue()


def _about(report: Report) -> Sheet:
    rows = [
        (_("Regnskap"), report.name),
        (_("Kommune"), report.municipality),
        (_("Kort sagt"), report.verdict),
        ("", report.summary),
    ]
    rows += [(fact.label, f"{fact.value} ({fact.note})" if fact.note else fact.value) for fact in report.facts]
    rows += [(_("Merk"), note) for note in (report.draft_note, report.demo_note) if note]
    if report.seal:
        rows += [(row.label, f"{row.value} ({row.note})" if row.note else row.value) for row in report.seal.rows]
        rows.append((report.seal.hash_label, report.seal.sha256))
    frame = pl.DataFrame(rows, schema={"what": pl.String, "text": pl.String}, orient="row")
    return Sheet(
        _("Om regnskapet"), frame, {"what": _("Om regnskapet"), "text": report.name}, widths={"what": 24, "text": 90}
    )


def _texts(report: Report) -> Sheet:
    """What the unit has written, a row for each paragraph and point."""
    rows = [
        (chapter.title, "".join(span.text for span in line))
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Written)
        for part in block.parts
        for line in part.lines
    ]
    frame = pl.DataFrame(rows, schema={"chapter": pl.String, "text": pl.String}, orient="row")
    return Sheet(
        _("Tekstene"), frame, {"chapter": _("Kapittel"), "text": _("Tekst")}, widths={"chapter": 30, "text": 100}
    )


def _lines(chapter: Chapter, report: Report) -> Sheet:
    years = [value.year for value in chapter.lines[0].values]
    data: dict[str, list[object]] = {
        "title": [line.title for line in chapter.lines],
        "measure": [line.measure for line in chapter.lines],
    }
    titles = {"title": _("Tall"), "measure": _("Måles i")}
    for place, year in enumerate(years):
        data[str(year)] = [line.values[place].number for line in chapter.lines]
        titles[str(year)] = str(year)
    data["target"] = [line.target_number for line in chapter.lines]
    data["status"] = [line.status_word for line in chapter.lines]
    titles |= {"target": _("Mål %(year)d") % {"year": report.year}, "status": _("Status")}
    if not report.whole_city:
        data["city"] = [line.city.number if line.city else None for line in chapter.lines]
        titles["city"] = _("Hele kommunen %(year)d") % {"year": report.year}
    data["state"] = [_state(line) for line in chapter.lines]
    data["definition"] = [line.definition for line in chapter.lines]
    titles |= {"state": _("Tilstand"), "definition": _("Hva det er")}
    numbers = [*map(str, years), "target", "city"]
    schema = {name: pl.Float64 if name in numbers else pl.String for name in data}
    formats = dict.fromkeys(numbers, "General")
    return Sheet(f"{chapter.number} {chapter.title}", pl.DataFrame(data, schema=schema), titles, formats)


def _state(line: Line) -> str:
    """Why numbers are missing, year by year; "vist" where none is."""
    lacking: dict[str, list[str]] = {}
    for value in line.values:
        if value.number is None:
            lacking.setdefault(value.text, []).append(str(value.year))
    return "; ".join(f"{', '.join(years)}: {text}" for text, years in lacking.items()) or _("Vist")


def _table(block: Table) -> Sheet:
    data: dict[str, list[object]] = {}
    titles: dict[str, str] = {}
    rows = [*block.rows, *([block.foot] if block.foot else [])]
    with_numbers = False
    for place, column in enumerate(block.columns):
        if column.kind == "picture":
            continue
        name = f"c{place}"
        titles[name] = column.label
        cells = [row[place] for row in rows]
        with_numbers = with_numbers or column.kind == "number"
        data[name] = [cell.number for cell in cells] if column.kind == "number" else [cell.text for cell in cells]
    schema = {name: pl.Float64 if block.columns[int(name[1:])].kind == "number" else pl.String for name in data}
    if with_numbers:
        data["state"] = [_row_state(block.columns, row) for row in rows]
        titles["state"] = _("Tilstand")
        schema["state"] = pl.String
    formats = {name: "General" for name, kind in schema.items() if kind == pl.Float64}
    return Sheet(block.sheet, pl.DataFrame(data, schema=schema), titles, formats)


def _row_state(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    lacking = [
        f"{column.label}: {cell.reason or cell.text}" for column, cell in zip(columns, row, strict=True) if cell.hidden
    ]
    return "; ".join(lacking) or _("Vist")
