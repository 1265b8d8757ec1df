"""Piles of codes on paper, for those who run the campaign and for the leaders of the groups: made once, seen once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.campaigns.page import days_of, number, title_of
from byfolk.areas.surveys.campaigns.slips import slips
from byfolk.areas.surveys.campaigns.words import undrawn_words
from byfolk.engines.questionnaires.ballots.piles import (
    MOST,
    DrawingRefused,
    NotDrawn,
    Pile,
    PilesInShort,
    draw_again,
    draw_pile,
    piles,
    piles_in_short,
)
from byfolk.engines.questionnaires.campaigns.models import Group
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now

#: So many piles are on a page.
PAGE = 50


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@door("paper.draw")
def paper_piles(request: HttpRequest) -> HttpResponse:
    """The piles that one may make, and which of them are made."""
    return _shown(request)


@door("paper.draw")
@require_POST
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Make a group's pile and hand it out as a PDF, or void what is unused and make as many again (`igjen`).

    The codes are in the database when the PDF is made, and nowhere else when it is handed out.
    """
    actor, again = _actor(request), request.POST.get("igjen") == "1"
    group = get_object_or_404(Group.objects.select_related("campaign"), pk=number)
    try:
        if again:
            codes = draw_again(actor=actor, group=group)
        else:
            codes = draw_pile(actor=actor, group=group, number=_number(request.POST.get("antall", "")))
    except DrawingRefused as refused:
        if refused.why is NotDrawn.NOT_THERE:
            raise Http404 from refused
        return _shown(request, undrawn_words(refused.why), 409)
    unit = group.unit.name
    made = slips(group.campaign, unit, codes, at=now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="koder-{slugify(unit)}.pdf"'
    return answer


def _slips(number: int) -> str:
    if not number:
        return _("Ingen lapper ennå")
    return ngettext("%(number)d lapp", "%(number)d lapper", number) % {"number": number}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _shown(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    actor, text = _actor(request), request.GET.get("q", "").strip()[:80]
    short = piles_in_short(actor)
    known = None if text else sum(one.number for one in short)
    page: Page[Pile] = Paginator(piles(actor, text, known=known), PAGE).get_page(request.GET.get("page"))
    crumbs = [
        {"label": _("Undersøkelser"), "url": reverse("survey_results")},
        {"label": _("Koder på papir"), "url": ""},
    ]
    context = {
        "campaigns": [_campaign(one, page) for one in short], "page": page, "text": text,
        "query": urlencode({"q": text}) + "&" if text else "", "wrong": wrong, "crumbs": crumbs,
    }  # fmt: skip
    return render(request, "surveys/campaigns/piles.html", context, status=status)


def _campaign(one: PilesInShort, page: Page[Pile]) -> dict[str, Any]:
    return {
        "title": title_of(one.campaign),
        "last_day": days_of(one.campaign)[1],
        "verdict": ngettext("%(number)s bunke er ikke laget ennå.", "%(number)s bunker er ikke laget ennå.", one.unmade)
        % {"number": number(one.unmade)}
        if one.unmade
        else _("Alle bunkene er laget."),
        "open": bool(one.campaign.asked.openly),
        "most": MOST,
        "piles": [
            {
                "group": pile.group_id,
                "name": pile.name,
                "waiting": pile.waiting,
                "drawn": pile.drawn,
                "may_void": pile.may_void,
                "chosen": pile.chosen,
                "slips": _slips(pile.waiting or pile.drawn),
            }
            for pile in page
            if pile.campaign_id == one.campaign.pk
        ],
    }
