"""Masking of names in a text, without anybody looking at it. The same text and the same names give the same. Pure.

A word is a name as a whole or not at all, so a look into a set for each word finds just what a search for all names at
once would. In Norwegian only names have a capital inside a sentence; a word that is a name as well ("Liv", "Berg") is
one only there, beside another name, or after a title. Rather a word too many than a name too few: who reviews the text
reads what is left, and can mask more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from byfolk.engines.questionnaires.texts.words import MARK, joined

_COMMON = Path(__file__).with_name("common_words.txt")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:(?<=[sxzSXZ])['’])?")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\d)\d{6}[ .-]?\d{5}(?!\d)"
    r"|(?<!\d)(?:(?:\+|00)?47[ -]?)?(?:\d{8}|\d{2}(?:[ .-]\d{2}){3}|\d{3}[ .-]\d{2}[ .-]\d{3})(?!\d)"
)
"""E-mail addresses, eleven digits, and Norwegian telephone numbers as they are written."""
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:\n…]|[-–•]\s)[\s«»\"'“”(*]*$")
_PARTICLES = frozenset({"al", "el", "bin", "ben", "da", "de", "del", "den", "der", "di", "la", "le", "van", "von"})


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _set(
    """
    avdelingsleder avdelingsleiar avdelingslederen avdelingsleiaren enhetsleder enhetslederen einingsleiar
    einingsleiaren teamleder teamleiar teamlederen teamleiaren fagleder fagleiar faglederen rektor rektoren inspektør
    styrer styreren styrar styraren etatsjef sjef sjefen sjefens seksjonsleder seksjonsleiar seksjonslederen
    gruppeleder gruppeleiar virksomhetsleder kommunalsjef direktør direktøren leder lederen leiar leiaren kollega
    kollegaen kollegaer verneombud verneombudet verneombod tillitsvalgt tillitsvalgte tillitsvald heter heiter hetende
    hr herr fru frøken doktor dr manager boss leader supervisor named called
    """
)
_MINE = frozenset({"min", "mitt", "mine", "vår", "våre", "vårt", "hans", "hennes", "our", "my"})
_DOES = _set(
    """
    er var har hadde bør må kan kunne skal skulle vil ville sier sa gjør gjorde og på i som ble blir får fikk kommer
    kom tar tok gir ga snakker lytter hjelper roper bestemmer is was has should must can says and
    """
)


@dataclass(frozen=True)
class Names:
    """Names to look for, as `folded` has them: given and family names of anybody, and given names of those who work or
    lead where the text comes from (`near`).
    """

    given: frozenset[str]
    family: frozenset[str]
    near: frozenset[str] = frozenset()

    @classmethod
    def of(cls, given: Iterable[str], family: Iterable[str], near: Iterable[str] = ()) -> Names:
        """The names as people have them, each also by its parts ("Anne-Lise", "van Dijk")."""
        return cls(_parts(given), _parts(family), _parts(near))


def _parts(names: Iterable[str]) -> frozenset[str]:
    found = {folded(part) for name in names for part in (*name.split(), *re.split(r"[\s-]+", name))}
    return frozenset(one for one in found if len(one) > 1) - _PARTICLES


def folded(word: str) -> str:
    """A word in lower case without accents; æ, ø and å are letters of their own."""
    kept = []
    for letter in unicodedata.normalize("NFC", word).casefold():
        kept.append(letter if letter in "æøåäö" else unicodedata.normalize("NFD", letter)[0])
    return "".join(kept)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that are names as well."""
    rows = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(folded(word) for row in rows if not row.startswith("#") for word in row.split())


@dataclass
class _Token:
    """A word, where it stands, and what it may be. `ending`: the genitive's s."""

    start: int
    end: int
    word: str
    first: bool
    close: bool
    given: bool = False
    family: bool = False
    near: bool = False
    common: bool = False
    ending: str = ""
    hidden: bool = False

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()

    @property
    def known(self) -> bool:
        return self.given or self.family


