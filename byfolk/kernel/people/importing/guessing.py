"""Guess at first sight what kind of file this is and which column is which; a person confirms it.

By name first (our own, and those of ``names.yaml``), held against what the cells look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from statistics import median

import polars as pl

from byfolk.kernel.people.importing import parsing
from byfolk.kernel.people.importing.fields import Field, FieldType, normalise
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.kernel.people.importing.mapping import Derived, Mapping

SAMPLE = 500
LEAST = 0.35  # a weaker likeness is no guess
LIKE = 0.84
BY_CONTENT = 0.36  # a column that is named like nothing, but whose values are all of one choice

_FULL = {normalise(word) for word in ("F", "full", "full-time", "full time", "heltid", "fulltid", "100")}
_PART = {normalise(word) for word in ("P", "part", "part-time", "part time", "deltid")}


def guess(columns: Sequence[str], sample: pl.DataFrame, *, unit_names: Iterable[str] = ()) -> tuple[str, Mapping]:
    """The likeliest kind of file, and a mapping for it. ``sample``: some rows of text. ``unit_names``: those of the
    units that exist; where the file's names are among them, codes are looked up. What is still missing:
    ``Mapping.missing``."""
    guesses = [guess_mapping(kind, columns, sample, unit_names=unit_names) for kind in KINDS]
    best = max(guesses, key=_explains(columns))
    return best.kind, best


def _explains(columns: Sequence[str]):
    def score(mapping: Mapping) -> float:
        required = [f.name for f in mapping.file_kind.fields if f.required]
        supplied = sum(1 for name in required if _from_columns(mapping, name))
        return len(set(mapping.columns.values())) / max(len(columns), 1) + supplied / len(required)

    return score


def _from_columns(mapping: Mapping, name: str) -> bool:
    stand_ins = mapping.file_kind.stand_ins.get(name, ())
    return name in mapping.columns or any(all(n in mapping.columns for n in names) for names in stand_ins)


def guess_mapping(
    kind: str, columns: Sequence[str], sample: pl.DataFrame, *, unit_names: Iterable[str] = ()
) -> Mapping:
    """The likeliest mapping for a kind of file that is known."""
    texts = {
        column: [text.strip() for text in sample[column].head(SAMPLE).to_list() if text and text.strip()]
        for column in columns
    }
    pairs = sorted(
        (
            (-_likeness(field, column, texts[column]), order, field.name, column)
            for order, field in enumerate(KINDS[kind].fields)
            for column in columns
        ),
    )
    chosen: dict[str, str] = {}
    for score, _, name, column in pairs:
        if -score >= LEAST and name not in chosen and column not in chosen.values():
            chosen[name] = column
    ordered = {f.name: chosen[f.name] for f in KINDS[kind].fields if f.name in chosen}
    mapping = Mapping(kind, columns=ordered)
    of = {name: texts[column] for name, column in ordered.items()}
    mapping = mapping.with_(
        date_order=_date_order(kind, of),
        decimal=_decimal(kind, of),
        percent_scale=_percent_scale(kind, of),
        values=_values(of),
        **_money(kind, ordered, of),
    )
    return mapping.with_(derived=_derived(mapping, of, unit_names)) if kind == "employments" else mapping


def _likeness(field: Field, column: str, texts: list[str]) -> float:
    name = normalise(column)
    by_name = max((_name_likeness(name, normalise(alias)) for alias in field.aliases), default=0.0)
    fit = _fit(field, texts)
    if by_name == 0 and field.type is FieldType.CHOICE and texts and fit >= 0.9 and len(set(texts)) > 1:
        return BY_CONTENT
    return by_name * (0.4 + 0.6 * fit)


def _name_likeness(name: str, alias: str) -> float:
    if name == alias:
        return 1.0
    shorter, longer = sorted((name, alias), key=len)
    if len(shorter) >= 5 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.5 + 0.4 * len(shorter) / len(longer)
    matcher = SequenceMatcher(None, name, alias, autojunk=False)
    return 0.6 if matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE else 0.0


def _fit(field: Field, texts: list[str]) -> float:
    """The share of the cells that can be values of the field; 1 where there is none to judge by."""
    if not texts:
        return 1.0
    tests = {
        FieldType.DATE: lambda t: parsing.parse_date(t) is not None or parsing.is_no_date(t),
        FieldType.PERCENT: lambda t: parsing.parse_percent(t) is not None or normalise(t) in _FULL | _PART,
        FieldType.MONEY: lambda t: parsing.parse_money(t) is not None,
        FieldType.NUMBER: lambda t: parsing.parse_number(t) is not None,
        FieldType.CHOICE: lambda t: normalise(t) in field.codes,
        FieldType.BOOL: lambda t: parsing.parse_bool(t) is not None,
        FieldType.CODE: lambda t: " " not in t or any(c.isdigit() for c in t),
        FieldType.TEXT: lambda t: any(c.isalpha() for c in t),
    }
    test = tests[field.type]
    return sum(1 for text in texts if test(text)) / len(texts)


def _of_type(kind: str, of: dict[str, list[str]], *types: FieldType) -> list[str]:
    return [text for name, texts in of.items() if KINDS[kind].by_name[name].type in types for text in texts]


def _date_order(kind: str, of: dict[str, list[str]]) -> str:
    """Day first, unless some date can only be read with the month first and none only with the day first."""
    dates = _of_type(kind, of, FieldType.DATE)
    day_first = sum(1 for text in dates if parsing.parse_date(text) and not parsing.parse_date(text, order="mdy"))
    month_first = sum(1 for text in dates if parsing.parse_date(text, order="mdy") and not parsing.parse_date(text))
    return "mdy" if month_first > day_first else "dmy"


def _decimal(kind: str, of: dict[str, list[str]]) -> str:
    """The decimal mark: the last mark of numbers that have both, or the one that is followed by one or two figures."""
    numbers = _of_type(kind, of, FieldType.MONEY, FieldType.PERCENT, FieldType.NUMBER)
    votes = {",": 0, ".": 0}
    for text in numbers:
        last = max(text.rfind(","), text.rfind("."))
        figures = len(text) - last - 1
        if last > 0 and text[last + 1 :].isdigit() and (figures in (1, 2) or ("," in text and "." in text)):
            votes[text[last]] += 1
    return "." if votes["."] > votes[","] else ","


def _percent_scale(kind: str, of: dict[str, list[str]]) -> str:
    numbers = [
        float(n)
        for text in _of_type(kind, of, FieldType.PERCENT)
        if (n := parsing.parse_number(text.rstrip("% "), thousands=False)) is not None
    ]
    if not numbers or max(numbers) == 0:
        return "percent"
    if max(numbers) <= 1.5:
        return "fraction"
    return "hundredths" if max(numbers) > 200 else "percent"


def _money(kind: str, columns: dict[str, str], of: dict[str, list[str]]) -> dict[str, str]:
    if "annual_pay" not in columns:
        titles = {normalise(columns[f.name]) for f in KINDS[kind].fields if f.type is FieldType.MONEY and f.name in of}
        thousands = any("1000kr" in title or "tkr" in title or "tusen" in title for title in titles)
        return {"money_unit": "tkr"} if thousands else {}
    title = normalise(columns["annual_pay"])
    amounts = [ore for text in of["annual_pay"] if (ore := parsing.parse_money(text))]
    middle = median(amounts) / 100 if amounts else 0
    found = {}
    if "ore" in title.split() or title.endswith("ore") or middle > 10_000_000:
        found["money_unit"], middle = "øre", middle / 100
    if any(word in title for word in ("manad", "maned", "mnd", "month")):
        found["pay_period"] = "month"
    elif any(word in title for word in ("time", "hour")) or 0 < middle < 2_000:
        found["pay_period"] = "hour"
    elif 10_000 < middle < 120_000 and not any(word in title for word in ("ar", "annual", "year")):
        found["pay_period"] = "month"
    return found


def _values(of: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    """A column that says only full or part time: full is 100, part is left to the hours, or to the person who
    confirms."""
    words = set(of.get("percentage", ()))
    if not words or not all(normalise(word) in _FULL | _PART for word in words):
        return {}
    return {"percentage": {word: "100" if normalise(word) in _FULL else "" for word in sorted(words)}}


def _derived(mapping: Mapping, of: dict[str, list[str]], unit_names: Iterable[str]) -> dict[str, Derived]:
    columns = mapping.columns
    derived: dict[str, Derived] = {}
    person = [columns["employee_number"]] if "employee_number" in columns else []
    if not person:
        names = ["full_name"] if "full_name" in columns else ["given_name", "family_name"]
        person = [columns[name] for name in (*names, "birth_date") if name in columns]
        if person:
            derived["employee_number"] = Derived("hash", tuple(person), prefix="P")
    if "position_number" not in columns and person:
        post = [columns[name] for name in ("position_title", "unit_code", "unit_name") if name in columns]
        # Without dates, two equal rows of a person are two posts; with dates, one post in two periods.
        how = "hash" if "valid_from" in columns else "numbered"
        derived["position_number"] = Derived(how, tuple(dict.fromkeys([*person, *post])), prefix="S")
    if "unit_code" not in columns and "unit_name" in columns:
        known = {normalise(name) for name in unit_names}
        texts = of["unit_name"]
        found = sum(1 for text in texts if normalise(text) in known)
        how = "unit_by_name" if known and texts and found >= 0.8 * len(texts) else "code"
        derived["unit_code"] = Derived(how, (columns["unit_name"],))
    return derived
