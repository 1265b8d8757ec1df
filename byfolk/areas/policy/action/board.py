"""The board of a unit: what is being done there and below, as its template and its files take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action import words
from byfolk.areas.policy.addresses import actions_url, crumbs, start_url, unit_tabs
from byfolk.areas.policy.places import Place
from byfolk.areas.policy.wording import language
from byfolk.engines.actions import queries
from byfolk.engines.actions.models import OPEN, Action, State
from byfolk.engines.actions.queries import Moved, Wanted
from byfolk.engines.actions.rules import is_overdue
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import GoalAbout
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian
from byfolk.lib.tables import Sheet

ROWS = 40
ALL = "all"


@dataclass(frozen=True)
class Board:
    """A unit's actions: those that were asked for, a page of them, and what there is to choose between."""

    place: Place
    given: Mapping[str, str]
    page: Page
    rows: Sequence[Action]
    moved: Mapping[int, Moved]
    owners: Sequence[tuple[int, str]]
    goals: Sequence[GoalAbout]
    open: int
    overdue: int
    may_start: bool


def board_of(actor: Actor, place: Place, given: QueryDict, *, on: dt.date, may_start: bool, whole: bool) -> Board:
    """The board of a unit. `whole`: every row, for a file."""
    every = [goal for area in goals.policy(actor, language()) for goal in area.goals]
    goal = next((one for one in every if one.number == given.get("mal")), None)
    owners = queries.owners_below(actor, place.unit.pk)
    state = given.get("vis", "")
    owner = next((person for person, _name in owners if str(person) == given.get("ansvarlig")), None)
    wanted = Wanted(
        state if state in (*State.values, ALL) else "open",
        owner,
        goal.indicators if goal else None,
        goal.number if goal else "",
    )
    found = queries.on_board(actor, place.unit.pk, wanted)
    page = Paginator(found, ROWS).get_page(given.get("page"))
    rows = list(found) if whole else list(page)
    dues = list(queries.below(actor, place.unit.pk).filter(state__in=OPEN).values_list("due", flat=True))
    return Board(
        place=place,
        given={"vis": wanted.state, "ansvarlig": str(owner or ""), "mal": wanted.goal},
        page=page,
        rows=rows,
        moved=queries.moved(actor, rows),
        owners=owners,
        goals=every,
        open=len(dues),
        overdue=sum(is_overdue(due, on, is_open=True) for due in dues),
        may_start=may_start,
    )


def context_of(board: Board, *, on: dt.date) -> dict[str, Any]:
    """Everything that `policy/actions.html` needs."""
    place = board.place
    query = urlencode({key: value for key, value in board.given.items() if value and value != "open"})
    sections = [
        {"title": _HEADS()[State(state)], "table": _table(board, list(rows), on)}
        for state, rows in groupby(board.rows, key=lambda row: row.state)
    ]
    filtered = bool(query)
    return {
        "title": _("Tiltak for %(unit)s") % {"unit": place.unit.name},
        "unit": place.unit,
        "crumbs": crumbs(place, _("Tiltak")),
        "tabs": unit_tabs(place, "actions", actions=True),
        "verdict": verdict(board),
        "fields": _fields(board),
        "form_url": actions_url(place.unit.code),
        "sections": sections,
        "pages": board.page,
        "query": f"{query}&" if query else "",
        "filtered": filtered,
        "all_url": f"{actions_url(place.unit.code)}?vis={ALL}",
        "start_url": start_url(place.unit.code) if board.may_start else "",
        "csv_url": f"{actions_url(place.unit.code)}?{query}&last=csv",
        "xlsx_url": f"{actions_url(place.unit.code)}?{query}&last=xlsx",
    }


def verdict(board: Board) -> str:
    """How much is being done, and what is late, in a sentence or two."""
    if not board.open:
        return _("Ingen tiltak er i gang.")
    text = ngettext("%(n)s tiltak er i gang eller planlagt.", "%(n)s tiltak er i gang eller planlagt.", board.open)
    said = text % {"n": norwegian.sentence(_few(board.open))}
    if not board.overdue:
        return f"{said} {_('Ingen er over fristen.')}"
    late = ngettext("%(n)s er over fristen.", "%(n)s er over fristen.", board.overdue)
    return f"{said} {norwegian.sentence(late % {'n': _few(board.overdue)})}"


