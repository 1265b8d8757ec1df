"""What actions add to every page: the one search, and the kinds of source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.wording import language
from byfolk.engines.actions import queries
from byfolk.engines.actions.sources import SourceAbout
from byfolk.engines.goals import queries as goals
from byfolk.engines.indicators import registry
from byfolk.kernel.registry import SearchHit
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian


def find_actions(actor: Actor, query: str, limit: int) -> Sequence[SearchHit]:
    """Actions that the reader sees, whose title holds every word of the query."""
    asked = query.split()
    if not asked or actor.person_id is None:
        return []
    found = queries.visible(actor)
    for word in asked:
        found = found.filter(title__icontains=word)
    rows = found.order_by("-started_on", "-pk")[:limit]
    return [SearchHit(one.title, reverse("action", args=[one.pk]), one.unit.name) for one in rows]


def describe_goal(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A goal of the policy, by its number."""
    every = [goal for area in goals.policy(actor, language()) for goal in area.goals]
    goal = next((one for one in every if one.number == reference), None)
    if goal is None:
        return None
    label = _("Mål %(number)s: %(title)s") % {"number": goal.number, "title": goal.title}
    return SourceAbout(label, f"{reverse('board_unit', args=[unit_code])}#mal-{goal.number.replace('.', '-')}")


def describe_figure(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A published figure, as "sick_leave:2025-12"."""
    code, _colon, period = reference.partition(":")
    try:
        indicator = registry.indicator(code)
        month = dt.datetime.strptime(period, "%Y-%m").date() if period else None
    except (LookupError, ValueError):
        return None
    when = f", {norwegian.month(month, language())}" if month else ""
    return SourceAbout(f"{indicator.title}{when}", figure_url(code, unit_code))
