"""A unit's plan beside its result: what is chosen, what is being done, what was chosen last time and how that moved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.surveys.plans import words as said
from byfolk.areas.surveys.plans.page import actions_of
from byfolk.areas.surveys.results import words
from byfolk.areas.surveys.results.places import plan_url
from byfolk.areas.surveys.results.sentences import moved_of
from byfolk.engines.actions.models import State
from byfolk.engines.questionnaires.plans import queries
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian


def beside(actor: Actor, found: Result, on: dt.date) -> dict[str, Any]:
    """What the page of a result shows of the unit's plans, this time and last. One query, one more for each plan."""
    earlier = found.results.earlier
    rounds = [found.campaign.pk, *([earlier.pk] if earlier else [])]
    plans = queries.plans_of(actor, rounds, found.place.pk)
    plan, before = plans.get(found.campaign.pk), plans.get(earlier.pk) if earlier else None
    return {
        "plan_url": plan_url(actor, found),
        "chosen": _chosen(actor, found, plan, on) if plan else None,
        "last": _last(actor, found, before) if before and found.shown else None,
        "since_url": _since_url(found),
    }


def _chosen(actor: Actor, found: Result, plan: Plan, on: dt.date) -> dict[str, Any]:
    actions = actions_of(actor, found, plan)
    areas = [
        {"title": said.title_of(found.content, one), "rows": said.action_rows(actions[one], on)} for one in plan.factors
    ]
    lead, url = said.present_text(plan), plan_url(actor, found)
    return {"title": _("Dette har vi valgt"), "lead": lead, "areas": areas, "url": url}


def _last(actor: Actor, found: Result, plan: Plan) -> dict[str, Any]:
    """What was chosen after the campaign before: then, now, and the word by the rule."""
    actions, year = actions_of(actor, found, plan), found.results.earlier.closes_at.year if found.results.earlier else 0
    rows = []
    for factor in plan.factors:
        done = sum(1 for one in actions[factor] if one.state == State.DONE)
        known = {"done": norwegian.number(done), "n": norwegian.number(len(actions[factor]))}
        made = ngettext("%(done)s av %(n)s tiltak ble ferdig.", "%(done)s av %(n)s tiltak ble ferdige.", done) % known
        text = f"{_moved_text(found, factor, year)} {made if actions[factor] else _('Ingen tiltak ble laget.')}"
        rows.append({"title": said.title_of(found.content, factor), "text": text})
    return {"title": _("Det dere valgte i %(year)d") % {"year": year}, "rows": rows}


def _moved_text(found: Result, factor: str, year: int) -> str:
    row, about = found.factors.get(factor), found.content.factor(factor)
    moved = moved_of(found, about) if row is not None and about is not None else None
    if row is None or row.mean is None or row.change is None or moved is None:
        return _("Vi kan ikke si om det har flyttet seg.")
    return _("Fra %(before)s til %(now)s: %(word)s.") % {
        "before": words.mean_text(row.mean - row.change), "now": words.mean_text(row.mean),
        "word": norwegian.inside(words.since_text(moved, year)),
    }  # fmt: skip


def _since_url(found: Result) -> str:
    """Where it is told what moved where; below the agencies nowhere."""
    if found.place.level > Level.AGENCY or found.results.earlier is None or not found.shown:
        return ""
    return reverse("survey_since", args=[found.campaign.pk, found.place.code])
