"""A policy's plain text as a draft: areas, goals and measures found and put in place for a person to correct.

Text copied from slides or a printed document has lost its columns. What can be read from it: headings in capitals,
lists, and where columns ended. Nothing is invented, and every line that was not understood is handed back. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb

from django.utils.translation import gettext as _

from byfolk.engines.goals.document import Document, Paragraph
from byfolk.engines.goals.markdown import LARGEST, Fault, NotAPolicy
from byfolk.lib.texts import key_for, one_line

BULLETS = ("•", "–", "·", "- ", "* ", "▪", "◦", "\uf0b7")
HEADING_AT_MOST = 70
#: A heading of a goal has at least so many words, when several stand on one line.
WORDS_IN_A_GOAL = 2
#: More ways to divide a list than this are not all weighed.
WAYS_AT_MOST = 20_000
_STEM = 4
#: What speaks against a way to divide a list: no cut where a column seems to end, and only one row of columns.
UNSEEN_END, ONE_ROW = 60.0, 20.0
#: What speaks for it: a point that has one of its goal's words.
IN_COMMON = 3.0


@dataclass(frozen=True)
class Found:
    """The draft, and the lines that were not understood: (line, text)."""

    document: Document
    left: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class _Item:
    """A point of a list, or a paragraph. `height` is how many lines it took; `ends`: a column seems to end after it."""

    line: int
    text: str
    point: bool
    height: int
    ends: bool


@dataclass(frozen=True)
class _Section:
    """What stands under a heading in capitals; the heading is empty before the first."""

    line: int
    heading: str
    items: tuple[_Item, ...]


def draft_from_text(content: bytes) -> Found:
    """The policy that can be found in a text. Raises `NotAPolicy` where it is no text, or holds no area."""
    if len(content) > LARGEST:
        raise NotAPolicy([Fault(1, _("Filen er over 2 MB. En personalpolitikk er aldri så stor."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotAPolicy([Fault(line, _("Linjen er ikke skrevet i UTF-8."))]) from None
    found = _Finding(_sections(text))
    if not found.areas:
        raise NotAPolicy([Fault(1, _("Vi fant ingen områder: en overskrift i store bokstaver, med punkter under."))])
    return found.draft()


def _sections(text: str) -> list[_Section]:
    sections: list[_Section] = []
    line, heading, lines = 1, "", list[tuple[int, str]]()
    for number, raw in enumerate(text.split("\n"), start=1):
        content = one_line(raw)
        if _is_heading(content):
            sections.append(_Section(line, heading, _items(lines)))
            line, heading, lines = number, content, []
        else:
            lines.append((number, content))
    sections.append(_Section(line, heading, _items(lines)))
    return sections


def _is_heading(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and text.isupper() and len(text) <= HEADING_AT_MOST and not text.startswith(BULLETS)


def _items(lines: Sequence[tuple[int, str]]) -> tuple[_Item, ...]:
    found: list[_Item] = []
    parts: list[str] = []
    start, point, blank = 0, False, True

    def close(ends: bool) -> None:
        if parts:
            found.append(_Item(start, " ".join(parts), point, len(parts), ends and len(parts) == 1))

    for number, text in lines:
        if not text:
            blank = True
            continue
        starts = text.startswith(BULLETS)
        # A point that was broken over two lines may have an empty one between them.
        goes_on = bool(parts) and not starts and (not blank or (point and text[0].islower()))
        if goes_on:
            parts.append(text)
        else:
            close(blank)
            parts, start, point = [one_line(text.lstrip("•–·-*▪◦\uf0b7"))] if starts else [text], number, starts
        blank = False
    close(True)
    return tuple(found)


class _Finding:
    """Puts what was read in place."""

    def __init__(self, sections: Sequence[_Section]) -> None:
        self.sections = sections
        self.areas = [one for one in sections if one.heading and _is_area(one)]
        self.taken: set[str] = set()
        self.used: set[int] = set()
        others = [one for one in sections if one not in self.areas]
        self.known = [item.text for one in others for item in one.items if not item.point]

    def draft(self) -> Found:
        """The document and what is left."""
        title = next((item for item in self.sections[0].items if not item.point), None)
        name = title.text if title else _("Personalpolitikk")
        if title:
            self.used.add(title.line)
        found = [*self._purposes(), *self._reputation(), *(self._area(one) for one in self.areas)]
        said = {one.title["nb"].lower() for area in found for one in (area, *area.children)}
        left = [
            (item.line, item.text)
            for one in self.sections
            for item in one.items
            if item.line not in self.used and item.text.lower() not in said
        ]
        return Found(Document({"nb": name}, tuple(found)), tuple(sorted(left)))

    def _made(self, kind: str, text: str, children: Sequence[Paragraph] = ()) -> Paragraph:
        key = key_for(text, self.taken)
        self.taken.add(key)
        return Paragraph(key, kind, {"nb": text}, children=tuple(children))

    def _purposes(self) -> list[Paragraph]:
        """Points right after a line that says what the policy is to do."""
        found: list[Paragraph] = []
        for section in self.sections:
            if section in self.areas:
                continue
            after = False
            for item in section.items:
                if item.point and after:
                    found.append(self._made("purpose", item.text))
                    self.used.add(item.line)
                elif not item.point:
                    after = bool(re.search(r"politikken skal\b", item.text.lower()))
                    if after:
                        self.used.add(item.line)
        return found

    def _reputation(self) -> list[Paragraph]:
        section = next((one for one in self.sections if "OMDØMME" in one.heading and one not in self.areas), None)
        if section is None:
            return []
        words = []
        for item in section.items:
            if item.point or len(item.text.split()) != item.height:
                break
            words += item.text.split()
            self.used.add(item.line)
        goals = [self._made("goal", ", ".join(words))] if words else []
        return [self._made("reputation", section.heading.capitalize(), goals)]

    def _area(self, section: _Section) -> Paragraph:
        self.used |= {item.line for item in section.items}
        made = self._made("area", section.heading.capitalize())
        items = list(section.items)
        first = next(place for place, item in enumerate(items) if not item.point)
        children = [self._made("challenge", item.text) for item in items[:first]]
        for headings, points in _blocks(items[first:]):
            titles = self._headings([one.text for one in headings])
            shares = divide(titles, points)
            for title, share in zip(titles, shares, strict=True):
                measures = [self._made("measure", item.text) for item in share]
                children.append(self._made("goal", title, measures))
        return Paragraph(made.key, made.kind, made.title, children=tuple(children))

    def _headings(self, texts: Sequence[str]) -> list[str]:
        """The goals that a group of heading lines names. A heading may be broken over an empty line."""
        known = {one.lower() for one in self._known()}
        whole = " ".join(texts)
        if any(one in whole.lower() for one in known):
            return self._titles(whole)
        joined: list[str] = []
        for text in texts:
            if joined and text[0].islower():
                joined[-1] = f"{joined[-1]} {text}"
            else:
                joined.append(text)
        return joined

    def _known(self) -> list[str]:
        """Headings of several words that stand alone elsewhere in the text, the longest first."""
        return sorted({one for one in self.known if len(one.split()) >= WORDS_IN_A_GOAL}, key=len, reverse=True)

    def _titles(self, text: str) -> list[str]:
        """The headings on a line where several columns begin, by those that stand alone elsewhere in the text."""
        known = self._known()
        titles: list[str] = []
        rest = text
        while rest:
            first = next((one for one in known if _begins(rest, one)), None)
            if first is None:
                # What stands before a heading that is known is a heading too.
                places = [rest.lower().find(one.lower()) for one in known]
                place = min((one for one in places if one > 0), default=len(rest))
                titles.append(rest[:place].strip())
                rest = rest[place:].strip()
            else:
                titles.append(rest[: len(first)])
                rest = rest[len(first) :].strip()
        return [title for title in titles if title]


def _begins(text: str, known: str) -> bool:
    return text.lower().startswith(known.lower()) and (len(text) == len(known) or text[len(known)] == " ")


def _is_area(section: _Section) -> bool:
    """Points, then a heading, then points: what is hard, what is wanted, and what is to be done."""
    kinds = [item.point for item in section.items]
    first = next((place for place, point in enumerate(kinds) if not point), None)
    return first is not None and first > 0 and any(kinds[first:])


def _blocks(items: Sequence[_Item]) -> list[tuple[list[_Item], list[_Item]]]:
    """Headings that stand together, each time with the points that follow them."""
    blocks: list[tuple[list[_Item], list[_Item]]] = []
    for item in items:
        if not item.point and (not blocks or blocks[-1][1]):
            blocks.append(([], []))
        blocks[-1][1 if item.point else 0].append(item)
    return blocks


def divide(titles: Sequence[str], points: Sequence[_Item]) -> list[list[_Item]]:
    """Which of the points belong to which of the goals side by side.

    Columns are read one after the other, once or twice down the page. They are about as long and as high as each
    other, and a point often has a word of its goal.
    """
    columns = len(titles)
    if columns < 2 or len(points) < columns:
        return [list(points), *([] for _each in titles[1:])]
    best: tuple[float, list[list[_Item]]] | None = None
    for rows in (1, 2):
        if rows == 2 and len(points) < 2 * columns:
            continue
        found = _best_cut(titles, points, rows)
        if best is None or found[0] < best[0]:
            best = found
    assert best is not None
    return best[1]


def _best_cut(titles: Sequence[str], points: Sequence[_Item], rows: int) -> tuple[float, list[list[_Item]]]:
    columns, n = len(titles), len(points)
    parts = rows * columns
    ends = [place + 1 for place, one in enumerate(points[:-1]) if one.ends]
    meant = [[_in_common(title, titles, one, points) for title in titles] for one in points]
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations(_places(n, parts - 1, ends), parts - 1):
        bounds = (0, *cuts, n)
        spans = list(pairwise(bounds))
        heights = [sum(one.height for one in points[a:b]) for a, b in spans]
        cost = UNSEEN_END * sum(place not in cuts for place in ends) + (ONE_ROW if rows == 1 else 0)
        cost += sum((b - a - n / parts) ** 2 for a, b in spans)
        for row in range(rows):
            side = heights[row * columns : (row + 1) * columns]
            cost += max(side) - min(side)
        cost -= IN_COMMON * sum(meant[at][part % columns] for part, (a, b) in enumerate(spans) for at in range(a, b))
        if best is None or cost < best[0]:
            best = (cost, bounds)
    assert best is not None
    shares: list[list[_Item]] = [[] for _each in titles]
    for part, (a, b) in enumerate(pairwise(best[1])):
        shares[part % columns] += points[a:b]
    return best[0], shares


def _places(n: int, cuts: int, ends: Sequence[int]) -> Sequence[int]:
    """Where a list may be cut: everywhere, or in a very long one only here and there."""
    step = 1
    places: Sequence[int] = range(1, n)
    while comb(len(places), cuts) > WAYS_AT_MOST and len(places) > cuts:
        step += 1
        thinned = sorted({*ends, *range(step, n, step)})
        places = (
            thinned
            if len(thinned) >= cuts and step < n // (cuts + 1)
            else [n * k // (cuts + 1) for k in range(1, cuts + 1)]
        )
    return places


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w+", text.lower()) if len(word) >= _STEM}


def _in_common(title: str, titles: Sequence[str], point: _Item, points: Sequence[_Item]) -> bool:
    """Whether a point has one of the title's own words, also inside a longer one; words of many points do not count."""
    others = set().union(*(_stems(one) for one in titles if one != title))
    own = _stems(title) - others
    few = {stem for stem in own if sum(stem in one.text.lower() for one in points) <= len(points) / 3}
    return any(stem in point.text.lower() for stem in few)
