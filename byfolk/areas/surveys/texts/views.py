"""Reviewing texts before anybody else reads them, by HR of the campaign's unit. What one may not review is not
found.
"""

from __future__ import annotations

import uuid

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.texts import page
from byfolk.engines.questionnaires.campaigns import queries as campaigns
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.texts import queries, reviewing
from byfolk.engines.questionnaires.texts.models import FreeText, Reason
from byfolk.engines.questionnaires.texts.queries import Reviewed
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now

DONE = ("godkjent", "holdt", "angret", "frigitt")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _campaign(actor: Actor, number: int) -> Campaign:
    found = campaigns.run_by(actor).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _batch(actor: Actor, number: int, code: str) -> tuple[Campaign, Reviewed]:
    campaign = _campaign(actor, number)
    found = queries.batch_to_review(actor, campaign, code)
    if found is None:
        raise Http404
    return campaign, found


def _title(campaign: Campaign) -> str:
    return campaign.title.in_language(get_language() or "nb")


def _crumbs(campaign: Campaign, *more: tuple[str, str]) -> list[dict[str, str]]:
    known = [
        (_("Undersøkelser"), reverse("campaigns")),
        (_title(campaign), reverse("campaign", args=[campaign.pk])),
        *more,
    ]
    return [{"label": label, "url": url} for label, url in known]


@door("texts.review")
def batches(request: HttpRequest, number: int) -> HttpResponse:
    """The units whose texts one may review."""
    actor = _actor(request)
    campaign = _campaign(actor, number)
    found = queries.to_review(actor, campaign)
    context = {
        "campaign": campaign, "rows": page.batch_rows(campaign, found),
        "waiting": sum(one.waiting for one in found), "crumbs": _crumbs(campaign, (_("Tekster"), "")),
        "survey_title": _title(campaign),
    }  # fmt: skip
    return render(request, "surveys/texts/batches.html", context)


@door("texts.review")
def review(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """The texts of one unit, masked: some at a time."""
    campaign, found = _batch(_actor(request), number, code)
    return _shown(request, campaign, found, request.GET.get("page"))


def _shown(
    request: HttpRequest, campaign: Campaign, found: Reviewed, number: str | None, wrong: str = "", status: int = 200
) -> HttpResponse:
    actor = _actor(request)
    texts: Page[FreeText] = Paginator(queries.texts_to_review(actor, found), page.REVIEWED).get_page(number)
    done = request.GET.get("gjort", "")
    listed = reverse("campaign_texts", args=[campaign.pk])
    context = {
        "campaign": campaign, "found": found, "page": texts, "done": done if done in DONE else "",
        "rows": page.review_rows(campaign.version.parsed, texts, wrong), "reasons": Reason.choices,
        "destroy_on": page.day(found.batch.destroy_on), "crumbs": _crumbs(
            campaign, (_("Tekster"), listed), (found.name, "")
        ), "wrong": wrong, "title": _title(campaign), "open": found.batch.released_at is None,
    }  # fmt: skip
    return render(request, "surveys/texts/review.html", context, status=status)


@door("texts.review")
@require_POST
def decide(request: HttpRequest, number: int, code: str, text: uuid.UUID) -> HttpResponse:
    """Approve a text, with some words hidden or none; withhold it; or let it wait again."""
    actor = _actor(request)
    campaign, found = _batch(actor, number, code)
    known = queries.texts_to_review(actor, found).filter(pk=text).first()
    if known is None:
        raise Http404
    wanted, reason = request.POST.get("gjor"), request.POST.get("grunn", "")
    if wanted == "hold" and reason not in Reason.values:
        return _shown(request, campaign, found, request.POST.get("side"), str(text), 422)
    try:
        if wanted == "godkjenn":
            hidden = [int(one) for one in request.POST.getlist("ord") if one.isdecimal() and len(one) < 6]
            reviewing.approve_text(actor=actor, text=known, hidden=hidden)
            done = "godkjent"
        elif wanted == "hold":
            reviewing.withhold_text(actor=actor, text=known, reason=Reason(reason))
            done = "holdt"
        else:
            reviewing.undo_review(actor=actor, text=known)
            done = "angret"
    except reviewing.ReviewRefused:
        return _shown(request, campaign, found, request.POST.get("side"), status=409)
    side = request.POST.get("side", "")
    query = f"?gjort={done}" + (f"&page={side}" if side.isdecimal() else "")
    return redirect(reverse("review_texts", args=[campaign.pk, code]) + query + f"#tekst-{text}")


@door("texts.review")
@require_POST
def release(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Say that a unit's texts are reviewed. From then on nothing is undone."""
    actor = _actor(request)
    campaign, found = _batch(actor, number, code)
    try:
        reviewing.release_texts(actor=actor, batch=found.batch, now=now())
    except reviewing.ReviewRefused:
        return _shown(request, campaign, found, None, status=409)
    return redirect(reverse("review_texts", args=[campaign.pk, code]) + "?gjort=frigitt")
