"""What matters now: piles of codes that somebody's people wait for."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.surveys.campaigns.page import title_of
from byfolk.engines.questionnaires.ballots.piles import piles_in_short
from byfolk.engines.questionnaires.campaigns.queries import open_now
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency


def cards(asked: HomeAsk) -> Iterator[HomeCard]:
    """A card for each survey in which somebody waits for a code on paper."""
    if not asked.once(open_now).paper:
        return
    for one in piles_in_short(asked.actor):
        campaign, number = one.campaign, one.waiting
        if not number:
            continue
        waits = ngettext(
            "%(number)d person uten e-postadresse skal svare med kode fra en lapp.",
            "%(number)d personer uten e-postadresse skal svare med kode fra en lapp.",
            number,
        )
        yield HomeCard(
            title=_("Skriv ut koder til «%(title)s»") % {"title": title_of(campaign)},
            text=waits % {"number": number},
            url=reverse("paper_piles"),
            action=_("Lag bunken"),
            urgency=Urgency.EXPIRES,
            due=last_day(campaign.closes_at),
            icon="file-text",
        )
