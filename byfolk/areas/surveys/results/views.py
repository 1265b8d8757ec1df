"""Results for those who may see them on that day: what one may not see is not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.areas.surveys.results import page
from byfolk.areas.surveys.results.places import own_unit, start_url
from byfolk.engines.questionnaires.results import queries
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor


@door("results.see")
def rounds(request: HttpRequest) -> HttpResponse:
    """The surveys with results, each for the unit nearest to the reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = page.rounds_rows(queries.ready(actor, own_unit(actor)))
    return render(request, "surveys/results/rounds.html", {"rows": rows})


@door("results.see")
def unit(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """One unit's result."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.result(actor, campaign, code)
    if found is None:
        raise Http404
    return render(request, "surveys/results/unit.html", page.context_of(found, start_url=start_url(actor, found)))
