"""Counting everybody at once gives what scoring one by one does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.instruments.answers import Answers
from byfolk.engines.questionnaires.instruments.content import (
    Content,
    Factor,
    Item,
    Kind,
    Option,
    Scale,
    Section,
    Step,
    Texts,
)
from byfolk.engines.questionnaires.instruments.scoring import factor_mean
from byfolk.engines.questionnaires.results.counting import NONE, band_of, counted

T = Texts("x")
ITEMS = tuple(Item(f"a{n}", Kind.SCALE, T, scale="enig") for n in range(4))
MATRIX = Item("m", Kind.MATRIX, T, scale="enig", rows=(Option("x", T), Option("y", T)))
GENDER = Item("gender", Kind.SINGLE, T, options=(Option("woman", T), Option("man", T)))
CONTENT = Content(
    title=T,
    scales=(Scale("enig", tuple(Step(n, T) for n in range(1, 6))),),
    sections=(Section("s", T, items=(*ITEMS, MATRIX, GENDER)),),
    factors=(
        Factor("four", T, items=tuple(item.code for item in ITEMS), reversed=("a3",)),
        Factor("rows", T, items=("m.x", "m.y", "a0")),
    ),
)
STEP = st.integers(1, 5)
ANSWER = st.fixed_dictionaries(
    {},
    optional={
        **{item.code: STEP for item in ITEMS},
        "m": st.dictionaries(st.sampled_from(["x", "y"]), STEP, max_size=2),
        "gender": st.sampled_from(["woman", "man"]),
    },
)


@given(st.lists(st.tuples(st.integers(0, 3), ANSWER), max_size=12))
def test_everybodys_mean_is_what_scoring_says(given_answers: list[tuple[int, dict[str, Any]]]) -> None:
    found = counted(CONTENT, given_answers, ("gender", "age-band"))
    assert found.unit.tolist() == [unit for unit, _ in given_answers]
    for scores, factor in zip(found.scores, CONTENT.factors, strict=True):
        for mean, (_unit, answers) in zip(scores.mean.tolist(), given_answers, strict=True):
            wanted = factor_mean(CONTENT, factor, Answers(answers))
            assert (None if mean == NONE else Fraction(mean, scores.parts)) == wanted


@given(st.lists(ANSWER, max_size=8))
def test_what_people_say_of_themselves_is_counted_or_left_out(answers: list[dict[str, Any]]) -> None:
    found = counted(CONTENT, [(0, one) for one in answers], ("gender", "age-band"))
    assert set(found.chosen) == {"gender"}
    options = found.options["gender"]
    assert [options[place] if place >= 0 else None for place in found.chosen["gender"].tolist()] == [
        one.get("gender") for one in answers
    ]


def test_bands_part_the_scale_and_an_edge_belongs_above() -> None:
    steps = [1, 2, 3, 4, 5]
    found = counted(CONTENT, [(0, {"a0": n, "a1": n, "a2": n, "a3": 6 - n}) for n in steps] + [(0, {})], ())
    bands = band_of(found.scores[0], Fraction(3, 8), Fraction(5, 8))
    assert bands.tolist() == [0, 0, 1, 2, 2, -1]
    edges = counted(CONTENT, [(0, {"a0": 2, "a1": 3}), (0, {"a0": 3, "a1": 4})], ())
    assert band_of(edges.scores[0], Fraction(3, 8), Fraction(5, 8)).tolist() == [1, 2]
