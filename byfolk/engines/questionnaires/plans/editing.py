"""Choosing what a unit does something about, choosing otherwise, and taking one's latest choice back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from byfolk.engines.actions.actions import Participants
from byfolk.engines.actions.queries import path_of
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans import queries
from byfolk.engines.questionnaires.plans.models import LONGEST_LINE, MOST, Plan
from byfolk.engines.questionnaires.plans.rules import UNDO_FOR
from byfolk.engines.questionnaires.results.models import FactorResult, Results
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of


class PlanRefused(ValueError):
    """What may not be, with the field that it is about. Nothing was written."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody else has chosen since the plan was read. Nothing was written."""


@action("plans.choose")
def choose_areas(
    *,
    actor: Actor,
    campaign: Campaign,
    unit: Unit,
    factors: Sequence[str],
    present: Participants,
    met_on: dt.date,
    version: int,
    now: dt.datetime,
) -> Plan:
    """Choose one or two factors of a unit's published result, or choose otherwise; `version` is the one that the actor
    saw, 0 for none.

    Raises `PermissionError` outside the actor's units, `ChangedMeanwhile`, and `PlanRefused` for factors that are not
    shown of the unit, for none or too many, for a meeting that is not yet or was before the result, and once the next
    campaign has its result.
    """
    _must_steer(actor, unit.pk)
    results = Results.objects.filter(campaign=campaign).first()
    if results is None:
        raise PlanRefused("factors", "there is no result to choose from")
    if queries.is_over(actor, campaign.pk, unit.pk):
        raise PlanRefused("over", "the next campaign has its result")
    chosen = _chosen(campaign, unit, factors)
    on = day_of(now)
    if not day_of(results.computed_at) <= met_on <= on:
        raise PlanRefused("met_on", "one meets about a result that there is")
    fields: dict[str, object] = {
        "first": chosen[0], "second": chosen[1] if len(chosen) > 1 else "", "met_on": met_on,
        "staff_representative": present.staff_representative,
        "safety_representative": present.safety_representative,
        "union": present.union, "participants": " ".join(present.others.split())[:LONGEST_LINE],
    }  # fmt: skip
    if version:
        return _write(campaign.pk, unit.pk, version, fields)
    made = Plan(
        campaign=campaign, unit=unit, shown_from=results.shown_from, made_by_id=actor.person_id, made_at=now, **fields
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhile from None
    return made


@action("plans.choose")
def undo_choice(*, actor: Actor, plan: Plan, version: int, now: dt.datetime) -> Plan | None:
    """Take back one's own latest choice: the plan is as it was before; None where there was none before.

    Raises `PermissionError`, `ChangedMeanwhile` where somebody has chosen since, `PlanRefused` where the latest choice
    is another's, or was made too long ago.
    """
    _must_steer(actor, plan.unit_id)
    history = queries.history_of(actor, plan)
    if not may_undo(actor, history, now):
        raise PlanRefused("version", "one takes back one's own latest choice")
    if history[-1].version != version:
        raise ChangedMeanwhile
    if len(history) == 1:
        if not Plan.objects.filter(pk=plan.pk, version=version).delete()[0]:
            raise ChangedMeanwhile
        return None
    before = history[-2]
    fields: dict[str, object] = {
        "first": before.first, "second": before.second, "met_on": before.met_on,
        "staff_representative": before.staff_representative, "safety_representative": before.safety_representative,
        "union": before.union, "participants": before.participants,
    }  # fmt: skip
    return _write(plan.campaign_id, plan.unit_id, version, fields)


def may_undo(actor: Actor, history: Sequence[queries.Event], now: dt.datetime) -> bool:
    """Whether the latest choice is the actor's own, and not old."""
    return bool(history) and history[-1].by_person_id == actor.person_id and now - history[-1].at <= UNDO_FOR


def _chosen(campaign: Campaign, unit: Unit, factors: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(factors))
    if not 1 <= len(chosen) <= MOST:
        raise PlanRefused("factors", "a unit chooses one or two")
    shown = FactorResult.objects.filter(
        campaign=campaign, unit=unit, background="", factor__in=chosen, mean__isnull=False
    )
    if shown.count() != len(chosen):
        raise PlanRefused("factors", "a unit chooses among what is shown of it")
    return chosen


def _write(campaign_id: int, unit_id: int, version: int, fields: dict[str, object]) -> Plan:
    """Change a plan if nobody has changed it since it had this version."""
    found = Plan.objects.filter(campaign=campaign_id, unit=unit_id, version=version)
    if not found.update(**fields, version=F("version") + 1):
        raise ChangedMeanwhile
    return Plan.objects.get(campaign=campaign_id, unit=unit_id)


def _must_steer(actor: Actor, unit_id: int) -> None:
    if not actor.steers(path_of(unit_id)):
        raise PermissionError("a unit's plan is made by those who lead or help it")
