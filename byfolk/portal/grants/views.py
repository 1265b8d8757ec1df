"""The administrator's pages for roles: who has which, give, end, and what was changed by whom and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.kernel.access.doors import door, may_in
from byfolk.kernel.access.models import Grant
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import ROLE_TITLES, Actor, Role, data_kinds
from byfolk.kernel.time import OSLO, day_of, now, today
from byfolk.lib import norwegian
from byfolk.portal.grants import actions, queries
from byfolk.portal.grants.forms import GRANTED, EndRoleForm, GiveRoleForm

PAGE = 50
FOUND = 20


@door("grants.manage")
def grants(request: HttpRequest) -> HttpResponse:
    """Who has which role."""
    text, role = request.GET.get("q", "").strip()[:80], request.GET.get("role", "")
    page = Paginator(queries.grants_in_force(today(), role=role, text=text), PAGE).get_page(request.GET.get("page"))
    names = names_of(grant.person_id for grant in page)
    context = {
        "page": page,
        "rows": [_row(grant, names, request.actor) for grant in page],  # type: ignore[attr-defined]
        "text": text,
        "roles": [(r.value, ROLE_TITLES[r], r.value == role) for r in GRANTED],
        "query": f"role={role if role in GRANTED else ''}&q={text}&" if text or role else "",
        "done": _done(request),
    }
    return render(request, "portal/grants/list.html", context)


@door("grants.manage")
def choose_person(request: HttpRequest) -> HttpResponse:
    """First whom: found in the directory."""
    text = request.GET.get("q", "").strip()[:80]
    found = list(queries.people(text)[: FOUND + 1]) if text else []
    rows = [
        {
            "title": card.name,
            "text": f"{card.title}, {card.unit.name}",
            "avatar": card.name,
            "url": reverse("give_role_to", args=[card.person_id]),
        }
        for card in found[:FOUND]
    ]
    return render(request, "portal/grants/choose.html", {"text": text, "rows": rows, "more": len(found) > FOUND})


@door("grants.manage")
def give(request: HttpRequest, person: int) -> HttpResponse:
    """Then what: first the form, then what it will mean, then done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    card = get_object_or_404(Card.objects.select_related("unit"), person_id=person)
    form = GiveRoleForm(request.POST or None, on=today())
    context: dict[str, Any] = {"form": form, "card": card}
    if request.method == "POST" and form.is_valid():
        role, unit = Role(form.cleaned_data["role"]), form.cleaned_data["unit"]
        if card.person_id == actor.person_id:
            form.add_error(None, _("Du kan ikke gi deg selv en rolle. Be en annen systemansvarlig om det."))
        elif not may_in(actor, "grants.manage", unit.pk):
            form.add_error("unit", _("Du kan bare gi roller i de enhetene du er systemansvarlig for."))
        elif "confirmed" in request.POST:
            made = actions.give_role(
                actor=actor, person=card, role=role, unit=unit, period=form.period, reason=form.cleaned_data["reason"]
            )
            return _back(made.pk)
        else:
            return render(request, "portal/grants/confirm.html", context | _meaning(role, unit, form.period))
    return render(request, "portal/grants/give.html", context)


@door("grants.manage")
def end(request: HttpRequest, grant: int) -> HttpResponse:
    """End a role, after saying why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(queries.grants_in_force(today()), pk=grant)
    if not may_in(actor, "grants.manage", found.unit_id):
        raise Http404
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.is_last_administrator(found, today()):
            form.add_error(None, _("Noen må være systemansvarlig. Gi rollen til en annen først."))
        else:
            actions.end_role(actor=actor, grant=found, on=today(), reason=form.cleaned_data["reason"])
            return _back(grant)
    name = names_of([found.person_id]).get(found.person_id, "")
    return render(
        request,
        "portal/grants/end.html",
        {"form": form, "grant": found, "name": name, "role": ROLE_TITLES[Role(found.role)]},
    )


@door("grants.manage")
@require_POST
def undo(request: HttpRequest, change: int) -> HttpResponse:
    """Take back one's own latest change."""
    done = queries.change(change_id=change)
    if done is None:
        raise Http404
    try:
        actions.undo_change(actor=request.actor, done=done, now=now())  # type: ignore[attr-defined]
    except PermissionError:
        raise Http404 from None
    return HttpResponseRedirect(reverse("grants") + "?angret=1")


