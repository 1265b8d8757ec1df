"""A version of a document as a Markdown file and back, without loss: front matter in YAML, then the text in bokmål,
then the other languages, each after a line that names it.

    ---
    code: oppfolging-av-sykmeldte
    kind: guide
    version: 1
    owner: '1'
    valid_from: 2026-01-01
    title:
      nb: Følg opp den som er syk
    goals: [godt-og-inkluderende-arbeidsmiljo]
    ---
    Teksten på bokmål.

    --- nn ---

    Teksten på nynorsk.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from byfolk.engines.library.content import Content, Written, markdown_texts
from byfolk.lib.texts import LANGUAGES, texts

#: A document is some 5 kB. A file that is larger than this is something else.
LARGEST = 500_000
TOLD_AT_MOST = 20
ASKS = ("leaders", "everyone")
FIELDS = (
    "code", "kind", "version", "owner", "valid_from", "valid_to", "review_on", "title", "summary", "goals",
    "indicators", "asks", "asked_unit",
)  # fmt: skip
NEEDED = ("code", "kind", "version", "owner", "title")

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A line of a text that looks like the line that begins a language has one more stroke before it in the file.
_MARK = re.compile(r"\\*--- (?:nn|en) ---")


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which file and which line of it (from 1)."""

    file: str
    line: int
    reason: str


class NotADocument(ValueError):
    """Files that cannot be read into the library; nothing of them is used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.file}:{fault.line}: {fault.reason}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Known:
    """What a file may name: kinds of document, units by code, the policy's goals, and figures. `goals` None: any."""

    kinds: Collection[str]
    units: Collection[str]
    indicators: Collection[str]
    goals: Collection[str] | None = None


def name_of(written: Written) -> str:
    """What the file of a version is called."""
    return f"{written.code}.{written.number}.md"


def write(written: Written) -> str:
    """The version as a file."""
    content = written.content
    front: dict[str, Any] = {
        "code": written.code,
        "kind": written.kind,
        "version": written.number,
        "owner": written.unit,
    }
    if written.valid is not None:
        front["valid_from"] = written.valid[0]
        front |= {"valid_to": written.valid[1]} if written.valid[1] else {}
    front |= {"review_on": written.review_on} if written.review_on else {}
    front["title"] = _in_order(content.title)
    front |= {"summary": _in_order(content.summary)} if content.summary else {}
    front |= {"goals": list(content.goals)} if content.goals else {}
    front |= {"indicators": list(content.indicators)} if content.indicators else {}
    front |= {"asks": content.asks, "asked_unit": content.asked_unit} if content.asks else {}
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    body = [_escaped(content.text.get("nb", ""))]
    body += [f"--- {code} ---\n\n{_escaped(content.text[code])}" for code in LANGUAGES[1:] if code in content.text]
    return f"---\n{head}---\n\n" + "\n\n".join(body) + "\n"


def _in_order(given: Mapping[str, str]) -> dict[str, str]:
    return {language: given[language] for language in LANGUAGES if language in given}


def _escaped(text: str) -> str:
    return "\n".join(f"\\{line}" if _MARK.fullmatch(line) else line for line in text.split("\n"))


