"""A period in words to its first day and the day after its last: a month, a quarter, a year."""

from __future__ import annotations

import datetime as dt
import re

from byfolk.kernel.people.importing.parsing import parse_date
from byfolk.kernel.time import add_months

_YEAR = re.compile(r"^(\d{4})$")
_YEAR_MONTH = re.compile(r"^(\d{4})[-./ ]?(\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-./ ](\d{4})$")
_YEAR_QUARTER = re.compile(r"^(\d{4})[-./ ]*[kq] ?([1-4])$", re.IGNORECASE)
_QUARTER_YEAR = re.compile(r"^(?:[kq] ?([1-4])|([1-4])\.? ?(?:kvartal|kv\.?|quarter))[-./, ]*(\d{4})$", re.IGNORECASE)


def parse_period(text: str) -> tuple[dt.date, dt.date] | None:
    """`2025`, `2025-03`, `mars 2025`, `2025 K1`, `1. kvartal 2025`: (first day, the day after). None for anything
    else."""
    text = " ".join(text.split())
    if found := _YEAR.match(text):
        return _span(int(found[1]), 1, 12)
    if found := _YEAR_QUARTER.match(text):
        return _span(int(found[1]), int(found[2]) * 3 - 2, 3)
    if found := _QUARTER_YEAR.match(text):
        return _span(int(found[3]), int(found[1] or found[2]) * 3 - 2, 3)
    if found := _YEAR_MONTH.match(text):
        return _span(int(found[1]), int(found[2]), 1)
    if found := _MONTH_YEAR.match(text):
        return _span(int(found[2]), int(found[1]), 1)
    named = parse_date(f"1 {text}") if text[:1].isalpha() else None
    return _span(named.year, named.month, 1) if named else None


def _span(year: int, month: int, months: int) -> tuple[dt.date, dt.date] | None:
    if not (1 <= month <= 12 and 1990 <= year <= 2200):
        return None
    start = dt.date(year, month, 1)
    return start, add_months(start, months)


def months_of(start: dt.date, stop: dt.date) -> int | None:
    """How many months a period has, half-open: 1, 3 or 12. None where it is no month, quarter or calendar year."""
    months = (stop.year - start.year) * 12 + stop.month - start.month
    first = {1: range(1, 13), 3: (1, 4, 7, 10), 12: (1,)}.get(months, ())
    return months if start.day == stop.day == 1 and start.month in first else None
