"""Small files and what exists beside them, for tests of the import."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl

from byfolk.kernel.people.importing.checking import Checked, Existing, check
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.lib.tables import Table, read

ON = dt.date(2026, 11, 22)
OPENED = dt.date(2000, 1, 1)


def day(text: str | None) -> dt.date | None:
    """2026-02-01 as a date."""
    return dt.date.fromisoformat(text) if text else None


def table(*rows: dict[str, str]) -> Table:
    """A file with one column a field."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(columns), *(";".join(row.get(c, "") for c in columns) for row in rows)]
    return read("\n".join(lines).encode())


def run(kind: str, *rows: dict[str, str], existing: Existing | None = None, **mapping: object) -> Checked:
    """Check rows whose columns are named like the fields."""
    names = {name for row in rows for name in row}
    columns = {f.name: f.name for f in KINDS[kind].fields if f.name in names}
    return check(table(*rows), Mapping(kind, columns=columns, **mapping), existing or EXISTING, on=ON)


def codes(checked: Checked) -> list[tuple[int, str]]:
    """(line, code) of every finding."""
    return list(checked.findings.select("line", "code").iter_rows())


def good(checked: Checked) -> list[int]:
    """The lines that land."""
    return checked.good["line"].to_list()


def arguments(checked: Checked, code: str) -> dict[str, object]:
    """What the message of the first finding with this code names."""
    return json.loads(checked.findings.filter(pl.col("code") == code)["args"][0])


_frames = Existing()
EXISTING = Existing(
    units=pl.DataFrame(
        [
            ("BY", "Byen", 0, None, OPENED, None),
            ("HELSE", "Helseetaten", 2, "BY", OPENED, None),
            ("SYK", "Solsiden sykehjem", 5, "HELSE", OPENED, None),
            ("GML", "Gamle vei", 5, "HELSE", OPENED, dt.date(2025, 1, 1)),
        ],
        schema=_frames.units.schema,
        orient="row",
    ),
    employees=pl.DataFrame(
        [("100", dt.date(1980, 5, 17)), ("200", None)], schema=_frames.employees.schema, orient="row"
    ),
    employments=pl.DataFrame(
        [
            ("100", "P1", "SYK", "permanent", 800, True, dt.date(2020, 1, 1), None),
            ("200", "P2", "SYK", "permanent", 500, True, dt.date(2020, 1, 1), dt.date(2025, 7, 1)),
            ("200", "P2", "SYK", "permanent", 600, True, dt.date(2025, 7, 1), None),
            ("200", "P3", "SYK", "temporary", 200, False, dt.date(2025, 7, 1), None),
        ],
        schema=_frames.employments.schema,
        orient="row",
    ),
    leaders=pl.DataFrame([("SYK", "100", dt.date(2024, 1, 1), None)], schema=_frames.leaders.schema, orient="row"),
    absences=pl.DataFrame(
        [("100", "P1", "certified", 1000, dt.date(2026, 1, 10), dt.date(2026, 2, 1))],
        schema=_frames.absences.schema,
        orient="row",
    ),
)


def employment(**changes: str) -> dict[str, str]:
    """A sound employment of a new person."""
    return {
        "employee_number": "300",
        "given_name": "Jonas",
        "family_name": "Lie",
        "birth_date": "1990-01-01",
        "gender": "M",
        "position_number": "P9",
        "position_title": "Sykepleier",
        "unit_code": "SYK",
        "employment_kind": "Fast",
        "percentage": "100",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "annual_pay": "512000",
    } | changes


def unit(**changes: str) -> dict[str, str]:
    """A sound new workplace."""
    return {
        "code": "NY",
        "kind": "Tjenestested",
        "name": "Ny enhet",
        "parent_code": "HELSE",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "successor_code": "",
    } | changes


def leader(**changes: str) -> dict[str, str]:
    """A sound leadership of a unit that has none."""
    return {"unit_code": "HELSE", "employee_number": "100", "valid_from": "2026-01-01", "valid_to": ""} | changes


def absence(**changes: str) -> dict[str, str]:
    """A sound self-certified absence."""
    return {
        "employee_number": "100",
        "position_number": "P1",
        "kind": "Egenmelding",
        "valid_from": "2026-03-02",
        "valid_to": "2026-03-04",
        "grade": "",
    } | changes
