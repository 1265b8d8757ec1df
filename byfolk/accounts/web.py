"""The accounts as a page: what the templates get. The same page is shown in the portal and written as a file."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts import drawing
from byfolk.accounts.content import (
    Aside,
    Cell,
    Chapter,
    Chart,
    Column,
    KeyFigure,
    Passage,
    Report,
    Seal,
    Table,
    Terms,
    Written,
)
from byfolk.lib import norwegian


def context(report: Report, links: list[dict[str, str]], *, base: str = "") -> dict[str, Any]:
    """What `accounts/report.html` shows. `links` stand on the cover; `base` is put before the portal's addresses."""
    with translation.override(report.language):
        return {
            "report": report,
            # With a soft hyphen: the word is wider than half of some screens.
            "cover_title": _("Personal\u00adregnskap"),
            "links": links,
            "cover_wide": drawing.cover(report.cover),
            "cover_narrow": drawing.cover(report.cover, narrow=True),
            "legend": [
                {"name": name, "number": norwegian.number(count, 0, report.language)}
                for name, count in report.cover.groups
            ],
            "facts": [{"label": fact.label, "value": fact.value, "note": fact.note} for fact in report.facts],
            "contents": [
                {
                    "number": chapter.number,
                    "title": chapter.title,
                    "finding": chapter.finding,
                    "url": f"#{chapter.anchor}",
                }
                for chapter in report.chapters
            ],
            "chapter_links": [
                {"number": chapter.number, "label": chapter.title, "url": f"#{chapter.anchor}"}
                for chapter in report.chapters
            ],
            "chapter_list_title": f"{report.title} {report.year}",
            "chapters": [_chapter(chapter, report.language, base) for chapter in report.chapters],
            "seal": _seal(report.seal) if report.seal else None,
        }


def _seal(seal: Seal) -> dict[str, Any]:
    return {
        "title": seal.title,
        "text": seal.text,
        "rows": [{"label": row.label, "value": row.value, "note": row.note} for row in seal.rows],
        "hash_label": seal.hash_label,
        "sha256": seal.sha256,
    }


def _chapter(chapter: Chapter, language: str, base: str) -> dict[str, Any]:
    blocks = []
    for block in chapter.blocks:
        if isinstance(block, Chart):
            blocks.append({"kind": "chart", **_chart(block, language, base)})
        elif isinstance(block, Table):
            blocks.append({"kind": "table", **_table(block, base)})
        elif isinstance(block, Passage):
            blocks.append({"kind": "passage", "title": block.title, "paragraphs": block.paragraphs})
        elif isinstance(block, Terms):
            rows = [{"label": label, "text": text} for label, text in block.rows]
            blocks.append({"kind": "terms", "title": block.title, "rows": rows})
        elif isinstance(block, Written):
            blocks.append({"kind": "written", "lead": block.lead, "parts": block.parts})
        elif isinstance(block, Aside):
            link = {"label": block.link.label, "url": base + block.link.path} if block.link else None
            blocks.append({"kind": "aside", "lead": block.lead, "text": block.text, "link": link})
    return {
        "number": chapter.number,
        "anchor": chapter.anchor,
        "title": chapter.title,
        "lead": chapter.lead,
        "key_figures": [_key_figure(item, base) for item in chapter.key_figures],
        "blocks": blocks,
    }


def _key_figure(item: KeyFigure, base: str) -> dict[str, str | bool]:
    return {
        "value": item.value,
        "unit": item.unit,
        "text": item.text,
        "label": item.link.label,
        "url": base + item.link.path if item.link.path else "",
        "status": item.status,
        "word": item.word,
        "hidden": item.hidden,
    }


def _chart(block: Chart, language: str, base: str) -> dict[str, Any]:
    return {
        "number": block.number,
        "title": block.title,
        "how": block.how,
        "wide": drawing.chart(block.picture, block.label, drawing.WIDE, language),
        "narrow": drawing.chart(block.picture, block.label, drawing.NARROW, language),
        "notes": block.note,
        "table": {"caption": block.title, "columns": block.columns, "rows": block.rows},
        "source": {
            "text": block.source,
            "label": block.link.label if block.link and block.link.path else "",
            "url": base + block.link.path if block.link and block.link.path else "",
        },
    }


def _table(block: Table, base: str) -> dict[str, Any]:
    return {
        "number": block.number,
        "title": block.title,
        "how": block.how,
        "columns": [
            {"label": column.label, "numeric": column.kind == "number", "wide_only": column.wide_only}
            for column in block.columns
        ],
        "rows": [
            {"cells": [_cell(cell, column, base) for cell, column in zip(row, block.columns, strict=True)]}
            for row in block.rows
        ],
        "foot": {"cells": [_cell(cell, column, base) for cell, column in zip(block.foot, block.columns, strict=True)]}
        if block.foot
        else None,
        "note": block.note,
        "scroll": sum(not column.wide_only for column in block.columns) > 4,
    }


def _cell(cell: Cell, column: Column, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "value": cell.text,
        "numeric": column.kind == "number",
        "wide_only": column.wide_only,
        "strong": cell.strong,
        "note": cell.note,
    }
    if cell.path:
        found["url"] = base + cell.path
    if cell.picture is not None:
        found["svg"] = drawing.cell(cell.picture)
    if cell.status:
        found |= {"status": cell.status, "word": cell.text}
    if cell.hidden:
        found["hidden"] = cell.text or _("Skjult")
    return found
