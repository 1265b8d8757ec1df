"""What matters now: surveys that one is invited to, until one's ballot is collected. The server cannot know more."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.campaigns.queries import open_now
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency


def cards(asked: HomeAsk) -> Iterator[HomeCard]:
    """A card for each survey that is open and not collected or answered."""
    for one in asked.once(open_now).waiting:
        known = _("Du er invitert. Her vet vi hvem som svarer.")
        yield HomeCard(
            title=_("Svar på «%(title)s»") % {"title": one.title.in_language(get_language() or "nb")},
            text=_("Du er invitert. Ingen kan finne ut hva du svarer.") if one.anonymous else known,
            url=reverse("survey", args=[one.campaign_id]),
            action=_("Svar nå"),
            urgency=Urgency.EXPIRES,
            due=last_day(one.closes_at),
            icon="envelope-closed",
        )
