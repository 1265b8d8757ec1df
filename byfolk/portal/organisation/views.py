"""The organisation browser: from the municipality to any workplace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import children_of, history_of, path_to, root
from byfolk.kernel.time import today
from byfolk.portal.organisation import queries


@door("organisation.see")
def organisation(request: HttpRequest, code: str = "") -> HttpResponse:
    """One unit with what lies below it. Without a code: the whole municipality."""
    unit = get_object_or_404(Unit, code=code) if code else root()
    if unit is None:
        return render(request, "portal/organisation/empty.html")
    on = today()
    actor = request.actor  # type: ignore[attr-defined]
    path = path_to(unit)
    line, *lines = queries.lines_of(actor, [unit, *children_of(unit, on)], on)
    context = {
        "unit": unit,
        "line": line,
        "open": on in unit.valid,
        "lines": lines,
        "history": history_of(unit),
        "crumbs": [{"label": step.name, "url": reverse("organisation_unit", args=[step.code])} for step in path],
    }
    return render(request, "portal/organisation/unit.html", context)
