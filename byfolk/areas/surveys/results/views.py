"""Results for those who may see them on that day: what one may not see is not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.areas.surveys.plans.beside import beside
from byfolk.areas.surveys.results import files, page, sentences
from byfolk.areas.surveys.results import rounds as rounds_page
from byfolk.areas.surveys.results.places import own_unit
from byfolk.areas.surveys.results.together import together
from byfolk.areas.surveys.texts.page import own_words, path_of
from byfolk.engines.questionnaires.campaigns.queries import open_now
from byfolk.engines.questionnaires.campaigns.reading_signed import to_read
from byfolk.engines.questionnaires.results import queries
from byfolk.engines.questionnaires.results.queries import Alike, Result
from byfolk.engines.questionnaires.texts.queries import Shown, shown_texts
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now, today
from byfolk.lib.pdf import PdfError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("results.see")
def rounds(request: HttpRequest) -> HttpResponse:
    """What one may answer now, and the surveys with results, each for the unit nearest to the reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "open": rounds_page.open_rows(open_now(actor).waiting),
        "rows": rounds_page.rounds_rows(queries.ready(actor, own_unit(actor))),
        "by_name": rounds_page.by_name_rows(to_read(actor)),
        "builds": actor.may("instruments.build"),
    }
    return render(request, "surveys/results/rounds.html", context)


@door("results.see")
def unit(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """One unit's result."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(request, campaign, code)
    talk = sentences.to_speak_about(found) if found.shown else None
    beside_it = together(actor, found, talk.code) if talk else None
    like = _like(actor, found) if found.shown else None
    known = page.context_of(found, beside_it=beside_it, like=like) | beside(actor, found, today())
    known["own_words"] = own_words(found, _texts(actor, found), request.GET.get("page"))
    return render(request, "surveys/results/unit.html", known)


@door("results.see")
def slides(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """The same for a wall, one thing at a time."""
    found = _found(request, campaign, code, shown=True)
    like = _like(request.actor, found)  # type: ignore[attr-defined]
    return render(request, "surveys/results/slides.html", page.slides_of(found, like))


@door("results.see")
def pdf(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """The same on paper."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(request, campaign, code, shown=True)
    try:
        content = files.pdf(found, _texts(actor, found), _like(actor, found), at=now())
    except PdfError as error:
        raise Http404 from error
    return _file(content, "application/pdf", f"{code}.pdf")


@door("results.see")
def spreadsheet(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """The same as numbers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(request, campaign, code, shown=True)
    return _file(files.spreadsheet(found, _texts(actor, found), _like(actor, found)), XLSX, f"{code}.xlsx")


def _found(request: HttpRequest, campaign: int, code: str, *, shown: bool = False) -> Result:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.result(actor, campaign, code)
    if found is None or (shown and not found.shown):
        raise Http404
    return found


def _like(actor: Actor, found: Result) -> Alike | None:
    return queries.alike(actor, found.campaign.pk, found.place.pk)


def _texts(actor: Actor, found: Result) -> Shown:
    return shown_texts(actor, found.campaign.pk, path_of(found))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="resultat-{name}"'
    return answer
