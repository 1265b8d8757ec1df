"""The pages where nobody is known: the questions, handing in, the check, and the codes that were counted.

They lie under an address where no session is read, whoever asks (`settings.AS_VISITOR`), and leave no line in the log.
There is no CSRF token, because there is nothing to abuse: no cookie gives a request any authority here. What gives it
is the ballot in its body, which only its voter's device holds. A page elsewhere that made a browser send something here
could as well send it itself.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.answering import wording
from byfolk.areas.surveys.answering.page import items_of
from byfolk.areas.surveys.answering.scripts import release, script, worker_scripts
from byfolk.engines.questionnaires.ballots.handing_in import (
    GroupCount,
    HandedIn,
    HandInRefused,
    NotTaken,
    Urn,
    counted_codes,
    counts_in_all,
    counts_of_groups,
    hand_in,
    lies_in_urn,
    urn,
)
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.kernel.access.doors import door
from byfolk.kernel.time import now
from byfolk.lib import norwegian

#: Ballot and answers together, as JSON. The answers alone may be 128 kB.
LARGEST = 200_000
#: So many groups are on a page.
GROUPS = 50


def _urn(campaign: int) -> Urn:
    found = urn(campaign, now())
    if found is None:
        raise Http404
    return found


@door("urn.use")
def answering(request: HttpRequest, campaign: int) -> HttpResponse:
    """The questions, the same for everybody. The answers stay in the browser until they are handed in. Not there where
    one answers at the address of a place, until it is closed.
    """
    found, language = _urn(campaign), (get_language() or "nb").split("-")[0]
    closes, title = last_day(found.closes_at), found.title.in_language(language)
    context = {
        "urn": found, "survey_title": title, "last_day": closes,
        "copies_gone": closes + dt.timedelta(days=settings.BACKUP_DAYS),
        "messages_of_script": wording.for_answering(title, norwegian.day(closes, language)),
    }  # fmt: skip
    if not found.is_open:
        return render(request, "surveys/answering/over.html", context | _counted(request, campaign))
    if found.for_all:
        raise Http404
    context |= {
        "items": items_of(found.content, language),
        "page_version": f"{release()}.{found.digest[:16]}",
        "worker_scripts": json.dumps(worker_scripts()),
    }
    return render(request, "surveys/answering/answering.html", context)


def _counted(request: HttpRequest, campaign: int) -> dict[str, Any]:
    """Ballots collected and handed in, group by group, a page at a time."""
    text = request.GET.get("q", "").strip()[:80]
    groups: Page[GroupCount] = Paginator(counts_of_groups(campaign, text), GROUPS).get_page(request.GET.get("page"))
    counts = counts_in_all(campaign)
    collected, handed_in = counts or (0, 0)
    return {
        "counted": counts is not None, "collected": collected, "handed_in": handed_in,
        "groups": groups, "text": text, "asked_for": bool(request.GET),
        "query": urlencode({"q": text}) + "&" if text else "",
    }  # fmt: skip


@door("urn.use")
def page_worker(request: HttpRequest, campaign: int) -> HttpResponse:
    """The script that shows the page of questions without a connection. Its address says how far it reaches."""
    if not _urn(campaign).is_open:
        raise Http404
    return HttpResponse(script("surveys/answering/page_worker.js"), content_type="text/javascript; charset=utf-8")


@csrf_exempt
@door("urn.use")
@require_POST
def deliver(request: HttpRequest, campaign: int) -> JsonResponse:
    """Put a ballot in the urn: JSON in, {group, message, signature, digest, answers}; JSON out, {state} or why not.

    It is answered after the transaction is kept (the middleware commits before the answer leaves).
    """
    if len(request.body) > LARGEST:
        return _refused(NotTaken.ANSWERS, 413)
    try:
        sent = _sent(campaign, request.body)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        return _refused(NotTaken.TRUNCATED, 400)
    try:
        return JsonResponse({"state": hand_in(sent).value})
    except HandInRefused as refused:
        return _refused(refused.why, 409, [(one.item, one.sentence()) for one in refused.problems])


def _sent(campaign: int, body: bytes) -> HandedIn:
    posted = json.loads(body)
    answers = posted["answers"]
    if not isinstance(answers, dict) or not isinstance(posted["group"], int) or not 0 < posted["group"] < 2**63:
        raise TypeError("not a ballot")
    return HandedIn(
        campaign_id=campaign,
        group_id=posted["group"],
        prepared_message=base64.b64decode(posted["message"], validate=True),
        signature=base64.b64decode(posted["signature"], validate=True),
        digest=str(posted["digest"]),
        answers=answers,
    )


def _refused(why: NotTaken, status: int, problems: list[tuple[str, str]] | None = None) -> JsonResponse:
    told = {"error": why.value, "message": wording.not_taken(why), "problems": dict(problems or [])}
    return JsonResponse(told, status=status)


@csrf_exempt
@door("urn.use")
def check(request: HttpRequest, campaign: int) -> HttpResponse:
    """Whether a ballot lies in the urn: yes or no, and nothing more. JSON for a script, else a page with a form."""
    found = _urn(campaign)
    code = request.POST.get("kode", "")[:40]
    lies = lies_in_urn(campaign, code) if code else None
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        return JsonResponse({"lies": bool(lies)})
    context = {
        "urn": found, "code": code, "lies": lies,
        "survey_title": found.title.in_language((get_language() or "nb").split("-")[0]),
    }  # fmt: skip
    return render(request, "surveys/answering/check.html", context)


@door("urn.use")
def codes(request: HttpRequest, campaign: int) -> HttpResponse:
    """The codes of all ballots that were counted, a line each, once the campaign is closed."""
    if _urn(campaign).is_open:
        raise Http404
    return HttpResponse("\n".join([*counted_codes(campaign), ""]), content_type="text/plain; charset=utf-8")
