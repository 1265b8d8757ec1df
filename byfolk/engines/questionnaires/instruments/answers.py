"""What an answer to an instrument may look like. Asked when answers are handed in, whoever sends them. Pure.

An answer is a mapping of codes of items to what was answered: a whole number for a scale or a number, a code for a
single choice, a list of codes for several, a text for own words, and a mapping of rows to whole numbers for a matrix.
"Would rather not say" is no answer: the item is left out.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.instruments.checking import bounds
from byfolk.engines.questionnaires.instruments.content import LONGEST_ANSWER, Content, Item, Kind
from byfolk.lib.texts import lines

#: A whole set of answers has at most so many bytes as JSON.
LARGEST = 128_000
#: So many items that the content does not have are told of.
STRANGE_TOLD = 10
_NUMBER = re.compile(r"-?[0-9]{1,7}")
Value = int | str | tuple[str, ...] | Mapping[str, int]


class Wrong(enum.StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    """The item must be answered."""
    NOT_THERE = "not_there"
    """The instrument has no such item, row or answer: it may be another version that was answered."""
    KIND = "kind"
    """It is not the kind of value that the item is answered with."""
    BOUNDS = "bounds"
    TOO_LONG = "too_long"
    """`limit` characters at most."""
    TOO_LARGE = "too_large"
    """All answers together, `limit` bytes at most."""


@dataclass(frozen=True)
class Problem:
    """Why answers are refused: the code of the item (empty: all of them), and what is wrong."""

    item: str
    wrong: Wrong
    limit: int = 0

    def sentence(self) -> str:
        """What to do about it, in the reader's language."""
        said = {
            Wrong.MISSING: _("Svar på dette spørsmålet."),
            Wrong.NOT_THERE: _("Svaret hører ikke til dette skjemaet. Last siden på nytt, og prøv igjen."),
            Wrong.KIND: _("Svaret kan ikke leses. Svar på nytt."),
            Wrong.BOUNDS: _("Tallet er for lite eller for stort."),
            Wrong.TOO_LONG: _("Svaret kan ha høyst %(limit)d tegn. Skriv det kortere."),
            Wrong.TOO_LARGE: _("Svarene er til sammen for store. Skriv kortere."),
        }
        return said[self.wrong] % {"limit": self.limit} if self.wrong is Wrong.TOO_LONG else said[self.wrong]


@dataclass(frozen=True)
class Answers:
    """Answers as they may be kept, by code of item, in the order in which the items are asked."""

    values: Mapping[str, Value]

    def plain(self) -> dict[str, Any]:
        """As JSON can hold them; `checked` takes them back as the same answers."""
        return {code: _plain(value) for code, value in self.values.items()}


def checked(content: Content, posted: Mapping[str, Any]) -> Answers | list[Problem]:
    """The answers as they may be kept, or every problem with them.

    Answers to items that are not shown, by the answers before them, are dropped; so are empty ones. An item that the
    content does not have is a problem, and so is more than `LARGEST` bytes in all.
    """
    if _size(posted) > LARGEST:
        return [Problem("", Wrong.TOO_LARGE, LARGEST)]
    known = {item.code for item in content.items()}
    strange = [str(code)[:60] for code in posted if code not in known]
    problems = [Problem(code, Wrong.NOT_THERE) for code in strange[:STRANGE_TOLD]]
    kept: dict[str, Value] = {}
    for item in content.items():
        if not is_shown(item, kept):
            continue
        value = _value(content, item, posted.get(item.code))
        if isinstance(value, Problem):
            problems.append(value)
        elif value is not None:
            kept[item.code] = value
        elif item.required:
            problems.append(Problem(item.code, Wrong.MISSING))
    return problems or Answers(MappingProxyType(kept))


def is_shown(item: Item, answered: Mapping[str, Value]) -> bool:
    """Whether an item is asked, after what was answered before it. What was not answered meets no condition."""
    condition = item.shown_if
    if condition is None:
        return True
    value = answered.get(condition.item)
    if value is None or isinstance(value, Mapping):
        return False
    if condition.at_least is not None:
        return isinstance(value, int) and value >= condition.at_least
    given = value if isinstance(value, tuple) else (str(value),)
    return any(one in condition.any_of for one in given)


