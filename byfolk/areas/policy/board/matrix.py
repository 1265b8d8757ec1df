"""Units by goals: the table from which any workplace is two presses away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.addresses import FigureLinks, board_url
from byfolk.areas.policy.board.attention import people_text
from byfolk.areas.policy.board.queries import Board, Opened, UnitRow
from byfolk.areas.policy.board.rows import status_word
from byfolk.areas.policy.places import kind_of
from byfolk.engines.goals.queries import GoalStanding
from byfolk.engines.goals.rules import Status
from byfolk.kernel.organisation.models import Level
from byfolk.lib import norwegian

SHOWN = 12
#: More links than this stand in a box of their own that scrolls.
LINKS_BEFORE_BOX = 90
ANCHOR = "#enheter"


@dataclass(frozen=True)
class Matrix:
    """The matrix as its component takes it, with what leads to the rest."""

    groups: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    title: str
    lead: str
    unit_label: str
    caption: str
    all_link: dict[str, str] | None
    inside: dict[str, Any] | None


def matrix_of(board: Board, *, everything: bool, chosen: int | None) -> Matrix:
    """The matrix of a board. `everything` shows all units instead of the first; `chosen` is the reader's own unit."""
    kind = kind_of([row.unit for row in board.rows])
    shown = list(board.rows) if everything else _first(board, SHOWN)
    marks = _Marks(board)
    can_open = board.place.unit.level < Level.SECTION
    rows: list[dict[str, Any]] = []
    for row in shown:
        opened = board.opened if board.opened and board.opened.unit.pk == row.unit.pk else None
        rows.append(_row(row, board, marks, 1, opened is not None, can_open, chosen))
        if opened:
            rows += [_row(one, board, marks, 2, False, False, chosen) for one in opened.rows[:SHOWN]]
            if len(opened.rows) > SHOWN:
                rows.append(_more(opened, board))
    return Matrix(
        groups=_groups(board),
        rows=rows,
        title=_("Virksomheter og enheter")
        if can_open and board.place.unit.level < Level.AGENCY
        else norwegian.sentence(kind.many),
        lead=_lead(board, can_open),
        unit_label=_("%(kind)s og antall ansatte") % {"kind": norwegian.sentence(kind.one)},
        caption=_("Status for hvert mål i %(units)s") % {"units": kind.these},
        all_link=_all_link(board, kind.many, everything),
        inside=_inside(board.opened, board) if board.opened else None,
    )


def _first(board: Board, n: int) -> list[UnitRow]:
    """The first rows; the one that the reader has opened comes before them where it is not among them."""
    shown = list(board.rows[:n])
    opened = board.opened
    if opened and all(row.unit.pk != opened.unit.pk for row in shown):
        shown = [row for row in board.rows[n:] if row.unit.pk == opened.unit.pk] + shown
    return shown


def _lead(board: Board, can_open: bool) -> str:
    order = _("De med flest mål langt unna står øverst.")
    if can_open and board.place.unit.level < Level.AGENCY:
        return _("Åpne en virksomhet, og velg en enhet. Hvert merke går rett til tallet.") + " " + order
    return _("Velg en enhet. Hvert merke går rett til tallet.") + " " + order


def _groups(board: Board) -> list[dict[str, Any]]:
    return [
        {
            "name": area.short,
            "goals": [{"number": one.goal.number if area.number else "", "name": one.goal.title} for one in goals],
        }
        for area, goals in board.standing
    ]


def _row(
    row: UnitRow, board: Board, marks: _Marks, level: int, is_open: bool, can_open: bool, chosen: int | None
) -> dict[str, Any]:
    code = row.unit.code
    to_open = can_open and not is_open
    return {
        "name": row.unit.name,
        "url": board_url(board.place.unit.code, board.choice, apne=code) + ANCHOR
        if to_open
        else board_url(code, board.choice),
        "count": people_text(row.people),
        "level": level,
        "leaf": not can_open,
        "open": is_open,
        "chosen": row.unit.pk == chosen,
        "cells": marks.of(row),
    }


class _Marks:
    """Makes the cells of every row: what they have in common is looked up once, since a city has hundreds."""

    def __init__(self, board: Board) -> None:
        self._links = FigureLinks(board.choice)
        self._begins = [place == 0 for _area, goals in board.standing for place in range(len(goals))]
        self._words = {
            (one.goal.number, status): f"{one.goal.short}: {word()}"
            for one in board.goals
            for status, word in WORDS.items()
        }

    def of(self, row: UnitRow) -> list[dict[str, Any]]:
        """The cells of a unit, in the order of the goals."""
        return [self._cell(one, row.unit.code, first=first) for one, first in zip(row.goals, self._begins, strict=True)]

    def _cell(self, one: GoalStanding, code: str, *, first: bool) -> dict[str, Any]:
        weakest, words = one.weakest, self._words[one.goal.number, one.status]
        if one.status is Status.NOT_MEASURED and (other := status_word(weakest)):
            words = f"{one.goal.short}: {other}"
        url = self._links.of(weakest.indicator.code, code) if weakest else ""
        return {"status": one.status, "url": url, "words": words, "first": first}


WORDS = {
    Status.REACHED: lambda: _("Nådd"),
    Status.NEAR: lambda: _("Nær"),
    Status.FAR: lambda: _("Langt unna"),
    Status.NOT_MEASURED: lambda: _("Uten tall"),
    Status.HIDDEN: lambda: _("Skjult"),
}


def _more(opened: Opened, board: Board) -> dict[str, Any]:
    text = ngettext("Vis tavlen med alle %(n)d enheter", "Vis tavlen med alle %(n)d enheter", len(opened.rows))
    url = board_url(opened.unit.code, board.choice, vis="alle") + ANCHOR
    return {"level": 2, "more": {"label": text % {"n": len(opened.rows)}, "url": url}}


def _all_link(board: Board, kinds: str, everything: bool) -> dict[str, str] | None:
    if len(board.rows) <= SHOWN:
        return None
    code = board.place.unit.code
    if everything:
        return {"label": _("Vis de %(n)d første") % {"n": SHOWN}, "url": board_url(code, board.choice) + ANCHOR}
    text = _("Vis alle %(n)d %(kind)s") % {"n": len(board.rows), "kind": kinds}
    return {"label": text, "url": board_url(code, board.choice, vis="alle") + ANCHOR}


def _inside(opened: Opened, board: Board) -> dict[str, Any] | None:
    """Links to every unit in the one that is open, at whatever depth: each under the unit right below the opened
    one.
    """
    if not opened.every:
        return None
    query = board.choice.query()
    base = board_url("0")[: -len("0")]
    parents = {pk: parent for _code, _name, _level, pk, parent in opened.every}
    groups: dict[int, dict[str, Any]] = {}
    for code, name, _level, pk, _parent in opened.every:
        top = _top(pk, opened.unit.pk, parents)
        link = {"name": name, "url": f"{base}{quote(code)}{query}"}
        group = groups.setdefault(top, {"head": None, "links": []})
        if pk == top:
            group["head"] = link
        else:
            group["links"].append(link)
    return {
        "title": _("Alle enheter i %(name)s") % {"name": opened.unit.name},
        "groups": list(groups.values()),
        "boxed": len(opened.every) > LINKS_BEFORE_BOX,
        "n": len(opened.every),
    }


def _top(pk: int, root: int, parents: dict[int, int | None]) -> int:
    """The unit right below `root` that `pk` lies in."""
    while (parent := parents.get(pk)) is not None and parent != root and parent in parents:
        pk = parent
    return pk
