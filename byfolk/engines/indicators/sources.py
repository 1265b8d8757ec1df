"""What figures are made from: the imported tables, read as the background role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reading:
    """How an area's own imported table is read; the kernel's are known to `making`.

    `query`: in PostgreSQL, the rows that matter for the days [$1, $2), with `columns` (name and DuckDB's type), among
    them `unit`, `start`, `stop` and `batch`. `said`: `said` (all that a row says), `valid` and `ended` of every row,
    for fingerprints.
    """

    query: str
    columns: Mapping[str, str]
    said: str


@dataclass(frozen=True)
class Source:
    """An imported table behind figures. `sensitive`: how many rows a small unit has would itself tell something of
    its people. Areas register their own (`registry`), with a `reading`; fact queries find it under its code.
    """

    key: int
    title: Promise
    sensitive: bool
    reading: Reading | None = None


SOURCES: dict[str, Source] = {
    "employments": Source(1, _("Ansettelser"), False),
    "absences": Source(2, _("Fravær"), True),
    "pay": Source(3, _("Lønn"), True),
    "leaders": Source(4, _("Ledere"), False),
}


def readings() -> dict[str, Reading]:
    """The sources that areas have registered, by code."""
    return {code: source.reading for code, source in SOURCES.items() if source.reading is not None}
