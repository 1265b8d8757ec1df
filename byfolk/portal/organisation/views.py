"""The organisation browser: from the municipality to any workplace."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from byfolk.areas.policy.drawing import drawn
from byfolk.engines.indicators.queries import publication
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import children_of, history_of, path_to, root
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today
from byfolk.portal.organisation import queries


@door("organisation.see")
def organisation(request: HttpRequest, code: str = "") -> HttpResponse:
    """One unit with what lies below it. Without a code: the whole municipality. The same for everyone, so drawn once
    and kept for a while.
    """
    unit = get_object_or_404(Unit, code=code) if code else root()
    if unit is None:
        return render(request, "portal/organisation/empty.html")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    on, newest = today(), publication(actor)
    return drawn(
        request,
        "portal/organisation/unit.html",
        of=(unit.pk, unit.name, unit.level, str(unit.valid), on, newest and newest.id),
        context=lambda: _context(actor, unit, on),
    )


def _context(actor: Actor, unit: Unit, on: dt.date) -> dict[str, Any]:
    path = path_to(unit)
    line, *lines = queries.lines_of(actor, [unit, *children_of(unit, on)], on)
    crumbs = [{"label": step.name, "url": reverse("organisation_unit", args=[step.code])} for step in path]
    return {
        "title": unit.name,
        "unit": unit,
        "line": line,
        "open": on in unit.valid,
        "lines": lines,
        "history": history_of(unit),
        "crumbs": crumbs if len(crumbs) > 1 else [],
    }
