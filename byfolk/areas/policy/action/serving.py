"""Actions on the page of the goal that they serve."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from byfolk.areas.policy.action import words
from byfolk.areas.policy.addresses import start_url
from byfolk.engines.actions import queries
from byfolk.engines.actions.rules import is_overdue
from byfolk.engines.goals import versions
from byfolk.engines.goals.serving import Asked, ServingRow
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor


def rows(actor: Actor, asked: Asked) -> Sequence[ServingRow]:
    """The open actions of the unit and those below it that the reader may see. One query."""
    found = queries.towards(actor, asked.goal, asked.path[-1], limit=asked.at_most)
    rows = []
    for one in found:
        late = is_overdue(one.due, asked.on, is_open=True)
        note = _("%(unit)s, frist %(due)s. %(owner)s") % {
            "unit": one.unit.name, "due": words.day_text(one.due), "owner": one.owner_name,
        }  # fmt: skip
        tag, tone = (words.late_text(one.due, asked.on), "warn") if late else (one.get_state_display(), "own")
        rows.append(ServingRow(one.title, reverse("action", args=[one.pk]), note.strip(), tag, tone))
    return rows


def start(actor: Actor, asked: Asked) -> tuple[str, str] | None:
    """Where the reader may start one, from the goal; None where they may not. Two queries for those who may."""
    if not actor.steers(asked.path):
        return None
    unit, number = Unit.objects.get(pk=asked.path[-1]), versions.goal(actor, asked.goal).number
    return _("Start et tiltak"), f"{start_url(unit.code)}?mal={number}"
