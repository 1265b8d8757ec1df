"""Whether an instrument hangs together, and which texts a language lacks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.instruments.content import (
    LANGUAGES,
    LARGEST,
    LONGEST_ANSWER,
    SMALLEST,
    Content,
    Factor,
    Item,
    Kind,
    Texts,
)

CODE_AT_MOST = 48
One = TypeVar("One")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: How many of each there may be at most, and how few steps a scale may have.
ITEMS, SECTIONS, OPTIONS, STEPS, FACTORS, SCALES, GOALS = 300, 40, 60, 11, 60, 30, 12
FEWEST_STEPS = 2
#: Which fields an item of a kind has, beside those that all have.
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.SCALE: ("scale",),
    Kind.SINGLE: ("options",),
    Kind.MULTIPLE: ("options",),
    Kind.NUMBER: ("smallest", "largest"),
    Kind.TEXT: ("longest",),
    Kind.MATRIX: ("scale", "rows"),
}
#: How many characters a text may have in one language, by the name of its field.
LONGEST_TEXT = {"title": 200, "label": 100, "text": 500, "intro": 4000, "about": 2000, "help": 1000}
#: What must be written, in bokmål at least.
_MUST = ("title", "label", "text")
_OWN = ("scale", "options", "rows", "smallest", "largest", "longest")


@dataclass(frozen=True)
class Broken:
    """A rule that a content breaks: where ("sections.1.items.2.scale", counted from 1), and what is wrong."""

    field: str
    reason: str


@dataclass(frozen=True)
class Missing:
    """A text that is written in bokmål and lacks in a language: where, and the language."""

    field: str
    language: str


def good_code(code: str) -> bool:
    """Whether it may be the code of something: a-z, digits and hyphens, at most 48."""
    return len(code) <= CODE_AT_MOST and bool(_CODE.fullmatch(code))


def broken(content: Content) -> list[Broken]:
    """Every rule that the content breaks; none: it may be stored. An instrument may be stored before it is whole."""
    found = [*_texts(content), *_counts(content), *_codes(content), *_scales(content)]
    earlier: dict[str, Item] = {}
    for field, item in _items(content):
        found += [*_item(content, field, item), *_condition(content, field, item, earlier)]
        earlier.setdefault(item.code, item)
    return [*found, *_factors(content)]


def lacks(content: Content) -> list[Broken]:
    """What must be there, too, before a version can be put in use: something to ask, no empty section or factor."""
    empty = next(content.items(), None) is None
    found = [Broken("sections", _("Skjemaet har ingen spørsmål."))] if empty else []
    for number, section in enumerate(content.sections, start=1):
        if not section.items:
            found.append(Broken(f"sections.{number}", _("Delen har ingen spørsmål.")))
    for number, factor in enumerate(content.factors, start=1):
        if not factor.items:
            found.append(Broken(f"factors.{number}", _("Temaet har ingen spørsmål.")))
    return found


def missing_texts(content: Content) -> list[Missing]:
    """Every text that lacks in a language, though it is written in another. Warned of; it stops nobody."""
    return [
        Missing(field, language)
        for field, texts in every_text(content)
        if texts
        for language in LANGUAGES
        if not texts.written(language)
    ]


def every_text(content: Content) -> Iterator[tuple[str, Texts]]:
    """Every text and where it stands, from the top."""
    yield "title", content.title
    yield "intro", content.intro
    for field, scale in _numbered("scales", content.scales):
        for at, step in _numbered(f"{field}.steps", scale.steps):
            yield f"{at}.label", step.label
    for field, section in _numbered("sections", content.sections):
        yield f"{field}.title", section.title
        yield f"{field}.intro", section.intro
        for at, item in _numbered(f"{field}.items", section.items):
            yield f"{at}.text", item.text
            yield f"{at}.help", item.help
            for name, options in (("options", item.options), ("rows", item.rows)):
                for place, option in _numbered(f"{at}.{name}", options):
                    yield f"{place}.text", option.text
    for field, factor in _numbered("factors", content.factors):
        yield f"{field}.title", factor.title
        yield f"{field}.about", factor.about


def _numbered(name: str, things: Iterable[One]) -> Iterator[tuple[str, One]]:
    for number, one in enumerate(things, start=1):
        yield f"{name}.{number}", one


def _items(content: Content) -> Iterator[tuple[str, Item]]:
    for field, section in _numbered("sections", content.sections):
        yield from _numbered(f"{field}.items", section.items)


def _texts(content: Content) -> Iterator[Broken]:
    for field, texts in every_text(content):
        name = field.rpartition(".")[2]
        if name in _MUST and not texts.nb:
            yield Broken(field, _("Teksten mangler på bokmål."))
        for language in LANGUAGES:
            if len(texts.written(language)) > LONGEST_TEXT[name]:
                text = _("Teksten er for lang. Den kan ha %(longest)d tegn.")
                yield Broken(f"{field}.{language}", text % {"longest": LONGEST_TEXT[name]})


def _counts(content: Content) -> Iterator[Broken]:
    yield from _at_most("scales", len(content.scales), SCALES)
    yield from _at_most("sections", len(content.sections), SECTIONS)
    yield from _at_most("sections", len(list(content.items())), ITEMS)
    yield from _at_most("factors", len(content.factors), FACTORS)
    for field, item in _items(content):
        yield from _at_most(f"{field}.options", len(item.options), OPTIONS)
        yield from _at_most(f"{field}.rows", len(item.rows), OPTIONS)
    for field, factor in _numbered("factors", content.factors):
        yield from _at_most(f"{field}.goals", len(factor.goals), GOALS)


def _at_most(field: str, count: int, most: int) -> Iterator[Broken]:
    if count > most:
        yield Broken(field, _("Her kan det stå høyst %(most)d.") % {"most": most})


def _codes(content: Content) -> Iterator[Broken]:
    yield from _once(_numbered("scales", [scale.code for scale in content.scales]))
    yield from _once(_numbered("sections", [section.code for section in content.sections]))
    yield from _once((field, item.code) for field, item in _items(content))
    yield from _once(_numbered("factors", [factor.code for factor in content.factors]))
    for field, item in _items(content):
        yield from _once(_numbered(f"{field}.options", [option.code for option in item.options]))
        yield from _once(_numbered(f"{field}.rows", [row.code for row in item.rows]))


def _once(codes: Iterable[tuple[str, str]]) -> Iterator[Broken]:
    seen: set[str] = set()
    for field, code in codes:
        if not good_code(code):
            text = _("Koden «%(code)s» kan bare ha små bokstaver a-z, tall og bindestrek, høyst %(most)d tegn.")
            yield Broken(f"{field}.code", text % {"code": code[:60], "most": CODE_AT_MOST})
        elif code in seen:
            yield Broken(f"{field}.code", _("Koden «%(code)s» er brukt før.") % {"code": code})
        seen.add(code)


def _scales(content: Content) -> Iterator[Broken]:
    for field, scale in _numbered("scales", content.scales):
        if not FEWEST_STEPS <= len(scale.steps) <= STEPS:
            text = _("En skala har fra %(fewest)d til %(most)d trinn.")
            yield Broken(f"{field}.steps", text % {"fewest": FEWEST_STEPS, "most": STEPS})
        if any(high <= low for low, high in zip(scale.values, scale.values[1:], strict=False)):
            yield Broken(f"{field}.steps", _("Verdiene skal stige fra første til siste trinn."))
        if any(not SMALLEST <= value <= LARGEST for value in scale.values):
            yield Broken(f"{field}.steps", _("En verdi er for stor eller for liten."))


def _item(content: Content, field: str, item: Item) -> Iterator[Broken]:
    for name in _OWN:
        if name not in FIELDS[item.kind] and getattr(item, name) not in ("", (), None):
            text = _("«%(name)s» hører ikke til spørsmål av typen %(kind)s.")
            yield Broken(f"{field}.{name}", text % {"name": name, "kind": item.kind.value})
    if "scale" in FIELDS[item.kind] and content.scale(item.scale) is None:
        yield Broken(f"{field}.scale", _("Skalaen «%(code)s» finnes ikke.") % {"code": item.scale[:60]})
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE) and not item.options:
        yield Broken(f"{field}.options", _("Spørsmålet har ingen svar å velge mellom."))
    if item.kind is Kind.MATRIX and not item.rows:
        yield Broken(f"{field}.rows", _("Tabellen har ingen rader."))
    smallest, largest = bounds(item)
    if not SMALLEST <= smallest <= largest <= LARGEST:
        yield Broken(f"{field}.smallest", _("Grensene for tallet passer ikke sammen."))
    if item.longest is not None and not 1 <= item.longest <= LONGEST_ANSWER:
        text = _("Et svar i egne ord kan ha fra 1 til %(longest)d tegn.")
        yield Broken(f"{field}.longest", text % {"longest": LONGEST_ANSWER})


def bounds(item: Item) -> tuple[int, int]:
    """The smallest and largest number that may be answered."""
    smallest = SMALLEST if item.smallest is None else item.smallest
    return smallest, LARGEST if item.largest is None else item.largest


def may_be_answered(content: Content, item: Item) -> tuple[str, ...]:
    """What a condition may name as an answer of an item: steps of its scale as numbers, or codes of its options."""
    if item.kind is Kind.SCALE and (scale := content.scale(item.scale)):
        return tuple(str(value) for value in scale.values)
    return tuple(option.code for option in item.options)


def _condition(content: Content, field: str, item: Item, earlier: dict[str, Item]) -> Iterator[Broken]:
    condition, field = item.shown_if, f"{field}.shown_if"
    if condition is None:
        return
    about = earlier.get(condition.item)
    if about is None:
        text = _("Vilkåret viser til «%(code)s», som ikke er et tidligere spørsmål.")
        yield Broken(f"{field}.item", text % {"code": condition.item[:60]})
    elif bool(condition.any_of) == (condition.at_least is not None):
        yield Broken(field, _("Vilkåret skal ha enten «any_of» eller «at_least»."))
    elif condition.any_of:
        known = may_be_answered(content, about)
        for answer in condition.any_of:
            if answer not in known:
                text = _("«%(answer)s» er ikke et svar på «%(code)s».")
                yield Broken(f"{field}.any_of", text % {"answer": answer[:60], "code": about.code})
        if len(set(condition.any_of)) < len(condition.any_of):
            yield Broken(f"{field}.any_of", _("Samme svar står to ganger."))
    elif about.kind not in (Kind.SCALE, Kind.NUMBER):
        yield Broken(f"{field}.at_least", _("«at_least» kan bare brukes om skalaer og tall."))


def _factors(content: Content) -> Iterator[Broken]:
    scored = content.scored()
    for field, factor in _numbered("factors", content.factors):
        yield from _factor(field, factor, scored)


def _factor(field: str, factor: Factor, scored: dict[str, str]) -> Iterator[Broken]:
    for code in factor.items:
        if code not in scored:
            text = _("«%(code)s» er ikke et spørsmål med skala, eller en rad i en tabell.")
            yield Broken(f"{field}.items", text % {"code": code[:100]})
    if len({scored[code] for code in factor.items if code in scored}) > 1:
        yield Broken(f"{field}.items", _("Spørsmålene i et tema skal ha samme skala."))
    for name in ("items", "reversed", "goals"):
        given: tuple[str, ...] = getattr(factor, name)
        if len(set(given)) < len(given):
            yield Broken(f"{field}.{name}", _("Det samme står to ganger."))
    for code in factor.reversed:
        if code not in factor.items:
            text = _("«%(code)s» er snudd, men er ikke med i temaet.")
            yield Broken(f"{field}.reversed", text % {"code": code[:100]})
    for goal in factor.goals:
        if not good_code(goal):
            yield Broken(f"{field}.goals", _("«%(code)s» er ikke id-en til et mål.") % {"code": goal[:60]})
