"""Texts in three languages: compiling them, and finding what is not translated. Norwegian bokmål is the source.

Babel reads and writes the catalogues, because GNU gettext may not be on the machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
TARGETS = ("nn", "en")
KEYWORDS = {
    "_": None,
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
        if path.suffix == ".py":
            text = path.read_text()
        elif path.suffix in {".html", ".txt"}:
            text = templatize(path.read_text(), origin=str(path))
        else:
            continue
        if not re.search(r"\b(_|\w*gettext\w*)\(", text):
            continue
        for line, function, message, _comments in extract_python(
            io.BytesIO(text.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}
        ):
            if isinstance(message, tuple):
                message = tuple(part for part in message if isinstance(part, str))
            if message:
                yield path, line, function, message


def update(language: str) -> Catalog:
    """Bring a language's catalogue up to date with the code, keeping its translations, and write it."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(locale=language, charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(extract(), no_fuzzy_matching=True)
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
