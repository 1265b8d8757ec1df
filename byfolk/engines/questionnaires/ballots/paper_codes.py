"""The code on a slip of paper, which is a ballot for whoever draws it from the pile. Pure, but for the drawing.

Sixteen characters of Crockford's base 32, drawn at random (80 bits), and two that check them: one wrong character, or
two that changed places, never make another code. Only the SHA-256 is kept, so that nobody can print a pile again.
"""

from __future__ import annotations

import hashlib
import secrets

from byfolk.engines.questionnaires.ballots.codes import ALPHABET, letters_of

DRAWN, CHECKS = 16, 2
LENGTH = DRAWN + CHECKS
_GROUP = 3
#: The largest prime that two characters can tell: one error in so many slips through.
_PRIME = 1021


class Misspelt(ValueError):
    """It is not written as a code is: some character is missing, too many or wrong."""


def new_code() -> str:
    """A code that nobody has seen before, as it is printed: "7KM 2QX 9FD 4TW 8ZP 3BA"."""
    drawn = "".join(secrets.choice(ALPHABET) for _place in range(DRAWN))
    return written(drawn + _check(drawn))


def written(letters: str) -> str:
    """A code's letters in groups of three."""
    return " ".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def read_code(text: str) -> str:
    """The letters of a code however it is typed: small letters, spaces and dashes, I and L for 1, O for 0.

    Raises `Misspelt` where it is no code; whether anybody was given it, only the database knows.
    """
    letters = letters_of(text)
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        raise Misspelt
    if _check(letters[:DRAWN]) != letters[DRAWN:]:
        raise Misspelt
    return letters


def paper_digest(letters: str) -> bytes:
    """What the database knows a code by; it becomes the ballot's digest when the answers are handed in."""
    return hashlib.sha256(b"byfolk paper code " + letters.encode("ascii")).digest()


def _check(drawn: str) -> str:
    number = 0
    for letter in drawn:
        number = (number * 32 + ALPHABET.index(letter)) % _PRIME
    return ALPHABET[number >> 5] + ALPHABET[number & 31]
