"""The first steps of a new installation, for its administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from byfolk.kernel.access.doors import door
from byfolk.portal.first_steps.queries import progress


@door("installation.start")
def first_steps(request: HttpRequest) -> HttpResponse:
    """Organisation, people, roles, figures: what is done, and what comes next."""
    found = progress()
    steps = [
        _step(
            found.organisation,
            _("Hent inn organisasjonen"),
            "imports",
            _("En fil med enhetene: kode, navn, nivå og enheten over."),
        ),
        _step(
            found.people,
            _("Hent inn de ansatte"),
            "imports",
            _("En fil fra lønnssystemet: hvem som har hvilken stilling, hvor og hvor mye."),
        ),
        _step(
            found.roles,
            _("Gi roller"),
            "grants",
            _("HR-direktør, HR-rådgivere og revisor. Ledere får sin rolle av enheten de leder."),
        ),
        _step(
            found.figures,
            _("Lag de første tallene"),
            "board",
            _("Skjer av seg selv etter en import. Du kan også kjøre «byfolk figures refresh»."),
        ),
    ]
    current = next((step for step in steps if not step["done"]), None)
    return render(
        request, "portal/first_steps/first_steps.html", {"steps": steps, "current": current, "done": found.done}
    )


def _step(done: bool, title: str, url_name: str, text: str) -> dict[str, object]:
    try:
        url = reverse(url_name)
    except NoReverseMatch:
        url = ""
    return {"done": done, "title": title, "url": url, "text": text}
