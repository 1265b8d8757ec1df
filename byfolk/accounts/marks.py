"""What people write in the accounts: paragraphs, lists and words in bold, and figures that are named, not typed.

An empty line begins a paragraph, a line with "- " is a point of a list, **two stars** set words in bold, and
[tall:sick_leave] or [tall:sick_leave:2024] stands for a published figure. Everything else is plain text. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from byfolk.accounts.content import Span, WrittenPart

_POINT = re.compile(r"^\s*[-*•]\s+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_FIGURE = re.compile(r"\[tall:([a-z0-9_]+)(?::(\d{4}))?\]")


def named_figures(text: str) -> list[tuple[str, int | None]]:
    """The figures that a text names: (code, year or None), each once, in order."""
    found = [(code, int(year) if year else None) for code, year in _FIGURE.findall(text)]
    return list(dict.fromkeys(found))


def with_figures(text: str, said: Callable[[str, int | None], str]) -> str:
    """The text with what `said` gives for each figure that it names."""
    return _FIGURE.sub(lambda found: said(found[1], int(found[2]) if found[2] else None), text)


def parts(text: str, points: Iterable[str] = ()) -> tuple[WrittenPart, ...]:
    """The text as paragraphs and lists, with `points` as a list at its end."""
    found: list[WrittenPart] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        rows = [row.strip() for row in block.split("\n") if row.strip()]
        while rows:
            listed = bool(_POINT.match(rows[0]))
            n = next((n for n, row in enumerate(rows) if bool(_POINT.match(row)) is not listed), len(rows))
            taken, rows = rows[:n], rows[n:]
            if listed:
                found.append(WrittenPart(tuple(_spans(_POINT.sub("", row)) for row in taken), listed=True))
            else:
                found.append(WrittenPart((_spans(" ".join(taken)),)))
    if stated := tuple(_spans(point) for point in points if point.strip()):
        found.append(WrittenPart(stated, listed=True))
    return tuple(found)


def _spans(row: str) -> tuple[Span, ...]:
    # Every other piece is what stood between two pairs of stars.
    pieces = _BOLD.split(row)
    return tuple(Span(piece, strong=n % 2 == 1) for n, piece in enumerate(pieces) if piece)
