"""What is suggested that a unit does something about."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.plans.rules import (
    SUGGESTED,
    Standing,
    Why,
    read_reference,
    reference,
    suggestions,
)

TENTHS = st.integers(10, 50).map(lambda n: Decimal(n) / 10)
STANDINGS = st.lists(
    st.builds(
        Standing,
        factor=st.sampled_from("abcdefghij"),
        mean=TENTHS,
        change=st.integers(-20, 20).map(lambda n: Decimal(n) / 10),
        uncertainty=st.integers(1, 100).map(lambda n: Decimal(n) / 100),
    ),
    unique_by=lambda one: one.factor,
)


def standing(factor: str, mean: str, change: str | None = None, uncertainty: str = "0.20") -> Standing:
    if change is None:
        return Standing(factor, Decimal(mean))
    return Standing(factor, Decimal(mean), Decimal(change), Decimal(uncertainty))


def told(*standings: Standing) -> list[tuple[str, Why]]:
    return [(one.standing.factor, one.why) for one in suggestions(standings)]


def test_what_has_clearly_fallen_most_comes_first_and_then_the_lowest():
    found = told(standing("time", "2.8", "-0.1"), standing("safe", "3.4", "-0.3"), standing("seen", "3.9", "0.4"))
    assert found == [("safe", Why.FELL_MOST), ("time", Why.LOWEST)]


def test_where_the_lowest_is_what_fell_most_the_next_lowest_is_suggested_too():
    found = told(standing("time", "2.8", "-0.5"), standing("safe", "3.4", "-0.3"), standing("seen", "3.0", "0"))
    assert found == [("time", Why.FELL_MOST), ("seen", Why.NEXT_LOWEST)]


def test_where_nothing_has_clearly_fallen_the_two_lowest_are_suggested():
    found = told(standing("time", "2.8", "-0.2"), standing("safe", "3.4"), standing("seen", "3.9", "-0.15"))
    assert found == [("time", Why.LOWEST), ("safe", Why.NEXT_LOWEST)]


def test_of_a_unit_with_nothing_shown_nothing_is_suggested():
    assert suggestions([]) == []


@given(STANDINGS)
def test_at_most_two_different_factors_are_suggested_and_the_lowest_is_never_passed_over(standings):
    found = suggestions(standings)
    assert len(found) == min(SUGGESTED, len(standings))
    assert len({one.standing.factor for one in found}) == len(found)
    if standings:
        assert min(one.standing.mean for one in found) == min(one.mean for one in standings) or found[0].standing.fell


def test_a_reference_names_campaign_and_factor_and_is_read_back():
    assert read_reference(reference(7, "time")) == (7, "time")
    assert read_reference("7") == (7, "")
    for strange in ("", "x", "9" * 30, "-1", "²", ":time"):
        assert read_reference(strange) is None
