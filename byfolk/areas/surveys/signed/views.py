"""Reading answers by name: whom one may read, then a purpose, then the answers. What one may not read is not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from byfolk.areas.surveys.signed import page
from byfolk.engines.questionnaires.campaigns import reading_signed
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.campaigns.queries import run_by
from byfolk.engines.questionnaires.campaigns.reading_signed import Answered
from byfolk.kernel.access.doors import door
from byfolk.kernel.audit.forms import PurposeForm
from byfolk.kernel.audit.models import in_words
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now


def _found(request: HttpRequest, number: int) -> tuple[Actor, Campaign, list[Answered]]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    campaign = reading_signed.read_campaign(actor, number)
    if campaign is None:
        raise Http404
    people = reading_signed.people_to_read(actor, campaign)
    runs = actor.may("campaigns.run") and run_by(actor).filter(pk=number).exists()
    if not people and not runs:
        raise Http404
    return actor, campaign, people


@door("signed.read")
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Those whose answers one may read. That they answered is no secret here; what they answered is not shown yet."""
    _actor, campaign, found = _found(request, number)
    rows = [
        {"title": one.name, "text": one.unit, "url": reverse("signed_person", args=[number, one.person_id])}
        for one in found
    ]
    context = {
        "campaign": campaign, "title": page.title_of(campaign), "rows": rows, "crumbs": page.crumbs(campaign),
        "promises": page.who_reads(campaign),
    }  # fmt: skip
    return render(request, "surveys/signed/people.html", context)


@door("signed.read")
def person(request: HttpRequest, number: int, person: int) -> HttpResponse:
    """GET asks for a purpose; POST with one shows what a person answered, and the database writes the look down."""
    actor, campaign, people = _found(request, number)
    one = next((one for one in people if one.person_id == person), None)
    if one is None:
        raise Http404
    form = PurposeForm(request.POST or None)
    context = {
        "campaign": campaign, "title": page.title_of(campaign), "name": one.name, "form": form,
        "crumbs": page.crumbs(campaign, one.name), "back": reverse("signed_people", args=[number]), "open": False,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        purpose, details = form.why
        answers = reading_signed.read_signed(
            actor=actor, campaign=campaign, person_id=person, purpose=purpose, details=details, now=now()
        )
        if answers is None:
            raise Http404
        rows = page.answer_rows(campaign.version.parsed, answers)
        context |= {"open": True, "purpose": in_words(purpose, details), "rows": rows}
    return render(request, "surveys/signed/person.html", context)