def shown_items(content: Content, answered: Mapping[str, Value]) -> list[Item]:
    """The items that are asked, in order, after what is answered so far."""
    return [item for item in content.items() if is_shown(item, answered)]


def from_form(content: Content, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a plain HTML form posted, as `checked` takes it. A field has the item's code as its name, and a row of a
    matrix "item.row"; fields that are no item are left aside.
    """
    found: dict[str, Any] = {}
    for item in content.items():
        if item.kind is Kind.MATRIX:
            rows = {row.code: fields.get(f"{item.code}.{row.code}", ()) for row in item.rows}
            value: Any = {code: given[-1] for code, given in rows.items() if given and given[-1]}
        elif item.kind is Kind.MULTIPLE:
            value = [one for one in fields.get(item.code, ()) if one]
        else:
            value = (fields.get(item.code) or ("",))[-1]
        if value:
            found[item.code] = value
    return found


def _size(posted: Mapping[str, Any]) -> int:
    try:
        return len(json.dumps(posted, ensure_ascii=False).encode("utf-8", "replace"))
    except (TypeError, ValueError, RecursionError):
        return LARGEST + 1


def _value(content: Content, item: Item, given: Any) -> Value | Problem | None:
    """One item's answer as it is kept; None: not answered."""
    if given is None or given == "" or given == [] or given == {}:
        return None
    if item.kind is Kind.TEXT:
        return _text(item, given)
    if item.kind is Kind.MATRIX:
        return _rows(content, item, given)
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
        return _chosen(item, given)
    number = _number(given)
    if number is None:
        return Problem(item.code, Wrong.KIND)
    if item.kind is Kind.SCALE:
        return number if number in _steps(content, item) else Problem(item.code, Wrong.NOT_THERE)
    smallest, largest = bounds(item)
    return number if smallest <= number <= largest else Problem(item.code, Wrong.BOUNDS)


def _text(item: Item, given: Any) -> Value | Problem | None:
    if not isinstance(given, str):
        return Problem(item.code, Wrong.KIND)
    longest = item.longest or LONGEST_ANSWER
    said = lines(given)
    return Problem(item.code, Wrong.TOO_LONG, longest) if len(said) > longest else said or None


def _chosen(item: Item, given: Any) -> Value | Problem:
    several = item.kind is Kind.MULTIPLE
    listed = given if several and isinstance(given, list | tuple) else [given]
    if not all(isinstance(one, str) for one in listed):
        return Problem(item.code, Wrong.KIND)
    known = [option.code for option in item.options]
    if not set(listed) <= set(known):
        return Problem(item.code, Wrong.NOT_THERE)
    # In the order of the options: the order in which somebody ticked them tells more than they said.
    return tuple(code for code in known if code in listed) if several else str(listed[0])


def _rows(content: Content, item: Item, given: Any) -> Value | Problem | None:
    if not isinstance(given, Mapping):
        return Problem(item.code, Wrong.KIND)
    if not set(given) <= {row.code for row in item.rows}:
        return Problem(item.code, Wrong.NOT_THERE)
    kept: dict[str, int] = {}
    for row in item.rows:
        if given.get(row.code) in (None, ""):
            if item.required:
                return Problem(item.code, Wrong.MISSING)
            continue
        number = _number(given[row.code])
        if number is None:
            return Problem(item.code, Wrong.KIND)
        if number not in _steps(content, item):
            return Problem(item.code, Wrong.NOT_THERE)
        kept[row.code] = number
    return MappingProxyType(kept) if kept else None


def _steps(content: Content, item: Item) -> tuple[int, ...]:
    scale = content.scale(item.scale)
    return scale.values if scale else ()


def _number(given: Any) -> int | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int):
        return given
    return int(given) if isinstance(given, str) and _NUMBER.fullmatch(given) else None


def _plain(value: Value) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
