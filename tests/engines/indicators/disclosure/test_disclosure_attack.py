"""The attackers find what is planted for them, and nothing in what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.disclosure import (
    State,
    Tree,
    band_edge,
    between,
    changes,
    compare,
    decide,
    decide_gender,
    internal,
)
from byfolk.engines.indicators.disclosure.attack_algebra import derivable_sets
from byfolk.engines.indicators.disclosure.attack_bounds import OWN, Pinned, attack_bounds, changed_people
from byfolk.engines.indicators.disclosure.attack_residuals import INTERNAL_TARGET, Target, attack_residuals
from tests.engines.indicators.disclosure.test_disclosure_successive import People, histories, publish
from tests.engines.indicators.disclosure.worlds import staff, trees

FLAT = Tree(np.array([-1, 0, 0]), np.array([0, 5, 5], dtype=np.int8))
Row = dict[str, Any]


def rows(
    tree: Tree,
    states: np.ndarray,
    n: np.ndarray,
    holders: np.ndarray,
    indicator: str,
    breakdown: str = "all",
    period: str = "2025-12",
) -> Iterator[Row]:
    """What the export holds of one table."""
    people, inside = tree.subtree_sums(n), tree.subtree_sums(holders)
    for unit in range(len(tree)):
        state = State(states[unit]).name.lower()
        if state.startswith("band"):
            edge = int(100 * band_edge(people[unit]))
            state += f"_{edge if state == 'band_low' else 100 - edge}"
        shown = states[unit] == State.PUBLISHED
        yield {
            "indicator": indicator,
            "unit": f"u{unit}",
            "parent": f"u{tree.parent[unit]}" if unit else "",
            "hierarchy": "as_it_was",
            "period": period,
            "breakdown": breakdown,
            "numerator": str(inside[unit]) if shown else "",
            "denominator": str(people[unit]) if shown else "",
            "value": str(inside[unit] / people[unit]) if shown and people[unit] else "",
            "n": str(people[unit]) if shown else "",
            "state": state,
        }


def table(tree: Tree, states: np.ndarray, n: np.ndarray, holders: np.ndarray, period: str = "2025-12") -> list[Row]:
    """The total of one indicator, and the head counts that are always open."""
    everyone = np.zeros(len(tree), dtype=np.int8)
    return [
        *rows(tree, everyone, n, n, "headcount", period=period),
        *rows(tree, states, n, holders, "part_time", period=period),
    ]


def mixed(found: Pinned) -> bool:
    """Five people who are not all alike: a unit's own staff may be known, if all below it are shown."""
    return found.n is not None and found.n >= 5 and 1 <= round(found.value) <= found.n - 1


TARGETS = {"part_time": INTERNAL_TARGET}
KINDS = {"part_time": ("x",)}


def test_a_parent_minus_its_children_is_found():
    n, holders = np.array([0, 3, 10]), np.array([0, 1, 5])
    shown = np.array([State.PUBLISHED, State.HIDDEN_SMALL, State.PUBLISHED])
    found = attack_residuals(table(FLAT, shown, n, holders), TARGETS)
    assert [(f.unit, f.numerator, f.n) for f in found] == [("u0", 1, 3)]
    pinned = attack_bounds(
        table(FLAT, shown, n, holders), "u0", KINDS, hierarchy="as_it_was", periods=["2025-12"], headcount="headcount"
    )
    assert [(p.unit, p.value, p.n) for p in pinned] == [("u1", 1.0, 3)]


def test_people_who_are_all_alike_are_found():
    shown = np.zeros(3, dtype=np.int8)
    found = attack_residuals(table(FLAT, shown, np.array([0, 9, 10]), np.array([0, 0, 5])), TARGETS)
    assert [f.unit for f in found] == ["u1"]


