"""The groups that answers are counted in: never fewer than k, never beside, and nobody is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.campaigns.grouping import heads, place_of_leader

CITY = {"city": None, "care": "city", "home": "care", "ward": "home", "water": "city"}


def test_a_unit_of_enough_is_a_group_of_its_own() -> None:
    assert heads(CITY, {"city": 5, "care": 5, "home": 6, "ward": 7, "water": 5}, 5) == {node: node for node in CITY}


def test_a_unit_of_one_is_counted_one_level_up() -> None:
    assert heads(CITY, {"city": 5, "care": 5, "home": 6, "ward": 1, "water": 5}, 5)["ward"] == "home"


def test_small_sisters_make_a_group_with_their_parent() -> None:
    tree = {"home": None, "a": "home", "b": "home"}
    assert heads(tree, {"home": 1, "a": 2, "b": 2}, 5) == {"home": "home", "a": "home", "b": "home"}


def test_too_few_at_the_top_take_the_smallest_group_below_along() -> None:
    found = heads({"city": None, "care": "city", "water": "city"}, {"city": 2, "care": 9, "water": 6}, 5)
    assert found == {"city": "city", "water": "city", "care": "care"}


def test_too_few_in_all_are_counted_nowhere() -> None:
    assert set(heads(CITY, {"ward": 4}, 5).values()) == {None}


def test_a_top_with_nobody_needs_no_group() -> None:
    assert heads({"city": None, "care": "city"}, {"care": 5}, 5) == {"city": None, "care": "care"}


@pytest.mark.parametrize(
    "parents", [{}, {"a": "b", "b": "a"}, {"a": None, "b": None}, {"a": None, "b": "gone"}, {"top": None, "a": "a"}]
)
def test_what_is_no_tree_is_refused(parents: dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match="tree"):
        heads(parents, {}, 5)


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, int | None], dict[int, int]]:
    size = draw(st.integers(1, 40))
    parents = {0: None} | {node: draw(st.integers(0, node - 1)) for node in range(1, size)}
    return parents, {node: draw(st.integers(0, 12)) for node in parents}


def _above(node: int, parents: dict[int, int | None]) -> set[int]:
    found, walker = set(), node
    while walker is not None:
        found.add(walker)
        walker = parents[walker]
    return found


@given(trees(), st.integers(5, 12))
def test_in_any_tree_every_group_is_large_enough_and_lies_above_its_units(tree, k: int) -> None:
    parents, counts = tree
    found = heads(parents, counts, k)
    for head in set(found.values()) - {None}:
        assert sum(counts[node] for node in parents if found[node] == head) >= k
        assert found[head] == head
    assert all(head is None or head in _above(node, parents) for node, head in found.items())


@given(trees(), st.integers(5, 12))
def test_in_any_tree_nobody_is_lost_where_there_are_enough_in_all(tree, k: int) -> None:
    parents, counts = tree
    found = heads(parents, counts, k)
    lost = sum(counts[node] for node in parents if found[node] is None)
    assert lost == (sum(counts.values()) if sum(counts.values()) < k else 0)


@given(trees(), st.integers(5, 12), st.data())
def test_merging_what_was_answered_never_leaves_a_small_group(tree, k: int, data) -> None:
    """At the close the groups are merged once more by how many answered in each."""
    parents, counts = tree
    answered = {node: data.draw(st.integers(0, count)) for node, count in counts.items()}
    found = heads(parents, answered, k)
    for head in set(found.values()) - {None}:
        assert sum(answered[node] for node in parents if found[node] == head) >= k


def test_a_leader_is_counted_one_level_up() -> None:
    assert place_of_leader({"home"}, CITY, "home") == "care"


def test_a_leader_of_several_is_counted_above_the_highest() -> None:
    assert place_of_leader({"ward", "home"}, CITY, "ward") == "care"


def test_who_leads_the_top_is_counted_there() -> None:
    assert place_of_leader({"city"}, CITY, "city") == "city"


def test_who_leads_nothing_is_counted_where_they_work() -> None:
    assert place_of_leader(set(), CITY, "ward") == "ward"
