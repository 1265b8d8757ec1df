"""Texts in three languages: compiling them, and finding what is not translated. Norwegian bokmål is the source.

Babel reads and writes the catalogues, because GNU gettext may not be on the machine.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
TARGETS = ("nn", "en")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_now": None,  # gettext where gettext_lazy is _
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def compile_texts(report: Callable[[str], None]) -> None:
    """Make the binary catalogues that are older than their sources."""
    made = 0
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as file, target.open("wb") as out:
                write_mo(out, read_po(file, locale=source.parts[-3]))
            made += 1
    if made:
        report(f"Texts are ready in {made + 1} languages")


def extract() -> Catalog:
    """Every text in code and templates that a person can see, with where it stands."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for path, line, function, message in _messages():
        context = None
        if function in {"pgettext", "pgettext_lazy", "npgettext"}:
            context, message = message[0], message[1:] if len(message) > 2 else message[1]
        found.add(message, locations=[(str(path.relative_to(PACKAGE.parent)), line)], context=context)
    return found


def _messages() -> Iterator[tuple[Path, int, str, str | tuple[str, ...]]]:
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*")):
        if "static_built" in path.parts or "locale" in path.parts:
            continue
        if path.suffix not in {".py", ".html", ".txt"}:
            continue
        text = path.read_text()
        found = _in_code(text) if path.suffix == ".py" else _in_code_like(templatize(text, origin=str(path)))
        for line, function, message in found:
            yield path, line, function, message


def _in_code(text: str) -> Iterator[tuple[int, str, str | tuple[str, ...]]]:
    """The texts of a module. Its syntax tree also has those inside f-strings, which a reader of tokens does not see
    before Python 3.12."""
    if not re.search(r"\b(_|_now|\w*gettext\w*)\(", text):
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if function in KEYWORDS:
            found = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if found:
                yield node.lineno, function, tuple(found) if len(found) > 1 else found[0]


def _in_code_like(text: str) -> Iterator[tuple[int, str, str | tuple[str, ...]]]:
    """The texts of a template that Django has turned into something like code, which need not parse."""
    for line, function, message, _comments in extract_python(
        io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        parts = [message] if isinstance(message, str) else [part for part in message if isinstance(part, str)]
        if any(parts):
            yield line, str(function), tuple(parts) if len(parts) > 1 else parts[0]


def update(language: str) -> Catalog:
    """Bring a language's catalogue up to date with the code, keeping its translations, and write it."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(locale=language, charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Byfolk", "1", ""
    catalog.header_comment = f"# Byfolk's texts, {language}. The source is the bokmål in the code."
    catalog.last_translator = catalog.language_team = "Byfolk"
    catalog.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with path.open("wb") as out:
        write_po(out, catalog, width=120, omit_header=False, sort_by_file=True, no_location=True)
    return catalog


def untranslated(language: str) -> list[str]:
    """The texts of the code that a language lacks. Bokmål is the source and lacks none."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return ["(no catalogue)"]
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    missing = []
    for message in extract():
        if not message.id:
            continue
        singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        known = catalog.get(message.id, message.context)
        strings = known.string if known and isinstance(known.string, (tuple, list)) else [known.string if known else ""]
        if not all(strings):
            missing.append(str(singular))
    return missing
