"""A text as words that a reviewer can hide one by one. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

MARK = "[navn]"
"""What stands where a name stood."""
_WORD = re.compile(r"\S+")
_RUN = re.compile(r"\[navn\](?:[ \t]+\[navn\])+")
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


def words(text: str) -> list[str]:
    """The words of a text in order: what stands between blanks."""
    return _WORD.findall(text)


def without(text: str, hidden: Collection[int]) -> str:
    """The text with the words at these places masked; the punctuation around a word stays. Places that the text does
    not have are left aside.
    """
    wanted, place = set(hidden), -1

    def mask(found: re.Match[str]) -> str:
        nonlocal place
        place += 1
        if place not in wanted or MARK in found.group():
            return found.group()
        edges = _EDGES.match(found.group())
        assert edges is not None
        return f"{edges[1]}{MARK}{edges[3]}" if edges[2] else found.group()

    return joined(_WORD.sub(mask, text))


def joined(text: str) -> str:
    """The text with marks that stand beside each other made one: how many names there were is not told."""
    return _RUN.sub(MARK, text)
