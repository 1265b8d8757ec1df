"""A payroll file in which a known share of the rows is wrong in known ways: for tests and benchmarks of the import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, NURSING_HOME_SUBUNIT_CODES
from byfolk.demo.city.files import EMPLOYMENT_HEADS, employment_table
from byfolk.demo.city.sources import roles, rows

UNITS = ("110", CARE_AGENCY_CODE, NURSING_HOME_CODE, *NURSING_HOME_SUBUNIT_CODES, "301", "420", "510", "515", "710")
"""Units that a city of any size and seed has."""

Cells = dict[str, str]


@dataclass(frozen=True)
class MessyFile:
    """`content`: the bytes of a CSV file as `write_files` makes them. `findings`: line (the heading is line 1), field,
    reason: what an import must say, and of which rows. `good`: how many rows should land."""

    content: bytes
    findings: pl.DataFrame
    rows: int
    good: int


def _set(name: str, value: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells[name] = value

    return change


def _ends_first(cells: Cells) -> None:
    cells["valid_to"] = "31.12.1999"


def _still_a_child(cells: Cells) -> None:
    cells["birth_date"] = "15.06." + str(int(cells["valid_from"][-4:]) - 9)


# Each kind of mistake in one row: the field and the reason of the finding, and what makes it.
_MISTAKES: dict[str, tuple[str, str, Callable[[Cells], None]]] = {
    "no_name": ("family_name", "required", _set("family_name", "")),
    "no_unit": ("unit_code", "required", _set("unit_code", "")),
    "no_start": ("valid_from", "required", _set("valid_from", "")),
    "impossible_date": ("valid_from", "not_a_date", _set("valid_from", "31.02.2024")),
    "text_for_percentage": ("percentage", "not_a_percent", _set("percentage", "heltid?")),
    "percentage_too_high": ("percentage", "out_of_range", _set("percentage", "180,0")),
    "text_for_pay": ("annual_pay", "not_money", _set("annual_pay", "etter avtale")),
    "odd_kind": ("employment_kind", "not_a_choice", _set("employment_kind", "Frivillig hjelper")),
    "unknown_unit": ("unit_code", "unknown_unit", _set("unit_code", "9999999")),
    "ends_before_start": ("valid_to", "ends_before_start", _ends_first),
    "a_child": ("birth_date", "age", _still_a_child),
}
# Mistakes that take a row more, after the one that it goes against: the finding is on the second.
_SECOND_ROWS = {
    "same_row_otherwise": ("", "duplicate"),
    "overlap": ("valid_from", "overlap"),
    "far_over_full": ("percentage", "person_far_over_full"),
}
KINDS_OF_MISTAKE = (*_MISTAKES, *_SECOND_ROWS)


def messy_employments(
    n: int, seed: int, shares: Mapping[str, float] | None = None, unit_codes: Sequence[str] = UNITS
) -> MessyFile:
    """A file of `n` employment rows. `shares`: kind of mistake -> share of the rows; not given: 0.5 % of each kind.

    `unit_codes`: units that exist where it is to be imported. Errors: ValueError for an unknown kind of mistake, and
    for more mistakes than rows."""
    wanted = dict.fromkeys(KINDS_OF_MISTAKE, 0.005) if shares is None else dict(shares)
    unknown = sorted(set(wanted) - set(KINDS_OF_MISTAKE))
    if unknown:
        raise ValueError(f"unknown kinds of mistake: {', '.join(unknown)}")
    rng = np.random.default_rng(seed)
    number = {kind: round(n * share) for kind, share in wanted.items()}
    seconds = sum(count for kind, count in number.items() if kind in _SECOND_ROWS)
    if sum(number.values()) + seconds > n:
        raise ValueError("more mistakes than rows")
    people = n - seconds
    table = employment_table(_people(people, rng, unit_codes))
    lines = [dict(zip(EMPLOYMENT_HEADS, _text(row), strict=True)) for row in table.iter_rows()]
    chosen = iter(rng.permutation(people).tolist())
    marks: list[tuple[Cells, str, str]] = []
    after: dict[int, Cells] = {}
    for kind, count in number.items():
        for _turn in range(count):
            place = next(chosen)
            if kind in _MISTAKES:
                field, reason, change = _MISTAKES[kind]
                change(lines[place])
                marks.append((lines[place], field, reason))
            else:
                after[place] = second = _second_row(kind, lines[place])
                marks.append((second, *_SECOND_ROWS[kind]))
    ordered = []
    for place, cells in enumerate(lines):
        ordered.append(cells)
        if place in after:
            ordered.append(after[place])
    line_of = {id(cells): line for line, cells in enumerate(ordered, start=2)}
    findings = pl.DataFrame(
        [(line_of[id(cells)], field, reason) for cells, field, reason in marks],
        schema={"line": pl.UInt32, "field": pl.String, "reason": pl.String},
        orient="row",
    ).sort("line")
    text = [";".join(EMPLOYMENT_HEADS.values()), *(";".join(cells.values()) for cells in ordered)]
    content = ("\ufeff" + "\r\n".join(text) + "\r\n").encode()
    return MessyFile(content, findings, n, n - findings["line"].n_unique())


def _text(row: tuple[object, ...]) -> list[str]:
    cells = []
    for value in row:
        if isinstance(value, date):
            cells.append(value.strftime("%d.%m.%Y"))
        elif isinstance(value, bool):
            cells.append("ja" if value else "nei")
        elif isinstance(value, float):
            cells.append(f"{value:.1f}".replace(".", ","))
        else:
            cells.append("" if value is None else str(value))
    return cells


def _second_row(kind: str, first: Cells) -> Cells:
    """A row that cannot stand beside the first."""
    second = dict(first)
    if kind == "same_row_otherwise":
        second["position_title"] = "En annen tittel"
    elif kind == "overlap":
        day, month, year = (int(part) for part in first["valid_from"].split("."))
        second["valid_from"] = (date(year, month, day) + timedelta(days=40)).strftime("%d.%m.%Y")
    else:
        second["position_number"] = first["position_number"] + "B"
        first["percentage"] = second["percentage"] = "100,0"
        first["employment_kind"] = second["employment_kind"] = "Fast"
    return second


def _people(number: int, rng: np.random.Generator, unit_codes: Sequence[str]) -> pl.DataFrame:
    """So many people with one open employment each, all of it right."""
    table = roles()
    role = rng.choice(np.flatnonzero(~table.is_lead), number)
    woman = rng.random(number) < table.women[role]
    names = {
        gender: np.array([row["name"] for row in rows("given_names") if row["gender"] == gender], dtype=object)
        for gender in "KM"
    }
    families = np.array([row["name"] for row in rows("family_names")], dtype=object)
    given = np.where(woman, rng.choice(names["K"], number), rng.choice(names["M"], number))
    start = (date(2012, 1, 1) - date(1970, 1, 1)).days + rng.integers(0, 5000, number)
    identity = np.arange(number)
    return pl.DataFrame(
        {
            "employee_number": pl.Series(500_001 + identity).cast(pl.String),
            "given_name": pl.Series(given.tolist(), dtype=pl.String),
            "family_name": pl.Series(rng.choice(families, number).tolist(), dtype=pl.String),
            "birth_date": pl.Series((start - rng.integers(22, 55, number) * 365).astype(np.int32)).cast(pl.Date),
            "gender": pl.Series(np.where(woman, "K", "M").tolist(), dtype=pl.String),
            "protected": np.zeros(number, dtype=bool),
            "work_email": ("ansatt" + pl.Series(identity).cast(pl.String) + "@fjordby.example"),
            "work_phone": pl.Series(10_000_000 + identity).cast(pl.String),
            "position_number": pl.Series(7_000_000 + identity).cast(pl.String),
            "position_title": pl.Series(table.titles).gather(role),
            "styrk": pl.Series(table.styrk).gather(role),
            "unit_code": pl.Series(list(unit_codes)).gather(rng.integers(0, len(unit_codes), number)),
            "employment_kind": pl.Series(["permanent", "temporary", "substitute"]).gather(
                rng.choice(3, number, p=[0.87, 0.07, 0.06])
            ),
            "percentage": rng.choice([1000, 800, 750, 500], number, p=[0.7, 0.12, 0.08, 0.1]),
            "main": np.ones(number, dtype=bool),
            "valid_from": pl.Series(start.astype(np.int32)).cast(pl.Date),
            "valid_to": pl.Series([None] * number, dtype=pl.Date),
            "end_reason": pl.Series([None] * number, dtype=pl.String),
            "annual_pay": table.pay[role],
            "supplements": table.pay[role] // 50,
        }
    )
