"""The page where a unit says why its figure is as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.policy.addresses import crumbs, figure_url
from byfolk.areas.policy.choices import Choice, choose
from byfolk.areas.policy.explaining.beside import explain_url, signed
from byfolk.areas.policy.explaining.forms import ExplainForm
from byfolk.areas.policy.places import Place, find_place
from byfolk.areas.policy.wording import figure_text, period_text
from byfolk.engines.indicators import actions, notes, registry
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.models import Note
from byfolk.kernel.access.doors import door
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now


@dataclass(frozen=True)
class ExplainPage:
    """A figure that the reader may explain, and what is said of it already."""

    indicator: Indicator
    place: Place
    choice: Choice
    figure: FigureValue
    note: Note | None


@door("figures.explain")
def explain(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """Write or correct what the unit says of a figure. Units that one does not lead or help are not found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = _found(actor, request, indicator, code)
    form = _form(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(
                actor=actor, figure=page.figure, text=form.cleaned_data["text"],
                version=form.cleaned_data["version"], now=now(),
            )  # fmt: skip
            return _back(page, "lagret")
        except actions.NoteRefused:
            raise Http404 from None
        except actions.NoteChangedMeanwhile:
            page = _found(actor, request, indicator, code)
            form = _kept(request, page)
    return _page(request, page, form)


@door("figures.explain")
@require_POST
def withdraw(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """Take back what the unit says of a figure."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = _found(actor, request, indicator, code)
    version = request.POST.get("version", "")
    if page.note is None or not version.isdigit():
        raise Http404
    try:
        actions.withdraw_note(actor=actor, note=page.note, version=int(version[:9]), now=now())
    except actions.NoteChangedMeanwhile:
        return _page(request, page, _kept(request, page))
    return _back(page, "trukket")


def _found(actor: Actor, request: HttpRequest, code: str, unit_code: str) -> ExplainPage:
    try:
        indicator = registry.indicator(code)
    except LookupError:
        raise Http404 from None
    place = find_place(unit_code)
    choice = choose(request.GET, indicators.periods(actor), above=False)
    if choice is None or not actor.steers(place.ids):
        raise Http404
    about = indicators.figure(actor, code, place.unit.pk, choice.period)
    figure = about.shown or about.current
    if figure is None:
        raise Http404
    note = notes.note_of(actor, place.unit.pk, code, figure.kind, figure.period)
    return ExplainPage(indicator, place, choice, figure, note)


def _form(page: ExplainPage, data: Any = None) -> ExplainForm:
    note = page.note
    initial = {"text": note.text if note else "", "version": note.version if note else 0}
    return ExplainForm(data, hidden=not page.figure.published, initial=initial)


def _kept(request: HttpRequest, page: ExplainPage) -> ExplainForm:
    """What was sent, for the version that the reader sees now."""
    given = request.POST.copy()
    given["version"] = str(page.note.version if page.note else 0)
    form = _form(page, given)
    form.add_error(None, _("Noen andre endret forklaringen mens du skrev. Se hva som står nå, og lagre på nytt."))
    return form


def _back(page: ExplainPage, done: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(explain_url(page.indicator.code, page.place.unit.code, page.choice, gjort=done))


def _page(request: HttpRequest, page: ExplainPage, form: ExplainForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    figure, unit = page.figure, page.place.unit
    back = figure_url(page.indicator.code, unit.code, page.choice)
    context = {
        "title": _("Hvorfor er tallet slik?"),
        "suffix": unit.name,
        "crumbs": [
            *crumbs(page.place), {"label": str(page.indicator.title), "url": back}, {"label": _("Forklar tallet")},
        ],
        "lead": _lead(page),
        "hidden": not figure.published,
        "form": form,
        "note": page.note,
        "withdraw_url": reverse("withdraw_note", args=[page.indicator.code, unit.code]) + page.choice.query(),
        "history": _history(actor, page),
        "figure_url": back,
        "done": _notice(request),
    }  # fmt: skip
    return render(request, "policy/explain.html", context)


def _lead(page: ExplainPage) -> str:
    words = {"figure": page.indicator.title, "period": period_text(page.figure), "value": figure_text(page.figure)}
    return (_("%(figure)s, %(period)s: %(value)s.") if words["value"] else _("%(figure)s, %(period)s.")) % words


def _notice(request: HttpRequest) -> dict[str, str] | None:
    notices = {
        "lagret": {"title": _("Forklaringen er lagret."), "text": _("Alle som ser tallet, ser den.")},
        "trukket": {"title": _("Forklaringen er trukket tilbake."), "text": _("Ingen andre ser den nå.")},
    }
    return notices.get(request.GET.get("gjort", ""))


def _history(actor: Actor, page: ExplainPage) -> list[dict[str, str]]:
    figure = page.figure
    found = notes.history_of(actor, page.place.unit.pk, page.indicator.code, figure.kind, figure.period)
    names = names_of(one.by_person_id for one in found if one.by_person_id)
    return [
        {
            "text": _("Trukket tilbake: %(text)s") % {"text": one.text} if one.withdrawn else one.text,
            "signed": signed(names.get(one.by_person_id or 0, ""), one.at),
        }
        for one in found
    ]
