"""A policy as Markdown and back, without loss: what is written is read as the same document, to the last sign.

A heading or a line of a list is a paragraph, and ends with its stable id. Below it stand its other texts, one a line:

    ## Område: Ledelse {#ledelse}
    nn: Leiing
    kort: Ledelse
    ### Mål: Trygge ledere {#trygge-ledere}
    tall: leader_span
    - Alle ledere har en kontrakt {#alle-ledere-har-en-kontrakt}
      en: Every leader has a contract

A text of several lines goes on with lines that begin with "|".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from byfolk.engines.goals.document import HEADED, TOP, UNDER, Document, Paragraph
from byfolk.lib.texts import LANGUAGES, one_line, texts

LISTS = {
    "purpose": "Formål",
    "value": "Verdier",
    "leaders": "Ledelsesprinsipper",
    "employees": "Medarbeiderprinsipper",
    "employer": "Arbeidsgiverprinsipper",
}
HEADINGS = {"reputation": ("##", "Ønsket omdømme"), "area": ("##", "Område"), "goal": ("###", "Mål")}
CHALLENGES = "### Utfordringer"
FIELDS = {"": "title", "kort": "short", "tekst": "text", "måles med": "planned"}
FIGURES = "tall"
#: A policy is some 50 kB. A file that is larger than this is something else.
LARGEST = 2_000_000
#: So many faults are told of at once.
TOLD_AT_MOST = 20

_KEY = r"\{#([^{}\s]*)\}"
_GOOD_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADING = re.compile(rf"(##|###) ([^:]+): (.+) {_KEY}")
_ITEM = re.compile(rf"- (.+) {_KEY}")
_FIELD = re.compile(r"(?:(kort|tekst|måles med)(?: (nb|nn|en))?|(nn|en)|(tall)): (.*)")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, and in which line (from 1)."""

    line: int
    reason: str


