"""The data files that the city is drawn from (see `byfolk/demo/data/PROVENANCE.md`), read once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/NAME.csv` in file order."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


class Roles:
    """The occupations of the city as columns, one row a role of `roles.csv`.

    `pay` is yearly full-time pay in øre at the level of the source; `women`, `part` and `immigrant` are shares; `shift`
    is the supplement in permille of pay.
    """

    def __init__(self) -> None:
        table = rows("roles")
        monthly = {row["styrk"]: int(row["monthly_pay"]) for row in rows("occupations")}
        self.keys = [row["role"] for row in table]
        self.index = {key: position for position, key in enumerate(self.keys)}
        self.titles = [row["title"] for row in table]
        self.styrk = [row["styrk"] for row in table]
        self.families = [row["family"] for row in table]
        self.women = np.array([float(row["women"]) for row in table])
        self.part = np.array([float(row["part"]) for row in table])
        self.immigrant = np.array([float(row["immigrant"]) for row in table])
        self.turnover = np.array([float(row["turnover"]) for row in table])
        self.shift = np.array([int(row["shift"]) for row in table])
        self.ages = np.array([("young", "adult", "mature", "lead", "senior").index(row["age"]) for row in table])
        self.pay = np.array([monthly[row["styrk"]] * 12 * 100 * int(row["pay"]) // 1000 for row in table])
        self.is_lead = np.array(
            [family == "lead" and key != "hr_director" for key, family in zip(self.keys, self.families, strict=True)]
        )
        # Care, teaching and trades are matched by the occupation, office work by the family.
        loose = {"lead", "admin", "it"}
        groups = [family if family in loose else key for key, family in zip(self.keys, self.families, strict=True)]
        names = sorted(set(groups))
        self.group = np.array([names.index(group) for group in groups])


@cache
def roles() -> Roles:
    """The occupations, read once."""
    return Roles()
