"""Answering at the address of a unit: anyone, on any device, with or without scripts. As `by_code`, nobody is known.

There is no trap for robots (a hidden field, a shortest time): it catches people with aids first. What stops one who
wants to answer a thousand times is the limit by address; where each voice must be one, the campaign has codes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from byfolk.areas.surveys.answering import wording
from byfolk.areas.surveys.answering.by_code import framed
from byfolk.areas.surveys.answering.page import items_of, listed
from byfolk.engines.questionnaires.ballots.handing_in import HandInRefused, NotTaken, Taken
from byfolk.engines.questionnaires.ballots.openly import OpenLink, ballot_code, hand_in_openly, new_ballot, open_link
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.instruments.answers import from_form
from byfolk.kernel.access.doors import door
from byfolk.kernel.access.limits import Limit
from byfolk.kernel.time import OSLO, now
from byfolk.lib.norwegian import clock

_ANSWERS = Limit("open answers", settings.OPEN_ANSWERS, 3600)


@csrf_exempt
@door("urn.use")
def answer_openly(request: HttpRequest, word: str) -> HttpResponse:
    """The questions for a unit, and handing in the answers to them; or where its code is typed in."""
    frame, found = framed(request), open_link(word)
    if found is None:
        raise Http404
    language = frame["language"]
    place = request.path
    frame |= {
        "survey_title": found.title.in_language(language), "place": found.name, "users": True, "action": place,
        "start": place + ("?delt=1" if frame["shared"] else ""), "last_day": _day(found),
    }  # fmt: skip
    if not found.is_open:
        return render(request, "surveys/by_code/closed.html", frame)
    if found.coded:
        return render(request, "surveys/by_code/enter.html", frame | {"action": reverse("enter_code")})
    if request.method == "POST":
        return _deliver(request, frame, found)
    return _questions(request, frame, found, new_ballot())


def _deliver(request: HttpRequest, frame: dict[str, Any], found: OpenLink) -> HttpResponse:
    """Put the answers in the urn and thank for them; what cannot be is said, and what was written is kept."""
    posted = from_form(found.content, dict(request.POST.lists()))
    ballot, at = request.POST.get("seddel", ""), now()
    until = _ANSWERS.waits(request, at)
    if until is not None:
        told = _("Det er svart mange ganger herfra. Vent til klokken %(time)s, og lever da. Svarene står her så lenge.")
        wrong = {"": told % {"time": clock(until.astimezone(OSLO))}}
        answer = _questions(request, frame, found, ballot, posted, wrong, 429)
        answer["Retry-After"] = str(int((until - at).total_seconds()) + 1)
        return answer
    try:
        taken = hand_in_openly(found, ballot, request.POST.get("digest", ""), posted)
    except HandInRefused as refused:
        wrong = {problem.item: problem.sentence() for problem in refused.problems}
        if refused.why is not NotTaken.ANSWERS:
            wrong = {"": wording.not_taken(refused.why)}
        return _questions(request, frame, found, ballot, posted, wrong)
    _ANSWERS.count(request, at)
    told_thanks = {"ballot_code": ballot_code(ballot), "campaign": found.campaign_id, "already": taken is Taken.ALREADY}
    return render(request, "surveys/by_code/thanks.html", frame | told_thanks)


def _questions(
    request: HttpRequest,
    frame: dict[str, Any],
    found: OpenLink,
    ballot: str,
    posted: dict[str, Any] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 422,
) -> HttpResponse:
    items = items_of(found.content, frame["language"], posted, level=2, wrong=wrong)
    context = frame | {
        "items": items, "digest": found.digest, "ballot": ballot, "errors": listed(items, wrong or {}),
        "intro": found.content.intro.in_language(frame["language"]), "speaks": posted is None,
    }  # fmt: skip
    return render(request, "surveys/by_code/questions.html", context, status=status if wrong else 200)


def _day(found: OpenLink) -> dt.date:
    return last_day(found.closes_at)
