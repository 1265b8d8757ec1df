"""A unit's plan beside its result: what is chosen, what is being done, and where one chooses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.surveys.plans import words as said
from byfolk.areas.surveys.plans.page import actions_of
from byfolk.areas.surveys.results.places import plan_url
from byfolk.engines.questionnaires.plans import queries
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.rights import Actor


def beside(actor: Actor, found: Result, on: dt.date) -> dict[str, Any]:
    """What the page of a result shows of the unit's plan. One query, two where there is a plan."""
    campaign, url = found.campaign.pk, plan_url(actor, found)
    plan = queries.plans_of(actor, [campaign], found.place.pk).get(campaign)
    if plan is None:
        return {"plan_url": url, "chosen": None}
    actions = actions_of(actor, found, plan)
    areas = [
        {"title": said.title_of(found.content, one), "rows": said.action_rows(actions[one], on)} for one in plan.factors
    ]
    chosen = {"title": _("Dette har vi valgt"), "lead": said.present_text(plan), "areas": areas, "url": url}
    return {"plan_url": url, "chosen": chosen}
