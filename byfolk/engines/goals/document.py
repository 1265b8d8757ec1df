"""The policy as a document: paragraphs with stable ids, in order. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from byfolk.lib.texts import LANGUAGES, Texts

#: What stands at the top of a document, in the order in which it stands there.
TOP = ("purpose", "value", "leaders", "employees", "employer", "reputation", "area")
PRINCIPLES = ("leaders", "employees", "employer")
#: What may lie under what, in order.
UNDER: Mapping[str, tuple[str, ...]] = {"area": ("challenge", "goal"), "reputation": ("goal",), "goal": ("measure",)}
HEADED = ("area", "reputation", "goal")
"""Kinds with a heading, a short name and, the areas, a text."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and what lies under it, by kind in the order of `UNDER`. All texts are tidy (`one_line`)."""

    key: str
    kind: str
    title: Texts
    short: Texts = field(default_factory=dict)
    text: Texts = field(default_factory=dict)
    planned: Texts = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    children: tuple[Paragraph, ...] = ()

    def of(self, kind: str) -> tuple[Paragraph, ...]:
        """What of a kind lies right under it."""
        return tuple(child for child in self.children if child.kind == kind)


@dataclass(frozen=True)
class Document:
    """A whole policy: its title and what stands at the top, by kind in the order of `TOP`."""

    title: Texts
    paragraphs: tuple[Paragraph, ...] = ()

    def of(self, kind: str) -> tuple[Paragraph, ...]:
        """What of a kind stands at the top."""
        return tuple(one for one in self.paragraphs if one.kind == kind)


@dataclass(frozen=True)
class Placed:
    """A paragraph where it stands: its number ("3.1"; empty for what has none), its place among its like, and the
    paragraph above.
    """

    paragraph: Paragraph
    number: str
    order: int
    above: Paragraph | None


def walk(document: Document) -> Iterator[Placed]:
    """Every paragraph from the top, each before what lies under it."""
    for kind in TOP:
        for order, one in enumerate(document.of(kind), start=1):
            number = str(order) if kind == "area" else "0" if kind == "reputation" else ""
            yield Placed(one, number, order, None)
            yield from _below(one, number)


def _below(above: Paragraph, number: str) -> Iterator[Placed]:
    for kind in UNDER.get(above.kind, ()):
        found = above.of(kind)
        for order, one in enumerate(found, start=1):
            its = f"{number}.{order}" if kind == "goal" else ""
            if kind == "goal" and above.kind == "reputation" and len(found) == 1:
                its = "0"
            yield Placed(one, its, order, above)
            yield from _below(one, its)


def by_key(document: Document) -> dict[str, Placed]:
    """Every paragraph by its stable id."""
    return {placed.paragraph.key: placed for placed in walk(document)}


def untranslated(document: Document) -> list[tuple[Placed, str]]:
    """Every paragraph with a text that a language lacks, and the language. Warned of; it stops nobody."""
    found = []
    for placed in walk(document):
        one = placed.paragraph
        for language in LANGUAGES:
            stated = [given for given in (one.title, one.short, one.text, one.planned) if given]
            if any(language not in given for given in stated):
                found.append((placed, language))
    return found


def count(document: Document, kind: str) -> int:
    """How many paragraphs of a kind there are."""
    return sum(placed.paragraph.kind == kind for placed in walk(document))


def unknown_figures(document: Document, known: Iterable[str]) -> list[tuple[str, str]]:
    """The figures that goals name and nobody has declared: (id of the goal, code)."""
    codes = set(known)
    return [
        (placed.paragraph.key, code)
        for placed in walk(document)
        for code in placed.paragraph.indicators
        if code not in codes
    ]
