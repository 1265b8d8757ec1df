"""The preview: an instrument item by item, as it looks on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from byfolk.areas.surveys.asking import asked, condition_sentence
from byfolk.areas.surveys.instruments.words import LANGUAGE_NAMES, address, crumbs, language, url
from byfolk.engines.questionnaires.instruments.content import LANGUAGES, Content
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion


def preview(version: InstrumentVersion, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the preview shows. `chosen`: `nr` (from 1) and `sprak`; what cannot be is read as the first, and as the
    reader's own language.
    """
    content = version.parsed
    items = list(content.items())
    spoken = chosen.get("sprak", "")
    if spoken not in LANGUAGES:
        spoken = language()
    number = min(max(_whole(chosen.get("nr", "")), 1), max(len(items), 1))
    context: dict[str, Any] = {
        "version": version,
        "count": len(items),
        "number": number,
        "spoken": spoken,
        "languages": [
            {"label": str(LANGUAGE_NAMES[code]).capitalize(), "url": _at(version, number, code),
             "current": code == spoken}
            for code in LANGUAGES
        ],
        "crumbs": crumbs(version, {"label": _("Slik ser det ut på telefon")}),
        "back_url": address(version),
    }  # fmt: skip
    if not items:
        return context
    item = items[number - 1]
    section = content.section_of(item.code)
    with override(spoken):
        words = {"back": _("Tilbake"), "next": _("Neste"), "place": _("%(n)d av %(all)d")}
    return context | {
        "one": asked(content, item, spoken, level=2),
        "section": section.title.in_language(spoken) if section else "",
        "intro": section.intro.in_language(spoken) if section and section.items[0] == item else "",
        "place": words["place"] % {"n": number, "all": len(items)},
        "words": words,
        "sections": _sections(version, content, number, spoken),
        "condition": condition_sentence(content, item.shown_if, language()),
        "back": _at(version, number - 1, spoken) if number > 1 else "",
        "next": _at(version, number + 1, spoken) if number < len(items) else "",
    }


def _sections(version: InstrumentVersion, content: Content, number: int, spoken: str) -> list[dict[str, Any]]:
    """The way to the first item of each section."""
    found, first = [], 1
    for section in content.sections:
        if section.items:
            current = first <= number < first + len(section.items)
            label = section.title.in_language(spoken)
            found.append({"label": label, "url": _at(version, first, spoken), "current": current})
        first += len(section.items)
    return found


def _at(version: InstrumentVersion, number: int, spoken: str) -> str:
    return url("instrument_preview", version.instrument.code, version.number, nr=number, sprak=spoken)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
