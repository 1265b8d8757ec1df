"""What a field of a file is: its name, what kind of value it holds, and the names that other systems give it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise


class FieldType(enum.StrEnum):
    """How a cell is understood, and what it becomes in a typed frame."""

    TEXT = "text"  # as it stands, without space around it
    CODE = "code"  # a key: text without space around it, never a number ('007' stays)
    DATE = "date"  # polars Date
    PERCENT = "percent"  # permille, whole number
    MONEY = "money"  # øre (of pay: a year), whole number
    CHOICE = "choice"  # the code of the choice
    BOOL = "bool"
    NUMBER = "number"  # decimal number


@dataclass(frozen=True)
class Choice:
    """One allowed value. ``synonyms`` are accepted in any case, with or without punctuation."""

    code: str
    title: Promise | str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A field of a kind of file.

    ``helper``: not stored itself; what is stored is worked out from it (a full name, weekly hours). ``minimum`` and
    ``maximum`` are in the typed value's own measure. ``advisory``: a bad value is a warning and counts as empty.
    """

    name: str
    title: Promise
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    aliases: tuple[str, ...] = ()
    helper: bool = False
    advisory: bool = False
    minimum: int | None = None
    maximum: int | None = None
    longest: int = 200
    pattern: str | None = None

    @cached_property
    def codes(self) -> dict[str, str]:
        """Every accepted spelling, normalised, to the code of its choice."""
        found: dict[str, str] = {}
        for choice in self.choices:
            for spelling in (choice.code, *choice.synonyms):
                found.setdefault(normalise(spelling), choice.code)
        return found


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its fields, and the natural key that says which row is which from one import to the next.

    ``stand_ins``: a field -> the fields that can stand in for it, any one of the alternatives, all of its fields
    supplied. ``messages``: words for what only this kind's rules find, by code.
    """

    code: str
    title: Promise
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    stand_ins: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    messages: Mapping[str, Promise] = field(default_factory=dict)
    by_name: Mapping[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    @property
    def stored(self) -> tuple[Field, ...]:
        """The fields of a typed row."""
        return tuple(f for f in self.fields if not f.helper)

    def has(self, *types: FieldType) -> bool:
        """Whether some field holds one of these types of value."""
        return any(f.type in types for f in self.fields)


_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "ae", "ö": "o", "é": "e", "è": "e", "ü": "u"})


def normalise(text: str) -> str:
    """``text`` for comparing names: small letters a-z and digits only, Norwegian letters folded (``Årslønn`` is
    ``arslonn``)."""
    return "".join(c for c in text.casefold().translate(_LETTERS) if c.isalnum())
