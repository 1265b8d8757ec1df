"""Answers as people in the demo city might give them: places, agencies and years differ, and people do, most of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from byfolk.engines.questionnaires.instruments.content import Content

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: How many answer, by sector; elsewhere `MOST`.
RESPONSE = {
    "school": 0.74, "kindergarten": 0.72, "nursing_home": 0.61, "home_care": 0.58, "health": 0.70, "welfare": 0.76,
    "child_welfare": 0.72, "culture": 0.73, "technical": 0.71, "district": 0.75, "administration": 0.84,
}  # fmt: skip
MOST = 0.74
#: Where people stand on a factor, on average, and how it has gone from year to year.
LEVEL = {
    "purpose": 4.35, "time": 3.20, "room": 3.85, "steady": 4.05, "learning": 3.65, "seen": 3.80, "direction": 3.75,
    "speaking-up": 3.70, "helping": 4.25, "taking-part": 3.35,
}  # fmt: skip
TREND = {"time": -0.06, "seen": 0.07, "speaking-up": 0.03, "taking-part": 0.04}
FIRST_YEAR = 2024
#: What it does to have chosen a factor, where one is counted.
DOING = 0.12
NOBODY = np.zeros(0, dtype=np.int64)
#: How much agencies, places, a place from year to year, people, and one person's answers differ: standard deviations.
AGENCIES, PLACES, PLACES_BY_YEAR, PEOPLE, PEOPLE_BY_FACTOR, ITEMS = 0.12, 0.24, 0.12, 0.42, 0.36, 0.62
SAYS_NOT, TELLS_GENDER, TELLS_AGE = 0.025, 0.88, 0.86
#: So many write something in the last round, in a small city at most this share; texts of rounds before are gone.
WRITE, WRITE_AT_MOST = 1_500, 0.25
AGES = ((30, "under-30"), (40, "30-39"), (50, "40-49"), (60, "50-59"), (200, "60-and-over"))


@dataclass(frozen=True, eq=False)
class Drawn:
    """Answers as JSON, and the unit that each is counted in. `words`: what some wrote, apart from their answers."""

    json: pl.Series
    unit: Ints
    words: list[tuple[int, str]]


def drawn(
    content: Content,
    unit: Ints,
    woman: npt.NDArray[np.bool_],
    age: Ints,
    agency: Mapping[int, int],
    sector: Mapping[int, str],
    *,
    year: int,
    seed: int,
    rng: np.random.Generator,
    chosen: Mapping[str, Ints],
    sentences: Sequence[str] = (),
) -> Drawn:
    """Who of these people answers, and what. `unit`, `woman`, `age`: one each a person; `chosen`: by factor, the units
    that did something about it. `sentences`: some write one.
    """
    rate = np.array([RESPONSE.get(sector.get(one, ""), MOST) for one in unit.tolist()])
    lean = effects(unit, seed, "response", 0.5)
    chance = 1 / (1 + np.exp(-(np.log(rate / (1 - rate)) + lean)))
    answers = rng.random(len(unit)) < chance
    unit, woman, age = unit[answers], woman[answers], age[answers]
    factors = [factor.code for factor in content.factors]
    where = np.array([agency[one] for one in unit.tolist()], dtype=np.int64)
    people = rng.normal(0, PEOPLE, len(unit))
    columns: dict[str, pl.Series] = {}
    factor_of = {code: factor for factor in content.factors for code in factor.items}
    latent: dict[str, Floats] = {}
    for code in factors:
        latent[code] = (
            LEVEL.get(code, 3.8)
            + TREND.get(code, 0.0) * (year - FIRST_YEAR)
            + effects(where, seed, code, AGENCIES)
            + effects(unit, seed, code, PLACES)
            + effects(unit, seed, f"{code}/{year}", PLACES_BY_YEAR)
            + DOING * np.isin(unit, chosen.get(code, NOBODY))
            + people
            + rng.normal(0, PEOPLE_BY_FACTOR, len(unit))
        )
    for code, factor in factor_of.items():
        value = np.clip(np.rint(latent[factor.code] + rng.normal(0, ITEMS, len(unit))), 1, 5).astype(np.int64)
        if code in factor.reversed:
            value = 6 - value
        columns[code] = said(pl.Series(value).cast(pl.String), rng.random(len(unit)) >= SAYS_NOT)
    columns |= _background(woman, age, rng)
    words = _words(rng, unit, sentences)
    return Drawn(as_json(content, columns), unit, words)


def as_json(content: Content, columns: Mapping[str, pl.Series]) -> pl.Series:
    """Answers as JSON, in the order of the items; null is no answer."""
    known = [item.code for item in content.items() if item.code in columns]
    parts = [
        pl.when(pl.col(code).is_null()).then(pl.lit("")).otherwise(pl.lit(f', "{code}": ') + pl.col(code))
        for code in known
    ]
    whole = pl.DataFrame({code: columns[code] for code in known}).select(text=pl.concat_str(parts))["text"]
    return "{" + whole.str.slice(2) + "}"


def effects(places: Ints, seed: int, name: str, spread: float) -> Floats:
    """One number for every place, the same wherever and whenever it is asked for."""
    rng = np.random.default_rng([seed, *name.encode()])
    found: Floats = spread * rng.normal(size=int(places.max(initial=0)) + 1)[places]
    return found


def said(values: pl.Series, says: npt.NDArray[np.bool_]) -> pl.Series:
    """The values of those who say, null of those who do not."""
    return pl.select(pl.when(pl.Series(says)).then(values)).to_series()


def _background(woman: npt.NDArray[np.bool_], age: Ints, rng: np.random.Generator) -> dict[str, pl.Series]:
    gender = np.where(woman, '"woman"', '"man"')
    gender = np.where(rng.random(len(woman)) < 0.004, '"other"', gender)
    edges = np.array([edge for edge, _code in AGES])
    band = np.array([f'"{code}"' for _edge, code in AGES])[np.searchsorted(edges, age, side="right")]
    return {
        "gender": said(pl.Series(gender), rng.random(len(woman)) < TELLS_GENDER),
        "age-band": said(pl.Series(band), rng.random(len(woman)) < TELLS_AGE),
    }


def _words(rng: np.random.Generator, unit: Ints, sentences: Sequence[str]) -> list[tuple[int, str]]:
    chosen = rng.integers(max(len(sentences), 1), size=len(unit))
    writes = rng.random(len(unit)) < min(WRITE_AT_MOST, WRITE / max(len(unit), 1))
    if not sentences:
        return []
    return [(int(unit[place]), sentences[chosen[place]]) for place in np.flatnonzero(writes)]
