"""One item of an instrument as whoever answers sees it: what `surveys/item.html` shows. The preview and the answering
page use the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from byfolk.engines.questionnaires.campaigns.models import Mode
from byfolk.engines.questionnaires.instruments.answers import Value
from byfolk.engines.questionnaires.instruments.checking import bounds
from byfolk.engines.questionnaires.instruments.content import (
    LONGEST_ANSWER,
    Condition,
    Content,
    Item,
    Kind,
    Scale,
)

#: A scale with more steps than this has no dots beside its words.
DOTS_AT_MOST = 7


def asked(
    content: Content,
    item: Item,
    language: str,
    *,
    answered: Value | None = None,
    wrong: str = "",
    level: int = 1,
    mode: Mode = Mode.ANONYMOUS,
) -> dict[str, Any]:
    """What `{% include "surveys/item.html" with one=... %}` needs to show an item in a language ("nb", "nn", "en").

    `answered`: what was answered before, as `answers.checked` keeps it; nothing is chosen otherwise. `wrong`: what must
    be mended. `level`: 1 where the question is the page's own heading, else 2. `mode`: what becomes of a text.
    """
    with override(language):
        found: dict[str, Any] = {
            "code": item.code,
            "kind": item.kind.value,
            "id": f"item-{item.code}",
            "language": language,
            "text": item.text.in_language(language),
            # A text that is not written in the language is read out in the one that it has.
            "text_language": language if item.text.written(language) else "nb",
            "help": item.help.in_language(language),
            "required": item.required,
            "shown_if": _condition(item),
            "wrong": wrong,
            "level": level,
            "skip": "" if item.required else _("Vet ikke, eller vil ikke svare"),
        }
        if item.kind is Kind.MATRIX:
            return found | {"rows": _rows(content, item, language, answered)}
        if item.kind is Kind.TEXT:
            longest = item.longest or LONGEST_ANSWER
            hint = _("Høyst %(longest)d tegn. Skriv ikke navn på noen.") % {"longest": longest} + " " + _told(mode)
            return found | {"value": answered or "", "longest": longest, "hint": hint}
        if item.kind is Kind.NUMBER:
            return found | {"value": "" if answered is None else answered, "hint": _limits(item)}
        return found | {"options": _options(content, item, language, answered)}


def answer_words(content: Content, item: Item, answer: str, language: str) -> str:
    """What a condition calls an answer, as whoever answers sees it."""
    scale = content.scale(item.scale)
    steps = {str(step.value): step.label for step in scale.steps} if scale else {}
    options = {option.code: option.text for option in item.options}
    found = steps.get(answer) or options.get(answer)
    return found.in_language(language) if found else answer


def condition_sentence(content: Content, condition: Condition | None, language: str) -> str:
    """When an item is asked; empty: always."""
    about = content.item(condition.item) if condition else None
    if condition is None or about is None:
        return ""
    question = about.text.in_language(language)
    with override(language):
        if condition.at_least is not None:
            told = _("Vises bare når svaret på «%(question)s» er minst %(number)d.")
            return told % {"question": question, "number": condition.at_least}
        words = [f"«{answer_words(content, about, one, language)}»" for one in condition.any_of]
        told = _("Vises bare når svaret på «%(question)s» er %(answers)s.")
        return told % {"question": question, "answers": _(" eller ").join(words)}


def _told(mode: Mode) -> str:
    """What becomes of a text, said before it is written."""
    if mode == Mode.NAMED:
        return _("Det lagres med navnet ditt, som de andre svarene.")
    return _(
        "Teksten skilles fra resten av svaret. Vi tar bort navn, HR leser den, og så kan de som ser resultatet, lese "
        "den, men bare der minst ti har skrevet. Skriver du om noe bare du vet, kan noen kjenne deg igjen."
    )


def _options(content: Content, item: Item, language: str, answered: Value | None) -> list[dict[str, Any]]:
    if item.kind is Kind.SCALE:
        scale = content.scale(item.scale)
        return _steps(scale, item.code, f"item-{item.code}", language, answered) if scale else []
    chosen = answered if isinstance(answered, tuple) else (answered,)
    return [
        {
            "id": f"item-{item.code}-{option.code}",
            "name": item.code,
            "value": option.code,
            "label": option.text.in_language(language),
            "chosen": option.code in chosen,
        }
        for option in item.options
    ]


def _steps(scale: Scale, name: str, within: str, language: str, answered: Any) -> list[dict[str, Any]]:
    count = len(scale.steps)
    return [
        {
            "id": f"{within}-{place}",
            "name": name,
            "value": step.value,
            "label": step.label.in_language(language),
            "chosen": answered is not None and step.value == answered,
            "dots": [dot <= place for dot in range(1, count + 1)] if count <= DOTS_AT_MOST else [],
        }
        for place, step in enumerate(scale.steps, start=1)
    ]


def _rows(content: Content, item: Item, language: str, answered: Value | None) -> list[dict[str, Any]]:
    scale = content.scale(item.scale)
    given = answered if isinstance(answered, Mapping) else {}
    if scale is None:
        return []
    return [
        {
            "id": (within := f"item-{item.code}-{row.code}"),
            "name": f"{item.code}.{row.code}",
            "text": row.text.in_language(language),
            "options": _steps(scale, f"{item.code}.{row.code}", within, language, given.get(row.code)),
        }
        for row in item.rows
    ]


def _limits(item: Item) -> str:
    smallest, largest = bounds(item)
    if item.smallest is None and item.largest is None:
        return _("Et helt tall.")
    if item.largest is None:
        return _("Et helt tall, minst %(smallest)d.") % {"smallest": smallest}
    if item.smallest is None:
        return _("Et helt tall, høyst %(largest)d.") % {"largest": largest}
    return _("Et helt tall fra %(smallest)d til %(largest)d.") % {"smallest": smallest, "largest": largest}


def _condition(item: Item) -> str:
    """When the item is shown, as JSON for a script in the page: {item, any_of, at_least}; empty: always."""
    condition = item.shown_if
    if condition is None:
        return ""
    return json.dumps({"item": condition.item, "any_of": condition.any_of, "at_least": condition.at_least})