@door("grants.history")
def history(request: HttpRequest) -> HttpResponse:
    """What was changed, by whom and why."""
    number = max(1, int(request.GET.get("page", "1") or 1)) if request.GET.get("page", "1").isdigit() else 1
    changes = queries.history(PAGE + 1, (number - 1) * PAGE)
    names = names_of({c.person_id for c in changes} | {c.by_person_id for c in changes if c.by_person_id})
    units = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in={c.unit_id for c in changes})}
    rows = [{"cells": _cells(c, names, units)} for c in changes[:PAGE]]
    columns = [{"label": label} for label in (_("Når"), _("Hva"), _("Hvem"), _("Rolle"), _("Av"), _("Grunn"))]
    context = {
        "rows": rows,
        "columns": columns,
        "next": number + 1 if len(changes) > PAGE else None,
        "previous": number - 1,
    }
    return render(request, "portal/grants/history.html", context)


def _row(grant: Grant, names: dict[int, str], actor: Actor) -> dict[str, Any]:
    name = names.get(grant.person_id) or _("En som ikke står i adresseboka")
    return {
        "name": name,
        "role": ROLE_TITLES[Role(grant.role)],
        "unit": grant.unit.name,
        "period": _period(grant.valid.lower, grant.valid.upper),
        "end": reverse("end_role", args=[grant.pk]),
    }


def _day(date: dt.date) -> str:
    return norwegian.day(date, get_language() or "nb")


def _period(start: dt.date, end_before: dt.date | None) -> str:
    if end_before is None:
        return _("fra %(start)s") % {"start": _day(start)}
    return f"{_day(start)} – {_day(end_before - dt.timedelta(days=1))}"


def _meaning(role: Role, unit: Unit, period: actions.Period) -> dict[str, Any]:
    sees = [kind.title for kind in data_kinds() if any(seer.role is role for seer in kind.seen_by)]
    return {"role": ROLE_TITLES[role], "unit": unit, "period": _period(*period), "sees": sees}


def _back(grant_id: int) -> HttpResponseRedirect:
    done = queries.change(grant_id=grant_id)
    return HttpResponseRedirect(reverse("grants") + (f"?endring={done.id}" if done else ""))


def _done(request: HttpRequest) -> dict[str, Any] | None:
    if request.GET.get("angret"):
        return {"title": _("Endringen er angret.")}
    number = request.GET.get("endring", "")
    done = queries.change(change_id=int(number)) if number.isdigit() and len(number) < 10 else None
    if done is None or done.by_person_id != request.actor.person_id:  # type: ignore[attr-defined]
        return None
    given = done.what == "insert"
    title = _("Rollen er gitt.") if given else _("Rollen er avsluttet.")
    can_undo = done.is_latest and now() - done.at <= actions.UNDO_WITHIN
    return {"title": title, "undo": reverse("undo_role", args=[done.id]) if can_undo else ""}


def _cells(done: queries.Change, names: dict[int, str], units: dict[int, str]) -> list[dict[str, Any]]:
    what = {"insert": _("Gitt"), "update": _("Endret"), "delete": _("Fjernet")}[done.what]
    at = done.at.astimezone(OSLO)
    unknown = _("En som ikke står i adresseboka")
    by = names.get(done.by_person_id, unknown) if done.by_person_id else _("Systemet")
    return [
        {"value": f"{_day(day_of(at))} {norwegian.clock(at, get_language() or 'nb')}"},
        {"value": what},
        {"value": names.get(done.person_id, unknown)},
        {"value": f"{ROLE_TITLES[Role(done.role)]}, {units.get(done.unit_id, '')}"},
        {"value": by},
        {"value": done.reason},
    ]
