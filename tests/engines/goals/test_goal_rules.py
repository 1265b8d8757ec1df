"""How it stands: statuses, inheritance and changes, as plain examples and as laws that hold for any figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.goals.rules import (
    Change,
    Goalpost,
    Status,
    change_since,
    inherited,
    shortfall,
    status_between,
    status_of,
    urgency,
    weakest,
)
from byfolk.engines.indicators.definition import Direction

CITY, DEPARTMENT, AGENCY, HOME = 1, 2, 3, 4
VALUES = st.floats(min_value=0, max_value=1000, allow_nan=False)
TARGETS = st.builds(Goalpost, st.decimals(0, 1000, places=1), st.decimals(0, 50, places=1), st.just(CITY))


def post(value: str, tolerance: str = "0.5") -> Goalpost:
    return Goalpost(Decimal(value), Decimal(tolerance), CITY)


@pytest.mark.parametrize(
    ("value", "direction", "status"),
    [
        (7.6, Direction.DOWN, Status.REACHED),
        (7.5, Direction.DOWN, Status.REACHED),
        (8.1, Direction.DOWN, Status.NEAR),
        (8.2, Direction.DOWN, Status.FAR),
        (7.6, Direction.UP, Status.REACHED),
        (7.1, Direction.UP, Status.NEAR),
        (7.0, Direction.UP, Status.FAR),
    ],
)
def test_a_figure_is_reached_near_or_far_by_its_direction(value: float, direction: Direction, status: Status) -> None:
    assert status_of(value, post("7.6"), direction) is status


def test_a_figure_is_judged_as_it_is_shown() -> None:
    assert status_of(9.04, post("9.0", "0"), Direction.DOWN) is Status.REACHED
    assert status_of(9.05, post("9.0", "0"), Direction.DOWN) is Status.FAR


def test_without_a_tolerance_nothing_is_near() -> None:
    assert status_of(9.1, post("9.0", "0"), Direction.DOWN) is Status.FAR


@pytest.mark.parametrize(
    ("value", "goalpost", "direction"),
    [(None, post("9"), Direction.UP), (8.0, None, Direction.UP), (8.0, post("9"), Direction.NEITHER)],
)
def test_no_value_no_target_or_no_better_way_is_not_measured(
    value: float | None, goalpost: Goalpost | None, direction: Direction
) -> None:
    assert status_of(value, goalpost, direction) is Status.NOT_MEASURED


def test_a_hidden_figure_is_hidden_whatever_its_value() -> None:
    assert status_of(1.0, post("9"), Direction.UP, hidden=True) is Status.HIDDEN


def test_a_band_has_a_status_only_where_all_of_it_agrees() -> None:
    assert status_between(0, 20, post("70"), Direction.UP) is Status.FAR
    assert status_between(0, 20, post("25"), Direction.DOWN) is Status.REACHED
    assert status_between(0, 20, post("10"), Direction.DOWN) is Status.HIDDEN


def test_a_goal_has_the_status_of_its_weakest_figure() -> None:
    assert weakest([Status.REACHED, Status.FAR, Status.NEAR]) is Status.FAR
    assert weakest([Status.REACHED, Status.NEAR]) is Status.NEAR


def test_what_is_not_known_does_not_decide_a_goal_where_something_is() -> None:
    assert weakest([Status.REACHED, Status.HIDDEN, Status.NOT_MEASURED]) is Status.REACHED
    assert weakest([Status.HIDDEN, Status.NOT_MEASURED]) is Status.HIDDEN
    assert weakest([]) is Status.NOT_MEASURED


def test_a_unit_inherits_the_target_of_the_nearest_unit_above() -> None:
    own = {CITY: (Decimal("7.6"), Decimal("0.5")), AGENCY: (Decimal("9.3"), Decimal("0.4"))}
    path = (CITY, DEPARTMENT, AGENCY, HOME)

    assert inherited(path, own) == Goalpost(Decimal("9.3"), Decimal("0.4"), AGENCY)
    assert inherited(path[:2], own) == Goalpost(Decimal("7.6"), Decimal("0.5"), CITY)
    assert inherited((HOME,), own) is None


@pytest.mark.parametrize(
    ("now", "before", "direction", "change"),
    [
        (8.4, 8.6, Direction.DOWN, Change.BETTER),
        (8.6, 8.4, Direction.DOWN, Change.WORSE),
        (71.0, 70.0, Direction.UP, Change.BETTER),
        (8.41, 8.44, Direction.DOWN, Change.SAME),
        (8.4, 8.6, Direction.NEITHER, None),
        (8.4, None, Direction.DOWN, None),
    ],
)
def test_a_change_is_better_or_worse_by_its_direction(
    now: float, before: float | None, direction: Direction, change: Change | None
) -> None:
    assert change_since(now, before, direction, 1) is change


def test_units_with_most_goals_far_off_come_first() -> None:
    calm = [Status.REACHED, Status.NEAR]
    worried = [Status.FAR, Status.REACHED]
    tense = [Status.FAR, Status.NEAR]

    assert sorted([calm, worried, tense], key=urgency) == [tense, worried, calm]


@given(VALUES, TARGETS, st.sampled_from([Direction.UP, Direction.DOWN]))
def test_a_figure_with_a_target_always_has_a_status(value: float, goalpost: Goalpost, direction: Direction) -> None:
    status = status_of(value, goalpost, direction)

    assert status in {Status.REACHED, Status.NEAR, Status.FAR}
    assert (status is Status.REACHED) == (shortfall(value, goalpost.value, direction, 1) <= 0)


@given(VALUES, VALUES, TARGETS)
def test_a_better_value_never_has_a_weaker_status(a: float, b: float, goalpost: Goalpost) -> None:
    low, high = sorted((a, b))
    statuses = [status_of(value, goalpost, Direction.UP) for value in (low, high)]

    assert weakest(statuses) is statuses[0]


@given(st.lists(st.sampled_from(Status), min_size=1))
def test_the_weakest_is_one_of_those_given(statuses: list[Status]) -> None:
    assert weakest(statuses) in statuses
