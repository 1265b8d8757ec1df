"""The code of a ballot: what a voter writes down, and looks for among those that were counted. Pure.

Twelve characters of Crockford's base 32, the first 60 bits of the SHA-256 of the prepared message. It says nothing of
the answers, which lie apart.
"""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
#: An address of a unit has so many characters (40 bits): short on a poster, and not found by trying.
WORD = 8
_BITS = 5 * LENGTH
_READ_AS = str.maketrans("ILO", "110")


def digest_of(prepared_message: bytes) -> bytes:
    """What the urn knows a ballot by."""
    return hashlib.sha256(prepared_message).digest()


def code_of(digest: bytes) -> str:
    """The code of a ballot, in three groups of four: "M4KT 82PD XQ6W"."""
    number = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
    letters = "".join(ALPHABET[(number >> 5 * (LENGTH - 1 - place)) & 31] for place in range(LENGTH))
    return " ".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def new_word() -> str:
    """The end of an address, in small letters: drawn, so that nobody finds another unit's by counting."""
    return "".join(secrets.choice(ALPHABET) for _place in range(WORD)).lower()


def letters_of(text: str) -> str:
    """What somebody typed, as the letters of a code: capitals, nothing between them, I and L read as 1, O as 0."""
    return "".join(text.upper().split()).replace("-", "").translate(_READ_AS)


def bounds_of(code: str) -> tuple[bytes, bytes] | None:
    """The lowest and the highest digest with a code, however it is written; None where it is no code."""
    letters = letters_of(code)
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    spare = 256 - _BITS
    return (number << spare).to_bytes(32, "big"), ((number << spare) | ((1 << spare) - 1)).to_bytes(32, "big")
