"""A YAML file as plain values that know which line they stand in. Nothing is guessed: every single value is a text.

Aliases are refused, so that a small file cannot grow large; so are tags, deep files and keys that stand twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

#: An instrument is some 30 kB. A file that is larger than this is something else.
LARGEST = 500_000
DEEPEST = 12
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Fault:
    """What is wrong: the line (from 1; 0: not from a file), the field ("sections.1.items.2.scale"), and why."""

    line: int
    field: str
    reason: str


class NotAnInstrument(ValueError):
    """What cannot be read as an instrument; nothing of it is used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line} {fault.field}: {fault.reason}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Located:
    """A value and its line. The value is a text, a list of `Located`, or a mapping of names to `Located`."""

    line: int
    value: str | list[Located] | dict[str, Located]


def from_yaml(content: bytes) -> Located:
    """What a YAML file says. Raises `NotAnInstrument` with the line."""
    if len(content) > LARGEST:
        raise _fault(1, _("Filen er over 500 kB. Et spørreskjema er aldri så stort."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = content[: error.start].count(b"\n") + 1
        raise _fault(wrong, _("Linjen er ikke skrevet i UTF-8.")) from None
    try:
        events = yaml.parse(text, Loader=_LOADER)
        return _document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is missed at the end of the file is told at its last line.
        line = min(mark.line, text.rstrip("\n").count("\n")) + 1 if mark else 1
        raise _fault(line, _("Linjen er ikke riktig skrevet YAML.")) from None
    except yaml.YAMLError:
        raise _fault(1, _("Filen har tegn som ikke kan stå i YAML.")) from None


def from_plain(value: Any) -> Located:
    """The same of what JSON gives: numbers and truth values become texts, and nothing becomes the empty text."""
    if isinstance(value, dict):
        return Located(0, {str(key): from_plain(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return Located(0, [from_plain(one) for one in value])
    if isinstance(value, bool):
        return Located(0, "true" if value else "false")
    return Located(0, "" if value is None else str(value))


def _document(events: Iterator[yaml.Event]) -> Located:
    for event in events:
        if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            continue
        if isinstance(event, yaml.StreamEndEvent):
            raise _fault(1, _("Filen er tom."))
        found = _value(event, events, 0)
        # Reads the rest, which must be nothing.
        for after in events:
            if not isinstance(after, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                raise _fault(_line(after), _("Filen skal ha ett spørreskjema, og ikke flere."))
        return found
    raise _fault(1, _("Filen er tom."))


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Located:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _fault(line, _("Henvisninger med & og * kan ikke brukes her. Skriv teksten helt ut."))
    if getattr(event, "tag", None):
        raise _fault(line, _("Merker som begynner med «!» kan ikke brukes her."))
    if depth > DEEPEST:
        raise _fault(line, _("Filen har for mange nivåer."))
    if isinstance(event, yaml.ScalarEvent):
        empty = event.implicit[0] and event.value in ("~", "null")
        return Located(line, "" if empty else event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        rows = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            rows.append(_value(event, events, depth + 1))
        return Located(line, rows)
    return Located(line, _mapping(events, depth))


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Located]:
    found: dict[str, Located] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _value(event, events, depth + 1)
        if not isinstance(name.value, str):
            raise _fault(name.line, _("Navnet på et felt skal være en tekst."))
        if name.value in found:
            raise _fault(name.line, _("«%(name)s» står to ganger.") % {"name": name.value[:60]})
        # A field stands where its name stands, also where a list begins on the next line.
        found[name.value] = Located(name.line, _value(next(events), events, depth + 1).value)
    return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _fault(line: int, reason: str) -> NotAnInstrument:
    return NotAnInstrument([Fault(line, "", reason)])
