"""Texts of the API: in every language at once, so that an answer is the same for every reader."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

LANGUAGES = ("nb", "nn", "en")


class Texts(Schema):
    """A text in bokmål, nynorsk and English."""

    nb: str
    nn: str = Field("", description=_("Tom der teksten ikke finnes på nynorsk"))
    en: str = Field("", description=_("Tom der teksten ikke finnes på engelsk"))


def in_all_languages(text: Promise | str) -> dict[str, str]:
    """A text of the code in every language that it has been translated to."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found


def kept_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """A text that is kept as {nb, nn, en}, with "" for what it lacks."""
    return {language: texts.get(language, "") for language in LANGUAGES}
