"""Changes to what an instrument asks, part by part: a content in, the changed content out. Pure."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from byfolk.engines.questionnaires.instruments import writing
from byfolk.engines.questionnaires.instruments.content import (
    Content,
    Factor,
    Item,
    Option,
    Scale,
    Section,
    Step,
    Texts,
)


class Part(enum.StrEnum):
    """What can be changed by itself."""

    FRONT = "front"
    SECTION = "section"
    ITEM = "item"
    FACTOR = "factor"
    SCALE = "scale"


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


One = TypeVar("One", bound=_Coded)
Change = Callable[[Content], Content]


def seen(content: Content, part: Part, code: str = "") -> str:
    """A mark of what a part says now: whoever changes it hands in the mark of what they saw. Empty: no such part."""
    whole = writing.plain(content)
    found: Any = None
    if part is Part.FRONT:
        found = [whole.get("title"), whole.get("intro")]
    elif part is Part.ITEM:
        section = content.section_of(code)
        rows = [item for one in whole.get("sections", ()) for item in one.get("items", ())]
        found = [section.code, *(item for item in rows if item["code"] == code)] if section else None
    else:
        found = next((one for one in whole.get(f"{part.value}s", ()) if one["code"] == code), None)
        if found and part is Part.SECTION:
            found = {name: value for name, value in found.items() if name != "items"}
    if found is None:
        return ""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def with_front(title: Texts, intro: Texts) -> Change:
    """Another title and introduction."""
    return lambda content: replace(content, title=title, intro=intro)


def with_section(section: Section) -> Change:
    """A section's title and introduction; one that is new comes last. Its items stay as they are."""

    def change(content: Content) -> Content:
        items = next((one.items for one in content.sections if one.code == section.code), ())
        return replace(content, sections=_put(content.sections, replace(section, items=items)))

    return change


def with_item(item: Item, section: str) -> Change:
    """An item in a section: in its place where it was there already, else last in the section."""

    def change(content: Content) -> Content:
        def made(one: Section) -> Section:
            if one.code == section:
                return replace(one, items=_put(one.items, item))
            return replace(one, items=tuple(other for other in one.items if other.code != item.code))

        return replace(content, sections=tuple(made(one) for one in content.sections))

    return change


def with_scale(scale: Scale) -> Change:
    """A scale; one that is new comes last."""
    return lambda content: replace(content, scales=_put(content.scales, scale))


def with_factor(factor: Factor) -> Change:
    """A factor; one that is new comes last."""
    return lambda content: replace(content, factors=_put(content.factors, factor))


def moved(part: Part, code: str, *, up: bool) -> Change:
    """A part that changes places with the one before or after it. An item at the end of its section goes on to the
    next; at either end of the instrument nothing happens.
    """

    def change(content: Content) -> Content:
        if part is Part.ITEM:
            return _item_moved(content, code, up=up)
        if part is Part.SECTION:
            return replace(content, sections=_swapped(content.sections, code, up=up))
        if part is Part.FACTOR:
            return replace(content, factors=_swapped(content.factors, code, up=up))
        return replace(content, scales=_swapped(content.scales, code, up=up))

    return change


def without(part: Part, code: str) -> Change:
    """A part that is taken out: a section with its items. Items that go are taken out of factors, and what was shown
    only after an answer to them is shown always.
    """

    def change(content: Content) -> Content:
        if part is Part.FACTOR:
            return replace(content, factors=_dropped(content.factors, code))
        if part is Part.SCALE:
            return replace(content, scales=_dropped(content.scales, code))
        gone = {item.code for item in content.items() if item.code == code} if part is Part.ITEM else set()
        if part is Part.SECTION:
            gone = {item.code for one in content.sections if one.code == code for item in one.items}
            content = replace(content, sections=_dropped(content.sections, code))
        return _without_items(content, gone)

    return change


def touched(content: Content, part: Part, code: str) -> tuple[list[Factor], list[Item]]:
    """What else changes when a part is taken out: factors that lose items, and items that lose their condition."""
    after = without(part, code)(content)
    left = {factor.code: factor for factor in after.factors}
    factors = [one for one in content.factors if one.code in left and left[one.code].items != one.items]
    items = [
        item
        for item in content.items()
        if item.shown_if and (now := after.item(item.code)) is not None and now.shown_if is None
    ]
    return factors, items


def options_of(
    lines: Sequence[Texts], before: Sequence[Option], fresh: Callable[[str, set[str]], str]
) -> tuple[Option, ...]:
    """Options as they are written now. One that says the same in bokmål keeps its code, wherever it has moved; one
    that is written anew in its old place keeps its code, too. `fresh(text, taken)` makes codes for the rest.
    """
    by_text = {option.text.nb: option.code for option in before}
    stay = {by_text[line.nb] for line in lines if line.nb in by_text}
    taken = {option.code for option in before}
    made: list[Option] = []
    used: set[str] = set()
    for place, line in enumerate(lines):
        code = by_text.get(line.nb, "")
        if not code and len(lines) == len(before) and before[place].code not in stay:
            code = before[place].code
        if not code or code in used:
            code = fresh(line.nb, taken)
        taken.add(code)
        used.add(code)
        made.append(Option(code, line))
    return tuple(made)


def steps_of(labels: Sequence[Texts], before: Sequence[Step], lowest: int = 1) -> tuple[Step, ...]:
    """Steps with these labels, from the lowest up: with the values that they had where there are as many, else with
    whole numbers from `lowest`.
    """
    values = [step.value for step in before] if len(before) == len(labels) else range(lowest, lowest + len(labels))
    return tuple(Step(value, label) for value, label in zip(values, labels, strict=True))


def _put(ones: tuple[One, ...], one: One) -> tuple[One, ...]:
    if any(other.code == one.code for other in ones):
        return tuple(one if other.code == one.code else other for other in ones)
    return (*ones, one)


def _dropped(ones: tuple[One, ...], code: str) -> tuple[One, ...]:
    return tuple(one for one in ones if one.code != code)


def _swapped(ones: tuple[One, ...], code: str, *, up: bool) -> tuple[One, ...]:
    order = list(ones)
    place = next((place for place, one in enumerate(order) if one.code == code), -1)
    other = place + (-1 if up else 1)
    if place >= 0 and 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return tuple(order)


def _item_moved(content: Content, code: str, *, up: bool) -> Content:
    section, item = content.section_of(code), content.item(code)
    if section is None or item is None:
        return content
    at_end = section.items[0 if up else -1].code == code
    if not at_end:
        changed = replace(section, items=_swapped(section.items, code, up=up))
        return replace(content, sections=_put(content.sections, changed))
    place = content.sections.index(section) + (-1 if up else 1)
    if not 0 <= place < len(content.sections):
        return content
    into = content.sections[place]
    items = (*into.items, item) if up else (item, *into.items)
    sections = _put(content.sections, replace(section, items=_dropped(section.items, code)))
    return replace(content, sections=_put(sections, replace(into, items=items)))


def _without_items(content: Content, gone: set[str]) -> Content:
    lost = {code for code in content.scored() if code.partition(".")[0] in gone} | gone

    def left(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if code not in lost and code.partition(".")[0] not in gone)

    def freed(item: Item) -> Item:
        return replace(item, shown_if=None) if item.shown_if and item.shown_if.item in gone else item

    sections = tuple(
        replace(one, items=tuple(freed(item) for item in one.items if item.code not in gone))
        for one in content.sections
    )
    factors = tuple(replace(one, items=left(one.items), reversed=left(one.reversed)) for one in content.factors)
    return replace(content, sections=sections, factors=factors)