def masked(text: str, names: Names) -> str:
    """The text with names, e-mail addresses and numbers of people masked."""
    text = _CONTACT.sub(MARK, unicodedata.normalize("NFC", text))
    tokens = list(_tokens(text, names))
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        token.hidden = token.hidden or _stands_alone(token, following)
        if following is not None and following.close:
            _beside(token, following)
    _after_titles(tokens)
    _whole_names(tokens)
    return joined(_written(text, tokens))


def _tokens(text: str, names: Names) -> Iterator[_Token]:
    before = 0
    for found in _WORD.finditer(text):
        if text[found.start() - 1 : found.end() + 1] == MARK:
            before = found.end()
            continue
        between = text[before : found.start()]
        first = bool(_ENDS_SENTENCE.search(text[: found.start()]))
        token = _Token(found.start(), found.end(), found.group(), first, before > 0 and between in (" ", "  ", ", "))
        _look_up(token, names)
        yield token
        before = found.end()


def _look_up(token: _Token, names: Names) -> None:
    whole = folded(token.word)
    forms = [(whole, "")]
    for ending in ("'s", "’s", "s", "'", "’"):
        if whole.endswith(ending) and len(whole) - len(ending) > 1:
            forms.append((whole[: -len(ending)], token.word[len(token.word) - len(ending) :]))
    for form, ending in forms:
        parts = {form, *form.split("-")} if "-" in form else {form}
        given, family = parts & names.given, parts & names.family
        if given or family:
            token.given, token.family, token.near = bool(given), bool(family), bool(parts & names.near)
            # "André" is no "andre", and "Steins" nothing but a name.
            plain = folded(token.word) == token.word.casefold()
            of_somebody = bool(ending) and token.capital
            token.common = plain and (whole in common_words() or (form in common_words() and not of_somebody))
            token.ending = ending
            return


def _stands_alone(token: _Token, following: _Token | None) -> bool:
    """Whether a word is a name by itself."""
    if not token.known:
        return False
    if not token.capital:
        return token.near and not token.common
    if not token.common or not token.first:
        return True
    # "Liv er flink": a word that is a name of somebody here, and does something.
    return token.near and following is not None and following.close and folded(following.word) in _DOES


def _beside(token: _Token, following: _Token) -> None:
    """A given name and a family name in a row are a name, whatever else they may be."""
    if not (token.given and following.family):
        return
    if (token.capital and following.capital) or (not token.common and not following.common):
        token.hidden = following.hidden = True


def _after_titles(tokens: list[_Token]) -> None:
    """Whoever is named right after a title ("lederen min Kari") is hidden, in the directory or not."""
    for place, token in enumerate(tokens):
        if folded(token.word) not in _TITLES:
            continue
        ahead = tokens[place + 1 : place + 4]
        if ahead and ahead[0].close and folded(ahead[0].word) in _MINE:
            ahead = ahead[1:]
        for one in ahead:
            if not (one.close and one.capital and not one.first):
                break
            one.hidden = True


def _whole_names(tokens: list[_Token]) -> None:
    """What stands between or right after parts of a name belongs to it: "Anne Marie van Dijk"."""
    for place in range(1, len(tokens)):
        token, last = tokens[place], tokens[place - 1]
        if token.hidden or not last.hidden or not token.close or last.ending:
            continue
        ahead = tokens[place + 1] if place + 1 < len(tokens) else None
        joins = folded(token.word) in _PARTICLES and ahead is not None and ahead.close and ahead.capital
        if joins and ahead is not None:
            token.hidden = ahead.hidden = True
        elif token.capital and (token.known or len(token.word) == 1):
            token.hidden = True


def _written(text: str, tokens: list[_Token]) -> str:
    parts, at = [], 0
    for token in tokens:
        if token.hidden:
            parts += [text[at : token.start], MARK, token.ending.strip("'’")]
            at = token.end
    return "".join([*parts, text[at:]])
