"""The steering board's pages and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.policy.board.download import board_sheets
from byfolk.areas.policy.board.page import context_of
from byfolk.areas.policy.board.queries import Board, board_of
from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.places import Place, find_place, has_two_histories
from byfolk.areas.policy.wording import language
from byfolk.engines.indicators import queries as indicators
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def board(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """The board of a unit: by its code, by `?enhet=`, else the unit that the reader leads or holds a role for,
    else the city.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = find_place(request.GET.get("enhet") or code or _own_code(actor))
    on = today()
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    if choice is None:
        return render(request, "policy/no_figures.html", {"place": place, "title": _("Styringstavle")})
    read = board_of(actor, place, choice, language=language(), on=on, opened=request.GET.get("apne", ""))
    kind = wanted_kind(request)
    if kind:
        return file_answer(kind, board_sheets(read), name=f"styringstavle-{place.unit.code}-{choice.period:%Y-%m}")
    context = context_of(
        read,
        units=_units(read),
        on=on,
        everything=request.GET.get("vis") == "alle",
        own=actor.leads[0].unit_id if actor.leads else actor.unit_id,
        moved=has_two_histories(place.unit),
    )
    return render(request, "policy/board.html", context)


def _own_code(actor: Actor) -> str | None:
    return actor.held[0].unit_code if actor.held else None


def _units(read: Board) -> list[dict[str, Any]]:
    """The units that the choice of unit offers: those above, this one, and those below it, or beside it at the
    bottom.
    """
    place: Place = read.place
    options = [_option(unit.code, unit.name, depth, place) for depth, unit in enumerate(place.path)]
    below = sorted((row.unit for row in read.rows), key=lambda unit: unit.sort_key)
    if below:
        return options + [_option(unit.code, unit.name, len(place.path), place) for unit in below]
    beside = [unit for unit in read.peer_units if unit.pk != place.unit.pk]
    return options + [_option(unit.code, unit.name, len(place.path) - 1, place) for unit in beside]


def _option(code: str, name: str, depth: int, place: Place) -> dict[str, Any]:
    # An option cannot be indented by style, so its depth is spaces that do not collapse.
    return {"value": code, "label": "\u2003" * depth + name, "chosen": code == place.unit.code}
