"""What answers say about the factors of an instrument. Pure, and exact: fractions until somebody rounds them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from byfolk.engines.questionnaires.instruments.answers import Answers
from byfolk.engines.questionnaires.instruments.content import Content, Factor

#: Who has answered less than this share of a factor's items has no mean for it.
FEWEST_ANSWERED = Fraction(1, 2)


def factor_mean(content: Content, factor: Factor, answers: Answers) -> Fraction | None:
    """One person's mean of a factor's items, on the items' own scale; higher is better.

    An item where the lowest answer is the best is turned round first: on a scale from 1 to 5, 2 counts as 4. None:
    less than half of the factor's items are answered (an item that was not shown is not answered), so that one
    statement out of four does not speak for them all.
    """
    counted = [value for code in factor.items if (value := scored(content, factor, code, answers)) is not None]
    if not counted or len(counted) < FEWEST_ANSWERED * len(factor.items):
        return None
    return Fraction(sum(counted), len(counted))


def scored(content: Content, factor: Factor, code: str, answers: Answers) -> int | None:
    """What the answer to one of a factor's items counts as; None: not answered. `code` is "item" or "item.row"."""
    item, _dot, row = code.partition(".")
    value = answers.values.get(item)
    if isinstance(value, Mapping):
        value = value.get(row)
    scale = content.scale(content.scored().get(code, ""))
    if not isinstance(value, int) or scale is None:
        return None
    return scale.values[0] + scale.values[-1] - value if code in factor.reversed else value
