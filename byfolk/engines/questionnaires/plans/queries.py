"""Reads of plans. The database gives a plan to those who see the unit's result on that day, and to nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from byfolk.engines.questionnaires.plans.effects import Seen
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.results.models import UnitResult
from byfolk.kernel.rights import Actor


def plans_of(actor: Actor, campaigns: Sequence[int], unit_id: int) -> dict[int, Plan]:
    """A unit's plans after these campaigns, by campaign. One query."""
    _may(actor)
    return {one.campaign_id: one for one in Plan.objects.filter(campaign__in=campaigns, unit=unit_id)}


def is_over(actor: Actor, campaign_id: int, unit_id: int) -> bool:
    """Whether the unit has the result of a campaign after this one: then its plan stands as it is. One query."""
    _may(actor)
    return UnitResult.objects.filter(unit=unit_id, campaign__results__earlier=campaign_id).exists()


@dataclass(frozen=True)
class Event:
    """One choice: when, by whom (None: background work), and the plan as it was afterwards."""

    at: dt.datetime
    by_person_id: int | None
    first: str
    second: str
    staff_representative: bool
    safety_representative: bool
    union: bool
    participants: str
    met_on: dt.date
    version: int


def history_of(actor: Actor, plan: Plan) -> list[Event]:
    """Every choice of a plan, oldest first; nothing for those who cannot choose there. One query."""
    _may(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            """select at, by_person_id, first, second, staff_representative, safety_representative, "union",
                      participants, met_on, version from byfolk_plan_history(%s)""",
            [plan.pk],
        )
        return [Event(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Idea:
    """What a unit did, in its own words, that let others see it; `level` of the unit (`organisation.Level`), which is
    all that is told of it.
    """

    action_id: int
    title: str
    level: int


def done_where_it_rose(actor: Actor, instrument: str, factor: str, unit_id: int, *, at_most: int) -> list[Idea]:
    """Done actions that their people let others see, in units of the same level and sector where the same factor was
    clearly higher in the next campaign, as everybody there may see. One query; nothing for those who do not lead or
    help the unit.
    """
    _may(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, title, level from byfolk_shared_survey_actions(%s, %s, %s) limit %s",
            [instrument, factor, unit_id, at_most],
        )
        return [Idea(*row) for row in cursor.fetchall()]


_CHANGES = """
select f.unit_id, f.factor, (f.mean - f.change)::float8, f.change::float8, f.factor in (p.first, p.second)
  from questionnaires_factorresult f
  join organisation_closure k on k.descendant_id = f.unit_id and k.ancestor_id = %(unit)s and k.depth > 0
  left join questionnaires_plan p on p.campaign_id = %(before)s and p.unit_id = f.unit_id
 where f.campaign_id = %(campaign)s and f.background = '' and f.change is not null
"""
_PARENTS = """
select u.parent_id from questionnaires_unitresult r
  join questionnaires_frozenunit u on u.campaign_id = r.campaign_id and u.unit_id = r.unit_id
 where r.campaign_id = %(campaign)s and r.state = 0 and u.parent_id is not null
"""


def changes_below(actor: Actor, campaign_id: int, before_id: int, unit_id: int) -> dict[str, list[Seen]]:
    """What moved from one campaign to the next in the units below one, by factor, and whether each unit had chosen it:
    published figures that the actor sees, of units without a published unit right below, so that nobody's answers
    count twice. Two queries.
    """
    _may(actor)
    asked = {"campaign": campaign_id, "before": before_id, "unit": unit_id}
    found: dict[str, list[Seen]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PARENTS, asked)
        above = {parent for (parent,) in cursor.fetchall()}
        cursor.execute(_CHANGES, asked)
        for unit, factor, start, change, chosen in cursor.fetchall():
            if unit not in above:
                found.setdefault(factor, []).append(Seen(start, change, bool(chosen)))
    return found


def _may(actor: Actor) -> None:
    if not actor.may("results.see"):
        raise PermissionError("plans are seen by those who see results")
