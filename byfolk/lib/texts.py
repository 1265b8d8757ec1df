"""Texts that people write: tidy, in several languages, and the stable ids made of them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

LANGUAGES = ("nb", "nn", "en")
Texts = Mapping[str, str]

KEY_AT_MOST = 48
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_BLANK = re.compile(r"[^\S\u00a0\u202f]+")


def in_language(texts: Texts, language: str) -> str:
    """The text in a language ("nb", "nn", "en", also "en-gb"), else in bokmål; empty where there is none."""
    return texts.get(short(language)) or texts.get("nb", "")


def short(language: str) -> str:
    """A language without its country: "en-gb" is "en"."""
    return language.split("-")[0].lower()


def one_line(text: str) -> str:
    """A text as it is kept: without control characters, with single spaces, no-break spaces left as they are."""
    return _BLANK.sub(" ", plain(text)).strip()


def lines(text: str) -> str:
    """A text of several lines as it is kept: each as `one_line`, none empty at either end."""
    rows = [one_line(row) for row in re.split(r"\r\n|\r|\n", text)]
    return "\n".join(rows).strip("\n")


def plain(text: str) -> str:
    """A text without control characters; what breaks a line becomes a space."""
    kept = (" " if char in "\t\r\n\v\f" else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cs"})


def texts(given: Texts, *, several: bool = False) -> dict[str, str]:
    """Texts in the three languages, tidy, without those that say nothing."""
    tidy = {language: (lines if several else one_line)(given.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in tidy.items() if text}


def key_for(title: str, taken: Collection[str]) -> str:
    """A stable id made of the first words of a title, that nothing else has."""
    words = re.findall(r"[a-z0-9]+", title.lower().translate(_LETTERS))
    base = words[0][:KEY_AT_MOST] if words else "avsnitt"
    for word in words[1:]:
        if len(base) + len(word) >= KEY_AT_MOST:
            break
        base = f"{base}-{word}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
