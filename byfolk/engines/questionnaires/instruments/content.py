"""What an instrument asks: sections of items, scales, and factors built of items. Pure: no database, no clock.

Everything has a code that stands in answers and never shows to those who answer. Texts are tidy (`goals.document`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

LANGUAGES = ("nb", "nn", "en")
#: A written answer has at most so many characters, whatever the item says.
LONGEST_ANSWER = 4000
#: What a whole number may be where the item sets no bounds.
SMALLEST, LARGEST = -1_000_000, 1_000_000


@dataclass(frozen=True)
class Texts:
    """A text in three languages; empty where it is not written."""

    nb: str = ""
    nn: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in a language ("nb", "nn", "en", also "en-gb"), else in bokmål."""
        return self.written(language.split("-")[0].lower()) or self.nb

    def written(self, language: str) -> str:
        """The text as it is written in just this language; empty where it is not."""
        return str(getattr(self, language)) if language in LANGUAGES else ""

    def __bool__(self) -> bool:
        return bool(self.nb or self.nn or self.en)


class Kind(enum.StrEnum):
    """How an item is answered."""

    SCALE = "scale"
    """One step of a scale: a whole number."""
    SINGLE = "single"
    """One option: its code."""
    MULTIPLE = "multiple"
    """Any of the options: their codes."""
    NUMBER = "number"
    """A whole number from `smallest` to `largest`."""
    TEXT = "text"
    """Own words, at most `longest` characters."""
    MATRIX = "matrix"
    """One step of the same scale for each of several rows."""


@dataclass(frozen=True)
class Step:
    """One step of a scale: the number that is counted with, and the words that are shown."""

    value: int
    label: Texts


@dataclass(frozen=True)
class Scale:
    """Steps from the lowest value up."""

    code: str
    steps: tuple[Step, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """The numbers that may be answered."""
        return tuple(step.value for step in self.steps)


@dataclass(frozen=True)
class Option:
    """What can be chosen, or a row of a matrix."""

    code: str
    text: Texts


@dataclass(frozen=True)
class Condition:
    """An item is shown only if an earlier one was answered with any of these, or with at least this number.

    `any_of` are codes of options, or steps of a scale written as numbers; just one of the two is given. Who did not
    answer, or was not shown, the earlier item does not meet it.
    """

    item: str
    any_of: tuple[str, ...] = ()
    at_least: int | None = None


@dataclass(frozen=True)
class Item:
    """One question or statement. Which of the fields it has follows from its kind (`checking`).

    `required`: an answer cannot be handed in without it. Else "would rather not say" is one of the ways to answer, and
    is kept as no answer at all.
    """

    code: str
    kind: Kind
    text: Texts
    help: Texts = Texts()
    required: bool = False
    shown_if: Condition | None = None
    scale: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    smallest: int | None = None
    largest: int | None = None
    longest: int | None = None


@dataclass(frozen=True)
class Section:
    """Items that belong together, in order."""

    code: str
    title: Texts
    intro: Texts = Texts()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Factor:
    """What several items measure together: their mean, on their common scale.

    `items` are codes of scale items, or "item.row" for a row of a matrix; `reversed` are those of them where the
    lowest answer is the best. `goals` are stable ids of goals of the policy that it tells of. `published`: it becomes
    an indicator.
    """

    code: str
    title: Texts
    about: Texts = Texts()
    items: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    published: bool = False


@dataclass(frozen=True)
class Content:
    """All that one version of an instrument asks."""

    title: Texts
    intro: Texts = Texts()
    scales: tuple[Scale, ...] = ()
    sections: tuple[Section, ...] = ()
    factors: tuple[Factor, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every item, in the order in which they are asked."""
        for section in self.sections:
            yield from section.items

    def item(self, code: str) -> Item | None:
        """The item with a code."""
        return next((item for item in self.items() if item.code == code), None)

    def section_of(self, code: str) -> Section | None:
        """The section that an item stands in."""
        return next((one for one in self.sections if any(item.code == code for item in one.items)), None)

    def scale(self, code: str) -> Scale | None:
        """The scale with a code."""
        return next((scale for scale in self.scales if scale.code == code), None)

    def factor(self, code: str) -> Factor | None:
        """The factor with a code."""
        return next((factor for factor in self.factors if factor.code == code), None)

    def scored(self) -> dict[str, str]:
        """What a factor may be built of, and the code of its scale: scale items, and rows of matrices ("item.row")."""
        found: dict[str, str] = {}
        for item in self.items():
            if item.kind is Kind.SCALE:
                found[item.code] = item.scale
            elif item.kind is Kind.MATRIX:
                found |= {f"{item.code}.{row.code}": item.scale for row in item.rows}
        return found
