"""The accounts as an accessible PDF, by the template `typst/report.typ`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts import drawing
from byfolk.accounts.content import (
    Block,
    Cell,
    Chapter,
    Chart,
    KeyFigure,
    Passage,
    Report,
    Seal,
    Table,
    Terms,
    Written,
)
from byfolk.lib import charts, norwegian
from byfolk.lib.charts.cover import DOTS
from byfolk.lib.pdf import Press, font_files, fonts

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


def pdf(report: Report, *, base: str) -> bytes:
    """The document. `base` ("https://byfolk.example.no") is put before the portal's addresses, so that links work
    from paper's place too.

    Raises `PdfError` where the look is not built or the document cannot be made.
    """
    with translation.override(report.language):
        return press().pdf(data(report, base), at=report.stamp)


@lru_cache(maxsize=1)
def press() -> Press:
    """This process's press, with its fonts loaded once. Raises `PdfError` where the look is not built."""
    return Press(TEMPLATE, fonts(font_files(), Path(settings.HOME) / "fonts"))


def data(report: Report, base: str) -> dict[str, Any]:
    """What the template lays out: texts, tables and pictures in the order of the page."""
    dots, share = drawing.printed_cover(report.cover)
    return {
        "lang": report.language,
        "title": report.title,
        "name": report.name,
        "year": report.year,
        "unit": report.unit_name,
        "municipality": report.municipality,
        "demo": report.demo_note,
        "words": {
            "contents": _("Innhold"),
            "chapter": _("Kapittel"),
            "about": _("Om regnskapet"),
            "hidden": _("Skjult"),
            "web": _("Les på nett"),
            "page": _("Side"),
        },
        "address": base + report.path,
        "over": report.cover.over,
        "lead": report.cover.lead,
        "cover": dots,
        "cover_share": share,
        "cover_label": report.cover.label,
        "dot_note": report.cover.dot_note,
        "legend": [
            {"name": name, "number": norwegian.number(count, 0, report.language), "colour": DOTS[place % len(DOTS)]}
            for place, (name, count) in enumerate(report.cover.groups)
        ],
        "verdict": report.verdict,
        "summary": report.summary,
        "facts": [{"label": fact.label, "value": fact.value, "note": fact.note} for fact in report.facts],
        "chapters": [_chapter(chapter, report.language, base) for chapter in report.chapters],
        "draft": report.draft_note,
        "seal": _seal(report.seal) if report.seal else None,
    }


def _seal(seal: Seal) -> dict[str, Any]:
    rows = [{"label": row.label, "value": row.value, "note": row.note} for row in seal.rows]
    return {"title": seal.title, "text": seal.text, "rows": rows, "hash_label": seal.hash_label, "hash": seal.sha256}


def _chapter(chapter: Chapter, language: str, base: str) -> dict[str, Any]:
    return {
        "number": chapter.number,
        "anchor": chapter.anchor,
        "title": chapter.title,
        "finding": chapter.finding,
        "lead": chapter.lead,
        "key_figures": [_key_figure(item, base) for item in chapter.key_figures],
        "blocks": [_block(block, language, base) for block in chapter.blocks],
    }


def _block(block: Block, language: str, base: str) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "number": block.number,
            "title": block.title,
            "how": block.how,
            "label": block.label,
            "source": block.source,
            "picture": charts.light(drawing.chart(block.picture, block.label, drawing.PRINTED, language)),
            "link": _link(block.link.label, block.link.path, base) if block.link else None,
            "note": block.note,
        }
    if isinstance(block, Table):
        return {
            "kind": "table",
            "number": block.number,
            "title": block.title,
            "how": block.how,
            "note": block.note,
            "columns": [{"label": column.label, "kind": column.kind} for column in block.columns],
            "rows": [[_cell(cell, base) for cell in row] for row in block.rows],
            "foot": [_cell(cell, base) for cell in block.foot],
        }
    if isinstance(block, Passage):
        return {"kind": "passage", "title": block.title, "paragraphs": list(block.paragraphs)}
    if isinstance(block, Terms):
        return {"kind": "terms", "title": block.title, "rows": [list(row) for row in block.rows]}
    if isinstance(block, Written):
        parts = [
            {"listed": part.listed, "lines": [[[span.text, span.strong] for span in line] for line in part.lines]}
            for part in block.parts
        ]
        return {"kind": "written", "lead": block.lead, "parts": parts}
    link = _link(block.link.label, block.link.path, base) if block.link else None
    return {"kind": "aside", "lead": block.lead, "text": block.text, "link": link}


def _key_figure(item: KeyFigure, base: str) -> dict[str, Any]:
    return {
        "value": item.value,
        "unit": item.unit,
        "text": item.text,
        "link": _link(item.link.label, item.link.path, base),
        "status": item.status,
        "word": item.word,
        "hidden": item.hidden,
    }


def _cell(cell: Cell, base: str) -> dict[str, Any]:
    """A cell with what it has: most have only a text."""
    found: dict[str, Any] = {"text": cell.text}
    if cell.note:
        found["note"] = cell.note
    if cell.path:
        found["url"] = base + cell.path
    if cell.hidden:
        found["hidden"] = True
    if cell.strong:
        found["strong"] = True
    if cell.status:
        found["status"] = cell.status
    if cell.picture is not None:
        found["picture"] = drawing.printed_cell(cell.picture)
    return found


def _link(label: str, path: str, base: str) -> dict[str, str] | None:
    return {"label": label, "url": base + path} if path else None
