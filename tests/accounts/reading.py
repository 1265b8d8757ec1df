"""Reads what the accounts say, whatever the format: for comparing the formats with each other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

import openpyxl
from pypdf import PdfReader

from byfolk.accounts.content import Report

#: Not texts that a reader meets: addresses, codes, and what an indicator's owner wrote.
NOT_SAID = {"path", "definition", "unit_code", "anchor", "status", "language"}


def texts(said: Any) -> Iterator[str]:
    """Every text of a report, or of a part of one."""
    if isinstance(said, str):
        yield said
    elif is_dataclass(said):
        for field in fields(said):
            if field.name not in NOT_SAID:
                yield from texts(getattr(said, field.name))
    elif isinstance(said, tuple):
        for part in said:
            yield from texts(part)


def plain(text: str) -> str:
    """A text without what layout does to it: spaces of all kinds as one, soft hyphens gone."""
    return " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of_html(page: str) -> str:
    """All that stands on a page."""
    parser = _Words()
    parser.feed(page)
    return plain(" ".join(parser.found))


def words_of_pdf(content: bytes) -> str:
    """All that stands in a PDF, without any spaces: where lines break is the layout's business."""
    reader = PdfReader(io.BytesIO(content))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    """A text without spaces and hyphens at line ends."""
    return plain(text).replace(" ", "").replace("-", "").replace("\u2010", "")


def cells_of_workbook(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def chapter(report: Report, anchor: str) -> Any:
    """A chapter by its anchor."""
    return next(one for one in report.chapters if one.anchor == anchor)
