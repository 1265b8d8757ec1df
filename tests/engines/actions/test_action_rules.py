"""Whether a figure has moved, who may steer, and when somebody is reminded."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from byfolk.engines.actions.rules import (
    Move,
    Seen,
    is_due_soon,
    is_overdue,
    may_read_comments,
    may_steer,
    movement,
    reminds_on,
)
from byfolk.kernel.rights import Actor, Held, Role

BEFORE, AFTER = dt.date(2025, 12, 1), dt.date(2026, 10, 1)
DUE = dt.date(2026, 12, 1)


def _moved(start: float | None, now: float | None, direction: str = "down", **how):
    return movement(Seen(BEFORE, start), Seen(AFTER, now, **how), direction, 1)


@pytest.mark.parametrize(
    ("direction", "now", "expected"),
    [("down", 9.3, Move.BETTER), ("down", 11.5, Move.WORSE), ("up", 11.5, Move.BETTER), ("up", 9.3, Move.WORSE)],
)
def test_which_way_is_better_decides_what_a_change_means(direction, now, expected):
    assert _moved(10.4, now, direction).move is expected


def test_the_difference_is_that_of_the_values_as_a_reader_sees_them():
    assert _moved(10.44, 9.26).difference == Decimal("-1.1")


def test_what_is_shown_as_the_same_has_not_moved():
    assert _moved(10.41, 10.38).move is Move.SAME


def test_a_figure_without_a_better_way_has_only_changed():
    assert _moved(10.4, 9.3, "neither").move is Move.CHANGED


def test_nothing_is_said_before_a_later_period_is_published():
    assert movement(Seen(BEFORE, 10.4), Seen(BEFORE, 9.3), "down", 1).move is Move.NOT_YET
    assert movement(Seen(BEFORE, 10.4), None, "down", 1).move is Move.NOT_YET


def test_a_hidden_figure_says_that_it_is_hidden_and_gives_no_difference():
    assert _moved(10.4, None).move is Move.HIDDEN
    assert _moved(10.4, None).difference == 0
    assert _moved(None, 9.3).move is Move.START_HIDDEN
    assert movement(None, Seen(AFTER, 9.3), "down", 1).move is Move.START_HIDDEN


def test_a_withheld_figure_says_that_it_is_withheld():
    assert _moved(10.4, None, withheld=True).move is Move.WITHHELD


def _actor(role: Role, unit: int) -> Actor:
    return Actor(7, "Navn", held=(Held(role, unit, "Enhet", str(unit)),))


@pytest.mark.parametrize(
    ("role", "unit", "may"),
    [
        (Role.LEADER, 3, True),
        (Role.LEADER, 1, True),
        (Role.LEADER, 4, False),
        (Role.HR_ADVISER, 2, True),
        (Role.HR_DIRECTOR, 1, False),
        (Role.HR_DIRECTOR, 3, True),
        (Role.AUDITOR, 1, False),
        (Role.SAFETY_REPRESENTATIVE, 3, False),
    ],
)
def test_those_who_lead_or_help_a_unit_steer_its_actions(role, unit, may):
    assert may_steer(_actor(role, unit), [1, 2, 3]) is may


def test_comments_are_for_the_owner_and_those_who_lead_or_help():
    assert may_read_comments(Actor(7), 7, [1, 2, 3])
    assert may_read_comments(_actor(Role.HR_DIRECTOR, 1), 8, [1, 2, 3])
    assert not may_read_comments(_actor(Role.AUDITOR, 1), 8, [1, 2, 3])
    assert not may_read_comments(Actor(7, unit_id=3), 8, [1, 2, 3])


def test_only_what_remains_to_be_done_is_overdue_or_due_soon():
    day_after = DUE + dt.timedelta(days=1)
    assert is_overdue(DUE, day_after, is_open=True)
    assert not is_overdue(DUE, day_after, is_open=False)
    assert not is_overdue(DUE, DUE, is_open=True)
    assert is_due_soon(DUE, DUE, is_open=True)
    assert not is_due_soon(DUE, day_after, is_open=True)


@pytest.mark.parametrize(
    ("days", "reminded"), [(-14, True), (-13, False), (-3, True), (0, False), (1, True), (8, False)]
)
def test_the_owner_is_reminded_before_and_after_the_due_date(days, reminded):
    assert reminds_on(DUE, DUE + dt.timedelta(days=days)) is reminded
