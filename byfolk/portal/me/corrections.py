"""Saying that something is wrong, and answering those who do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from byfolk.kernel.access.doors import door
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.rights import Actor, data_kind
from byfolk.kernel.time import now
from byfolk.portal.me import actions, queries
from byfolk.portal.me.forms import AnswerForm, CorrectionForm


@door("self.see")
def report(request: HttpRequest) -> HttpResponse:
    """Say that something is wrong in what is registered."""
    form = CorrectionForm(request.POST or None, initial={"kind": request.GET.get("hva", "")})
    if request.method == "POST" and form.is_valid():
        actions.report_error(
            actor=request.actor,  # type: ignore[attr-defined]
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            now=now(),
        )
        return HttpResponseRedirect(reverse("me") + "?sagt=1")
    return render(request, "portal/me/report.html", {"form": form})


@door("corrections.answer")
def to_answer(request: HttpRequest) -> HttpResponse:
    """What people in the actor's units have said is wrong."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = list(queries.corrections_to_answer(actor)[:200])
    names = names_of(c.person_id for c in found)
    rows = [
        {
            "title": names.get(c.person_id, c.unit.name if c.unit else ""),
            "text": data_kind(c.kind).title,
            "url": reverse("answer_correction", args=[c.pk]),
            "avatar": names.get(c.person_id, "?"),
            "answered": c.answered_at is not None,
        }
        for c in found
    ]
    waiting = [row for row in rows if not row["answered"]]
    context = {"waiting": waiting, "answered": [row for row in rows if row["answered"]]}
    return render(request, "portal/me/to_answer.html", context)


@door("corrections.answer")
def answer(request: HttpRequest, correction: int) -> HttpResponse:
    """Answer one of them. The database shows only those of the actor's own units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(queries.corrections_to_answer(actor), pk=correction)
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        actions.answer_correction(actor=actor, correction=found, answer=form.cleaned_data["answer"], now=now())
        return HttpResponseRedirect(reverse("corrections"))
    name = names_of([found.person_id]).get(found.person_id, "")
    context = {"form": form, "correction": found, "name": name, "kind": data_kind(found.kind)}
    return render(request, "portal/me/answer.html", context)
