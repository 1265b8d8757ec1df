"""The sentences of a board, word by word, in bokmål."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from byfolk.engines.goals.rules import Status
from byfolk.engines.goals.sentences import area_summary, joined, verdict, without_figures

REACHED, NEAR, FAR = Status.REACHED, Status.NEAR, Status.FAR
UNMEASURED, HIDDEN = Status.NOT_MEASURED, Status.HIDDEN


@pytest.fixture(autouse=True)
def _bokmaal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def goals(*statuses: Status) -> list[tuple[str, Status]]:
    names = ["Omdømme", "Verdibasert kultur", "Arbeidsmiljø", "Like muligheter", "Rett kompetanse", "Omstilling"]
    return list(zip(names, statuses, strict=False))


def test_the_verdict_counts_what_is_reached_and_near_and_names_what_is_far() -> None:
    assert verdict(goals(REACHED, NEAR, FAR, FAR, REACHED)) == (
        "2 av 5 mål er nådd, og 1 er nær. 2 er langt unna: arbeidsmiljø og like muligheter."
    )


def test_the_verdict_names_three_with_a_comma_and_an_and() -> None:
    assert verdict(goals(FAR, FAR, FAR, REACHED)) == (
        "1 av 4 mål er nådd. 3 er langt unna: omdømme, verdibasert kultur og arbeidsmiljø."
    )


def test_more_than_four_far_off_are_counted_and_not_named() -> None:
    assert verdict(goals(FAR, FAR, FAR, FAR, FAR, REACHED)) == "1 av 6 mål er nådd. 5 er langt unna."


def test_when_nothing_is_reached_the_verdict_says_none_and_never_zero() -> None:
    assert verdict(goals(FAR, NEAR)) == "Ingen av 2 mål er nådd, men 1 er nær. 1 er langt unna: omdømme."
    assert verdict(goals(FAR, UNMEASURED)) == "Ingen av 2 mål er nådd. 1 er langt unna: omdømme."


def test_all_reached_is_one_sentence() -> None:
    assert verdict(goals(REACHED, REACHED)) == "2 av 2 mål er nådd."


def test_without_any_figure_the_verdict_says_so() -> None:
    assert verdict(goals(UNMEASURED, HIDDEN)) == "Ingen av målene har tall som kan vises."


def test_goals_without_figures_are_told_apart_from_hidden_ones() -> None:
    assert without_figures([UNMEASURED, UNMEASURED, HIDDEN, REACHED]) == (
        "2 mål kan ikke måles ennå. 1 mål kan vi ikke vise, for å verne enkeltpersoner."
    )
    assert without_figures([REACHED, FAR]) == ""


def test_an_area_says_goals_once() -> None:
    assert area_summary([REACHED, NEAR]) == "1 mål nådd, 1 nær"
    assert area_summary([REACHED, REACHED]) == "2 mål nådd"
    assert area_summary([FAR, UNMEASURED, HIDDEN]) == "1 mål langt unna, 1 uten tall, 1 skjult"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], text: str) -> None:
    assert joined(words) == text
