"""Check a file whole: what lands, and what was found. The rules of each kind of file are in ``rules/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field

import polars as pl

from byfolk.kernel.people.importing.converting import convert
from byfolk.kernel.people.importing.fields import normalise
from byfolk.kernel.people.importing.handling import HANDLING
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.sheet import Sheet
from byfolk.lib.tables import Table

_PERIOD = {"valid_from": pl.Date(), "valid_to": pl.Date()}


def _frame(**columns: pl.DataType) -> pl.DataFrame:
    return pl.DataFrame(schema={**columns, **_PERIOD})


@dataclass(frozen=True)
class Existing:
    """What stands in the database and a file must fit. Periods are half-open, percentages permille, ``level`` 0-5.

    ``units``: every period of every unit. ``employees``: everyone known. ``own``: what a kind of file that an area
    has registered asks for, by the name it gave. The rest: every row, over or not.
    """

    units: pl.DataFrame = field(
        default_factory=lambda: _frame(code=pl.String(), name=pl.String(), level=pl.Int16(), parent_code=pl.String())
    )
    employees: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={"employee_number": pl.String, "birth_date": pl.Date})
    )
    leaders: pl.DataFrame = field(default_factory=lambda: _frame(unit_code=pl.String(), employee_number=pl.String()))
    employments: pl.DataFrame = field(
        default_factory=lambda: _frame(
            employee_number=pl.String(),
            position_number=pl.String(),
            unit_code=pl.String(),
            employment_kind=pl.String(),
            percentage=pl.Int64(),
            main=pl.Boolean(),
        )
    )
    absences: pl.DataFrame = field(
        default_factory=lambda: _frame(
            employee_number=pl.String(), position_number=pl.String(), kind=pl.String(), grade=pl.Int64()
        )
    )
    own: MappingType[str, pl.DataFrame] = field(default_factory=dict)

    def unit_codes_by_name(self) -> dict[str, str]:
        """Normalised name -> code, for names that only one unit has."""
        names: dict[str, set[str]] = {}
        for name, code in self.units.select("name", "code").iter_rows():
            names.setdefault(normalise(name), set()).add(code)
        return {name: codes.pop() for name, codes in names.items() if len(codes) == 1}


@dataclass(frozen=True)
class Checked:
    """What a file comes to.

    ``good``: the typed rows that can land, with ``line``. ``findings``: line, field, value, code, args (JSON),
    severity; an "error" keeps its row out, a "warning" does not. ``read``: how many rows the file had, ragged ones
    too."""

    kind: str
    good: pl.DataFrame
    findings: pl.DataFrame
    read: int
    origin: pl.DataFrame

    @property
    def rejected(self) -> int:
        """How many rows do not land."""
        return self.findings.filter(pl.col("severity") == "error")["line"].n_unique()


def check(table: Table, mapping: Mapping, existing: Existing, *, on: dt.date) -> Checked:
    """Turn a table into typed rows by a mapping and try every rule on them, given what exists already.

    ``on`` is today. The mapping must supply every required field (``Mapping.missing`` is empty) and name columns that
    the table has. Errors: ``KeyError`` for a column that is not there."""
    sheet = typed(table, mapping, existing, on=on)
    return check_typed(sheet, existing, on=on, read=len(table) + len(table.ragged))


def typed(table: Table, mapping: Mapping, existing: Existing, *, on: dt.date) -> Sheet:
    """The typed rows of a file. Of what exists, only the units are looked at."""
    return convert(table, mapping, on=on, unit_codes_by_name=existing.unit_codes_by_name())


def check_typed(sheet: Sheet, existing: Existing, *, on: dt.date, read: int) -> Checked:
    """Try every rule on typed rows; ``read``: how many rows the file had."""
    origin = _origin(sheet, existing)
    HANDLING[sheet.kind].check(sheet, existing, on)
    sheet.drop_rejected()
    good = sheet.rows.select("line", *(f.name for f in KINDS[sheet.kind].stored))
    return Checked(sheet.kind, good, sheet.findings(), read, origin)


def _origin(sheet: Sheet, existing: Existing) -> pl.DataFrame:
    """Which unit each row concerns: line, unit_code (null where that cannot be known)."""
    if "unit_code" in sheet.rows.columns:
        return sheet.rows.select("line", "unit_code")
    if sheet.kind == "units":
        known = existing.units["code"].unique().implode()
        own = pl.col("code")
        return sheet.rows.select(
            "line", pl.when(own.is_in(known)).then(own).otherwise(pl.col("parent_code")).alias("unit_code")
        )
    last = existing.employments.sort("valid_from").unique("employee_number", keep="last")
    return (
        sheet.rows.select("line", "employee_number")
        .join(last.select("employee_number", "unit_code"), on="employee_number", how="left")
        .select("line", "unit_code")
    )
