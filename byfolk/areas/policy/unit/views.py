"""The page of a unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from byfolk.areas.policy.action import beside
from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.drawing import drawn, where
from byfolk.areas.policy.explaining import beside as explaining
from byfolk.areas.policy.places import find_place, rows_below
from byfolk.areas.policy.unit.download import unit_sheets
from byfolk.areas.policy.unit.page import context_of
from byfolk.areas.policy.unit.queries import unit_page
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.queries import fingerprint
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
    below = rows_below(place.unit, on)
    kind = wanted_kind(request)
    if kind:
        sheets = unit_sheets(unit_page(actor, place, choice, below, language=language(), on=on))
        return file_answer(kind, sheets, name=f"enhet-{place.unit.code}")
    publication = indicators.publication(actor)
    number = request.GET.get("page", "1")
    seal = fingerprint(
        actor, {*place.ids, *(one.pk for one in below), *(one.parent_id for one in below if one.parent_id)}
    )
    doing = beside.on_unit(actor, place, on)
    explained = explaining.on_unit(actor, place, choice)
    names = tuple((one.pk, one.name) for one in below)
    return drawn(
        request,
        "policy/unit.html",
        of=(where(place, on), choice, publication and publication.id, names, number, seal, doing, explained),
        context=lambda: context_of(
            unit_page(actor, place, choice, below, language=language(), on=on),
            publication=publication,
            on=on,
            number=number,
            doing=doing,
            explained=explained,
        ),
    )
