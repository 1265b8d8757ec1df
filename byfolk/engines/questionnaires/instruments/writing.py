"""An instrument as plain values, as YAML, and in the one form that its digest is made of."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

from byfolk.engines.questionnaires.instruments.content import (
    LANGUAGES,
    Condition,
    Content,
    Factor,
    Item,
    Option,
    Scale,
    Section,
    Texts,
)


def plain(content: Content) -> dict[str, Any]:
    """The content as JSON can hold it, without what is empty. `reading.content_of` reads it as the same content."""
    return _without_empty(
        title=_texts(content.title),
        intro=_texts(content.intro),
        scales=[_scale(scale) for scale in content.scales],
        sections=[_section(section) for section in content.sections],
        factors=[_factor(factor) for factor in content.factors],
    )


def canonical(content: Content) -> str:
    """The content as one line of JSON that is the same wherever it is written."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Content) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits: two versions with the same digest ask the same."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def as_yaml(code: str, kind: str, content: Content) -> str:
    """The instrument as a file that `reading.read` reads as the same instrument."""
    whole = {"code": code, "kind": kind, **plain(content)}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "code": scale.code,
        "steps": [_without_empty(value=step.value, label=_texts(step.label)) for step in scale.steps],
    }


def _section(section: Section) -> dict[str, Any]:
    return _without_empty(
        code=section.code,
        title=_texts(section.title),
        intro=_texts(section.intro),
        items=[_item(item) for item in section.items],
    )


def _item(item: Item) -> dict[str, Any]:
    return _without_empty(
        code=item.code,
        kind=item.kind.value,
        text=_texts(item.text),
        help=_texts(item.help),
        required=item.required or None,
        shown_if=_condition(item.shown_if) if item.shown_if else None,
        scale=item.scale,
        options=[_option(option) for option in item.options],
        rows=[_option(row) for row in item.rows],
        smallest=item.smallest,
        largest=item.largest,
        longest=item.longest,
    )


def _condition(condition: Condition) -> dict[str, Any]:
    return _without_empty(item=condition.item, any_of=list(condition.any_of), at_least=condition.at_least)


def _option(option: Option) -> dict[str, Any]:
    return _without_empty(code=option.code, text=_texts(option.text))


def _factor(factor: Factor) -> dict[str, Any]:
    return _without_empty(
        code=factor.code,
        title=_texts(factor.title),
        about=_texts(factor.about),
        items=list(factor.items),
        reversed=list(factor.reversed),
        goals=list(factor.goals),
        published=factor.published or None,
    )


def _texts(texts: Texts) -> dict[str, str]:
    return {language: texts.written(language) for language in LANGUAGES if texts.written(language)}


def _without_empty(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}
