"""Published figures as lists, a part at a time: for the API and the open data. What is hidden is in them, without a
number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, QuerySet

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import BY_DIMENSION, Dimension, Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Figure, OpenFigure, Publication
from byfolk.engines.indicators.reading import read, signed_in
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor

Rows = Manager[Figure] | Manager[OpenFigure]


@dataclass(frozen=True)
class Wanted:
    """Which figures: of these indicators and units (None: of all), of periods from one month to another (both
    included), of a kind of span (None: any), and the parts of a breakdown (None: the whole only).
    """

    indicators: Collection[str] | None = None
    unit_ids: Collection[int] | None = None
    level: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    kind: PeriodKind | None = None
    dimension: Dimension | None = None
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS


def listed(actor: Actor, wanted: Wanted, *, start: int, at_most: int) -> tuple[list[FigureValue], int]:
    """A part of what those who work here may see, newest period first, and how long the whole list is. Two queries.

    Raises `LookupError` for an unknown indicator.
    """
    signed_in(actor)
    return _part(_found(wanted, Figure.objects), start, at_most)


def listed_for_anyone(wanted: Wanted, *, start: int, at_most: int) -> tuple[list[FigureValue], int]:
    """The same of what anyone may see: agencies and up, in the organisation as it was. Two queries."""
    return _part(_found(wanted, OpenFigure.objects), start, at_most)


def published_at() -> dt.datetime | None:
    """When figures were last published, for anyone; None before the first time. One query."""
    return Publication.objects.order_by("-at").values_list("at", flat=True).first()


def newest_publication() -> tuple[int, dt.datetime, dt.date, dt.date] | None:
    """What anyone may know of the newest publication: its number, when, the last month in it, and the day of the next.
    One query.
    """
    columns = ("id", "at", "period_until", "next_on", "declared")
    row = Publication.objects.order_by("-at").values_list(*columns).first()
    if row is None:
        return None
    *about, declared = row
    registry.as_of(about[0], declared)
    return tuple(about)


def _found(wanted: Wanted, rows: Rows) -> QuerySet[Any]:
    known = registry.indicators() if wanted.indicators is None else map(registry.indicator, wanted.indicators)
    codes = [group.code for group in BY_DIMENSION[wanted.dimension]] if wanted.dimension else [0]
    found = rows.filter(indicator__in=[one.key for one in known], breakdown__in=codes, hierarchy=wanted.hierarchy)
    if wanted.unit_ids is not None:
        found = found.filter(unit__in=list(wanted.unit_ids))
    if wanted.level is not None:
        found = found.filter(unit__in=Unit.objects.filter(level=wanted.level).order_by().values("pk"))
    if wanted.first is not None:
        found = found.filter(period__gte=wanted.first)
    if wanted.last is not None:
        found = found.filter(period__lte=wanted.last)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    return found


def _part(found: QuerySet[Any], start: int, at_most: int) -> tuple[list[FigureValue], int]:
    rows = found.order_by("-period", "indicator", "kind", "breakdown", "unit")[start : start + at_most]
    return read(rows), found.order_by().count()
