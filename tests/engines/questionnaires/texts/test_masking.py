"""Names are masked before anybody reads a text, and as little else as can be."""

from __future__ import annotations

import pytest

from byfolk.engines.questionnaires.texts.masking import Names, common_words, folded, masked
from byfolk.engines.questionnaires.texts.words import without, words

NAMES = Names.of(
    given=["Kari", "Liv", "Per", "Bjørn", "Anne-Lise", "André", "Nils", "Solveig", "Jonas", "Mai"],
    family=["Nordahl", "Berg", "Solberg", "Sand", "Hansen", "van Dijk", "Aas", "Lie"],
    near=["Kari", "Liv", "Per"],
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Kari Nordahl er flink.", "[navn] er flink."),
        ("Karis forslag er bra.", "[navn]s forslag er bra."),
        ("Nils' forslag, og Hansens svar.", "[navn] forslag, og [navn]s svar."),
        ("Hør på kari!", "Hør på [navn]!"),
        ("kari nordahl og solveig aas", "[navn] og [navn]"),
        ("Anne-Lise van Dijk sa det.", "[navn] sa det."),
        ("Anne Lise Hansen sa det.", "[navn] sa det."),
        ("Spør Jonas B. om det.", "Spør [navn]. om det."),
        ("SOLVEIG BESTEMMER ALT", "[navn] BESTEMMER ALT"),
        ("André hjelper, men andre ikke.", "[navn] hjelper, men andre ikke."),
        ("Vi spurte Andre om det.", "Vi spurte [navn] om det."),
        ("Solberg tar alltid ordet.", "[navn] tar alltid ordet."),
        ("Vi spurte Berg om det.", "Vi spurte [navn] om det."),
        ("Liv er flink.", "[navn] er flink."),
        ("Ring 22 33 44 55, eller +47 98765432.", "Ring [navn], eller [navn]."),
        ("Id 010190 12345 og kari.nordahl@by.no", "Id [navn] og [navn]"),
    ],
)
def test_a_name_is_masked(written: str, shown: str) -> None:
    assert masked(written, NAMES) == shown


@pytest.mark.parametrize(
    "written",
    [
        "Per dag har vi fem møter, og livet er hardt.",
        "Andre ting er viktigere. De andre gjør det også.",
        "Berg er hardt. Sand i maskineriet.",
        "Bjørnen sover på berget i mai.",
        "Vi har 12 ansatte, 10 000 000 kroner og frist 2024 2025.",
        "Rektor. Vi vil ha mer.",
        "Lederen min lytter ikke. Vi vil bli hørt.",
    ],
)
def test_what_is_no_name_is_left_as_it_is(written: str) -> None:
    assert masked(written, NAMES) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lederen min Kirstine lytter ikke.", "Lederen min [navn] lytter ikke."),
        ("Sjefen vår, Odd-Leif, er sjelden her.", "Sjefen vår, [navn], er sjelden her."),
        ("Leiaren min Torfinn Østgulen seier lite.", "Leiaren min [navn] seier lite."),
        ("My boss Xavier never answers.", "My boss [navn] never answers."),
    ],
)
def test_whoever_is_named_after_a_title_is_masked_in_the_directory_or_not(written: str, shown: str) -> None:
    assert masked(written, NAMES) == shown


def test_a_name_from_elsewhere_in_small_letters_is_left_to_the_reviewer() -> None:
    assert masked("hør på jonas", NAMES) == "hør på jonas"


def test_masking_again_changes_nothing_and_markup_is_text() -> None:
    once = masked("<script>alert('Kari Nordahl')</script>", NAMES)
    assert once == "<script>alert('[navn]')</script>"
    assert masked(once, NAMES) == once


def test_what_the_reviewer_hides_goes_and_the_punctuation_stays() -> None:
    text = "Spør han i resepsjonen, (med skjegg)."
    assert words(text)[1:4] == ["han", "i", "resepsjonen,"]
    assert without(text, {1, 2, 3, 4}) == "Spør [navn], ([navn] skjegg)."
    assert without(text, {40}) == text


def test_every_common_word_is_written_once_as_it_is_compared() -> None:
    assert all(word == folded(word) for word in common_words())
