"""Actions on the pages of figures, units and the steering board: what this reader sees of them there.

Those pages are kept for all who would see the same (`drawing`), so what is given here is plain data that can be part
of what a page is kept under.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.action import words
from byfolk.areas.policy.addresses import actions_url, start_url
from byfolk.areas.policy.places import Place
from byfolk.engines.actions import queries
from byfolk.engines.actions.models import Action
from byfolk.engines.actions.rules import may_steer
from byfolk.engines.indicators.definition import Direction, Indicator
from byfolk.kernel.rights import Actor
from byfolk.lib.charts import Flag

IN_UNIT = 6


@dataclass(frozen=True)
class Line:
    """One action as the pages show it, in words."""

    id: int
    title: str
    unit: str
    owner: str
    started_on: dt.date
    due: dt.date
    indicator: str
    figure: str
    change: str
    change_word: str
    late: str
    state: str
    tone: str


@dataclass(frozen=True)
class Beside:
    """The actions of a page, whether the reader may start one there, and where all of them are (empty: not for the
    reader).
    """

    lines: tuple[Line, ...]
    start_url: str
    board_url: str

    @property
    def flags(self) -> list[Flag]:
        """The actions as numbered flags of a chart, in the order of the lines."""
        return [Flag(line.started_on, line.title) for line in self.lines]

    @property
    def notes(self) -> list[str]:
        """What stands beneath a chart with flags."""
        return [f"{line.title}, {words.day_text(line.started_on)}" for line in self.lines]


def on_figure(actor: Actor, indicator: Indicator, place: Place, on: dt.date) -> Beside:
    """The actions that should move a unit's figure. Four queries at most."""
    found = queries.of_figure(actor, indicator.code, place.unit.pk)
    steers = may_steer(actor, place.ids) and place.closed_on(on) is None
    start = (
        start_url(place.unit.code, indicator.code) if steers and indicator.direction is not Direction.NEITHER else ""
    )
    board = actions_url(place.unit.code) if found or steers else ""
    return Beside(_lines(actor, found, on), start, board)


def on_unit(actor: Actor, place: Place, on: dt.date) -> Beside:
    """A unit's own open actions, those due first. Five queries at most."""
    if not queries.sees_unit(actor, place.unit.pk, place.ids):
        return Beside((), "", "")
    found = queries.of_unit(actor, place.unit.pk, limit=IN_UNIT)
    steers = may_steer(actor, place.ids) and place.closed_on(on) is None
    return Beside(_lines(actor, found, on), start_url(place.unit.code) if steers else "", actions_url(place.unit.code))


def on_board(actor: Actor, place: Place, on: dt.date) -> Beside:
    """A unit's own open actions, for the goals of its steering board; as on the unit's page."""
    return on_unit(actor, place, on)


def _lines(actor: Actor, found: Iterable[Action], on: dt.date) -> tuple[Line, ...]:
    rows = list(found)
    if not rows:
        return ()
    moved = queries.moved(actor, rows)
    lines = []
    for row in rows:
        change, word = words.short_move(row, moved[row.pk])
        standing = words.state_cell(row, on)
        tag = standing.get("tag", {})
        lines.append(
            Line(
                row.pk, row.title, row.unit.name, row.owner_name, row.started_on, row.due, row.indicator,
                words.figure_name(row), change, word, str(standing.get("word", "")), str(tag.get("word", "")),
                str(tag.get("tone", "plain")),
            )
        )  # fmt: skip
    return tuple(lines)


def figure_context(beside: Beside, indicator: Indicator) -> dict[str, Any]:
    """What the page of a figure shows of its actions."""
    return {
        "start_url": beside.start_url,
        "doing": _figure_table(beside, indicator) if beside.lines else None,
        "actions_url": beside.board_url,
        "no_actions": bool(beside.start_url) and not beside.lines,
    }


def _figure_table(beside: Beside, indicator: Indicator) -> dict[str, Any]:
    heads = {
        Direction.DOWN: _("Tiltak for å få tallet ned"),
        Direction.UP: _("Tiltak for å få tallet opp"),
        Direction.NEITHER: _("Tiltak"),
    }
    title = heads[indicator.direction]
    labels = (_("Ansvarlig"), _("Startet"), _("Frist"), _("Endring siden start"), _("Status"))
    return {
        "title": title,
        "caption": title,
        "columns": [
            {"label": _("Tiltak")},
            *({"label": label, "numeric": place == 3} for place, label in enumerate(labels)),
        ],
        "rows": [
            {
                "cells": [
                    {"value": f"{number}. {line.title}", "url": reverse("action", args=[line.id])},
                    {"value": line.owner, "label": labels[0]},
                    {"value": words.day_text(line.started_on), "label": labels[1]},
                    {"value": words.day_text(line.due), "label": labels[2]},
                    {"value": line.change, "note": line.change_word, "label": labels[3], "numeric": True},
                    _standing(line) | {"label": labels[4]},
                ]
            }
            for number, line in enumerate(beside.lines, start=1)
        ],
    }


def _standing(line: Line) -> dict[str, Any]:
    return {"status": "far", "word": line.late} if line.late else {"tag": {"word": line.state, "tone": line.tone}}


def unit_context(beside: Beside) -> dict[str, Any]:
    """What the page of a unit shows of its actions; nothing for those whom they do not concern."""
    rows = [
        {
            "label": line.title,
            "url": reverse("action", args=[line.id]),
            "note": _("%(figure)s, frist %(due)s") % {"figure": line.figure, "due": words.day_text(line.due)}
            if line.figure
            else _("Frist %(due)s") % {"due": words.day_text(line.due)},
            **_standing(line),
        }
        for line in beside.lines
    ]
    return {"actions": rows, "actions_url": beside.board_url, "start_url": beside.start_url}


def doing_of(beside: Beside, indicators: Iterable[str]) -> dict[str, Any] | None:
    """What is being done for a goal, for its row on the steering board: the action due first, and how many more."""
    codes = set(indicators)
    lines = [line for line in beside.lines if line.indicator in codes]
    if not lines:
        return None
    first, more = lines[0], len(lines) - 1
    text = f". {_('Frist %(due)s') % {'due': words.day_text(first.due)}}."
    if more:
        text += " " + _("%(n)d til.") % {"n": more}
    return {"link": {"label": first.title, "url": reverse("action", args=[first.id])}, "text": text}


def start_links(beside: Beside, codes: Iterable[str]) -> Mapping[str, str]:
    """Where an action is started from each of these figures; empty where the reader may not."""
    return {code: f"{beside.start_url}?tall={code}" for code in codes} if beside.start_url else {}
