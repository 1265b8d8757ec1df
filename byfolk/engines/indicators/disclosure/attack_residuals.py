"""The exact attack: every difference between published figures, on integers, over a plain table of figures.

Rows are mappings with the columns of `byfolk figures export`: indicator, unit, parent, hierarchy, period, breakdown,
numerator, denominator, value, n, state. Numbers may be text, as read from CSV; empty means not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .rules import HEALTH_N, PAY_EACH, K


@dataclass(frozen=True)
class Target:
    """What an attacker looks for: figures on fewer than `limit` people and, where `alike`, on people who all answered
    alike.

    `limit` 0: open, nothing to find. `rounded`: n is a mean of months rounded to a whole number, so that a difference
    of m figures may be wrong by m / 2: only what is too small for certain is reported.
    """

    limit: int
    alike: bool
    rounded: bool = False


OPEN = Target(limit=0, alike=False)
INTERNAL_TARGET = Target(limit=K, alike=True)
MEAN_TARGET = Target(limit=K, alike=False)
HEALTH_TARGET = Target(limit=HEALTH_N, alike=True)
PAY_TARGET = Target(limit=2 * PAY_EACH, alike=False)


@dataclass(frozen=True)
class Finding:
    """Something that should not be derivable: where, how it was found, and the figure."""

    indicator: str
    unit: str
    period: str
    breakdown: str
    how: str
    numerator: int
    denominator: int | None
    n: int


@dataclass(frozen=True)
class Shown:
    """An exact figure, or a difference of `terms` of them."""

    numerator: int
    denominator: int | None
    n: int
    terms: int = 1

    def __sub__(self, other: Shown) -> Shown:
        known = self.denominator is not None and other.denominator is not None
        return Shown(
            self.numerator - other.numerator,
            (self.denominator or 0) - (other.denominator or 0) if known else None,
            self.n - other.n,
            self.terms + other.terms,
        )


@dataclass(frozen=True)
class Table:
    """What makes a table of figures one: cells of the same table may be added and subtracted."""

    indicator: str
    period: str
    hierarchy: str
    breakdown: str


def dimension_of(breakdown: str) -> str:
    """What a breakdown divides by: nothing ('' or 'all'), 'gender', 'age', or 'family' (a code of job families)."""
    if breakdown in ("", "all"):
        return ""
    if breakdown in ("women", "men"):
        return "gender"
    return "age" if breakdown.startswith("age") else "family"


def shown_figures(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[dict[Table, dict[str, Shown]], dict[tuple[str, str], dict[str, str]]]:
    """Exact figures by table and unit, and each unit's parent by (period, hierarchy).

    Raises ValueError for a row that is not published and shows a number all the same.
    """
    figures: dict[Table, dict[str, Shown]] = defaultdict(dict)
    parents: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        period, hierarchy, unit = str(row["period"]), str(row["hierarchy"]), str(row["unit"])
        parents[period, hierarchy][unit] = str(row["parent"] or "")
        if str(row["state"]).lower() == "published":
            below = row["denominator"]
            figures[Table(str(row["indicator"]), period, hierarchy, _plain(row["breakdown"]))][unit] = Shown(
                int(row["numerator"]), None if below in (None, "") else int(below), int(row["n"])
            )
        elif any(row[c] not in (None, "") for c in ("numerator", "denominator", "value", "n")):
            raise ValueError(f"a hidden row shows a number: {dict(row)}")
    return figures, parents


def residuals(figures: Mapping[str, Shown], parents: Mapping[str, str]) -> dict[str, Shown]:
    """Each published unit minus its nearest published descendants."""
    left = dict(figures)
    for unit, figure in figures.items():
        above = parents.get(unit, "")
        while above and above not in figures:
            above = parents.get(above, "")
        if above:
            left[above] = left[above] - figure
    return left


def attack_residuals(
    rows: Iterable[Mapping[str, Any]],
    targets: Mapping[str, Target],
    *,
    parts: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Finding]:
    """All that differences of published figures tell about too few people, or about people who are all alike.

    `targets`: per indicator; those missing are open. `parts`: indicator -> indicators that add up to it (short + long
    = all): none or all of them must be shown. Looked at: parents minus children; genders and categories against the
    total, and its rest against the rest below.
    """
    figures, parents = shown_figures(rows)
    found: list[Finding] = []
    by_total: dict[tuple[str, str, str], dict[str, list[dict[str, Shown]]]] = defaultdict(lambda: defaultdict(list))
    for table, cells in figures.items():
        if table.breakdown:
            by_total[table.indicator, table.period, table.hierarchy][dimension_of(table.breakdown)].append(cells)
        target = targets.get(table.indicator, OPEN)
        if target.limit:
            for unit, left in residuals(cells, parents[table.period, table.hierarchy]).items():
                if _tells(target, left):
                    found.append(_finding(table, unit, "unit minus its published descendants", left))
    for table, cells in figures.items():
        target = targets.get(table.indicator, OPEN)
        if table.breakdown or not target.limit:
            continue
        for dimension, tables in by_total[table.indicator, table.period, table.hierarchy].items():
            rests: dict[str, Shown] = {}
            for unit, figure in cells.items():
                for part in tables:
                    if unit in part:
                        rests[unit] = rests.get(unit, figure) - part[unit]
            for unit, rest in rests.items():
                if _tells(target, rest):
                    found.append(_finding(table, unit, f"total minus what is shown by {dimension}", rest))
        for unit, figure in cells.items():
            others = [
                figures.get(Table(name, table.period, table.hierarchy, ""), {}).get(unit)
                for name in (parts or {}).get(table.indicator, ())
            ]
            shown = [part for part in others if part is not None]
            if shown and len(shown) < len(others):
                hidden = figure.numerator - sum(part.numerator for part in shown)
                found.append(
                    Finding(
                        table.indicator,
                        unit,
                        table.period,
                        "",
                        "whole minus shown parts",
                        hidden,
                        figure.denominator,
                        figure.n,
                    )
                )
    return found


def _plain(breakdown: Any) -> str:
    return str(breakdown) if dimension_of(str(breakdown or "")) else ""


def _tells(target: Target, figure: Shown) -> bool:
    """Does the figure concern too few people, or people who are all alike?"""
    if figure.n == 0 and figure.numerator == 0:
        return False
    if target.rounded:
        return figure.n + figure.terms / 2 < target.limit and (figure.numerator != 0 or figure.n > figure.terms / 2)
    return figure.n < target.limit or (target.alike and figure.numerator in (0, figure.denominator))


def _finding(table: Table, unit: str, how: str, figure: Shown) -> Finding:
    return Finding(
        table.indicator, unit, table.period, table.breakdown, how, figure.numerator, figure.denominator, figure.n
    )
