"""Where a reader stands: the unit whose result is theirs, and whether they act for a unit."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.rights import Actor


def own_unit(actor: Actor) -> int | None:
    """The unit that the reader leads or has a role for, the highest one; else where they work."""
    return actor.held[0].unit_id if actor.held else actor.unit_id


def start_url(actor: Actor, found: Result) -> str:
    """Where an action of this result is started; empty for those who start none here, or where nothing is shown."""
    if not found.shown or not actor.may("actions.start") or not actor.steers([place.pk for place in found.path]):
        return ""
    query = urlencode({"kilde": f"survey:{found.campaign.pk}"})
    return f"{reverse('start_action', args=[found.place.code])}?{query}"
