"""What moved where it was chosen: right on simulated units of which the truth is known, and silent where it must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from byfolk.engines.questionnaires.plans.effects import CONFIDENCE, LEAST, Seen, Verdict, compared, reach_of

SEEN = st.lists(
    st.builds(
        Seen, start=st.integers(10, 50).map(lambda n: n / 10), change=st.integers(-20, 20).map(lambda n: n / 10),
        chosen=st.booleans(),
    ),
    max_size=80,
)  # fmt: skip


def simulated(rng: np.random.Generator, units: int, effect: float) -> list[Seen]:
    """Units with a true level each, measured twice with error, the small ones with more; those that were measured low
    choose more often, as in life. `effect` is what choosing does.
    """
    level = rng.normal(3.6, 0.3, units)
    error = rng.uniform(0.08, 0.25, units)
    before = level + rng.normal(0, 1, units) * error
    chance = 1 / (1 + np.exp(3 * (before - 3.6)))
    chosen = rng.random(units) < chance
    after = level + effect * chosen + rng.normal(0, 1, units) * error
    rounded = np.round(before, 1), np.round(after, 1)
    return [
        Seen(float(first), float(second - first), bool(one))
        for first, second, one in zip(*rounded, chosen, strict=True)
    ]


@pytest.mark.parametrize(("units", "effect"), [(40, 0.0), (40, 0.2), (200, 0.1)])
def test_the_truth_lies_in_the_interval_about_nineteen_times_of_twenty(units, effect):
    rng = np.random.default_rng(units + round(100 * effect))
    found = [one for one in (compared(simulated(rng, units, effect)) for _ in range(1000)) if one]
    covered = np.mean([one.adjusted.low <= effect <= one.adjusted.high for one in found])
    assert len(found) > 800
    assert 0.93 <= covered <= 0.975
    assert abs(np.mean([one.adjusted.value for one in found]) - effect) < 0.02


def test_what_rises_by_itself_because_it_was_low_is_not_taken_for_an_effect():
    rng = np.random.default_rng(7)
    found = [one for one in (compared(simulated(rng, 200, 0.0)) for _ in range(300)) if one]
    assert np.mean([one.difference.value for one in found]) > 0.03
    assert np.mean([one.difference.low > 0 for one in found]) > 0.15
    assert np.mean([one.verdict is Verdict.MORE for one in found]) < 0.05


def test_a_large_effect_is_seen_and_so_is_harm():
    rng = np.random.default_rng(3)
    more, less = compared(simulated(rng, 200, 0.4)), compared(simulated(rng, 200, -0.4))
    assert more is not None
    assert less is not None
    assert (more.verdict, less.verdict) == (Verdict.MORE, Verdict.LESS)


@given(SEEN)
def test_nothing_is_said_of_fewer_than_ten_units_in_a_group(units):
    chosen = sum(one.chosen for one in units)
    found = compared(units)
    if min(chosen, len(units) - chosen) < LEAST:
        assert found is None
    elif found is not None:
        assert found.adjusted.low <= found.adjusted.value <= found.adjusted.high
        assert found.difference.low <= found.difference.value <= found.difference.high
        assert (found.chosen, found.others) == (chosen, len(units) - chosen)


@pytest.mark.parametrize("freedom", [9.0, 9.7, 17.0, 40.0, 1000.0])
def test_the_reach_of_an_interval_is_students(freedom):
    assert reach_of(freedom) == pytest.approx(stats.t.ppf((1 + CONFIDENCE) / 2, freedom), abs=0.001)


def test_where_start_and_choice_cannot_be_told_apart_nothing_is_said():
    units = [Seen(3.0, 0.1 * (n % 3), True) for n in range(12)] + [Seen(4.0, 0.1 * (n % 2), False) for n in range(12)]
    assert compared(units) is None
