"""The catalogues: a translation may say it otherwise, but never lose or invent what is filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from byfolk.config.texts import LOCALE, TARGETS

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-z]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each source text with its translation, untranslated ones left out; singular and plural are two pairs."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    for message in catalog:
        if not message.id:
            continue  # the head of the catalogue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        targets = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert len(sources) == len(targets), f"{sources[0]!r} has {len(targets)} forms in {language}"
        yield from ((source, target) for source, target in zip(sources, targets, strict=True) if target)


@pytest.mark.parametrize("language", TARGETS)
def test_a_translation_fills_in_exactly_what_its_source_fills_in(language: str) -> None:
    wrong = [
        (source, target)
        for source, target in pairs(language)
        if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(target))
    ]
    assert not wrong


@pytest.mark.parametrize("language", TARGETS)
def test_a_translation_begins_and_ends_with_the_same_white_space_as_its_source(language: str) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [(source, target) for source, target in pairs(language) if ends(source) != ends(target)]


@pytest.mark.parametrize("language", TARGETS)
def test_a_percent_sign_that_fills_in_nothing_is_written_as_in_the_source(language: str) -> None:
    def loose(text: str) -> int:
        return PLACEHOLDER.sub("", text).count("%")

    assert not [(source, target) for source, target in pairs(language) if loose(source) < loose(target)]
