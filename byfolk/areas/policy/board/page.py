"""The board as its template takes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action.beside import Beside
from byfolk.areas.policy.addresses import board_url, unit_url
from byfolk.areas.policy.board import attention, matrix, rows
from byfolk.areas.policy.board.hidden import hidden_rows
from byfolk.areas.policy.board.queries import Board
from byfolk.areas.policy.choices import compare_field, period_field, tree_field
from byfolk.areas.policy.explaining.beside import Explained
from byfolk.areas.policy.places import Place, kind_of, successors_of
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.sentences import verdict, without_figures
from byfolk.engines.indicators.answers import PublicationAbout
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian


def context_of(
    board: Board,
    *,
    publication: PublicationAbout | None,
    on: dt.date,
    everything: bool,
    own: int | None,
    moved: bool,
    doing: Beside,
    explained: Explained,
) -> dict[str, Any]:
    """Everything that `policy/board.html` needs.

    `own` is the reader's own unit, where it is in the matrix; `moved` says that a reorganisation has touched the unit,
    so that its history may be shown in two trees.
    """
    place, choice = board.place, board.choice
    above = place.above.name if place.above else None
    fields = [
        {"name": "enhet", "label": _("Enhet"), "options": _units(board)},
        period_field(choice),
        compare_field(choice, above),
    ]
    if moved:
        fields.append(tree_field(choice))
    goals = board.goals
    hidden = hidden_rows(board)
    return {
        "title": _("Styringstavle for %(unit)s") % {"unit": place.unit.name},
        "place": place,
        "unit": place.unit,
        "fields": fields,
        "published": published_text(publication),
        "tabs": _tabs(board, bool(hidden)),
        "closed": closed_note(place, on),
        "verdict": verdict([(one.goal.short, one.status) for one in goals]),
        "without": without_figures([one.status for one in goals]),
        "index": rows.index(board),
        "attention": attention.first_to_see(board, doing),
        "areas": rows.areas(board, doing, explained),
        "areas_lead": _areas_lead(board),
        "peers_head": rows.peers_head(board),
        "change_head": rows.change_head(board),
        "matrix": matrix.matrix_of(board, everything=everything, chosen=own) if board.rows else None,
        "hidden": hidden,
        "csv_url": _download(board, "csv"),
        "xlsx_url": _download(board, "xlsx"),
        "unit_url": unit_url(place.unit.code),
    }


def _download(board: Board, kind: str) -> str:
    return board_url(board.place.unit.code, board.choice, last=kind)


def _tabs(board: Board, hidden: bool) -> list[dict[str, Any]]:
    tabs: list[dict[str, Any]] = [{"label": _("Oversikt"), "url": "#content", "current": True}]
    tabs.append({"label": _("Mål for mål"), "url": "#mal"})
    if board.rows:
        tabs.append({"label": norwegian.sentence(kind_of([row.unit for row in board.rows]).many), "url": matrix.ANCHOR})
    if hidden:
        tabs.append({"label": _("Tall du ikke ser"), "url": "#skjult"})
    return tabs


def _areas_lead(board: Board) -> str:
    sentences = [_("Stiplet linje er målet.")]
    peers = [unit for unit in board.peer_units if unit.pk != board.place.unit.pk]
    if peers:
        kind = kind_of(board.peer_units)
        text = ngettext(
            "Prikken er den andre enheten, den blå streken er %(unit)s.",
            "Prikkene er %(kinds)s, den blå streken er %(unit)s.",
            len(peers),
        )
        sentences.append(text % {"kinds": kind.these, "unit": board.place.unit.name})
    sentences.append(_("Endring i prosent er i prosentpoeng. Hvert tall åpner forklaring, kilder og historie."))
    return " ".join(sentences)


def published_text(publication: PublicationAbout | None) -> str:
    """When the figures were made and when the next ones come."""
    if publication is None:
        return ""
    made = norwegian.day(day_of(publication.at), language())
    following = norwegian.day(publication.next_on, language())
    return _("Publisert %(made)s. Neste tall kommer %(next)s.") % {"made": made, "next": following}


def closed_note(place: Place, on: dt.date) -> dict[str, Any] | None:
    """That the unit has closed, when, and what took over; None for one that is open."""
    closed = place.closed_on(on)
    if closed is None:
        return None
    return {
        "text": _("%(unit)s ble lagt ned %(day)s. Tallene er de siste som finnes.")
        % {"unit": place.unit.name, "day": norwegian.day(closed, language())},
        "links": [{"label": one.name, "url": board_url(one.code)} for one in successors_of(place.unit)],
    }


def _units(board: Board) -> list[dict[str, Any]]:
    """The units to choose between: those above, this one, and those below it, or beside it at the bottom."""
    place = board.place
    options = [_option(unit.code, unit.name, depth, place) for depth, unit in enumerate(place.path)]
    below = sorted((row.unit for row in board.rows), key=lambda unit: unit.sort_key)
    if below:
        return options + [_option(unit.code, unit.name, len(place.path), place) for unit in below]
    beside = [unit for unit in board.peer_units if unit.pk != place.unit.pk]
    return options + [_option(unit.code, unit.name, len(place.path) - 1, place) for unit in beside]


def _option(code: str, name: str, depth: int, place: Place) -> dict[str, Any]:
    # An option cannot be indented by style, so its depth is spaces that do not collapse.
    return {"value": code, "label": "\u2003" * depth + name, "chosen": code == place.unit.code}
