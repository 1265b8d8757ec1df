"""What a page of questions shows: every item of an instrument, with its section and its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from byfolk.areas.surveys.asking import asked, condition_sentence
from byfolk.engines.questionnaires.campaigns.models import Mode
from byfolk.engines.questionnaires.instruments.content import Content, Item, Kind


def items_of(
    content: Content,
    language: str,
    answered: Mapping[str, Any] | None = None,
    *,
    level: int = 1,
    wrong: Mapping[str, str] | None = None,
    mode: Mode = Mode.ANONYMOUS,
) -> list[dict[str, Any]]:
    """Every item in order: {section, intro (with the first of a section), when, one}.

    `level` 2: all on one page, where what is asked only after some answers says so (`when`) until a script hides it.
    """
    short = language.split("-")[0]
    found = []
    for section in content.sections:
        for place, item in enumerate(section.items):
            value, fault = _as_kept(item, (answered or {}).get(item.code)), (wrong or {}).get(item.code, "")
            found.append(
                {
                    "section": section.title.in_language(short),
                    "intro": section.intro.in_language(short) if place == 0 else "",
                    "first": place == 0,
                    "when": condition_sentence(content, item.shown_if, short) if level == 2 else "",
                    "one": asked(content, item, short, answered=value, wrong=fault, level=level, mode=mode),
                }
            )
    return found


def _as_kept(item: Item, value: Any) -> Any:
    """What a form posted, as it would be kept if it could be: what is wrong is shown again as it was written."""
    if item.kind is Kind.MULTIPLE and isinstance(value, list):
        return tuple(value)
    if item.kind is Kind.MATRIX and isinstance(value, Mapping):
        return {row: _number(step) for row, step in value.items()}
    return _number(value) if item.kind is Kind.SCALE else value


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def listed(items: list[dict[str, Any]], wrong: Mapping[str, str]) -> list[dict[str, str]]:
    """What is wrong, for the summary on top: {message, field_id}."""
    found = [
        {"message": f"{shown['one']['text']}: {wrong[shown['one']['code']]}", "field_id": shown["one"]["id"]}
        for shown in items
        if shown["one"]["code"] in wrong
    ]
    return found + ([{"message": wrong[""], "field_id": "content"}] if "" in wrong else [])
