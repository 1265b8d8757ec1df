"""A document's version as data: what it says, and when it holds. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from byfolk.lib.markdown import tidy
from byfolk.lib.texts import LANGUAGES, Texts, texts


@dataclass(frozen=True)
class Content:
    """What a version says. All texts are tidy (`content_of`). `asked_unit` is the code of the unit in which it asks."""

    title: Texts
    summary: Texts = field(default_factory=dict)
    text: Texts = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    asks: str = ""
    asked_unit: str = ""


@dataclass(frozen=True)
class Written:
    """A version with the document that it is of: what a file holds. `unit` is the owner's code; `valid` None is a
    draft, and a period without end has None as its end.
    """

    code: str
    kind: str
    unit: str
    number: int
    content: Content
    valid: tuple[dt.date, dt.date | None] | None = None
    review_on: dt.date | None = None


def content_of(given: Mapping[str, Any]) -> Content:
    """What was written, tidy, without texts that say nothing and without links that stand twice."""
    asks = str(given.get("asks", ""))
    return Content(
        title=texts(given.get("title", {})),
        summary=texts(given.get("summary", {})),
        text=markdown_texts(given.get("text", {})),
        goals=tuple(dict.fromkeys(given.get("goals", ()))),
        indicators=tuple(dict.fromkeys(given.get("indicators", ()))),
        asks=asks,
        asked_unit=str(given.get("asked_unit", "")) if asks else "",
    )


def markdown_texts(given: Texts) -> dict[str, str]:
    """Texts in the three languages as they are kept, without those that say nothing."""
    kept = {language: tidy(given.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in kept.items() if text.strip()}
