"""Numbers and dates from the law that the accounts follow, dated and with their source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class EqualityDuty:
    """What holds for the statement of a year. `due` is a day of the year after; items are codes in
    `compose.equality`."""

    due: dt.date
    due_section: str
    act: str
    sections: str
    women_at_least: int
    men_at_least: int
    yearly: tuple[str, ...]
    every_second_year: tuple[str, ...]


def equality_duty(year: int) -> EqualityDuty:
    """The duty as it stood when `year` had ended. Raises `LookupError` for a year before the first value."""
    on = dt.date(year, 12, 31)
    due, duty = _valid("statement_due", on), _valid("duty", on)
    smallest, items = _valid("smallest_group", on), _valid("items", on)
    return EqualityDuty(
        dt.date(year + 1, due["month"], due["day"]),
        _held(due["section"]),
        duty["act"],
        _held(duty["sections"]),
        smallest["women"],
        smallest["men"],
        tuple(items["yearly"]),
        tuple(items["every_second_year"]),
    )


def _held(section: str) -> str:
    """A section whose sign stays with its number."""
    return section.replace("§ ", "§\u00a0")


def _valid(name: str, on: dt.date) -> dict[str, Any]:
    """The newest value of a parameter that holds on a date."""
    for value in sorted(_stated()[name], key=lambda value: value["from"], reverse=True):
        if value["from"] <= on:
            return value
    raise LookupError(f"No value of {name} holds on {on}")


@cache
def _stated() -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((Path(__file__).parent / "equality.yaml").read_text(encoding="utf-8"))
