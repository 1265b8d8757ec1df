"""From answers to whole numbers: everybody's mean of each factor, in parts that are never rounded. Reads nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from byfolk.engines.questionnaires.instruments.content import Content, Factor, Kind
from byfolk.engines.questionnaires.instruments.scoring import FEWEST_ANSWERED

Ints = npt.NDArray[np.int64]
#: Who has no mean; no answer to an item.
NONE = np.int64(np.iinfo(np.int32).min)


@dataclass(frozen=True, eq=False)
class Scores:
    """Everybody's mean of a factor: `mean` (people,) in parts of a step, `parts` to a step; `NONE` where one has none.

    `low`, `high`: the ends of the scale, in steps.
    """

    factor: str
    low: int
    high: int
    parts: int
    mean: Ints

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Who has a mean."""
        return self.mean != NONE


@dataclass(frozen=True, eq=False)
class Counted:
    """All answers of a campaign. `unit`: where each is counted, as the reader numbers units. `chosen`: for each item of
    the background the place of the option that each chose, -1 for none; `options` names them."""

    unit: Ints
    scores: tuple[Scores, ...]
    chosen: Mapping[str, Ints]
    options: Mapping[str, tuple[str, ...]]


def counted(content: Content, answers: Iterable[tuple[int, Mapping[str, Any]]], background: Iterable[str]) -> Counted:
    """Count answers, each with the number of its unit. `background`: codes of items to break down by, where the content
    has them as one choice out of several."""
    scales = content.scored()
    factors = [factor for factor in content.factors if all(code in scales for code in factor.items)]
    wanted = sorted({code for factor in factors for code in factor.items})
    split = [(code, *code.partition(".")[::2]) for code in wanted]
    asked = [item for code in background if (item := content.item(code)) is not None and item.kind is Kind.SINGLE]
    places = {item.code: {option.code: place for place, option in enumerate(item.options)} for item in asked}
    units: list[int] = []
    values: list[list[int]] = []
    chosen: dict[str, list[int]] = {code: [] for code in places}
    none = int(NONE)
    for unit, given in answers:
        units.append(unit)
        values.append([_number(given.get(item), row, none) for _code, item, row in split])
        for code, known in places.items():
            option = given.get(code)
            chosen[code].append(known.get(option, -1) if isinstance(option, str) else -1)
    table = np.array(values, dtype=np.int64).reshape(len(units), len(wanted))
    column = {code: place for place, code in enumerate(wanted)}
    return Counted(
        np.array(units, dtype=np.int64),
        tuple(_scores(content, factor, table[:, [column[code] for code in factor.items]]) for factor in factors),
        {code: np.array(found, dtype=np.int64) for code, found in chosen.items()},
        {item.code: tuple(option.code for option in item.options) for item in asked},
    )


def _number(value: Any, row: str, none: int) -> int:
    if row:
        value = value.get(row) if isinstance(value, Mapping) else None
    return value if type(value) is int else none


def _scores(content: Content, factor: Factor, values: Ints) -> Scores:
    """The same as `scoring.factor_mean` for everybody at once (a property test holds them together)."""
    scale = content.scale(content.scored()[factor.items[0]])
    assert scale is not None
    low, high = scale.values[0], scale.values[-1]
    turned = np.array([code in factor.reversed for code in factor.items])
    answered = values != NONE
    points = np.where(turned[None, :], low + high - values, values)
    total = np.where(answered, points, 0).sum(axis=1)
    number = answered.sum(axis=1)
    parts = math.lcm(*range(1, len(factor.items) + 1))
    enough = (number > 0) & (number * FEWEST_ANSWERED.denominator >= len(factor.items) * FEWEST_ANSWERED.numerator)
    mean = np.where(enough, total * (parts // np.maximum(number, 1)), NONE)
    return Scores(factor.code, low, high, parts, mean.astype(np.int64))


def band_of(scores: Scores, low: Fraction, high: Fraction) -> Ints:
    """In which band each one's mean lies: 0 low, 1 middle, 2 high, -1 for who has none. The bands are shares of the
    scale's width; what lies on an edge belongs to the middle below and to the high band above."""
    width = (scores.high - scores.low) * scores.parts
    above = scores.mean - scores.low * scores.parts
    # Compared as whole numbers: above / width < low.
    is_low = above * low.denominator < width * low.numerator
    is_high = above * high.denominator >= width * high.numerator
    return np.where(scores.known, np.where(is_low, 0, np.where(is_high, 2, 1)), -1).astype(np.int64)
