"""What differs between two texts, word by word. Pure."""

from __future__ import annotations

import difflib
import enum
import re


class Op(enum.StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Op, str]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The way from one text to another, word by word. What is same and gone is the first, what is same and new the
    second.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((Op.SAME, "".join(old[a:b])))
        else:
            pieces += [(Op.GONE, "".join(old[a:b]))] if b > a else []
            pieces += [(Op.NEW, "".join(new[c:d]))] if d > c else []
    return tuple(pieces)
