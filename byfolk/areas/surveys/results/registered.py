"""Results elsewhere: what is ready, on the home page, and as what an action came of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.surveys.results import words
from byfolk.areas.surveys.results.places import own_unit
from byfolk.engines.actions.sources import SourceAbout
from byfolk.engines.questionnaires.plans.rules import read_reference
from byfolk.engines.questionnaires.results import queries
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Actor, Role
from byfolk.lib import norwegian

#: So long a new result is something that matters now.
NEW_FOR = dt.timedelta(days=30)
_FIRST = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """That the newest result is there, for a month: for a leader from the day it is computed."""
    actor = asked.actor
    one = queries.newest(actor, own_unit(actor), asked.today - NEW_FOR)
    if one is None:
        return
    since = one.first_on if actor.roles.intersection(_FIRST) else one.shown_from
    if not since <= asked.today < since + NEW_FOR:
        return
    told = {"unit": one.unit_name, "answered": words.answered_text(one.answered, one.invited)}
    if asked.today < one.shown_from:
        told["day"] = norwegian.day(one.shown_from, words.language(), year=False)
        text = _("%(unit)s: %(answered)s. De andre i enheten ser det fra %(day)s.")
    else:
        text = _("%(unit)s: %(answered)s.")
    yield HomeCard(
        title=_("Resultatet er klart"),
        text=text % told,
        url=reverse("survey_result", args=[one.campaign_id, one.unit_code]),
        action=_("Se resultatet"),
        urgency=Urgency.CHANCE,
        icon="bar-chart",
    )


def describe(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A survey that an action came of, and the factor that it is about, where one is named; None where the reader may
    not see the unit's result.
    """
    asked = read_reference(reference)
    campaign = queries.seen_campaign(actor, asked[0], unit_code) if asked else None
    if asked is None or campaign is None:
        return None
    label = campaign.title.in_language(words.language())
    if asked[1]:
        factor = campaign.version.parsed.factor(asked[1])
        if factor is None:
            return None
        label = f"{label}: {factor.title.in_language(words.language())}"
    return SourceAbout(label, reverse("survey_result", args=[campaign.pk, unit_code]))
