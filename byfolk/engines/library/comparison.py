"""What differs between the texts of two versions, paragraph by paragraph, and word by word in those that changed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from byfolk.lib.differences import Op, Piece, words
from byfolk.lib.markdown import blocks

#: Two paragraphs with less than this in common are not the same one changed.
ALIKE = 0.4
_MARKS = re.compile(r"^#{1,6} |\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A paragraph of either text, and what became of it; `op` None: it was changed, as the pieces say."""

    op: Op | None
    pieces: tuple[Piece, ...]
    heading: bool


def compare(before: str, after: str) -> list[Part]:
    """Every paragraph of both texts, in the order of the newer; those that are gone stand where they stood."""
    old, new = blocks(before), blocks(after)
    parts: list[Part] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += [_whole(Op.SAME, block) for block in old[a:b]]
        else:
            parts += _changed(old[a:b], new[c:d])
    return parts


def _changed(old: list[str], new: list[str]) -> list[Part]:
    parts: list[Part] = []
    left = list(old)
    for block in new:
        place = next((n for n, was in enumerate(left) if _alike(was, block)), None)
        if place is None:
            parts.append(_whole(Op.NEW, block))
            continue
        parts += [_whole(Op.GONE, gone) for gone in left[:place]]
        parts.append(Part(None, words(_bare(left[place]), _bare(block)), block.startswith("#")))
        left = left[place + 1 :]
    return parts + [_whole(Op.GONE, gone) for gone in left]


def _alike(one: str, other: str) -> bool:
    if one.startswith("#") is not other.startswith("#"):
        return False
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= ALIKE


def _whole(op: Op, block: str) -> Part:
    return Part(op, ((op, _bare(block)),), block.startswith("#"))


def _bare(block: str) -> str:
    return _MARKS.sub("", block)
