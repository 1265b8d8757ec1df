"""The exact attack: every difference between published figures, on integers, over a plain table of figures.

Rows are mappings with the columns of `byfolk figures export`: indicator, unit, parent, hierarchy, period, breakdown
('' for the total, else
'dimension=value'), numerator, denominator, value, n, state. Numbers may be text, as read from CSV; empty means not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .rules import HEALTH_N, K


@dataclass(frozen=True)
class Target:
    """What an attacker looks for in an indicator: groups under `limit` people, and groups that all answered alike
    where `alike` is true."""

    limit: int
    alike: bool
    family: str = ""


OPEN = Target(limit=0, alike=False)
INTERNAL_TARGET = Target(limit=K, alike=True)
MEAN_TARGET = Target(limit=K, alike=False)
HEALTH_TARGET = Target(limit=HEALTH_N, alike=False)
PAY_TARGET = Target(limit=2 * K, alike=False)


@dataclass(frozen=True)
class Finding:
    """Something that should not be derivable: where, how it was found, and the figure."""

    indicator: str
    unit: str
    period: str
    breakdown: str
    how: str
    numerator: int
    denominator: int
    n: int


@dataclass(frozen=True)
class Figure:
    """An exact published figure."""

    numerator: int
    denominator: int
    n: int

    def __sub__(self, other: Figure) -> Figure:
        return Figure(self.numerator - other.numerator, self.denominator - other.denominator, self.n - other.n)


Key = tuple[str, str, str, str]


def _number(value: Any) -> int:
    return int(float(value))


def published_figures(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[dict[Key, dict[str, Figure]], dict[tuple[str, str], dict[str, str]]]:
    """Exact figures by (indicator, period, hierarchy, breakdown) and unit; and each unit's parent by (period,
    hierarchy).

    Raises ValueError for a row that is not published and shows a number all the same.
    """
    figures: dict[Key, dict[str, Figure]] = defaultdict(dict)
    parents: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        period, hierarchy, unit = str(row["period"]), str(row["hierarchy"]), str(row["unit"])
        parents[period, hierarchy][unit] = str(row["parent"] or "")
        if str(row["state"]).lower() == "published":
            figures[str(row["indicator"]), period, hierarchy, str(row["breakdown"] or "")][unit] = Figure(
                _number(row["numerator"]), _number(row["denominator"]), _number(row["n"])
            )
        elif any(row[c] not in (None, "") for c in ("numerator", "denominator", "value", "n")):
            raise ValueError(f"a hidden row shows a number: {dict(row)}")
    return figures, parents


def residuals(figures: Mapping[str, Figure], parents: Mapping[str, str]) -> dict[str, Figure]:
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

    `targets`: per indicator; those missing are open. `parts`: indicator -> indicators of which it is the sum (short
    + long = all).
    Looked at: parent minus children, genders against each other and the total, categories against the total, parts
    against the whole.
    """
    figures, parents = published_figures(rows)
    found: list[Finding] = []

    def judge(target: Target, key: Key, unit: str, how: str, figure: Figure) -> None:
        indicator, period, _, breakdown = key
        alike = target.alike and figure.n > 0 and figure.numerator in (0, figure.denominator)
        if figure.n < 0 or 0 < figure.n < target.limit or alike or (figure.n == 0 and figure.numerator != 0):
            found.append(
                Finding(indicator, unit, period, breakdown, how, figure.numerator, figure.denominator, figure.n)
            )

    for key, cells in figures.items():
        target = targets.get(key[0], OPEN)
        if target == OPEN:
            continue
        for unit, figure in residuals(cells, parents[key[1], key[2]]).items():
            judge(target, key, unit, "unit minus its published descendants", figure)
    for key, cells in figures.items():
        indicator, period, hierarchy, breakdown = key
        target = targets.get(indicator, OPEN)
        if breakdown or target == OPEN:
            continue
        dimensions = {k[3].split("=")[0] for k in figures if k[:3] == key[:3] and k[3]}
        for dimension in dimensions:
            tables = [c for k, c in figures.items() if k[:3] == key[:3] and k[3].split("=")[0] == dimension]
            for unit, figure in cells.items():
                shown = [table[unit] for table in tables if unit in table]
                if shown:
                    rest = figure
                    for part in shown:
                        rest = rest - part
                    judge(target, (indicator, period, hierarchy, dimension), unit, "total minus its shown parts", rest)
        for part_names in [(parts or {}).get(indicator, ())]:
            tables = [figures.get((name, period, hierarchy, ""), {}) for name in part_names]
            for unit, figure in cells.items():
                shown = [table[unit] for table in tables if unit in table]
                if shown and len(shown) < len(tables):
                    left = figure.numerator - sum(part.numerator for part in shown)
                    found.append(
                        Finding(
                            indicator,
                            unit,
                            period,
                            "",
                            "whole minus its shown parts",
                            rest,
                            figure.denominator,
                            figure.n,
                        )
                    )
    return found
