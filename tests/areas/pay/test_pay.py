"""Women's pay and men's, worked out by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from byfolk.areas.pay import facts, indicators
from byfolk.engines.indicators.disclosure import State, Tree, decide, decide_split, pay, pay_middle
from byfolk.engines.indicators.disclosure.rules import PAY_MIDDLE_EACH
from tests.engines.indicators.small import CITY, SCHOOL, WARD, Small

DECEMBER = "2025-12-01"


def paid() -> Small:
    city = Small()
    for person, gender, unit, kroner in (
        (1, 1, WARD, 500_000),
        (2, 1, WARD, 520_000),
        (3, 1, SCHOOL, 600_000),
        (4, 2, WARD, 560_000),
        (5, 2, SCHOOL, 640_000),
    ):
        city.works(person, unit, "2020-01-01", percent=50 if person == 1 else 100, gender=gender).paid(person, kroner)
    return city


def twelve_of_each() -> Small:
    """Twelve women with 500,000 to 610,000 kroner and twelve men with 20,000 more; the best paid of both have a lot."""
    city = Small()
    for i in range(12):
        high = 900_000 if i == 11 else 0
        city.works(i + 1, WARD if i % 2 else SCHOOL, "2020-01-01", gender=1).paid(i + 1, 500_000 + 10_000 * i + high)
        city.works(i + 21, WARD, "2020-01-01", gender=2).paid(i + 21, 520_000 + 10_000 * i + high)
    return city


def test_mean_pay_is_for_full_time_whatever_the_post() -> None:
    city = paid()
    assert city.value(indicators.MEAN_WOMEN, facts.FACTS, DECEMBER) == 540_000.0
    assert city.value(indicators.MEAN_MEN, facts.FACTS, DECEMBER) == 600_000.0


def test_the_ratio_is_of_the_two_published_means() -> None:
    assert paid().value(indicators.RATIO, facts.FACTS, DECEMBER) == 90.0


def test_the_group_behind_a_ratio_is_women_and_men_so_that_it_does_not_tell_how_many_are_women() -> None:
    rows = paid().facts(facts.FULL_TIME_PAY, DECEMBER)
    assert indicators.EQUAL_WORK.group is facts.PAID
    assert rows["paid"].sum() == 5
    assert (rows["paid"] == rows["paid_women"] + rows["paid_men"]).all()


def test_the_middle_half_leaves_out_a_quarter_at_each_end() -> None:
    rows = twelve_of_each().facts(facts.MIDDLE_PAY, DECEMBER).filter(pl.col("unit") == CITY)
    # Numbers four to nine: 530,000 to 580,000, and 550,000 to 600,000.
    assert rows["middle_women"].to_list() == [55_500_000]
    assert rows["middle_men"].to_list() == [57_500_000]


def test_one_persons_very_high_pay_does_not_move_the_middle_half() -> None:
    city = twelve_of_each().works(41, WARD, "2020-01-01", gender=1).paid(41, 5_000_000)
    rows = city.facts(facts.MIDDLE_PAY, DECEMBER).filter(pl.col("unit") == CITY)
    # Of thirteen, numbers four to ten.
    assert rows["middle_women"].to_list() == [56_000_000]


def test_no_unit_below_the_agencies_has_a_middle_half() -> None:
    assert WARD not in twelve_of_each().facts(facts.MIDDLE_PAY, DECEMBER)["unit"].to_list()


@pytest.mark.parametrize("people", range(PAY_MIDDLE_EACH, 200))
def test_the_middle_half_and_those_left_out_are_each_six_or_more(people: int) -> None:
    left_out = 2 * (people // 4)
    assert left_out >= 6
    assert people - left_out >= 6


AGENCIES = Tree(np.array([-1, 0, 0, 0]), np.array([0, 2, 2, 2], dtype=np.int8))


def middle_states(women: list[int], men: list[int]) -> list[int]:
    total = decide(AGENCIES, pay(women, men))
    return decide_split(AGENCIES, total, pay_middle(women, men)).tolist()


def test_the_middle_half_is_shown_from_twelve_women_and_twelve_men() -> None:
    assert middle_states([0, 12, 40, 40], [0, 12, 40, 40]) == [State.PUBLISHED] * 4
    shown = [State.PUBLISHED, State.HIDDEN_SMALL]
    assert middle_states([0, 11, 40, 40], [0, 30, 40, 40])[:2] == shown
    assert middle_states([0, 30, 40, 40], [0, 11, 40, 40])[:2] == shown


def test_the_middle_half_is_hidden_where_the_mean_is() -> None:
    # The agency with four men is hidden, and another one with it: else it would be told by the city's mean.
    women, men = [0, 40, 40, 40], [0, 4, 40, 40]
    total = decide(AGENCIES, pay(women, men))
    middle = decide_split(AGENCIES, total, pay_middle(women, men))
    assert (total[1:] != State.PUBLISHED).sum() == 2
    assert ((middle == State.PUBLISHED) <= (total == State.PUBLISHED)).all()


def test_nobodys_pay_follows_from_the_mean_and_the_middle_half() -> None:
    """All that is published of twelve women, and even their order in the pay list: each could have more and less."""
    from scipy.optimize import linprog

    kroner = np.array([500 + 10 * i for i in range(12)], dtype=float)
    n, outer = len(kroner), len(kroner) // 4
    middle = np.zeros(n)
    middle[outer : n - outer] = 1
    order = np.zeros((n - 1, n))
    for i in range(n - 1):
        order[i, i], order[i, i + 1] = 1, -1
    for person in range(n):
        wanted = np.zeros(n)
        wanted[person] = 1
        found = [
            linprog(
                sign * wanted,
                A_ub=order,
                b_ub=np.zeros(n - 1),
                A_eq=np.stack([np.ones(n), middle]),
                b_eq=[kroner.sum(), middle @ kroner],
                bounds=(300, 2000),
            ).x[person]
            for sign in (1, -1)
        ]
        assert found[0] < kroner[person] - 15
        assert found[1] > kroner[person] + 15


def test_pay_is_counted_at_the_years_end_only() -> None:
    assert paid().facts(facts.FULL_TIME_PAY, "2025-11-01").height == 0
    assert paid().facts(facts.MIDDLE_PAY, "2025-11-01").height == 0
