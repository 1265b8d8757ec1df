"""Reading instruments: the list, a version as a document, as a file, and as it looks on a phone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.surveys.instruments import page, phone
from byfolk.areas.surveys.instruments.words import actor_of, address, find_version, may_build
from byfolk.engines.questionnaires.instruments import queries
from byfolk.engines.questionnaires.instruments.models import State
from byfolk.engines.questionnaires.instruments.writing import as_yaml
from byfolk.kernel.access.doors import door


@door("instruments.see")
def index(request: HttpRequest) -> HttpResponse:
    """Every instrument that the reader may read."""
    context = page.index(actor_of(request)) | {"done": _done(request)}
    return render(request, "surveys/instruments/index.html", context)


@door("instruments.see")
def newest(request: HttpRequest, code: str) -> HttpResponse:
    """An instrument by its code: the version in use, else the newest that the reader may read."""
    found = queries.versions_of(actor_of(request), code)
    if not found:
        raise Http404
    return HttpResponseRedirect(address(next((one for one in found if one.state == State.IN_USE), found[0])))


@door("instruments.see")
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version as a document, with what can be done with it."""
    actor = actor_of(request)
    found = find_version(actor, code, number)
    context = page.version_page(actor, found, builds=may_build(actor, found)) | {"done": _done(request)}
    return render(request, "surveys/instruments/version.html", context)


@door("instruments.see")
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as YAML."""
    found = find_version(actor_of(request), code, number)
    text = as_yaml(found.instrument.code, found.instrument.kind, found.parsed)
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.instrument.code}-{found.number}.yaml"'
    return answer


@door("instruments.see")
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One item at a time as it looks on a phone: `?nr=7&sprak=nn`. Nothing is answered."""
    found = find_version(actor_of(request), code, number)
    return render(request, "surveys/instruments/preview.html", phone.preview(found, request.GET))


def _done(request: HttpRequest) -> str:
    told = {
        "laget": _("Skjemaet er laget. Bare de som lager skjemaer for enheten, ser utkastet."),
        "lagt": _("Det er lagt til."),
        "endret": _("Endringen er lagret."),
        "flyttet": _("Det er flyttet."),
        "fjernet": _("Det er tatt ut."),
        "vilkar": _("Vilkåret er lagret."),
        "lest": _("Filen er lest inn."),
        "versjon": _("Utkastet til ny versjon er laget. Den som er i bruk, er som før."),
        "bruk": _("Skjemaet er tatt i bruk. Fra nå av endres det ikke."),
        "ute": _("Skjemaet er tatt ut av bruk. Svar som er gitt, blir stående."),
        "kastet": _("Utkastet er kastet."),
    }
    return told.get(request.GET.get("gjort", ""), "")
