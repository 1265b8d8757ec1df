"""The page of a figure, and the list of all figures with what they mean."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.action import beside
from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.drawing import drawn, where
from byfolk.areas.policy.explaining import beside as explaining
from byfolk.areas.policy.figure.download import figure_sheets
from byfolk.areas.policy.figure.page import context_of
from byfolk.areas.policy.figure.queries import page_of
from byfolk.areas.policy.guides.beside import about_figure
from byfolk.areas.policy.hiding import group_rule, part_rule
from byfolk.areas.policy.places import find_place, has_two_histories
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.queries import fingerprint
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import AGENCY
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def figure(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """One indicator in one unit. An unknown indicator or unit is not found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        wanted = registry.indicator(indicator)
    except LookupError:
        raise Http404 from None
    place, on = find_place(code), today()
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    if choice is None:
        return render(request, "policy/no_figures.html", {"place": place, "title": wanted.title})
    dimension = next((one for one in Dimension if one.value == request.GET.get("gruppe")), None)
    kind = wanted_kind(request)
    explained = explaining.on_figure(actor, wanted, place, choice)
    if kind:
        page = page_of(actor, wanted, place, choice, dimension=dimension, language=language(), on=on)
        return file_answer(
            kind, figure_sheets(page, explained), name=f"{wanted.code}-{place.unit.code}-{choice.period:%Y-%m}"
        )
    publication, moved = indicators.publication(actor), has_two_histories(place.unit)
    seal = fingerprint(actor, place.ids)
    doing = beside.on_figure(actor, wanted, place, on)
    guides = about_figure(actor, wanted)
    return drawn(
        request,
        "policy/figure.html",
        of=(
            where(place, on), wanted.code, choice, dimension, publication and publication.id, moved, seal, doing,
            explained, guides,
        ),
        context=lambda: context_of(
            page_of(
                actor, wanted, place, choice, dimension=dimension, language=language(), on=on, newest=publication
            ),
            moved=moved,
            on=on,
            doing=doing,
            explained=explained,
            guides=guides,
        ),
    )  # fmt: skip


@door("figures.see")
def index(request: HttpRequest) -> HttpResponse:
    """Every figure that Byfolk knows: what it means, and when it is shown."""
    top = root()
    rows = [
        {
            "title": one.title,
            "definition": one.definition,
            "url": reverse("figure", args=[one.code, top.code]) if top else "",
            "rule": group_rule(one) if one.minimum_group > 1 else f"{_('Vises alltid.')} {part_rule(one)}".strip(),
            "depth": "" if one.cadences(Level.WORKPLACE) else _depth(one.cadences(AGENCY)),
        }
        for one in registry.indicators()
    ]
    return render(request, "policy/figures.html", {"rows": rows})


def _depth(agencies: tuple[object, ...]) -> str:
    return _("Bare for kommunen og virksomhetene.") if agencies else _("Bare for hele kommunen.")
