"""Reads for the organisation browser: a few queries whatever the size of the city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from byfolk.kernel.organisation.models import Closure, Unit
from byfolk.kernel.organisation.queries import children_of, leadership_of
from byfolk.kernel.people.models import Card


@dataclass(frozen=True)
class Line:
    """A unit in the browser: how many units and people lie in it, and who leads it (None: nobody, or not to be shown)."""

    unit: Unit
    units_below: int
    people: int
    leader: Card | None


def lines_below(unit: Unit, on: dt.date) -> list[Line]:
    """The open units right below `unit`, in Norwegian order."""
    children = list(children_of(unit, on))
    return lines_of(children, on)


def lines_of(units: list[Unit], on: dt.date) -> list[Line]:
    """A line for each of these units, in four queries."""
    ids = [unit.id for unit in units]
    below = dict(
        Closure.objects.filter(ancestor__in=ids, depth__gt=0, descendant__valid__contains=on)
        .values("ancestor")
        .annotate(n=Count("id"))
        .values_list("ancestor", "n")
    )
    people = dict(
        Closure.objects.filter(ancestor__in=ids)
        .values("ancestor")
        .annotate(n=Count("descendant__cards"))
        .values_list("ancestor", "n")
    )
    leaders = leadership_of(ids, on)
    cards = Card.objects.in_bulk(leaders.values())
    return [
        Line(unit, below.get(unit.id, 0), people.get(unit.id, 0), cards.get(leaders.get(unit.id, 0))) for unit in units
    ]
