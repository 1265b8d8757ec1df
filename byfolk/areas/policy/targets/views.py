"""Seeing and setting an indicator's yearly targets for a unit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.policy.addresses import targets_url
from byfolk.areas.policy.places import find_place
from byfolk.areas.policy.targets.forms import TargetForm
from byfolk.areas.policy.targets.page import context_of, initial, told
from byfolk.areas.policy.targets.queries import TargetsPage, change_of, latest_change, targets_page
from byfolk.engines.goals import actions
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction, Indicator
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today


@door("figures.see")
def targets(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """The targets year by year; for those who may, also the form that sets one. What has no better way has no page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted, place, on = _indicator(indicator), find_place(code), today()
    page = targets_page(actor, wanted, place, on)
    if request.method == "POST":
        if not page.may:
            raise Http404
        return _change(request, actor, page)
    year = _year(page, request.GET.get("ar", "")) or on.year
    form = TargetForm(indicator=wanted, years=page.may_set_years, initial=initial(page, year)) if page.may else None
    return _page(request, page, form, year)


def _change(request: HttpRequest, actor: Actor, page: TargetsPage) -> HttpResponse:
    wanted, unit = page.indicator, page.place.unit
    if "remove" in request.POST:
        year = _year(page, request.POST["remove"])
        if year is None:
            raise Http404
        actions.remove_target(actor=actor, unit=unit, indicator=wanted.code, year=year)
        return _done(actor, page, year)
    form = TargetForm(request.POST, indicator=wanted, years=page.may_set_years)
    if not form.is_valid():
        return _page(request, page, form, _year(page, request.POST.get("year", "")) or page.on.year)
    year, target = form.cleaned_data["year"], page.target(form.cleaned_data["year"])
    asked = (form.cleaned_data["value"], form.cleaned_data["tolerance"])
    if target is not None and page.is_own(year) and (target.value, target.tolerance) == asked:
        return _to(page, likt=1)
    actions.set_target(actor=actor, unit=unit, indicator=wanted.code, **form.cleaned_data)
    return _done(actor, page, year)


@door("targets.set")
@require_POST
def undo(request: HttpRequest, indicator: str, code: str, change: int) -> HttpResponse:
    """Set a target back to what it was before one's own latest change."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted, place = _indicator(indicator), find_place(code)
    found = change_of(actor, wanted, place, change)
    if found is None:
        raise Http404
    try:
        actions.undo_target(actor=actor, unit=place.unit, indicator=wanted.code, change=found)
    except PermissionError:
        raise Http404 from None
    return HttpResponseRedirect(f"{targets_url(wanted.code, code)}?angret=1")


def _indicator(code: str) -> Indicator:
    try:
        wanted = registry.indicator(code)
    except LookupError:
        raise Http404 from None
    if wanted.direction is Direction.NEITHER:
        raise Http404
    return wanted


def _year(page: TargetsPage, text: str) -> int | None:
    return next((year for year in page.may_set_years if str(year) == text), None)


def _done(actor: Actor, page: TargetsPage, year: int) -> HttpResponseRedirect:
    change = latest_change(actor, page.indicator, page.place, year)
    return _to(page, endring=change.id) if change else _to(page)


def _to(page: TargetsPage, **more: int) -> HttpResponseRedirect:
    address = targets_url(page.indicator.code, page.place.unit.code)
    return HttpResponseRedirect(f"{address}?{urlencode(more)}" if more else address)


def _page(request: HttpRequest, page: TargetsPage, form: TargetForm | None, year: int) -> HttpResponse:
    return render(request, "policy/targets.html", context_of(page, form, year) | {"done": _notice(request, page)})


def _notice(request: HttpRequest, page: TargetsPage) -> dict[str, Any] | None:
    if request.GET.get("angret"):
        return {"title": _("Endringen er angret."), "text": _("Målet er slik det var før.")}
    if request.GET.get("likt"):
        return {"title": _("Ingenting er endret."), "text": _("Målet var slik fra før.")}
    made = next((one for one in page.changes if str(one.id) == request.GET.get("endring")), None)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if made is None or made.by_person_id != actor.person_id or made.unit_id != page.place.unit.pk:
        return None
    return told(page, made)
