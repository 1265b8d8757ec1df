"""The page of a unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.places import find_place
from byfolk.areas.policy.unit.download import unit_sheets
from byfolk.areas.policy.unit.page import context_of
from byfolk.areas.policy.unit.queries import unit_page
from byfolk.areas.policy.wording import language
from byfolk.engines.indicators import queries as indicators
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit: its people, its figures and the units below it. An unknown code is not found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, on = find_place(code), today()
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    page = unit_page(actor, place, choice, language=language(), on=on)
    kind = wanted_kind(request)
    if kind:
        return file_answer(kind, unit_sheets(page), name=f"enhet-{place.unit.code}")
    return render(request, "policy/unit.html", context_of(page, on=on, number=request.GET.get("page", "1")))