def _few(n: int) -> str:
    """A number of actions in words: "tiltak" is neuter, so one of them is "ett"."""
    return _("ett") if n == 1 else norwegian.in_words(n, language())


def _HEADS() -> dict[State, str]:
    return {
        State.IN_PROGRESS: _("Pågår"),
        State.PLANNED: _("Planlagt"),
        State.DONE: _("Ferdig"),
        State.DROPPED: _("Droppet"),
    }


def _fields(board: Board) -> list[dict[str, Any]]:
    states = [("open", _("Pågår og planlagt")), *((s.value, _HEADS()[s]) for s in _HEADS()), (ALL, _("Alle"))]
    owners = [("", _("Alle")), *((str(person), name) for person, name in board.owners)]
    every = [("", _("Alle")), *((goal.number, f"{goal.number} {goal.short}") for goal in board.goals)]
    return [
        _field("vis", _("Vis"), states, board.given["vis"]),
        _field("ansvarlig", _("Ansvarlig"), owners, board.given["ansvarlig"]),
        _field("mal", _("Mål"), every, board.given["mal"]),
    ]


def _field(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> dict[str, Any]:
    rows = [{"value": value, "label": text, "chosen": value == chosen} for value, text in options]
    return {"name": name, "label": label, "options": rows}


def _table(board: Board, rows: Sequence[Action], on: dt.date) -> dict[str, Any]:
    labels = {"owner": _("Ansvarlig"), "due": _("Frist"), "moved": _("Endring siden start"), "state": _("Status")}
    return {
        "caption": _("Tiltak for %(unit)s") % {"unit": board.place.unit.name},
        "columns": [
            {"label": _("Tiltak")},
            {"label": labels["owner"]},
            {"label": labels["due"]},
            {"label": labels["moved"], "numeric": True},
            {"label": labels["state"]},
        ],
        "rows": [{"cells": _cells(board, row, labels, on)} for row in rows],
    }


def _cells(board: Board, row: Action, labels: Mapping[str, str], on: dt.date) -> list[dict[str, Any]]:
    change, word = words.short_move(row, board.moved[row.pk])
    place = row.unit.name if row.unit_id != board.place.unit.pk else ""
    return [
        {
            "value": row.title,
            "url": reverse("action", args=[row.pk]),
            "note": " · ".join(part for part in (place, words.figure_name(row)) if part),
        },
        {"value": row.owner_name or _("Ikke i adresseboka"), "label": labels["owner"]},
        {"value": words.day_text(row.due), "label": labels["due"]},
        {"value": change, "note": word, "label": labels["moved"], "numeric": True},
        words.state_cell(row, on) | {"label": labels["state"]},
    ]


def sheets_of(board: Board, *, on: dt.date) -> list[Sheet]:
    """The board as a sheet. What is hidden has no number."""
    lines = []
    for row in board.rows:
        moved = board.moved[row.pk]
        lines.append(
            {
                "action": row.title,
                "unit": row.unit.name,
                "owner": row.owner_name,
                "started": row.started_on,
                "due": row.due,
                "state": str(State(row.state).label),
                "late": _("Ja") if is_overdue(row.due, on, is_open=row.is_open) else "",
                "figure": words.figure_name(row),
                "change": float(moved.movement.difference) if moved.movement.known else None,
                "note": words.moved_text(row, moved),
                "reason": row.reason,
            }
        )
    schema: dict[str, Any] = dict.fromkeys(
        ("action", "unit", "owner", "started", "due", "state", "late", "figure", "change", "note", "reason"), pl.String
    )
    schema |= {"started": pl.Date, "due": pl.Date, "change": pl.Float64}
    titles = {
        "action": _("Tiltak"), "unit": _("Enhet"), "owner": _("Ansvarlig"), "started": _("Startet"),
        "due": _("Frist"), "state": _("Status"), "late": _("Over fristen"), "figure": _("Tall"),
        "change": _("Endring siden start"), "note": _("Merknad"), "reason": _("Hvorfor det ble droppet"),
    }  # fmt: skip
    return [Sheet(_("Tiltak"), pl.DataFrame(lines, schema=schema), titles)]