class NotAPolicy(ValueError):
    """A file that cannot be read as a policy; nothing of it is used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.reason}" for fault in faults))
        self.faults = faults


def write(document: Document) -> str:
    """The document as Markdown."""
    out = [f"# {document.title['nb']}", *_languages("", document.title), ""]
    for kind in TOP:
        found = document.of(kind)
        if kind in LISTS and found:
            out += [f"## {LISTS[kind]}", ""]
            for one in found:
                out += _item(one)
            out.append("")
        elif found:
            for one in found:
                out += _headed(one)
    return "\n".join(out).rstrip("\n") + "\n"


def _headed(one: Paragraph) -> list[str]:
    mark, word = HEADINGS[one.kind]
    out = [f"{mark} {word}: {one.title['nb']} {{#{one.key}}}", *_fields(one), ""]
    for kind in UNDER.get(one.kind, ()):
        found = one.of(kind)
        if kind == "challenge" and found:
            out += [CHALLENGES, ""]
        for child in found:
            out += _headed(child) if kind in HEADED else _item(child)
        if found and kind not in HEADED:
            out.append("")
    return out


def _item(one: Paragraph) -> list[str]:
    return [f"- {one.title['nb']} {{#{one.key}}}", *(f"  {line}" for line in _fields(one))]


def _fields(one: Paragraph) -> list[str]:
    out = _languages("", one.title)
    for name, attribute in list(FIELDS.items())[1:]:
        out += _languages(name, getattr(one, attribute))
    return [*out, f"{FIGURES}: {', '.join(one.indicators)}"] if one.indicators else out


def _languages(name: str, given: Any) -> list[str]:
    out: list[str] = []
    for language in LANGUAGES:
        if language not in given or (not name and language == "nb"):
            continue
        head = " ".join(part for part in (name, language if language != "nb" else "") if part)
        first, *more = given[language].split("\n")
        out += [f"{head}: {first}", *(f"| {line}" if line else "|" for line in more)]
    return out


def read(content: bytes, *, figures: Collection[str]) -> Document:
    """The document in a file. `figures` are the codes that a goal may name. Raises `NotAPolicy`."""
    if len(content) > LARGEST:
        raise NotAPolicy([Fault(1, _("Filen er over 2 MB. En personalpolitikk er aldri så stor."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = content[: error.start].count(b"\n") + 1
        raise NotAPolicy([Fault(wrong, _("Linjen er ikke skrevet i UTF-8."))]) from None
    reading = _Reading(figures)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        reading.take(number, line)
        if len(reading.faults) >= TOLD_AT_MOST:
            break
    return reading.document()


@dataclass
class _Part:
    """A paragraph that is being read."""

    kind: str
    key: str
    texts: dict[str, dict[str, str]]
    indicators: tuple[str, ...] = ()
    children: list[_Part] = field(default_factory=list)

    def made(self) -> Paragraph:
        order = UNDER.get(self.kind, ())
        children = sorted(self.children, key=lambda child: order.index(child.kind))
        kept = {name: texts(given, several=name == "text") for name, given in self.texts.items()}
        return Paragraph(
            self.key, self.kind, kept["title"], kept["short"], kept["text"], kept["planned"],
            self.indicators, tuple(child.made() for child in children),
        )  # fmt: skip


def _empty() -> dict[str, dict[str, str]]:
    return {attribute: {} for attribute in FIELDS.values()}


class _Reading:
    """Takes a file line by line: which paragraph the next line belongs to, and what was wrong so far."""

    def __init__(self, figures: Collection[str]) -> None:
        self.figures = figures
        self.faults: list[Fault] = []
        self.title: dict[str, dict[str, str]] | None = None
        self.parts: list[_Part] = []
        self.seen: dict[str, int] = {}
        self.in_title = False
        self.section: str | None = None
        self.above: _Part | None = None
        self.goal: _Part | None = None
        self.current: _Part | None = None
        self.open: tuple[dict[str, str], str] | None = None

    def take(self, number: int, line: str) -> None:
        content = line.strip()
        if not content:
            return
        if content.startswith("|"):
            self._go_on(number, content)
        elif content.startswith("# "):
            self._document_title(number, content[2:])
        elif content.startswith("#"):
            self._heading(number, content)
        elif content.startswith("- "):
            self._listed(number, content)
        else:
            self._field(number, content)

    def document(self) -> Document:
        if self.title is None and not self.faults:
            self._fault(1, _("Filen har ingen tittel. Den første linjen skal begynne med «# »."))
        if self.faults:
            raise NotAPolicy(self.faults)
        assert self.title is not None
        parts = sorted(self.parts, key=lambda part: TOP.index(part.kind))
        return Document(texts(self.title["title"]), tuple(part.made() for part in parts))

    def _fault(self, line: int, reason: str) -> None:
        self.faults.append(Fault(line, reason))

    def _document_title(self, number: int, text: str) -> None:
        if self.title is not None:
            self._fault(number, _("Det kan bare være én tittel, og den står øverst."))
            return
        self.title = _empty()
        self.title["title"]["nb"] = one_line(text)
        self.in_title, self.open = True, (self.title["title"], "nb")

    def _heading(self, number: int, line: str) -> None:
        self.current, self.open, self.in_title = None, None, False
        found = _HEADING.fullmatch(line)
        if line == CHALLENGES:
            if self.above is None or self.above.kind != "area":
                self._fault(number, _("Utfordringer hører hjemme under et område."))
            self.section, self.goal = "challenge", None
        elif line.startswith("## ") and (kind := _list_kind(line)):
            self.section, self.above, self.goal = kind, None, None
        elif found and (kind := _headed_kind(found[1], found[2])):
            self._open_headed(number, kind, found[3], found[4])
        else:
            self.section = None
            text = _("Overskriften «%(line)s» er ikke kjent, eller den mangler id: {#...}.")
            self._fault(number, text % {"line": line[:80]})

    def _open_headed(self, number: int, kind: str, title: str, key: str) -> None:
        part = self._part(number, kind, title, key)
        if kind != "goal":
            self.parts.append(part)
            self.above, self.goal, self.section = part, None, None
        elif self.above is None:
            self._fault(number, _("Et mål skal ligge under et område."))
        else:
            self.above.children.append(part)
            self.goal, self.section = part, "measure"

    def _listed(self, number: int, line: str) -> None:
        self.current, self.open, self.in_title = None, None, False
        found = _ITEM.fullmatch(line)
        if found is None:
            self._fault(number, _("Punktet mangler tekst eller id. Skriv «- tekst {#id}»."))
        elif self.section is None:
            self._fault(number, _("Punktet står ikke under noe mål, utfordringer, prinsipper, verdier eller formål."))
        else:
            part = self._part(number, self.section, found[1], found[2])
            if self.section == "measure" and self.goal:
                self.goal.children.append(part)
            elif self.section == "challenge" and self.above:
                self.above.children.append(part)
            else:
                self.parts.append(part)

    def _part(self, number: int, kind: str, title: str, key: str) -> _Part:
        if not _GOOD_KEY.fullmatch(key):
            text = _("Id-en «%(key)s» kan bare ha små bokstaver a-z, tall og bindestrek.")
            self._fault(number, text % {"key": key[:60]})
        elif key in self.seen:
            text = _("Id-en «%(key)s» er brukt før, i linje %(line)d.")
            self._fault(number, text % {"key": key, "line": self.seen[key]})
        self.seen.setdefault(key, number)
        part = _Part(kind, key, _empty())
        part.texts["title"]["nb"] = one_line(title)
        self.current = part
        return part

    def _field(self, number: int, line: str) -> None:
        self.open = None
        found = _FIELD.fullmatch(line)
        if found is None:
            self._fault(number, _("Linjen er ikke forstått: «%(line)s».") % {"line": line[:80]})
            return
        into = self.current.texts if self.current else self.title if self.in_title else None
        if into is None:
            self._fault(number, _("Linjen hører ikke til noe avsnitt."))
        elif found[4]:
            self._figures(number, found[5])
        else:
            self._text(number, into[FIELDS[found[1] or ""]], found)

    def _text(self, number: int, into: dict[str, str], found: re.Match[str]) -> None:
        language = found[2] or found[3] or "nb"
        if found[1] and (self.current is None or self.current.kind not in HEADED):
            self._fault(number, _("«%(name)s» hører bare til områder og mål.") % {"name": found[1]})
        elif language in into:
            self._fault(number, _("Teksten står to ganger."))
        else:
            into[language] = one_line(found[5])
            self.open = (into, language)

    def _figures(self, number: int, text: str) -> None:
        if self.current is None or self.current.kind != "goal":
            self._fault(number, _("«tall» hører bare til mål."))
            return
        codes = tuple(code.strip() for code in text.split(",") if code.strip())
        for code in codes:
            if code not in self.figures:
                self._fault(number, _("Tallet «%(code)s» finnes ikke.") % {"code": code[:60]})
        if len(set(codes)) < len(codes):
            self._fault(number, _("Samme tall står to ganger."))
        self.current.indicators = codes

    def _go_on(self, number: int, line: str) -> None:
        if self.open is None:
            self._fault(number, _("Linjen begynner med «|», men ingen tekst går foran den."))
            return
        into, language = self.open
        into[language] += "\n" + one_line(line[1:])


def _list_kind(line: str) -> str | None:
    return next((kind for kind, word in LISTS.items() if line == f"## {word}"), None)


def _headed_kind(mark: str, word: str) -> str | None:
    return next((kind for kind, heading in HEADINGS.items() if heading == (mark, word)), None)
