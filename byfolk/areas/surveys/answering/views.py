"""The pages where it is known who one is: the promise, collecting a ballot, and answering with a name."""

from __future__ import annotations

import base64
import binascii
import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.answering import wording
from byfolk.areas.surveys.answering.page import items_of, listed
from byfolk.areas.surveys.signed.page import own_context, who_reads
from byfolk.engines.questionnaires.ballots.handing_in import NotTaken
from byfolk.engines.questionnaires.ballots.issuing import IssuingRefused, NotIssued, issue
from byfolk.engines.questionnaires.campaigns import queries
from byfolk.engines.questionnaires.campaigns.models import Mode
from byfolk.engines.questionnaires.campaigns.reading_signed import own_of
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.campaigns.signing import AnswersRefused, answer_with_name, signed_answers
from byfolk.engines.questionnaires.instruments.answers import from_form
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor


@door("campaigns.see")
def survey(request: HttpRequest, campaign: int) -> HttpResponse:
    """What one is invited to, what is promised, and the way to the ballot or the form; when it is over, the way to the
    urn, or what one answered. Only for those invited.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.invitation(actor, campaign)
    if found is None:
        return _over(request, actor, campaign)
    anonymous = queries.is_anonymous(found.campaign)
    title = found.campaign.title.in_language(get_language() or "nb")
    context = {
        "invited": found,
        "campaign": found.campaign,
        "survey_title": title,
        "given_name": actor.name.split(" ")[0],
        "key": base64.b64encode(found.public_key).decode(),
        "last_day": last_day(found.campaign.closes_at),
        "messages_of_script": wording.for_collecting(on_paper=found.on_paper) if anonymous else {},
    }
    if anonymous:
        return render(request, "surveys/answering/promise.html", context)
    content, given = found.campaign.version.parsed, signed_answers(actor, found.campaign)
    return _form(
        request,
        context | {"items": items_of(content, get_language() or "nb", given, level=2, mode=Mode(found.campaign.mode))},
    )


def _form(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    promises = who_reads(context["campaign"])  # type: ignore[arg-type]
    return render(request, "surveys/answering/signed.html", context | {"promises": promises}, status=status)


@door("campaigns.see")
@require_POST
def signed(request: HttpRequest, campaign: int) -> HttpResponse:
    """Answers with a name. What cannot be is said at its question, and what was written is kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.invitation(actor, campaign)
    if found is None:
        return _over(request, actor, campaign, wording.not_taken(NotTaken.CLOSED))
    if queries.is_anonymous(found.campaign):
        raise Http404
    language, content = get_language() or "nb", found.campaign.version.parsed
    posted = from_form(content, dict(request.POST.lists()))
    try:
        answer_with_name(actor=actor, campaign=found.campaign, posted=posted)
    except AnswersRefused as refused:
        wrong = {problem.item: problem.sentence() for problem in refused.problems}
        items = items_of(content, language, posted, level=2, wrong=wrong, mode=Mode(found.campaign.mode))
        return _form(
            request,
            {
                "invited": found, "campaign": found.campaign, "items": items, "wrong": listed(items, wrong),
                "survey_title": found.campaign.title.in_language(language), "given_name": actor.name.split(" ")[0],
                "last_day": last_day(found.campaign.closes_at),
            },
            422,
        )  # fmt: skip
    return redirect(reverse("survey", args=[campaign]) + "?levert=1")


@door("campaigns.see")
@require_POST
def collect(request: HttpRequest, campaign: int) -> JsonResponse:
    """Sign one's blinded message: JSON in, {blinded}; JSON out, {group, signature}, or why not.

    Leaves no line in the log, no entry and no time (`ballots.issuing`).
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        issued = issue(actor=actor, campaign_id=campaign, blinded=_blinded(request))
    except IssuingRefused as refused:
        if refused.why is NotIssued.UNINVITED:
            raise Http404 from refused
        return JsonResponse({"error": refused.why.value, "message": wording.not_issued(refused.why)}, status=409)
    return JsonResponse({"group": issued.group_id, "signature": base64.b64encode(issued.signature).decode()})


def _blinded(request: HttpRequest) -> bytes:
    """What was sent to be signed; empty where it cannot be read."""
    try:
        return base64.b64decode(json.loads(request.body)["blinded"], validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return b""


def _over(request: HttpRequest, actor: Actor, campaign: int, wrong: str = "") -> HttpResponse:
    """What whoever was invited finds when all is over. `wrong`: what was sent too late."""
    own = own_of(actor, campaign)
    if own is None:
        raise Http404
    if queries.is_anonymous(own.campaign):
        return redirect("answering", campaign)
    status = 409 if wrong else 200
    return render(request, "surveys/signed/own.html", own_context(own, wrong), status=status)
