"""The steering board's page and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.policy.action import beside
from byfolk.areas.policy.board.download import board_sheets
from byfolk.areas.policy.board.page import context_of
from byfolk.areas.policy.board.queries import board_of, surroundings_of
from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.drawing import drawn, where
from byfolk.areas.policy.explaining import beside as explaining
from byfolk.areas.policy.places import find_place, has_two_histories
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.queries import fingerprint
from byfolk.engines.indicators import queries as indicators
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def board(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """The board of a unit: by its code, by `?enhet=`, else the unit that the reader leads or holds a role for, else the
    city."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, on = find_place(request.GET.get("enhet") or code or _own_code(actor)), today()
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    if choice is None:
        return render(request, "policy/no_figures.html", {"place": place, "title": _("Styringstavle")})
    around = surroundings_of(place, on=on, opened=request.GET.get("apne", ""))
    kind = wanted_kind(request)
    if kind:
        read = board_of(actor, place, choice, around, language=language(), on=on)
        return file_answer(kind, board_sheets(read), name=f"styringstavle-{place.unit.code}-{choice.period:%Y-%m}")
    publication = indicators.publication(actor)
    everything = request.GET.get("vis") == "alle"
    own = _own_unit(actor)
    own = own if own in {unit.pk for unit in (*around.below, *around.under)} else None
    moved = has_two_histories(place.unit)
    doing, explained = beside.on_board(actor, place, on), explaining.on_unit(actor, place, choice)
    below = tuple((unit.pk, unit.name) for unit in (*around.below, *around.under))
    return drawn(
        request,
        "policy/board.html",
        of=(
            where(place, on), choice, publication and publication.id, below, around.opened and around.opened.pk,
            everything, own, moved, fingerprint(actor, around.ids(place)), doing, explained,
        ),
        context=lambda: context_of(
            board_of(actor, place, choice, around, language=language(), on=on),
            publication=publication, on=on, everything=everything, own=own, moved=moved, doing=doing,
            explained=explained,
        ),
    )  # fmt: skip


def _own_code(actor: Actor) -> str | None:
    return actor.held[0].unit_code if actor.held else None


def _own_unit(actor: Actor) -> int | None:
    return actor.leads[0].unit_id if actor.leads else actor.unit_id
