"""An instrument out of a YAML file, or out of plain values: whole and sound, or every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.instruments import checking
from byfolk.engines.questionnaires.instruments.content import (
    LANGUAGES,
    Condition,
    Content,
    Factor,
    Item,
    Kind,
    Option,
    Scale,
    Section,
    Step,
    Texts,
)
from byfolk.engines.questionnaires.instruments.located import Fault, Located, NotAnInstrument, from_plain, from_yaml
from byfolk.lib.texts import lines, one_line

Read = TypeVar("Read")
#: So many faults are told of at once.
TOLD_AT_MOST = 30
#: More than this of anything is not read at all.
_MOST = 400
_NUMBER = re.compile(r"-?[0-9]{1,7}")
_HEAD = ("code", "kind")
_CONTENT = ("title", "intro", "scales", "sections", "factors")
_ITEM = (
    "code", "kind", "text", "help", "required", "shown_if", "scale", "options", "rows", "smallest", "largest",
    "longest",
)  # fmt: skip


@dataclass(frozen=True)
class InstrumentFile:
    """What a file holds: the instrument's code and kind, and its content."""

    code: str
    kind: str
    content: Content


def read(file: bytes, *, kinds: Collection[str]) -> InstrumentFile:
    """The instrument in a YAML file; `kinds` are those that there are. Raises `NotAnInstrument` with every fault."""
    reading = _Reading()
    whole = reading.mapping(from_yaml(file), "", (*_HEAD, *_CONTENT))
    code, kind = reading.word(whole, "code", ""), reading.word(whole, "kind", "")
    if not checking.good_code(code):
        text = _("Koden skal ha små bokstaver a-z, tall og bindestrek, høyst %(most)d tegn.")
        reading.fault("code", text % {"most": checking.CODE_AT_MOST})
    if kind not in kinds:
        text = _("Slaget «%(kind)s» finnes ikke. Velg mellom %(kinds)s.")
        reading.fault("kind", text % {"kind": kind[:60], "kinds": ", ".join(sorted(kinds))})
    return InstrumentFile(code, kind, reading.sound(whole))


def content_of(value: Any) -> Content:
    """The content that plain values say (`writing.plain`). Raises `NotAnInstrument`."""
    reading = _Reading()
    return reading.sound(reading.mapping(from_plain(value), "", _CONTENT))


