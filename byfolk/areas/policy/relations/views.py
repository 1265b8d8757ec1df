"""The page of what goes together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.policy.action import beside
from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.drawing import drawn, where
from byfolk.areas.policy.places import find_place
from byfolk.areas.policy.relations.page import context_of
from byfolk.areas.policy.relations.queries import relations_of
from byfolk.engines.indicators import queries as indicators
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def relations(request: HttpRequest, code: str) -> HttpResponse:
    """What goes together among the units below one. It shows published figures alone, so all who see those see it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, on = find_place(code), today()
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    if choice is None:
        return render(request, "policy/no_figures.html", {"place": place, "title": _("Hva henger sammen")})
    publication = indicators.publication(actor)
    edition = publication.id if publication else 0
    wanted = request.GET.get("enheter", "")
    actions = bool(beside.on_unit(actor, place, on).board_url)
    return drawn(
        request,
        "policy/relations.html",
        of=(where(place, on), choice, edition, wanted, actions),
        context=lambda: context_of(
            relations_of(actor, place, choice, wanted=wanted, on=on, edition=edition),
            publication=publication,
            actions=actions,
        ),
    )
