"""The demo's page where anyone may step in as one of the cast: only in a demo, and only from the machine that it runs
on.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from byfolk.demo.cast import EMPLOYED, Persona
from byfolk.kernel.access.second_step import DEMO
from byfolk.kernel.organisation.queries import municipality
from byfolk.portal.sign_in.people import known_person, may_come_in, user_of

SENTENCES = {
    "kari": _(
        "Leder personalpolitikken i hele byen. Ser tall for alle enheter, aldri en enkelt lønn eller et enkelt fravær."
    ),
    "amir": _("Leder Omsorgsetaten. Ser tallene for etaten og dem som jobber der."),
    "solveig": _("Leder Bjerkelia sykehjem. Ser dem som jobber på sykehjemmet, og ingen andre."),
    "jonas": _("Jobber på Bjerkelia sykehjem. Ser det som er registrert om ham selv, og hvem som har sett på det."),
    "ingrid": _("Jobber i en helt annen etat. Jonas og Solveig ser ingenting om henne."),
    "mette": _("HR-rådgiver i Omsorgsetaten. Hjelper lederne der."),
    "tor": _("Hovedtillitsvalgt i Omsorgsetaten. Ser tall for etaten, ikke enkeltpersoner."),
    "lise": _("Sykepleier og verneombud på Bjerkelia sykehjem."),
    "per": _("Revisor. Ser at noen har lest noe følsomt, hvem og hvorfor, men ikke hva det var."),
    "nora": _("Kommunikasjonsrådgiver for hele byen."),
    "anne": _(
        "Systemansvarlig. Gir roller og henter inn personaldata. Ser eksempler, endringer og feil i filene, også "
        "verdier som gjelder enkeltpersoner. Ellers ser hun det alle ser."
    ),
}
"""What one meets by stepping in as each of the cast."""
_LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]"}
_PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def step_in(request: HttpRequest) -> HttpResponse:
    """GET: the cast. POST `persona`: sign in as that person and go home.

    It takes no token, so that a script can step in; a form on another site cannot, since its origin is another.
    """
    known = municipality()
    if known is None or not known.demo or not _is_local(request) or _is_from_elsewhere(request):
        raise Http404
    if request.method != "POST":
        cast = [{"key": p.key, "name": p.name, "title": _title(p), "text": SENTENCES[p.key]} for p in EMPLOYED]
        return render(request, "demo/step_in.html", {"cast": cast})
    persona = next((p for p in EMPLOYED if p.key == request.POST.get("persona")), None)
    person_id = known_person("employee_number", persona.employee_number or "") if persona else None
    if persona is None or not may_come_in(person_id):
        raise Http404
    user = user_of(person_id, persona.employee_number)  # type: ignore[arg-type]
    logout(request)
    record_authentication(request, user, DEMO)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect("/")


def _title(persona: Persona) -> str:
    """What the persona is called at work, in the reader's language."""
    titles = {"nb": persona.title_nb, "nn": persona.title_nn, "en": persona.title_en}
    return titles.get((get_language() or "nb").split("-")[0], persona.title_nb)


def _is_local(request: HttpRequest) -> bool:
    """Whether both ends are this machine. A proxy in front makes everyone look local, so its headers close the page."""
    if any(name in request.META for name in _PROXIED):
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and name in _LOCAL_NAMES


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site sent the form."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
