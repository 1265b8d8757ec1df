"""One cell to one value: dates, numbers, percentages, money and yes or no, as Norwegian systems and people write them.

Every function answers None for text that it does not understand; empty text never comes here. Pure and exact: money and
percentages are whole numbers (øre, permille), rounded half up once at the end.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from byfolk.kernel.people.importing.fields import normalise

OPEN_FROM_YEAR = 2200  # 31.12.9999 and the like mean 'no end'
_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's serial dates

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januar january", "feb februar february", "mar mars march", "apr april", "mai may", "jun juni june",
         "jul juli july", "aug august", "sep sept september", "okt oktober oct october", "nov november",
         "des desember dec december"), 1)
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ][\d:.,+Z-]+)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})(?: [\d:.]+)?$")
_DAY_NAME = re.compile(r"^(\d{1,2})\.?[ -]?([a-zæøå]+)\.?,?[ -]?(\d{4}|\d{2})$", re.IGNORECASE)
_NAME_DAY = re.compile(r"^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
_NO_DATE = re.compile(r"^[0\s./-]+$")


def is_no_date(text: str) -> bool:
    """Whether a cell says 'no date' in figures (``00.00.0000``)."""
    return bool(_NO_DATE.match(text))


def parse_date(text: str, *, order: str = "dmy", newest_year: int = 2049) -> dt.date | None:
    """A date in any usual form. ``order`` ("dmy" or "mdy") decides 01/02/2026; a year of two digits is the latest
    such year that is not after ``newest_year``. A serial number of a spreadsheet counts from 1900-01-01 = 1."""
    text = " ".join(text.split())
    if match := _YEAR_FIRST.match(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.match(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3], newest_year)
        return _date(year, first, second) if order == "mdy" else _date(year, second, first)
    if match := _DAY_NAME.match(text):
        return _date(_year(match[3], newest_year), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := _NAME_DAY.match(text):
        return _date(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]))
    if text.isdigit() and len(text) == 8:
        year_first = _date(int(text[:4]), int(text[4:6]), int(text[6:])) if text[:2] in ("19", "20", "99") else None
        return year_first or _date(int(text[4:]), int(text[2:4]), int(text[:2]))
    if text.isdigit() and len(text) == 6:
        return _date(_year(text[4:], newest_year), int(text[2:4]), int(text[:2]))
    if match := _SERIAL.match(text):
        return _EPOCH + dt.timedelta(days=int(match[1]))
    return None


def _year(text: str, newest_year: int) -> int:
    if len(text) == 4:
        return int(text)
    year = newest_year - newest_year % 100 + int(text)
    return year if year <= newest_year else year - 100


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_SPACE = re.compile(r"[\s\u00a0\u202f']")
_CURRENCY = re.compile(r"^(?:nok|kr\.?|usd|eur|[$€£])|(?:nok|kr\.?|usd|eur|[$€£])$", re.IGNORECASE)
_PLAIN = re.compile(r"^-?\d+$")
_ONE_MARK = re.compile(r"^-?(\d+)([.,])(\d+)$")
_GROUPED_DOT = re.compile(r"^-?\d{1,3}(?:\.\d{3})+(?:,\d*)?$")
_GROUPED_COMMA = re.compile(r"^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")


def parse_number(text: str, *, decimal: str = ",", thousands: bool = True) -> Decimal | None:
    """A number with decimal comma or point, with or without thousands marked. Only ``1.234`` and ``1,234`` can mean two
    things: there ``decimal`` (the file's decimal mark) decides. ``thousands`` False: such marks are never thousands."""
    text = _SPACE.sub("", text).replace("−", "-")
    text = text.removesuffix(",-").removesuffix(".-").removesuffix("-") if text[-1:] == "-" else text
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if not _PLAIN.match(text):
        if (match := _ONE_MARK.match(text)) and not (
            thousands and match[2] != decimal and len(match[3]) == 3 and len(match[1]) <= 3 and match[1] != "0"
        ):
            text = text.replace(",", ".")
        elif thousands and _GROUPED_DOT.match(text):
            text = text.replace(".", "").replace(",", ".")
        elif thousands and _GROUPED_COMMA.match(text):
            text = text.replace(",", "")
        else:
            return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def parse_percent(text: str, *, scale: str = "percent", decimal: str = ",") -> int | None:
    """Permille. ``scale`` says what a bare number means: "percent" (80), "fraction" (0,8) or "hundredths" (8000, FINT).
    Text with a percent sign is always percent."""
    text = text.strip()
    if text.endswith("%"):
        text, scale = text[:-1], "percent"
    number = parse_number(text, decimal=decimal, thousands=False) if text else None
    if number is None:
        return None
    return whole(number * {"percent": Decimal(10), "fraction": Decimal(1000), "hundredths": Decimal("0.1")}[scale])


def parse_money(text: str, *, decimal: str = ",", unit: str = "kr") -> int | None:
    """Øre. ``unit`` ("kr", "øre", or "tkr" for thousands of kroner) says what the figure counts; signs and names of
    currencies are taken off."""
    text = _SPACE.sub("", text)
    text = _CURRENCY.sub("", _CURRENCY.sub("", text))
    number = parse_number(text, decimal=decimal) if text else None
    return None if number is None else whole(number * {"kr": 100, "øre": 1, "tkr": 100_000}[unit])


def whole(number: Decimal) -> int:
    """Rounded half up."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


_YES = {
    "ja",
    "j",
    "yes",
    "y",
    "true",
    "sann",
    "x",
    "1",
    "6",
    "7",
    "kode6",
    "kode7",
    "fortrolig",
    "strengtfortrolig",
    "hemmelig",
    "skjermet",
    "sperret",
    "hoved",
    "hovedstilling",
    "hovudstilling",
}
_NO = {"nei", "n", "no", "false", "usann", "0", "ugradert", "ingen", "apen", "bi", "bistilling"}


def parse_bool(text: str) -> bool | None:
    """Yes or no, also as the codes for a confidential address (6 and 7)."""
    text = normalise(text)
    return True if text in _YES else False if text in _NO else None


def split_name(text: str) -> tuple[str, str] | None:
    """(given name, family name) from ``ETTERNAVN, Fornavn`` or ``Fornavn Etternavn``; None when there is only one
    name."""
    text = " ".join(text.split())
    if "," in text:
        family, _, given = text.partition(",")
    else:
        given, _, family = text.rpartition(" ")
    given, family = given.strip(), family.strip()
    if not given or not family:
        return None
    return _calm(given), _calm(family)


def _calm(name: str) -> str:
    """Names that stand in capitals only get one capital a part; others are left as their owners write them."""
    if not name.isupper() or len(name) < 3:
        return name
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name)