def test_one_gender_is_found_from_the_other():
    n, holders = np.array([0, 12, 10]), np.array([0, 6, 5])
    women, inside = np.array([0, 10, 5]), np.array([0, 5, 2])
    shown = np.array([State.HIDDEN_SECONDARY, State.PUBLISHED, State.HIDDEN_SECONDARY])
    both = [
        *table(FLAT, np.zeros(3, dtype=np.int8), n, holders),
        *rows(FLAT, shown, women, inside, "part_time", "women"),
    ]
    found = attack_residuals(both, TARGETS)
    assert [(f.unit, f.n, f.how) for f in found] == [("u1", 2, "total minus what is shown by gender")]
    pinned = attack_bounds(
        [*both, *rows(FLAT, np.full(3, State.HIDDEN_SMALL), n - women, holders - inside, "part_time", "men")],
        "u0",
        KINDS,
        hierarchy="as_it_was",
        periods=["2025-12"],
        headcount="headcount",
    )
    assert ("u1", "men") in {(p.unit, p.breakdown) for p in pinned}


def test_a_part_is_found_from_the_whole_and_the_other_part():
    n, holders = np.array([0, 20, 20]), np.array([0, 9, 9])
    everything = np.zeros(3, dtype=np.int8)
    data = [*rows(FLAT, everything, n, holders, "all"), *rows(FLAT, everything, n, np.array([0, 8, 8]), "short")]
    data += rows(FLAT, np.full(3, State.HIDDEN_SECONDARY), n, np.array([0, 1, 1]), "long")
    found = attack_residuals(data, {"all": Target(10, True)}, parts={"all": ("short", "long")})
    assert {f.how for f in found} == {"whole minus shown parts"}
    pinned = attack_bounds(
        data, "u0", {"all": ("s", "l"), "short": ("s",), "long": ("l",)}, hierarchy="as_it_was", periods=["2025-12"]
    )
    assert {p.indicator for p in pinned} == {"long"}


def test_a_change_of_one_is_found_by_one_who_knows_that_nobody_else_changed():
    then, now = (np.array([2, 8, 8]), np.array([1, 4, 4])), (np.array([3, 8, 8]), np.array([1, 4, 4]))
    shown = np.array([State.PUBLISHED, State.HIDDEN_SECONDARY, State.PUBLISHED])
    later = np.array([State.PUBLISHED, State.PUBLISHED, State.HIDDEN_SECONDARY])
    data = [*table(FLAT, shown, *then, period="2024-12"), *table(FLAT, later, *now)]
    pinned = attack_bounds(
        data,
        "u0",
        KINDS,
        hierarchy="as_it_was",
        periods=["2024-12", "2025-12"],
        headcount="headcount",
        changes={"u0": 1},
    )
    assert {(p.unit, p.period) for p in pinned if p.breakdown != OWN} == {("u1", "2024-12"), ("u2", "2025-12")}


def test_a_hidden_row_that_shows_a_number_is_refused():
    data = table(FLAT, np.array([0, 4, 0], dtype=np.int8), np.array([0, 9, 9]), np.array([0, 4, 4]))
    data[-2]["n"] = "9"
    with pytest.raises(ValueError, match="a hidden row shows a number"):
        attack_residuals(data, TARGETS)


def test_elimination_finds_a_cell_that_only_a_chain_of_sums_tells():
    # Rows a, b, c and columns of a table with a cycle of hidden cells cut open: all but one cell follow one after the
    # other.
    sums = [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 0]]
    assert (3,) in set(derivable_sets(sums, [9, 9, 9, 2], 5))
    assert list(derivable_sets(sums[:3], [9, 9, 9, 2], 5)) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_found_by_differences_in_what_was_decided(data: st.DataObject):
    tree = data.draw(trees(25))
    w, hw = data.draw(staff(len(tree), 14))
    m, hm = data.draw(staff(len(tree), 14))
    total = decide(tree, internal(w + m, hw + hm))
    gender = decide_gender(tree, total, internal(w, hw), internal(m, hm))
    both = table(tree, total, w + m, hw + hm)
    both += rows(tree, gender, w, hw, "part_time", "women")
    both += rows(tree, gender, m, hm, "part_time", "men")
    assert attack_residuals(both, TARGETS) == []


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_nothing_is_pinned_by_bounds_in_what_was_decided(data: st.DataObject):
    tree = data.draw(trees(14))
    w, hw = data.draw(staff(len(tree), 14))
    m, hm = data.draw(staff(len(tree), 14))
    total = decide(tree, internal(w + m, hw + hm))
    gender = decide_gender(tree, total, internal(w, hw), internal(m, hm))
    both = table(tree, total, w + m, hw + hm)
    both += rows(tree, gender, w, hw, "part_time", "women")
    both += rows(tree, gender, m, hm, "part_time", "men")
    alone = {f"u{u}" for u in np.flatnonzero((tree.subtree_sums(w) == 0) | (tree.subtree_sums(m) == 0))}
    for found in attack_bounds(both, "u0", KINDS, hierarchy="as_it_was", periods=["2025-12"], headcount="headcount"):
        # An empty unit has its figure: nothing. Where all are women, their figure is the unit's.
        told = found.breakdown in ("women", "men") and found.unit in alone
        assert found.n == 0 or told or (found.breakdown == OWN and mixed(found))


