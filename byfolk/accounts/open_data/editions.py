"""The figures of frozen accounts as open data: from the snapshot alone, so the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from byfolk.accounts.content import Line, YearValue
from byfolk.accounts.open_data.as_csv import as_csv
from byfolk.accounts.snapshot import Frozen

COLUMNS = (
    "year", "unit", "version", "chapter", "indicator", "title_nb", "measure_nb", "figure_year", "value", "state",
    "text_nb", "target", "status", "source_nb", "definition",
)  # fmt: skip


def data_name(year: int, code: str, version: int) -> str:
    """The name of an edition's file among the open data."""
    return f"regnskap-{year}-{code}-v{version}"


def csv_of(edition: Frozen) -> bytes:
    """The file of an edition among the open data."""
    return as_csv(COLUMNS, rows(edition))


def rows(edition: Frozen) -> Iterable[dict[str, Any]]:
    """A row for each figure and year of the report. A hidden one has no number, and says why."""
    report = edition.report("nb")
    start = f"{edition.address}{reverse('open_definitions')}#"
    for chapter in report.chapters:
        for line in chapter.lines:
            for value in line.values:
                yield {
                    "year": edition.year, "unit": edition.unit_code, "version": edition.version,
                    "chapter": chapter.anchor, "indicator": line.code, "title_nb": line.title,
                    "measure_nb": line.measure, "figure_year": value.year, "value": value.number,
                    "state": _state(value), "text_nb": value.text, "target": _target(line, value, edition.year),
                    "status": line.status if value.year == edition.year else "", "source_nb": line.source,
                    "definition": f"{start}{line.code}",
                }  # fmt: skip


def _state(value: YearValue) -> str:
    if value.hidden:
        return "hidden"
    return "band" if value.band else "published" if value.number is not None else "none"


def _target(line: Line, value: YearValue, year: int) -> float | None:
    return line.target_number if value.year == year else None
