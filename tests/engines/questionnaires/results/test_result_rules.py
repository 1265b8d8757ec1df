"""What may be said of a result."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.results.parameters import parameters
from byfolk.engines.questionnaires.results.rules import (
    Moved,
    Response,
    moved,
    percents,
    response,
    rounded,
    uncertainty,
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("0.3", Moved.CLEARLY_HIGHER), ("0.2", Moved.MAYBE_HIGHER), ("0.1", Moved.SAME), ("0", Moved.SAME),
        ("-0.1", Moved.SAME), ("-0.2", Moved.MAYBE_LOWER), ("-0.3", Moved.CLEARLY_LOWER),
    ],
)  # fmt: skip
def test_a_change_is_clear_only_beyond_its_uncertainty(change: str, said: Moved) -> None:
    assert moved(Decimal(change), Decimal("0.2")) is said


@given(change=st.decimals(-4, 4, places=1), unsure=st.decimals("0.01", 2, places=2))
def test_lower_is_higher_seen_from_the_other_side(change: Decimal, unsure: Decimal) -> None:
    mirrored = {one: one.value.replace("higher", "LOWER").replace("lower", "higher").lower() for one in Moved}
    assert moved(-change, unsure).value == mirrored[moved(change, unsure)]


@given(spread=st.floats(0.1, 3), first=st.integers(5, 5000), second=st.integers(5, 5000))
def test_more_answers_never_make_a_change_less_certain(spread: float, first: int, second: int) -> None:
    assert uncertainty(spread, first + 1, second, 1.96) <= uncertainty(spread, first, second, 1.96)
    assert uncertainty(spread, first, second, 1.96) == uncertainty(spread, second, first, 1.96) > 0


def test_a_mean_of_nobody_has_no_uncertainty() -> None:
    with pytest.raises(ValueError, match="somebody"):
        uncertainty(0.7, 0, 9, 1.96)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5).filter(any))
def test_shares_add_up_to_all_and_are_off_by_less_than_one(counts: list[int]) -> None:
    found = percents(tuple(counts))
    assert sum(found) == 100
    assert all(abs(one - 100 * count / sum(counts)) < 1 for one, count in zip(found, counts, strict=True))


def test_shares_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        percents((0, 0))


def test_a_mean_is_rounded_to_one_decimal_with_halves_up() -> None:
    assert rounded(385, 10, 10) == Decimal("3.9")
    assert rounded(384, 10, 10) == Decimal("3.8")


@pytest.mark.parametrize(
    ("answered", "said"), [(60, Response.GOOD), (59, Response.LOW), (50, Response.LOW), (49, Response.VERY_LOW)]
)
def test_few_answers_are_warned_of_and_very_few_more_strongly(answered: int, said: Response) -> None:
    assert response(answered, 100, parameters()) is said


def test_where_nobody_was_asked_the_response_is_very_low() -> None:
    assert response(0, 0, parameters()) is Response.VERY_LOW
