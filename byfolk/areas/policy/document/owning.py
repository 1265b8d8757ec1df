"""Owners of goals and measures, and agencies' own measures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.policy.document.forms import OwnerForm, OwnMeasureForm
from byfolk.areas.policy.document.views import actor_of, goal_answer
from byfolk.areas.policy.document.words import here, name_of, owner_text, url
from byfolk.engines.goals import owning, versions
from byfolk.engines.goals.document import Placed, by_key
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.queries import leadership_of, open_units
from byfolk.kernel.rights import Actor, Role
from byfolk.kernel.time import now, today


@door("policy.own_measures")
@require_POST
def add_own(request: HttpRequest, key: str) -> HttpResponse:
    """Write a measure of the own agency under a goal."""
    actor = actor_of(request)
    units = versions.own_agencies(actor)
    if not units:
        raise Http404
    form = OwnMeasureForm(request.POST, units=units)
    if not form.is_valid():
        return goal_answer(request, key, form)
    unit = next(unit for unit in units if str(unit.pk) == form.cleaned_data["unit"])
    try:
        owning.add_own_measure(actor=actor, goal_key=key, unit=unit, text=form.cleaned_data["text"], now=now())
    except LookupError:
        raise Http404 from None
    return HttpResponseRedirect(url("policy_goal", key, enhet=unit.code, gjort="egne"))


@door("policy.own_measures")
@require_POST
def remove_own(request: HttpRequest, key: str, measure: int) -> HttpResponse:
    """Take away one of the own agency's measures."""
    actor = actor_of(request)
    mine = {unit.pk for unit in versions.own_agencies(actor)}
    found = next((one for one in versions.own_measures(actor, key, mine) if one.pk == measure), None)
    if found is None:
        raise Http404
    owning.remove_own_measure(actor=actor, measure=found)
    return HttpResponseRedirect(url("policy_goal", key, enhet=found.unit.code, gjort="fjernet"))


@door("policy.write")
def owner(request: HttpRequest, key: str) -> HttpResponse:
    """Say who answers for a goal or a measure of the policy in force."""
    actor, on = actor_of(request), today()
    placed = _owned(actor, key)
    units = list(open_units(on).filter(level__lte=Level.AGENCY))
    known = versions.owners(actor, [key]).get(key)
    if request.method == "POST" and "remove" in request.POST:
        owning.remove_owner(actor=actor, key=key)
        return _back(placed)
    initial = {"role": known.role, "unit": known.unit_id, "named": bool(known.person_id)} if known else {}
    form = OwnerForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        unit = next(unit for unit in units if str(unit.pk) == form.cleaned_data["unit"])
        leads = leadership_of([unit.pk], on).get(unit.pk)
        person = leads if form.chosen is Role.LEADER and form.cleaned_data["named"] else None
        owning.set_owner(actor=actor, key=key, role=form.chosen, unit=unit, person_id=person)
        return _back(placed)
    context = {
        "form": form,
        "name": name_of(placed),
        "text": here(placed.paragraph.title),
        "known": owner_text(known),
        "crumbs": [
            {"label": _("Personalpolitikk"), "url": url("policy")},
            {"label": here(_goal(placed).paragraph.title), "url": url("policy_goal", _goal(placed).paragraph.key)},
            {"label": _("Eier")},
        ],
    }
    return render(request, "policy/document/owner.html", context)


def _owned(actor: Actor, key: str) -> Placed:
    current = versions.adopted(actor)
    placed = by_key(versions.document(actor, current)).get(key) if current else None
    if placed is None or placed.paragraph.kind not in owning.OWNED:
        raise Http404
    return placed


def _goal(placed: Placed) -> Placed:
    """The goal itself, or the one that a measure lies under."""
    if placed.paragraph.kind == "goal" or placed.above is None:
        return placed
    return Placed(placed.above, "", 0, None)


def _back(placed: Placed) -> HttpResponseRedirect:
    return HttpResponseRedirect(url("policy_goal", _goal(placed).paragraph.key, gjort="eier"))
