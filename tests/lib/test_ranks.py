"""Rank correlations against scipy, and against what must hold for any figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from byfolk.lib.ranks import LEAST, Relation, among_many, ranks, relation, spearman

VALUES = st.lists(st.integers(0, 9), min_size=LEAST, max_size=25)


@given(VALUES)
def test_places_are_those_of_scipy_also_where_values_are_equal(values: list[int]) -> None:
    assert ranks(values).tolist() == stats.rankdata(values).tolist()


@given(st.integers(LEAST, 25).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 9), min_size=n, max_size=n)] * 2)))
def test_the_correlation_is_that_of_scipy(both: tuple[list[int], list[int]]) -> None:
    first, second = both
    found = spearman(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)


@given(VALUES, st.randoms(use_true_random=False))
def test_a_relation_is_the_same_both_ways_and_turns_with_the_figure(values: list[int], random: object) -> None:
    other = sorted(values, key=lambda _: random.random())  # type: ignore[attr-defined]
    found = relation(values, other)
    if found is None:
        assert len(set(values)) == 1
        return
    assert -1 <= found.low <= found.rho <= found.high <= 1
    assert 0 < found.p <= 1
    assert relation(other, values).rho == pytest.approx(found.rho)  # type: ignore[union-attr]
    assert relation([-value for value in values], other).rho == pytest.approx(-found.rho)  # type: ignore[union-attr]
    # Only the order counts.
    assert relation([10.0**value for value in values], other) == found


def test_too_few_units_say_nothing() -> None:
    assert relation(range(LEAST - 1), range(LEAST - 1)) is None
    assert relation(range(LEAST), range(LEAST)).rho == 1.0  # type: ignore[union-attr]


def test_figures_of_other_units_are_no_pair() -> None:
    with pytest.raises(ValueError, match="same units"):
        relation([1, 2], [1, 2, 3])


def test_the_chance_is_about_that_of_scipys_permutation_test() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=30)
    second = 0.4 * first + rng.normal(size=30)
    exact = stats.permutation_test(
        (first,), lambda x: stats.spearmanr(x, second).statistic, permutation_type="pairings", n_resamples=4000, rng=1
    )
    assert relation(first, second).p == pytest.approx(exact.pvalue, abs=0.02)  # type: ignore[union-attr]


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    truth = 6 / np.pi * np.arcsin(0.5 / 2)  # Spearman's of two normal figures with correlation 0.5
    held = 0
    for _ in range(200):
        first = rng.normal(size=40)
        found = relation(first, 0.5 * first + np.sqrt(0.75) * rng.normal(size=40))
        held += found is not None and found.low <= truth <= found.high
    assert 0.90 <= held / 200 <= 0.99


def test_nothing_is_found_among_many_pairs_of_mere_chance() -> None:
    rng = np.random.default_rng(5)
    false_alarms = 0
    for _ in range(40):
        pairs = [relation(rng.normal(size=20), rng.normal(size=20)) for _ in range(10)]
        false_alarms += any(one.p_among < 0.05 for one in among_many([one for one in pairs if one]))
    assert false_alarms <= 5, "one in twenty runs, not four in ten as without the correction"


def test_holms_correction_is_that_of_the_textbook() -> None:
    found = among_many([Relation(20, 0, 0, 0, p) for p in (0.01, 0.04, 0.03, 0.005)])

    assert [one.p_among for one in found] == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_the_same_figures_give_the_same_answer() -> None:
    rng = np.random.default_rng(8)
    first, second = rng.normal(size=25), rng.normal(size=25)
    assert relation(first, second) == relation(first, second)
