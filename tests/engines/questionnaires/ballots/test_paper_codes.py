"""The code on a slip of paper: forgiving in how it is typed, strict in what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.ballots.codes import ALPHABET, letters_of
from byfolk.engines.questionnaires.ballots.paper_codes import (
    DRAWN,
    LENGTH,
    Misspelt,
    new_code,
    paper_digest,
    read_code,
    written,
)

CODES = [letters_of(new_code()) for _number in range(40)]
codes = st.sampled_from(CODES)
places = st.integers(0, LENGTH - 1)


def test_a_code_has_eighty_random_bits_and_is_printed_in_groups_of_three():
    assert 5 * DRAWN == 80
    assert [len(group) for group in new_code().split(" ")] == [3] * 6
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace(" ", "-"), lambda code: f"  {code}\n", lambda code: " ".join(code)]
)
def test_it_is_read_however_it_is_typed(typed):
    for letters in CODES:
        assert read_code(typed(written(letters))) == letters


@given(codes)
def test_letters_that_look_like_digits_are_read_as_digits(letters):
    assert read_code(letters.replace("1", "I").replace("0", "O")) == letters
    assert read_code(letters.replace("1", "l").replace("0", "o")) == letters


@given(codes, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_never_another_code(letters, place, other):
    wrong = letters[:place] + other + letters[place + 1 :]
    if wrong != letters:
        with pytest.raises(Misspelt):
            read_code(wrong)


@given(codes, st.integers(0, DRAWN - 1), st.integers(0, DRAWN - 1))
def test_two_characters_that_changed_places_are_never_another_code(letters, one, other):
    swapped = list(letters)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if "".join(swapped) != letters:
        with pytest.raises(Misspelt):
            read_code("".join(swapped))


@pytest.mark.parametrize(
    "typed",
    ["", "7KM", CODES[0][:-1], CODES[0] + "7", "Ø" * LENGTH, "U" * LENGTH, "\x00" * LENGTH],
    ids=["nothing", "a few letters", "one letter less", "one letter more", "no such letters", "no u", "zeros"],
)
def test_what_is_no_code_is_said_to_be_none(typed):
    with pytest.raises(Misspelt):
        read_code(typed)


def test_the_digest_is_of_the_letters_and_of_nothing_else_that_is_kept():
    assert paper_digest(CODES[0]) == paper_digest(read_code(written(CODES[0]).lower()))
    assert len({paper_digest(letters) for letters in CODES}) == len(CODES)
