"""Answering with a code on paper, on any device, with or without scripts: the code, the questions, and the thanks.

As in `urn`, nobody is known here and there is no CSRF token. On a shared machine (`delt`) a script goes back to the
start by itself; the server treats it as any other.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.answering import wording
from byfolk.areas.surveys.answering.page import items_of, listed
from byfolk.engines.questionnaires.ballots.by_code import Slip, hand_in_by_code, slip
from byfolk.engines.questionnaires.ballots.handing_in import HandInRefused, NotTaken, Taken
from byfolk.engines.questionnaires.ballots.paper_codes import Misspelt
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.instruments.answers import from_form
from byfolk.kernel.access.doors import door
from byfolk.kernel.access.limits import Limit
from byfolk.kernel.time import OSLO, now

#: What is typed in the field, however it is written.
_LONGEST = 60
_GUESSES = Limit("paper code", settings.WRONG_CODES, 600)
_LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


@csrf_exempt
@door("urn.use")
def enter_code(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in; posted, the questions that it opens."""
    frame = framed(request)
    if request.method != "POST":
        return render(request, "surveys/by_code/enter.html", frame)
    found = _slip(request, frame)
    if isinstance(found, HttpResponse):
        return found
    return _questions(request, frame, found)


@csrf_exempt
@door("urn.use")
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """Put the answers in the urn and thank for them. What cannot be is said at its question, and what was written is
    kept.
    """
    frame = framed(request)
    found = _slip(request, frame)
    if isinstance(found, HttpResponse):
        return found
    posted = from_form(found.content, dict(request.POST.lists()))
    try:
        taken = hand_in_by_code(found, request.POST.get("digest", ""), posted)
    except HandInRefused as refused:
        wrong = {problem.item: problem.sentence() for problem in refused.problems}
        if refused.why is not NotTaken.ANSWERS:
            wrong = {"": wording.not_taken(refused.why)}
        return _questions(request, frame, found, posted, wrong)
    return _thanks(request, frame, found, already=taken is Taken.ALREADY)


def framed(request: HttpRequest) -> dict[str, Any]:
    """What every page here is given; it speaks the language that was chosen on the page, which nothing remembers."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = sent.get("sprak", "")
    if chosen in dict(_LANGUAGES):
        activate(chosen)
    language = (get_language() or "nb").split("-")[0]
    shared = sent.get("delt") == "1"
    return {
        "survey_title": _("Svar med kode"),
        "language": language,
        "chosen": chosen if chosen in dict(_LANGUAGES) else "",
        "languages": [{"code": code, "name": name, "now": code == language} for code, name in _LANGUAGES],
        "shared": shared,
        "start": reverse("enter_code") + ("?delt=1" if shared else ""),
    }


def _slip(request: HttpRequest, frame: dict[str, Any]) -> Slip | HttpResponse:
    """What the posted code opens, or the page that says why it opens nothing."""
    typed, at = request.POST.get("kode", "")[:_LONGEST], now()
    until = _GUESSES.waits(request, at)
    if until is not None:
        return wait(request, frame, until, at)
    try:
        found = slip(typed)
    except Misspelt:
        return _again(request, frame, typed, wording.misspelt_code(typed))
    if found is None:
        _GUESSES.count(request, at)
        return _again(request, frame, typed, wording.unknown_code())
    if found.handed_in:
        return _thanks(request, frame, found, already=True)
    if not found.is_open:
        return _again(request, frame, typed, _("Undersøkelsen er avsluttet. Det er for sent å svare."))
    return found


def _again(request: HttpRequest, frame: dict[str, Any], typed: str, wrong: str) -> HttpResponse:
    context = frame | {"typed": typed, "wrong": wrong, "errors": [{"message": wrong, "field_id": "code"}]}
    return render(request, "surveys/by_code/enter.html", context, status=422)


def wait(request: HttpRequest, frame: dict[str, Any], until: dt.datetime, at: dt.datetime) -> HttpResponse:
    """That it was tried too often from where one is, and when to try again."""
    context = frame | {"until": until.astimezone(OSLO)}
    answer = render(request, "surveys/by_code/wait.html", context, status=429)
    answer["Retry-After"] = str(int((until - at).total_seconds()) + 1)
    return answer


def _questions(
    request: HttpRequest,
    frame: dict[str, Any],
    found: Slip,
    posted: dict[str, Any] | None = None,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:
    items = items_of(found.content, frame["language"], posted, level=2, wrong=wrong)
    context = frame | {
        "survey_title": found.title.in_language(frame["language"]), "items": items, "digest": found.digest,
        "typed": request.POST.get("kode", ""), "errors": listed(items, wrong or {}), "last_day": _day(found),
        "intro": found.content.intro.in_language(frame["language"]), "action": reverse("hand_in_by_code"),
    }  # fmt: skip
    return render(request, "surveys/by_code/questions.html", context, status=422 if wrong else 200)


def _thanks(request: HttpRequest, frame: dict[str, Any], found: Slip, *, already: bool) -> HttpResponse:
    context = frame | {
        "survey_title": found.title.in_language(frame["language"]), "ballot_code": found.ballot_code,
        "campaign": found.campaign_id, "already": already, "last_day": _day(found),
    }  # fmt: skip
    return render(request, "surveys/by_code/thanks.html", context)


def _day(found: Slip) -> dt.date:
    return last_day(found.closes_at)
