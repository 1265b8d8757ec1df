"""Names, e-mail addresses and telephone numbers of invented people."""

from __future__ import annotations

import numpy as np
import polars as pl

from byfolk.demo.city.sources import rows

DOMAIN = "fjordby.example"


def _pick(weights: np.ndarray, number: int, rng: np.random.Generator) -> np.ndarray:
    return np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(number), side="right")


def given_and_family(
    birth_year: np.ndarray, woman: np.ndarray, immigrant: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A given name by gender and decade of birth, and a family name; some of other origin, and some mixed."""
    number = len(woman)
    given, family = np.empty(number, dtype=object), np.empty(number, dtype=object)
    own = rows("family_names")
    family[:] = np.array([row["name"] for row in own], dtype=object)[
        _pick(np.array([float(row["weight"]) for row in own]), number, rng)
    ]
    cohort = np.clip(birth_year // 10 * 10, 1950, 2000)
    for gender in (True, False):
        for decade in range(1950, 2001, 10):
            index = np.flatnonzero((woman == gender) & (cohort == decade))
            chosen = [
                row
                for row in rows("given_names")
                if row["gender"] == ("K" if gender else "M") and row["cohort"] == str(decade)
            ]
            weights = np.array([float(row["weight"]) for row in chosen]) ** 0.85
            given[index] = np.array([row["name"] for row in chosen], dtype=object)[_pick(weights, len(index), rng)]
    _from_elsewhere(given, family, woman, np.flatnonzero(immigrant), rng)
    return given, family


def _from_elsewhere(
    given: np.ndarray, family: np.ndarray, woman: np.ndarray, people: np.ndarray, rng: np.random.Generator
) -> None:
    world = rows("world_names")
    groups = list(dict.fromkeys((row["group"], float(row["weight"])) for row in world))
    group = _pick(np.array([weight for _name, weight in groups]), len(people), rng)
    keeps_given = rng.random(len(people)) < 0.08
    for position, (name, _weight) in enumerate(groups):
        for gender, part in ((True, "K"), (False, "M")):
            index = people[(group == position) & (woman[people] == gender) & ~keeps_given]
            names = np.array(
                [row["name"] for row in world if row["group"] == name and row["part"] == part], dtype=object
            )
            given[index] = names[rng.integers(0, len(names), len(index))]
        index = people[group == position]
        names = np.array(
            [row["name"] for row in world if row["group"] == name and row["part"] == "family"], dtype=object
        )
        family[index] = names[rng.integers(0, len(names), len(index))]


def with_contacts(people: pl.DataFrame) -> pl.DataFrame:
    """Add work_email (given.family, numbered where taken) and work_phone (no Norwegian number begins with 1)."""
    name = (pl.col("given_name") + "." + pl.col("family_name")).str.to_lowercase()
    for letter, plain in zip("æøåöüé ", ("ae", "o", "a", "o", "u", "e", "-"), strict=True):
        name = name.str.replace_all(letter, plain, literal=True)
    turn = pl.int_range(pl.len()).over("_name") + 1
    number = pl.int_range(pl.len()).cast(pl.Int64) * 7919 % 9_999_991
    digits = (10_000_000 + number).cast(pl.String)
    return (
        people.with_columns(_name=name)
        .with_columns(
            work_email=pl.col("_name")
            + pl.when(turn > 1).then(turn.cast(pl.String)).otherwise(pl.lit(""))
            + f"@{DOMAIN}",
            work_phone=pl.concat_str([digits.str.slice(at, 2) for at in (0, 2, 4, 6)], separator=" "),
        )
        .drop("_name")
    )
