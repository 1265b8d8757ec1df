"""What people have put into accounts that are being written: an input of composing, beside the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """What is written in a chapter: plain text with the marks of `marks`, and the points of its list."""

    text: str = ""
    points: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything is written."""
        return bool(self.text.strip() or self.points)


@dataclass(frozen=True)
class Draft:
    """A draft's texts by the chapters' anchors, and the figures that had a value when it was begun ("code/year")."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()


def shown_key(code: str, year: int) -> str:
    """How a draft notes a figure that had a value."""
    return f"{code}/{year}"
