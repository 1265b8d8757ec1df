"""Numbers, dates and months as text in bokmål, nynorsk and English: the one place where they are formatted.

Norwegian: decimal comma, no-break space between thousands and before the percent sign, a true minus, dates in words.
English: decimal point, comma between thousands, no space before the percent sign. `lang` is "nb", "nn" or "en"; a
longer tag (as "en-gb") is read by its first part, and what is unknown is written as bokmål.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"

Number = int | float | Decimal

_MONTHS = {
    "nb": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT_MONTHS = {
    "nb": ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "des."],
    "en": ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
}
_WEEKDAYS = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_WORDS = {
    "nb": ["null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
    "nn": ["null", "éin", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}
_POINTS = {"nb": "prosentpoeng", "nn": "prosentpoeng", "en": "percentage points"}
_CLOCK = {"nb": "kl.", "nn": "kl.", "en": "at"}


def number(value: Number, decimals: int = 0, lang: str = "nb") -> str:
    """`value` with exactly `decimals` decimals, halves rounded away from zero: 24293 -> "24 293"."""
    rounded = _rounded(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    if _language(lang) != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def signed(value: Number, decimals: int = 0, lang: str = "nb") -> str:
    """A change with its sign: "+0,1", "−370"; what rounds to nothing has no sign."""
    text = number(value, decimals, lang)
    return f"+{text}" if _rounded(value, decimals) > 0 else text


def percent(value: Number, decimals: int = 1, lang: str = "nb") -> str:
    """`value` in per cent (10.4, not 0.104): "10,4 %" with a no-break space; English "10.4%"."""
    return number(value, decimals, lang) + ("%" if _language(lang) == "en" else f"{NBSP}%")


def points(value: Number, decimals: int = 1, lang: str = "nb") -> str:
    """A difference between two percentages, without sign: "0,6 prosentpoeng". The sentence says which way it goes."""
    rounded = abs(_rounded(value, decimals))
    word = "percentage point" if _language(lang) == "en" and rounded == 1 else _POINTS[_language(lang)]
    return f"{number(rounded, decimals, lang)}{NBSP}{word}"


def read_number(text: str, lang: str = "nb") -> Decimal | None:
    """The number that somebody wrote: "8,2", "8.2 %", "24 293"; in English commas also part thousands, as in "24,293".
    None where it is not a plain number.
    """
    bare = "".join(text.split()).replace(MINUS, "-").removesuffix("%")
    if _language(lang) == "en" and re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}([.,]\d{1,8})?", bare):
        return None
    return Decimal(bare.replace(",", "."))


def ordinal(value: int, lang: str = "nb") -> str:
    """A place in an order: "8."; English "8th"."""
    if _language(lang) != "en":
        return f"{value}."
    last = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{last}"


def in_words(value: int, lang: str = "nb") -> str:
    """Zero to twelve as a word, in lower case ("fire"); other numbers in figures."""
    words = _WORDS[_language(lang)]
    return words[value] if 0 <= value < len(words) else number(value, 0, lang)


def month_name(month: int, lang: str = "nb", *, short: bool = False) -> str:
    """1 -> "januar"; short "jan." (English has no full stop)."""
    names = _SHORT_MONTHS if short else _MONTHS
    return names["en" if _language(lang) == "en" else "nb"][month - 1]


def weekday_name(date: dt.date, lang: str = "nb") -> str:
    """ "mandag"; nynorsk "måndag"."""
    return _WEEKDAYS[_language(lang)][date.weekday()]


def day(date: dt.date, lang: str = "nb", *, weekday: bool = False, year: bool = True, short: bool = False) -> str:
    """A date in words, held together by no-break spaces: "12. mars 2026", "onsdag 11. november"."""
    stop = "" if _language(lang) == "en" else "."
    parts = [f"{date.day}{stop}", month_name(date.month, lang, short=short)]
    if year:
        parts.append(str(date.year))
    text = NBSP.join(parts)
    return f"{weekday_name(date, lang)} {text}" if weekday else text


def month(date: dt.date, lang: str = "nb", *, short: bool = False) -> str:
    """The month that `date` lies in: "august 2026", short "aug. 2026"."""
    return f"{month_name(date.month, lang, short=short)}{NBSP}{date.year}"


def months(first: dt.date, end: dt.date, lang: str = "nb", *, short: bool = True) -> str:
    """A half-open period of whole months: [2025-09-01, 2026-09-01) -> "sept. 2025 – aug. 2026".

    One month is written once, a calendar year as its number.
    """
    last = end - dt.timedelta(days=1)
    if (first.year, first.month) == (last.year, last.month):
        return month(first, lang, short=short)
    if first.year == last.year and first.month == 1 and last.month == 12:
        return str(first.year)
    return f"{month(first, lang, short=short)} {EN_DASH} {month(last, lang, short=short)}"


def clock(time: dt.time | dt.datetime, lang: str = "nb") -> str:
    """ "kl. 13.30"; English "at 13:30"."""
    separator = ":" if _language(lang) == "en" else "."
    return f"{_CLOCK[_language(lang)]}{NBSP}{time.hour:02d}{separator}{time.minute:02d}"


def initials(name: str) -> str:
    """First letter of the first and the last name, in capitals: "Kari Nordahl" -> "KN"."""
    names = name.split()
    letters = [names[0][0], names[-1][0]] if len(names) > 1 else [part[0] for part in names]
    return "".join(letters).upper()


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """A title in the middle of a sentence: "Leder" -> "leder"; one that begins with an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _rounded(value: Number, decimals: int) -> Decimal:
    """Rounded half away from zero; a float is read by its shortest decimal form, so that 2.675 becomes 2.68."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def _language(lang: str) -> str:
    first = lang.replace("_", "-").split("-")[0].lower()
    return first if first in ("nb", "nn", "en") else "nb"