@settings(max_examples=60, deadline=None)
@given(histories(2))
def test_nothing_is_pinned_over_two_publications(history: tuple[Tree, People]):
    tree, people = history
    states = publish(tree, people)
    data: list[Row] = []
    for at in range(2):
        data += table(tree, states[at], *people.counts(at, len(tree)), period=str(2024 + at))
    moved = changed_people(*people.units, people.values[0] != people.values[1], len(tree))
    changes = {f"u{unit}": int(count) for unit, count in enumerate(moved)}
    found = attack_bounds(
        data, "u0", KINDS, hierarchy="as_it_was", periods=["2024", "2025"], headcount="headcount", changes=changes
    )
    shown = {(r["unit"], float(r["numerator"])) for r in data if r["indicator"] == "part_time" and r["numerator"]}
    for each in found:
        # What was shown at the other time, or is of five people who are not all alike, may be known.
        if each.n and (each.unit, each.value) not in shown:
            assert mixed(each)


# An agency with one person of its own, a school of 28 and one of 19: one part-timer among all in 2024, three in 2025.
THEN, NOW = (np.array([1, 28, 19]), np.array([0, 1, 0])), (np.array([1, 28, 19]), np.array([0, 2, 1]))


def _two_years(states: list[np.ndarray]) -> list[Row]:
    return [*table(FLAT, states[0], *THEN, period="2024"), *table(FLAT, states[1], *NOW, period="2025")]


def test_an_insider_finds_the_one_who_sits_alone_where_few_changed():
    shown = [np.array([State.PUBLISHED, *[State.HIDDEN_SECONDARY] * 2]), np.array([State.PUBLISHED] * 2 + [4])]
    found = attack_bounds(
        _two_years(shown), "u0", KINDS, hierarchy="as_it_was", periods=["2024", "2025"], headcount="headcount",
        changes={"u1": 1, "u2": 6},
    )  # fmt: skip
    assert ("u0", "2024", OWN, 0.0) in {(p.unit, p.period, p.breakdown, round(p.value, 6)) for p in found}


def test_what_an_insider_would_find_is_not_published():
    first = decide(FLAT, internal(*THEN))
    # One at the first school became a part-timer, and of six at the other three left and three came, one part-time.
    unit_then = np.array([0] + [1] * 28 + [2] * 19 + [-1] * 3)
    unit_now = np.array([0] + [1] * 28 + [-1] * 3 + [2] * 16 + [2] * 3)
    was, is_in = np.zeros((2, len(unit_then)), dtype=bool)
    was[1], is_in[[1, 2, -1]] = True, True
    certain, touched = changes(unit_then, unit_now, was != is_in, 3)
    past = compare(
        tree=FLAT, states=first, now=[0, 1, 2], units=3, certain=certain, touched=touched,
        between=between(unit_then, unit_now, was, is_in, 3),
    )  # fmt: skip
    second = decide(FLAT, internal(*NOW, earlier=[past]))
    found = attack_bounds(
        _two_years([first, second]), "u0", KINDS, hierarchy="as_it_was", periods=["2024", "2025"],
        headcount="headcount", changes={"u1": 1, "u2": 6},
    )  # fmt: skip
    assert not [p for p in found if p.breakdown == OWN]
