"""Where a reader stands: the unit whose result is theirs, and whether they act for a unit."""

from __future__ import annotations

from django.urls import reverse

from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.rights import Actor


def own_unit(actor: Actor) -> int | None:
    """The unit that the reader leads or has a role for, the highest one; else where they work."""
    return actor.held[0].unit_id if actor.held else actor.unit_id


def acts_here(actor: Actor, found: Result) -> bool:
    """Whether the reader chooses what this unit does something about, and makes its actions."""
    return actor.may("plans.choose") and actor.steers([place.pk for place in found.path])


def plan_url(actor: Actor, found: Result) -> str:
    """Where the unit chooses what to do something about; empty for those who do not, or where nothing is shown."""
    if not found.shown or not acts_here(actor, found):
        return ""
    return reverse("survey_plan", args=[found.campaign.pk, found.place.code])
