"""What may be said of a result: which changes are clear, and when too few have answered. Pure."""

from __future__ import annotations

import enum
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from byfolk.engines.questionnaires.results.parameters import Parameters

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
#: A mean rounded to one decimal may be wrong by half a tenth: the variance of that.
_ROUNDING = 0.1**2 / 12


class Moved(enum.StrEnum):
    """What may be said of a difference between two means."""

    CLEARLY_HIGHER = "clearly_higher"
    MAYBE_HIGHER = "maybe_higher"
    SAME = "same"
    MAYBE_LOWER = "maybe_lower"
    CLEARLY_LOWER = "clearly_lower"


class Response(enum.StrEnum):
    """How far a result speaks for those who were asked."""

    GOOD = "good"
    LOW = "low"
    VERY_LOW = "very_low"


def moved(change: Decimal, uncertainty: Decimal) -> Moved:
    """|d| > u is clear, u/2 < |d| <= u may be something, else it is as before. `uncertainty` is never negative."""
    size = abs(change)
    if size > uncertainty:
        return Moved.CLEARLY_HIGHER if change > 0 else Moved.CLEARLY_LOWER
    if 2 * size > uncertainty:
        return Moved.MAYBE_HIGHER if change > 0 else Moved.MAYBE_LOWER
    return Moved.SAME


def uncertainty(spread: float, first: int, second: int, standard_errors: float) -> Decimal:
    """How large a difference of two published means may be by chance, from published numbers alone.

    `spread`: the standard deviation of one person's mean in the whole campaign; `first`, `second`: how many answered
    in each. Covers that others, or the same people on another day, would have answered differently, and the rounding
    of both means. Not that those who did not answer may think otherwise. At least a hundredth. Raises `ValueError` for
    less than one answer.
    """
    if first < 1 or second < 1:
        raise ValueError("a mean is of somebody's answers")
    error = math.sqrt(spread**2 / first + spread**2 / second + 2 * _ROUNDING)
    found = Decimal(repr(standard_errors * error)).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return max(found, _HUNDREDTH)


def margin(spread: float, answered: int, standard_errors: float) -> Decimal:
    """How far one published mean may be from what it would be by chance; as `uncertainty`, of one mean."""
    if answered < 1:
        raise ValueError("a mean is of somebody's answers")
    error = math.sqrt(spread**2 / answered + _ROUNDING)
    return Decimal(repr(standard_errors * error)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def response(answered: int, invited: int, known: Parameters) -> Response:
    """How far the answers of a unit speak for those invited; nobody invited is as bad as nobody answering."""
    share = Fraction(answered, invited) if invited else Fraction(0)
    if share < known.strong:
        return Response.VERY_LOW
    return Response.LOW if share < known.warning else Response.GOOD


def rounded(total: int, parts: int, number: int) -> Decimal:
    """The mean of `number` people whose means add up to `total / parts`, to one decimal, halves away from zero."""
    return (Decimal(total) / Decimal(parts * number)).quantize(_TENTH, ROUND_HALF_UP)


def percents(counts: tuple[int, ...]) -> tuple[int, ...]:
    """Counts as whole percents that add up to 100: what is left goes to the largest remainders, first ones first.

    Raises `ValueError` where there is nothing to share.
    """
    whole = sum(counts)
    if whole <= 0:
        raise ValueError("nobody to share")
    floors = [100 * count // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda place: (-(100 * counts[place] % whole), place))
    for place in order[: 100 - sum(floors)]:
        floors[place] += 1
    return tuple(floors)
