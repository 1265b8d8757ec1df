"""Posters with the address of each place, as a PDF with a page a place: for those who run the campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.areas.surveys.campaigns.page import days_of, places_page, title_of
from byfolk.engines.questionnaires.ballots.openly import Address, addresses
from byfolk.engines.questionnaires.campaigns.models import Campaign, Stage
from byfolk.engines.questionnaires.campaigns.queries import run_by
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now
from byfolk.lib.pdf import Press, font_files, fonts
from byfolk.lib.qr import qr_svg

TEMPLATE = Path(__file__).with_name("posters.typ")


@door("campaigns.run")
def posters(request: HttpRequest, number: int) -> HttpResponse:
    """The posters of a campaign that is open to anyone: of the places on one page of them (`q`, `page`), or of one
    place (`sted`).
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    campaign = run_by(actor).filter(pk=number, stage=Stage.OPEN).first()
    if campaign is None or campaign.asked.openly is None:
        raise Http404
    only = request.GET.get("sted", "")
    if only:
        found = [one for one in addresses(actor, campaign) if str(one.group_id) == only]
    else:
        found = list(places_page(actor, campaign, request.GET)[1])
    if not found:
        raise Http404
    answer = HttpResponse(_pdf(campaign, found, at=now()), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="plakater.pdf"'
    return answer


def _pdf(campaign: Campaign, found: Sequence[Address], *, at: dt.datetime) -> bytes:
    openly = campaign.asked.openly
    coded = openly is not None and openly.coded
    rules = [
        _("Bruk koden på lappen du har fått.") if coded else _("Alle kan svare. Du trenger ikke å logge inn."),
        _("Ingen kan se hva du har svart."),
        _("Siste dag er %(day)s.") % {"day": days_of(campaign)[1]},
    ]
    return _press().pdf(
        {
            "lang": (get_language() or "nb").split("-")[0], "title": title_of(campaign), "unit": campaign.unit.name,
            "rules": rules, "qr_says": _("Lenke til siden der du svarer"),
            "pages": [
                {"name": one.name, "address": url.split("://")[-1], "qr": qr_svg(url)}
                for one in found
                for url in [settings.ADDRESS + reverse("open_link", args=[one.word])]
            ],
        },
        at=at,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press(TEMPLATE, fonts(font_files(), Path(settings.HOME) / "fonts"))
