"""Who an audience is, as the database has it: by number for a preview, by person for the freezing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.campaigns.placing import Asked, Placing, placed
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor

_COUNTS = "select unit_id, leads, number from byfolk_audience_counts(%s, %s, %s, %s)"
_PEOPLE = "select person_id, unit_id, leads from byfolk_audience(%s, %s, %s, %s) order by person_id"


def preview(actor: Actor, audience: Audience, k: int) -> Placing:
    """How many an audience is, and in which groups they would be counted, today. Nobody is named.

    Raises `PermissionError` where the actor runs no campaigns; units where they run none are empty.
    """
    if not actor.may("campaigns.run"):
        raise PermissionError("an audience is looked at by those who run campaigns")
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _arguments(audience))
        asked = [Asked(unit, frozenset(leads), number) for unit, leads, number in cursor.fetchall()]
    return placed(asked, tree(), audience.units, k)


def people_of(audience: Audience) -> Iterator[Asked]:
    """Everybody of an audience. For background work."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, _arguments(audience))
        for person, unit, leads in cursor.fetchall():
            yield Asked(unit, frozenset(leads), person=person)


def addressed(audience: Audience) -> list[Unit]:
    """The units that get an address of their own in a campaign that anyone may answer, by name. One query."""
    openly = audience.openly
    if openly is None:
        return []
    found = Unit.objects.filter(valid__contains=audience.on, level=openly.level, above__ancestor__in=audience.units)
    return list(found.filter(name_nb__icontains=openly.named).distinct().order_by("sort_key", "pk"))


def tree() -> dict[int, int | None]:
    """Every unit's parent today."""
    return dict(Unit.objects.values_list("id", "parent_id"))


def _arguments(audience: Audience) -> list[Any]:
    return [list(audience.units), audience.leaders.value, list(audience.kinds), audience.on]