class _Reading:
    """Takes values apart, and remembers what was wrong and which line each field stands in."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def sound(self, whole: dict[str, Located]) -> Content:
        """The content, or `NotAnInstrument` with the faults of the file and of what it says."""
        content = Content(
            title=self.texts(whole, "title", ""),
            intro=self.texts(whole, "intro", "", several=True),
            scales=self.each(whole, "scales", "", self._scale),
            sections=self.each(whole, "sections", "", self._section),
            factors=self.each(whole, "factors", "", self._factor),
        )
        if not self.faults:
            # What follows from a fault in the file would only be told twice.
            for one in checking.broken(content):
                self.fault(one.field, one.reason)
        if self.faults:
            raise NotAnInstrument(sorted(self.faults, key=lambda fault: fault.line)[:TOLD_AT_MOST])
        return content

    def fault(self, field: str, reason: str) -> None:
        """Note what is wrong, with the line of the field or of the nearest one that it lies in."""
        near = field
        while near and near not in self.lines:
            near = near.rpartition(".")[0]
        if len(self.faults) < TOLD_AT_MOST:
            self.faults.append(Fault(self.lines.get(near, 0), field, reason))

    def mapping(self, found: Located, field: str, names: Collection[str]) -> dict[str, Located]:
        """The fields of a mapping; one that is not known is a fault."""
        self.lines[field] = found.line
        if not isinstance(found.value, dict):
            self.fault(field, _("Her skal det stå felter med navn."))
            return {}
        for name, one in found.value.items():
            at = _under(field, name)
            self.lines[at] = one.line
            if name not in names:
                text = _("Feltet «%(name)s» er ikke kjent. Her kan det stå %(names)s.")
                self.fault(at, text % {"name": name[:60], "names": ", ".join(names)})
        return {name: one for name, one in found.value.items() if name in names}

    def each(
        self, whole: dict[str, Located], name: str, field: str, one: Callable[[Located, str], Read]
    ) -> tuple[Read, ...]:
        """What a list says, each read by `one`."""
        return tuple(one(found, f"{at}.{number}") for at, number, found in self._listed(whole, name, field))

    def _listed(self, whole: dict[str, Located], name: str, field: str) -> list[tuple[str, int, Located]]:
        at, found = _under(field, name), whole.get(name)
        if found is None or found.value == "":
            return []
        if not isinstance(found.value, list):
            self.fault(at, _("Her skal det stå en liste."))
            return []
        if len(found.value) > _MOST:
            self.fault(at, _("Listen er for lang."))
        for number, one in enumerate(found.value[:_MOST], start=1):
            self.lines[f"{at}.{number}"] = one.line
        return [(at, number, one) for number, one in enumerate(found.value[:_MOST], start=1)]

    def word(self, whole: dict[str, Located], name: str, field: str) -> str:
        """A single value as a text; empty where there is none."""
        found = whole.get(name)
        return self._single(found, _under(field, name)) if found else ""

    def _single(self, found: Located, field: str) -> str:
        if not isinstance(found.value, str):
            self.fault(field, _("Her skal det stå én verdi."))
            return ""
        return one_line(found.value)

    def words(self, whole: dict[str, Located], name: str, field: str) -> tuple[str, ...]:
        """A list of single values."""
        return self.each(whole, name, field, self._single)

    def number(self, whole: dict[str, Located], name: str, field: str) -> int | None:
        """A whole number; None where there is none."""
        word = self.word(whole, name, field)
        if word and not _NUMBER.fullmatch(word):
            self.fault(_under(field, name), _("Her skal det stå et helt tall."))
        return int(word) if _NUMBER.fullmatch(word) else None

    def truth(self, whole: dict[str, Located], name: str, field: str) -> bool:
        """True or false; false where there is none."""
        word = self.word(whole, name, field)
        if word not in ("", "true", "false"):
            self.fault(_under(field, name), _("Her skal det stå true eller false."))
        return word == "true"

    def texts(self, whole: dict[str, Located], name: str, field: str, *, several: bool = False) -> Texts:
        """A text in three languages, tidy; `several`: it may have several lines."""
        found, at = whole.get(name), _under(field, name)
        if found is None or found.value == "":
            return Texts()
        if isinstance(found.value, str):
            self.fault(at, _("Skriv teksten under nb, nn og en."))
            return Texts()
        given = self.mapping(found, at, LANGUAGES)
        tidy = lines if several else one_line
        said = {}
        for language, one in given.items():
            if isinstance(one.value, str):
                said[language] = tidy(one.value)
            else:
                self.fault(f"{at}.{language}", _("Her skal det stå en tekst."))
        return Texts(**said)

    def _scale(self, found: Located, field: str) -> Scale:
        own = self.mapping(found, field, ("code", "steps"))
        return Scale(self.word(own, "code", field), self.each(own, "steps", field, self._step))

    def _step(self, found: Located, field: str) -> Step:
        own = self.mapping(found, field, ("value", "label"))
        value = self.number(own, "value", field)
        if value is None:
            self.fault(_under(field, "value"), _("Trinnet mangler verdi."))
        return Step(value or 0, self.texts(own, "label", field))

    def _section(self, found: Located, field: str) -> Section:
        own = self.mapping(found, field, ("code", "title", "intro", "items"))
        return Section(
            self.word(own, "code", field),
            self.texts(own, "title", field),
            self.texts(own, "intro", field, several=True),
            self.each(own, "items", field, self._item),
        )

    def _item(self, found: Located, field: str) -> Item:
        own = self.mapping(found, field, _ITEM)
        word = self.word(own, "kind", field)
        if word not in set(Kind):
            text = _("Typen «%(kind)s» finnes ikke. Velg mellom %(kinds)s.")
            self.fault(_under(field, "kind"), text % {"kind": word[:60], "kinds": ", ".join(Kind)})
            word = Kind.TEXT
        return Item(
            code=self.word(own, "code", field),
            kind=Kind(word),
            text=self.texts(own, "text", field),
            help=self.texts(own, "help", field, several=True),
            required=self.truth(own, "required", field),
            shown_if=self._condition(own["shown_if"], _under(field, "shown_if")) if "shown_if" in own else None,
            scale=self.word(own, "scale", field),
            options=self.each(own, "options", field, self._option),
            rows=self.each(own, "rows", field, self._option),
            smallest=self.number(own, "smallest", field),
            largest=self.number(own, "largest", field),
            longest=self.number(own, "longest", field),
        )

    def _condition(self, found: Located, field: str) -> Condition:
        own = self.mapping(found, field, ("item", "equals", "any_of", "at_least"))
        # "equals" is a short way to write one answer.
        equal = self.word(own, "equals", field)
        any_of = (equal,) if equal else self.words(own, "any_of", field)
        return Condition(self.word(own, "item", field), any_of, self.number(own, "at_least", field))

    def _option(self, found: Located, field: str) -> Option:
        own = self.mapping(found, field, ("code", "text"))
        return Option(self.word(own, "code", field), self.texts(own, "text", field))

    def _factor(self, found: Located, field: str) -> Factor:
        own = self.mapping(found, field, ("code", "title", "about", "items", "reversed", "goals", "published"))
        return Factor(
            code=self.word(own, "code", field),
            title=self.texts(own, "title", field),
            about=self.texts(own, "about", field, several=True),
            items=self.words(own, "items", field),
            reversed=self.words(own, "reversed", field),
            goals=self.words(own, "goals", field),
            published=self.truth(own, "published", field),
        )


def _under(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name
