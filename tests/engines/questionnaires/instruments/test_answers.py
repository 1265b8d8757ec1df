"""What an answer may look like, and what it says about the factors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.instruments.answers import (
    LARGEST,
    Answers,
    Problem,
    Wrong,
    checked,
    from_form,
    shown_items,
)
from byfolk.engines.questionnaires.instruments.scoring import factor_mean
from tests.engines.questionnaires.instruments.instruments import EVERYTHING, contents

TALKED = {"had-talk": "yes"}


def kept(posted: dict[str, Any]) -> dict[str, Any]:
    found = checked(EVERYTHING, posted)
    assert isinstance(found, Answers), found
    return found.plain()


def problems(posted: dict[str, Any]) -> list[tuple[str, Wrong]]:
    found = checked(EVERYTHING, posted)
    assert isinstance(found, list), found
    assert all(one.sentence() for one in found)
    return [(one.item, one.wrong) for one in found]


def test_whole_answers_are_kept_in_the_order_in_which_they_are_asked():
    posted = {
        "more": "To\r\nlinjer ", "parts": {"tools": 2, "room": 5}, "which-days": ["tue", "mon"], "clear": 4,
        "hours": 12, "long-hours": "Fordi", **TALKED,
    }  # fmt: skip

    assert list(kept(posted).items()) == [
        ("clear", 4), ("had-talk", "yes"), ("which-days", ["mon", "tue"]), ("hours", 12), ("long-hours", "Fordi"),
        ("parts", {"room": 5, "tools": 2}), ("more", "To\nlinjer"),
    ]  # fmt: skip


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_would_rather_not_say_is_no_answer(nothing):
    assert kept({**TALKED, "clear": nothing, "more": nothing}) == TALKED


def test_an_item_that_must_be_answered_is_missed():
    assert problems({"clear": 3}) == [("had-talk", Wrong.MISSING)]


def test_answers_to_what_is_not_shown_are_dropped():
    assert kept({"had-talk": "no", "which-days": ["mon"], "hours": 9, "long-hours": "x"}) == {
        "had-talk": "no", "hours": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "value", "wrong"),
    [
        ("clear", 6, Wrong.NOT_THERE),
        ("clear", 0, Wrong.NOT_THERE),
        ("clear", "mye", Wrong.KIND),
        ("clear", 2.5, Wrong.KIND),
        ("clear", True, Wrong.KIND),
        ("clear", [3], Wrong.KIND),
        ("clear", {"a": 3}, Wrong.KIND),
        ("had-talk", "maybe", Wrong.NOT_THERE),
        ("had-talk", ["yes"], Wrong.KIND),
        ("had-talk", 1, Wrong.KIND),
        ("which-days", ["sun"], Wrong.NOT_THERE),
        ("which-days", [1], Wrong.KIND),
        ("which-days", {"mon": 1}, Wrong.KIND),
        ("hours", 41, Wrong.BOUNDS),
        ("hours", -1, Wrong.BOUNDS),
        ("hours", "9" * 400, Wrong.KIND),
        ("hours", 10**400, Wrong.BOUNDS),
        ("more", "x" * 101, Wrong.TOO_LONG),
        ("more", 7, Wrong.KIND),
        ("more", ["x"], Wrong.KIND),
        ("parts", {"room": 9}, Wrong.NOT_THERE),
        ("parts", {"roof": 1}, Wrong.NOT_THERE),
        ("parts", {"room": "x"}, Wrong.KIND),
        ("parts", 3, Wrong.KIND),
        ("another", 3, Wrong.NOT_THERE),
    ],
)
def test_what_an_item_cannot_be_answered_with_is_refused(item, value, wrong):
    assert problems({**TALKED, item: value}) == [(item, wrong)]


def test_own_words_without_a_limit_have_at_most_4000_characters():
    posted = {**TALKED, "hours": 20}

    assert kept({**posted, "long-hours": "x" * 4000})["long-hours"] == "x" * 4000
    assert checked(EVERYTHING, {**posted, "long-hours": "x" * 4001}) == [Problem("long-hours", Wrong.TOO_LONG, 4000)]


def test_a_megabyte_of_text_is_refused_as_a_whole():
    assert checked(EVERYTHING, {"more": "x" * 1_000_000}) == [Problem("", Wrong.TOO_LARGE, LARGEST)]


def test_very_many_strange_items_are_not_all_told_of():
    assert len(problems({f"x{number}": 1 for number in range(5000)})) < 20


def test_an_answer_that_is_kept_is_kept_alike_the_next_time():
    once = kept({**TALKED, "which-days": ["wed"], "parts": {"room": "3"}, "clear": "4", "more": " a  b "})

    assert kept(once) == once


def test_a_plain_form_gives_the_same_answers():
    fields = {
        "clear": ["4"], "had-talk": ["yes"], "which-days": ["mon", "wed"], "parts.room": ["2"], "parts.tools": [""],
        "more": [""], "csrfmiddlewaretoken": ["x"],
    }  # fmt: skip

    assert kept(from_form(EVERYTHING, fields)) == {
        "clear": 4, "had-talk": "yes", "which-days": ["mon", "wed"], "parts": {"room": 2},
    }  # fmt: skip


def test_what_is_asked_follows_from_what_is_answered():
    assert [item.code for item in shown_items(EVERYTHING, {"hours": 10})][5:7] == ["long-hours", "parts"]
    assert "long-hours" not in [item.code for item in shown_items(EVERYTHING, {"hours": 9})]
    assert "which-days" not in [item.code for item in shown_items(EVERYTHING, {})]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(contents(), st.data())
def test_whatever_is_posted_is_kept_as_it_may_be_or_refused(content, data):
    codes = [item.code for item in content.items()]
    posted = data.draw(st.dictionaries(st.sampled_from([*codes, "strange"]), ANYTHING, max_size=6))

    found = checked(content, posted)

    if isinstance(found, Answers):
        assert checked(content, found.plain()) == found
    else:
        assert found


def mean(**values: int) -> Fraction | None:
    return factor_mean(EVERYTHING, EVERYTHING.factors[0], Answers(values))


def test_a_factor_is_the_mean_of_its_items_with_the_reversed_ones_turned_round():
    assert mean(clear=5, unclear=1, calm=3) == Fraction(13, 3)
    assert mean(clear=1, unclear=5, calm=1) == 1


def test_a_factor_needs_half_of_its_items():
    assert mean(clear=4, unclear=2) == 4
    assert mean(clear=4) is None
    assert mean() is None


def test_rows_of_a_matrix_are_counted_one_by_one():
    found = checked(EVERYTHING, {**TALKED, "parts": {"room": 2}})
    assert isinstance(found, Answers)

    assert factor_mean(EVERYTHING, EVERYTHING.factors[1], found) == 2
