"""What the making of figures asks of disclosure control, by examples."""

from __future__ import annotations

import numpy as np
import polars as pl

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import DisclosureClass
from byfolk.engines.indicators.disclosure import State, Tree, decide, decide_gender, internal
from byfolk.engines.indicators.making import rows
from byfolk.engines.indicators.making.deciding import turned
from byfolk.engines.indicators.making.persons import compared_with
from tests.engines.indicators.small import day


def test_over_a_year_five_people_are_sixty_person_months_for_each_gender() -> None:
    tree = Tree(np.array([-1, 0]), np.array([0, 2], dtype=np.int8))
    # The agency has 40 person-months of women, some three persons, of whom one left; the city has plenty.
    women = internal([6000, 40], [60, 1], months=12)
    men = internal([6000, 600], [60, 6], months=12)
    total = decide(tree, internal([12000, 640], [120, 7], months=12))
    assert total.tolist() == [State.PUBLISHED, State.PUBLISHED]
    assert decide_gender(tree, total, women, men)[1] != State.PUBLISHED


def test_a_year_end_is_compared_with_two_year_ends_and_the_quarters_between() -> None:
    assert compared_with(day("2025-12-01")) == [
        day("2023-12-01"), day("2024-12-01"), day("2025-03-01"), day("2025-06-01"), day("2025-09-01"),
    ]  # fmt: skip
    assert compared_with(day("2025-03-01")) == [day("2023-12-01"), day("2024-12-01")]


def test_the_rolling_year_is_hidden_where_one_of_its_months_was() -> None:
    indicator = registry.indicator("sick_leave")
    shown = {
        "unit": [1, 2],
        "state": [0, 0],
        "n": [10, 20],
        "numerator": [5_000_000] * 2,
        "denominator": [100_000_000] * 2,
    }
    hidden = shown | {
        "state": [0, 4],
        "n": [10, None],
        "numerator": [5_000_000, None],
        "denominator": [100_000_000, None],
    }
    schema = {name: rows.SCHEMA[name] for name in shown}
    months = [pl.DataFrame(hidden if i == 3 else shown, schema=schema) for i in range(12)]
    found = rows.rolling(indicator, months, day("2025-12-01"))
    assert found["state"].to_list() == [State.PUBLISHED, State.HIDDEN_SECONDARY]
    assert found["value"].to_list() == [5.0, None]
    assert found["n"].to_list() == [10, None]
    assert found["kind"].unique().to_list() == [PeriodKind.ROLLING]


def test_every_indicator_with_lasting_values_is_watched_by_the_change_rule() -> None:
    lasting = {DisclosureClass.PERSISTENT, DisclosureClass.STRUCTURE, DisclosureClass.PAY}
    for indicator in registry.indicators():
        assert bool(indicator.watched or indicator.complement_of) == (indicator.disclosure in lasting), indicator.code


def test_every_indicator_says_what_it_is() -> None:
    for indicator in registry.indicators():
        assert len(str(indicator.definition)) > 30, indicator.code
        assert str(indicator.title)
        assert indicator.standard
        assert all(registry.indicator(code) for code in (*indicator.parts, *indicator.related))
        if indicator.within or indicator.complement_of:
            assert registry.indicator(indicator.within or indicator.complement_of)


def test_who_is_at_most_a_tenth_of_one_is_at_least_nine_tenths_of_the_rest() -> None:
    states = np.array([State.BAND_LOW, State.BAND_HIGH, State.PUBLISHED, State.HIDDEN_SMALL, State.WITHHELD])
    assert turned(states).tolist() == [
        State.BAND_HIGH, State.BAND_LOW, State.PUBLISHED, State.HIDDEN_SMALL, State.WITHHELD,
    ]  # fmt: skip
