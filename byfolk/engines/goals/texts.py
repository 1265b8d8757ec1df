"""Texts kept in several languages, and which one a reader gets."""

from __future__ import annotations

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language ("nb", "nn", "en", also "en-gb"), else in bokmål; empty where there is none."""
    return texts.get(language.split("-")[0].lower()) or texts.get("nb", "")
