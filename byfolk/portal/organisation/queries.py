"""Reads for the organisation browser: a few queries whatever the size of the city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from byfolk.engines.indicators import queries as figures
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import open_units
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class Line:
    """A unit in the browser: how many units lie right below it, how many people work in it, and who leads it.

    `people` is the newest published head count (None before the first); `leader` is None where nobody may be shown.
    """

    unit: Unit
    units: int
    people: int | None
    leader: Card | None


def lines_of(actor: Actor, units: list[Unit], on: dt.date) -> list[Line]:
    """A line for each of these units, in four queries."""
    ids = [unit.pk for unit in units]
    below = dict(open_units(on).filter(parent__in=ids).order_by().values_list("parent").annotate(Count("id")))
    leaders, people = leaders_of(ids, on), head_counts(actor, ids, figures.latest_period(actor))
    return [Line(unit, below.get(unit.pk, 0), people.get(unit.pk), leaders.get(unit.pk)) for unit in units]


def leaders_of(unit_ids: list[int], on: dt.date) -> dict[int, Card]:
    """Who leads these units, as far as they may be shown. One query."""
    found: Iterable[Any] = Card.objects.raw(LEADERS, [unit_ids, on])
    return {card.led: card for card in found}


LEADERS = """
select card.*, leads.unit_id as led
  from organisation_leadership leads join people_card card on card.person_id = leads.person_id
 where leads.unit_id = any(%s) and leads.valid @> %s::date
"""


def head_counts(actor: Actor, unit_ids: list[int], period: dt.date | None) -> dict[int, int | None]:
    """The newest published head count of these units up to a period; empty before the first. One query."""
    if period is None:
        return {}
    found = figures.unit_values(actor, ["headcount"], unit_ids, period)
    return {unit_id: known["headcount"].n for unit_id, known in found.items() if "headcount" in known}
