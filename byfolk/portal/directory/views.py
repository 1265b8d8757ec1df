"""The staff directory: find a colleague, see where they work and how to reach them."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.queries import leadership_of, open_units, path_to
from byfolk.kernel.people.models import Card
from byfolk.kernel.time import today
from byfolk.portal.directory import queries

PAGE = 50


@door("directory.see")
def directory(request: HttpRequest) -> HttpResponse:
    """Everyone who works here, by name, searched by text and unit."""
    text = request.GET.get("q", "").strip()[:80]
    code = request.GET.get("unit", "")
    unit = get_object_or_404(Unit, code=code) if code else None
    found = queries.colleagues(request.actor, text=text, unit=unit)  # type: ignore[attr-defined]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    agencies = open_units(today()).filter(level=Level.AGENCY)
    context = {
        "page": page,
        "rows": [_row(card) for card in page],
        "text": text,
        "unit": unit,
        "units": _unit_choices(list(agencies), unit),
        "query": _query(text, code),
    }
    return render(request, "portal/directory/list.html", context)


@door("directory.see")
def colleague(request: HttpRequest, person: int) -> HttpResponse:
    """One colleague's card."""
    card = get_object_or_404(Card.objects.select_related("unit"), person_id=person)
    path = path_to(card.unit)
    leader = _leader(path, card, today())
    context = {"card": card, "path": path, "leader": leader, "crumbs": _crumbs(card)}
    return render(request, "portal/directory/card.html", context)


def _leader(path: list[Unit], card: Card, on: dt.date) -> Card | None:
    """Whoever leads the nearest unit that the person does not lead."""
    leaders = leadership_of([unit.id for unit in path], on)
    for unit in reversed(path):
        if (who := leaders.get(unit.id)) and who != card.person_id:
            return Card.objects.filter(person_id=who).first()
    return None


def _crumbs(card: Card) -> list[dict[str, str]]:
    return [{"label": _("Kolleger"), "url": reverse("directory")}, {"label": card.name}]


def _row(card: Card) -> dict[str, str]:
    return {
        "name": card.name,
        "url": reverse("colleague", args=[card.person_id]),
        "title": card.title,
        "unit": card.unit.name,
        "unit_url": reverse("organisation_unit", args=[card.unit.code]),
        "contact": card.phone or card.email,
    }


def _unit_choices(agencies: list[Unit], chosen: Unit | None) -> list[tuple[str, str, bool]]:
    known = agencies if chosen is None or chosen in agencies else [chosen, *agencies]
    return [(unit.code, unit.name, unit == chosen) for unit in known]


def _query(text: str, code: str) -> str:
    parts = {key: value for key, value in (("q", text), ("unit", code)) if value}
    return urlencode(parts) + "&" if parts else ""
