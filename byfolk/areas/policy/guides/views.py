"""Reading guides, and confirming that one has read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import url
from byfolk.areas.policy.guides import reading
from byfolk.areas.policy.guides.words import find_guide, find_version
from byfolk.engines.library import actions, files, storing
from byfolk.engines.library import queries as library
from byfolk.kernel.access.doors import door
from byfolk.kernel.time import now, today


@door("library.see")
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide that holds, with search."""
    return render(request, "policy/guides/list.html", reading.listed(actor_of(request), request.GET, today()))


@door("library.see")
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """A guide as it holds now."""
    actor = actor_of(request)
    found = reading.shown(actor, find_guide(actor, code), None, today())
    return render(request, "policy/guides/guide.html", found | {"done": _done(request)})


@door("library.see")
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version of a guide, also one that is over."""
    actor = actor_of(request)
    return render(request, "policy/guides/guide.html", reading.shown(actor, find_guide(actor, code), number, today()))


@door("library.see")
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """What differs between two versions of a guide."""
    actor = actor_of(request)
    found = reading.compared(actor, find_guide(actor, code), request.GET, today())
    return render(request, "policy/guides/compare.html", found)


@door("library.see")
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a Markdown file."""
    actor = actor_of(request)
    written = storing.written(find_version(actor, find_guide(actor, code), number))
    answer = HttpResponse(files.write(written), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{files.name_of(written)}"'
    return answer


@door("library.confirm")
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one has read the guide as it holds now."""
    actor, on = actor_of(request), today()
    found = find_guide(actor, code)
    version = library.editions(actor, found, on).holding
    if version is None:
        raise Http404
    try:
        actions.confirm(actor=actor, version=version, now=now())
    except LookupError:
        raise Http404 from None
    return HttpResponseRedirect(url("guide", code, gjort="lest"))


def _done(request: HttpRequest) -> str:
    told = {
        "lest": _("Takk. Du har bekreftet at du har lest veilederen."),
        "publisert": _("Utgaven er publisert."),
        "sett-over": _("Datoen er satt."),
        "avsluttet": _("Veilederen er avsluttet. Gamle utgaver kan fortsatt leses."),
        "kastet": _("Utkastet er kastet."),
    }
    return told.get(request.GET.get("gjort", ""), "")