def content_of(path: Path) -> bytes:
    """What a file holds; of one that is too large only so much that it is refused for its size."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def read(name: str, content: bytes, known: Known) -> Written:
    """The version in a file. Raises `NotADocument` with all that is wrong in it."""
    return _Reading(name, known).read(content)


class _Reading:
    """Reads one file, and gathers what is wrong in it."""

    def __init__(self, name: str, known: Known) -> None:
        self.name, self.known = name, known
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def read(self, content: bytes) -> Written:
        text = self._decoded(content)
        head, body = self._parts(text)
        front = self._front(head)
        made = self._made(front, self._texts(body, head.count("\n") + 4))
        if self.faults:
            raise NotADocument(self.faults[:TOLD_AT_MOST])
        return made

    def _stop(self, line: int, reason: str) -> NotADocument:
        return NotADocument([*self.faults, Fault(self.name, line, reason)])

    def _fault(self, field: str, reason: str) -> None:
        self._fault_at(self.lines.get(field, 1), reason)

    def _decoded(self, content: bytes) -> str:
        if len(content) > LARGEST:
            raise self._stop(1, _("Filen er over 500 kB. Et dokument er aldri så stort."))
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            wrong = content[: error.start].count(b"\n") + 1
            raise self._stop(wrong, _("Linjen er ikke skrevet i UTF-8.")) from None

    def _parts(self, text: str) -> tuple[str, str]:
        rows = text.split("\n")
        if rows[0] != "---":
            raise self._stop(1, _("Den første linjen skal være «---», og så kommer opplysningene om dokumentet."))
        end = next((place for place, row in enumerate(rows[1:], 1) if row == "---"), None)
        if end is None:
            raise self._stop(len(rows), _("Opplysningene slutter ikke. Skriv «---» på en egen linje etter dem."))
        return "\n".join(rows[1:end]), "\n".join(rows[end + 1 :])

    def _front(self, head: str) -> dict[str, Any]:
        try:
            node = yaml.compose(head, Loader=yaml.SafeLoader)
            # What refers to itself is much longer written out than in the file.
            twice = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head, Loader=yaml.SafeLoader))
            found = None if twice else yaml.safe_load(head)
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError) as error:
            mark = getattr(error, "problem_mark", None)
            raise self._stop((mark.line if mark else 0) + 2, _("Linjen er ikke riktig YAML.")) from None
        if not isinstance(node, yaml.MappingNode) or not isinstance(found, dict):
            raise self._stop(2, _("Opplysningene skal stå som «navn: verdi», ett på hver linje."))
        for key, _value in node.value:
            name = str(key.value)
            if name in self.lines:
                self._fault_at(key.start_mark.line + 2, _("«%(name)s» står to ganger.") % {"name": name[:40]})
            self.lines.setdefault(name, key.start_mark.line + 2)
        for name in found:
            if name not in FIELDS:
                self._fault(str(name), _("«%(name)s» er ikke kjent.") % {"name": str(name)[:40]})
        for name in NEEDED:
            if name not in found:
                self._fault(name, _("«%(name)s» mangler.") % {"name": name})
        return found

    def _fault_at(self, line: int, reason: str) -> None:
        self.faults.append(Fault(self.name, line, reason))

    def _texts(self, body: str, first: int) -> dict[str, str]:
        found: dict[str, list[str]] = {"nb": []}
        language = "nb"
        for line, row in enumerate(body.split("\n"), first):
            if _MARK.fullmatch(row) and not row.startswith("\\"):
                language = row[4:6]
                if language in found:
                    self._fault_at(line, _("Teksten på «%(language)s» står to ganger.") % {"language": language})
                found[language] = []
            else:
                found[language].append(row[1:] if _MARK.fullmatch(row) else row)
        return markdown_texts({language: "\n".join(rows) for language, rows in found.items()})

    def _made(self, front: dict[str, Any], text: dict[str, str]) -> Written:
        valid = self._valid(front)
        asks = self._one_of(front, "asks", ASKS)
        if bool(asks) is not ("asked_unit" in front):
            self._fault("asks", _("«asks» og «asked_unit» hører sammen: skriv begge eller ingen."))
        if valid is not None and "nb" not in text:
            self._fault("valid_from", _("Det som skal gjelde, må ha tekst på bokmål."))
        content = Content(
            title=self._languages(front, "title"),
            summary=self._languages(front, "summary"),
            text=text,
            goals=self._codes(front, "goals", self.known.goals),
            indicators=self._codes(front, "indicators", self.known.indicators),
            asks=asks,
            asked_unit=self._one_of(front, "asked_unit", self.known.units),
        )
        told = {fault.line for fault in self.faults}
        if "title" in front and not content.title.get("nb") and self.lines.get("title") not in told:
            self._fault("title", _("Tittelen skal stå på bokmål («nb»)."))
        return Written(
            code=self._code(front), kind=self._one_of(front, "kind", self.known.kinds),
            unit=self._one_of(front, "owner", self.known.units), number=self._number(front), content=content,
            valid=valid, review_on=self._day(front, "review_on"),
        )  # fmt: skip

    def _code(self, front: dict[str, Any]) -> str:
        code = front.get("code", "")
        if "code" in front and not (isinstance(code, str) and _CODE.fullmatch(code)):
            text = _("Id-en «%(key)s» kan bare ha små bokstaver a-z, tall og bindestrek.")
            self._fault("code", text % {"key": str(code)[:60]})
        return str(code)

    def _number(self, front: dict[str, Any]) -> int:
        number = front.get("version", 1)
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 9_999:
            self._fault("version", _("«version» skal være et helt tall fra 1."))
            return 1
        return number

    def _day(self, front: dict[str, Any], name: str) -> dt.date | None:
        day = front.get(name)
        if name not in front:
            return None
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            self._fault(name, _("«%(name)s» skal være en dato, som 2026-01-31.") % {"name": name})
            return None
        return day

    def _valid(self, front: dict[str, Any]) -> tuple[dt.date, dt.date | None] | None:
        first, end = self._day(front, "valid_from"), self._day(front, "valid_to")
        if end is not None and first is None:
            self._fault("valid_to", _("«valid_to» står uten «valid_from»."))
        if first is not None and end is not None and end <= first:
            self._fault("valid_to", _("Dokumentet slutter å gjelde før det begynner."))
        return None if first is None else (first, end)

    def _one_of(self, front: dict[str, Any], name: str, known: Collection[str]) -> str:
        value = front.get(name, "")
        if name in front and (not isinstance(value, str) or value not in known):
            self._fault(name, _("«%(name)s»: «%(value)s» finnes ikke.") % {"name": name, "value": str(value)[:60]})
        return str(value)

    def _codes(self, front: dict[str, Any], name: str, known: Collection[str] | None) -> tuple[str, ...]:
        given = front.get(name, [])
        if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
            self._fault(name, _("«%(name)s» skal være en liste.") % {"name": name})
            return ()
        for code in given:
            if (known is not None and code not in known) or not code:
                self._fault(name, _("«%(name)s»: «%(value)s» finnes ikke.") % {"name": name, "value": code[:60]})
        if len(set(given)) < len(given):
            self._fault(name, _("«%(name)s»: det samme står to ganger.") % {"name": name})
        return tuple(given)

    def _languages(self, front: dict[str, Any], name: str) -> dict[str, str]:
        given = front.get(name, {})
        right = isinstance(given, dict) and all(
            language in LANGUAGES and isinstance(text, str) for language, text in given.items()
        )
        if not right:
            self._fault(name, _("«%(name)s» skal ha tekst under «nb», «nn» eller «en».") % {"name": name})
            return {}
        return texts(given)
