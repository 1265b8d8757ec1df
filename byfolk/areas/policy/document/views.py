"""Reading the policy: versions, areas and goals."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.policy.choices import choose
from byfolk.areas.policy.document import goal as goals
from byfolk.areas.policy.document import reading
from byfolk.areas.policy.document.forms import OwnMeasureForm
from byfolk.areas.policy.document.words import find_version, url
from byfolk.areas.policy.places import find_place
from byfolk.engines.goals import markdown, versions
from byfolk.engines.indicators import queries as indicators
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@door("policy.see")
def policy(request: HttpRequest) -> HttpResponse:
    """The policy that is in force."""
    actor = actor_of(request)
    current = versions.adopted(actor)
    if current is None:
        return render(request, "policy/document/none.html", {"may_write": actor.may("policy.write")})
    return render(request, "policy/document/front.html", reading.front(actor, current, today()))


@door("policy.see")
def version(request: HttpRequest, number: int) -> HttpResponse:
    """The front of a version."""
    actor = actor_of(request)
    return render(request, "policy/document/front.html", reading.front(actor, find_version(actor, number), today()))


@door("policy.see")
def area(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """A focus area of a version."""
    actor = actor_of(request)
    found = reading.area(actor, find_version(actor, number), key, today())
    return render(request, "policy/document/area.html", found)


@door("policy.see")
def area_now(request: HttpRequest, key: str) -> HttpResponse:
    """A focus area of the policy that is in force, by its stable id."""
    current = versions.adopted(actor_of(request))
    if current is None:
        raise Http404
    return HttpResponseRedirect(url("policy_area", current.number, key))


@door("policy.see")
def all_versions(request: HttpRequest) -> HttpResponse:
    """Every version that the reader may read."""
    return render(request, "policy/document/versions.html", reading.version_list(actor_of(request)))


@door("policy.see")
def file(request: HttpRequest, number: int) -> HttpResponse:
    """A version as Markdown."""
    actor = actor_of(request)
    found = find_version(actor, number)
    answer = HttpResponse(markdown.write(versions.document(actor, found)), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="personalpolitikk-{found.number}.md"'
    return answer


@door("policy.see")
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """A goal, in the unit that `?enhet=` names: else the reader's own, else the municipality."""
    return goal_answer(request, key)


def goal_answer(request: HttpRequest, key: str, form: OwnMeasureForm | None = None) -> HttpResponse:
    """The page of a goal. `form`: what was written of an own measure, with what is wrong in it."""
    actor, on = actor_of(request), today()
    own = actor.held[0].unit_code if actor.held else None
    place = find_place(request.GET.get("enhet") or own)
    choice = choose(request.GET, indicators.periods(actor), above=place.above is not None)
    page = goals.goal_page(actor, key, place, choice, on)
    context = goals.context_of(actor, page, indicators.publication(actor), on)
    if form is None and page.writes_for:
        form = OwnMeasureForm(units=page.writes_for)
    return render(request, "policy/document/goal.html", context | {"done": _done(request), "form": form})


def _done(request: HttpRequest) -> str:
    told = {
        "egne": _("Tiltaket er skrevet."),
        "fjernet": _("Tiltaket er fjernet."),
        "eier": _("Eieren er endret."),
    }
    return told.get(request.GET.get("gjort", ""), "")
