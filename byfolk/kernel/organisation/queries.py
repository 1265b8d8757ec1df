"""Reads of the organisation. It is open to all who work here, so the queries take no actor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from byfolk.kernel.organisation.models import Leadership, Level, Municipality, Unit
from byfolk.kernel.organisation.names import in_language


def municipality() -> Municipality | None:
    """The municipality of this installation; None before the first step."""
    return Municipality.objects.first()


def open_units(on: dt.date) -> QuerySet[Unit]:
    """The units that exist on a date, in Norwegian order."""
    return Unit.objects.filter(valid__contains=on).order_by("sort_key")


def every_unit() -> QuerySet[Unit]:
    """Every unit that there is or was, in Norwegian order."""
    return Unit.objects.order_by("sort_key")


def root() -> Unit | None:
    """The top of the tree, or None before the organisation is loaded."""
    return Unit.objects.filter(parent=None, level=Level.MUNICIPALITY).first()


def find_code(code: str) -> Unit | None:
    """The unit with a code, open or closed; None where there is none."""
    return Unit.objects.filter(code=code).first()


def path_to(unit: Unit) -> list[Unit]:
    """The units above this one, from the root down, itself last."""
    return list(Unit.objects.filter(below__descendant=unit).order_by("-below__depth"))


def children_of(unit: Unit, on: dt.date) -> QuerySet[Unit]:
    """The open units right below this one."""
    return open_units(on).filter(parent=unit)


def agency_of(unit: Unit) -> Unit | None:
    """The agency that a unit lies in (or is); None above the agencies."""
    return Unit.objects.filter(below__descendant=unit, level=Level.AGENCY).first()


def leadership_of(units: list[int], on: dt.date) -> dict[int, int]:
    """Who leads: unit id to person id, on a date. Units without a leader are left out."""
    found = Leadership.objects.filter(unit_id__in=units, valid__contains=on)
    return dict(found.values_list("unit_id", "person_id"))


@dataclass(frozen=True)
class Vacant:
    """A unit that nobody leads."""

    code: str
    name: str


# Every leader's home page asks this: as a query set it took five times as long.
_VACANT = """
select u.code, u.name, u.name_nn from organisation_unit u
 where u.parent_id = any(%(above)s) and u.valid @> %(on)s::date
   and not exists (select from organisation_leadership l where l.unit_id = u.id and l.valid @> %(on)s::date)
 order by u.sort_key limit %(limit)s
"""


def units_without_leader(above: list[int], on: dt.date, *, limit: int) -> list[Vacant]:
    """Open units right below some that nobody leads on a day, in Norwegian order."""
    with connection.cursor() as cursor:
        cursor.execute(_VACANT, {"above": above, "on": on, "limit": limit})
        return [Vacant(code, in_language(nb, nn)) for code, nb, nn in cursor.fetchall()]


def history_of(unit: Unit) -> dict[str, list]:
    """Where the unit lay and what it was called, and what it succeeded or was succeeded by."""
    return {
        "placements": list(unit.placements.select_related("parent").order_by("valid")),
        "successions": list(unit.successions.select_related("successor").order_by("on")),
        "predecessors": list(unit.predecessors.select_related("unit").order_by("on")),
    }


def find_units(text: str, on: dt.date, limit: int) -> QuerySet[Unit]:
    """Open units whose name, in bokmål or nynorsk, or whose code holds the text."""
    named = Q(name_nb__icontains=text) | Q(name_nn__icontains=text)
    return open_units(on).filter(named | Q(code__istartswith=text))[:limit]
