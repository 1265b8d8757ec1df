"""Rules of the library: when a version holds, and counts that tell of no one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.library.comparison import compare
from byfolk.engines.library.rules import FEWEST, Count, Standing, shown_counts, standing
from byfolk.lib.differences import Op

ON = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("valid", "stands"),
    [
        (None, Standing.DRAFT),
        ((ON + DAY, None), Standing.COMING),
        ((ON, None), Standing.HOLDS),
        ((ON - DAY, ON + DAY), Standing.HOLDS),
        ((ON - DAY, ON), Standing.OVER),
    ],
)
def test_a_version_holds_from_its_first_day_until_the_day_before_its_end(valid, stands: Standing) -> None:
    assert standing(valid, ON) is stands


COUNTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8).map(
    lambda rows: [Count(number, max(a, b), min(a, b)) for number, (a, b) in enumerate(rows)]
)


@given(COUNTS)
def test_no_group_of_fewer_than_five_is_shown_or_can_be_found_by_subtraction(counts: list[Count]) -> None:
    shown = shown_counts(counts)

    assert all(one.asked >= FEWEST for one in shown)
    named = {one.unit for one in shown}
    left = sum(one.asked for one in counts if one.unit not in named)
    assert left == 0 or left >= FEWEST or not shown
    if shown:
        assert sum(one.asked for one in shown) == sum(one.asked for one in counts)
        assert sum(one.read for one in shown) == sum(one.read for one in counts)


TEXTS = st.lists(st.sampled_from(["## A", "en to tre fire", "en to tre fem", "- a\n- b", "helt noe annet"]), max_size=6)


@given(TEXTS, TEXTS)
def test_a_comparison_holds_every_paragraph_of_both_texts(old: list[str], new: list[str]) -> None:
    parts = compare("\n\n".join(old), "\n\n".join(new))

    def said(left_out: Op) -> list[str]:
        texts = [
            "".join(text for op, text in part.pieces if op is not left_out) for part in parts if part.op is not left_out
        ]
        return [text for text in texts if text]

    assert said(Op.NEW) == [block.removeprefix("## ") for block in old]
    assert said(Op.GONE) == [block.removeprefix("## ") for block in new]


def test_a_changed_paragraph_shows_its_words_and_an_unlike_one_is_gone_and_new() -> None:
    parts = compare("## Frist\n\nInnen fire uker skal planen være klar.\n\nGammelt råd her.", "## Frist\n\nInnen sju uker skal planen være klar.\n\nSpør noen andre om hjelp.")  # fmt: skip  # noqa: E501

    assert [part.op for part in parts] == [Op.SAME, None, Op.GONE, Op.NEW] or [part.op for part in parts] == [
        Op.SAME, None, Op.NEW, Op.GONE,
    ]  # fmt: skip
    assert (Op.GONE, "fire") in parts[1].pieces
    assert (Op.NEW, "sju") in parts[1].pieces
