"""Reads of grants and their history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Card

HISTORY = """
with changes as (
    select h.*, lag(valid) over w as valid_before, lead(id) over w is null as is_latest
      from byfolk_grant_history() h window w as (partition by grant_id order by id)
)
select id, at, what, grant_id, person_id, role, unit_id, valid, by_person_id, why, reason, valid_before, is_latest
  from changes
"""


@dataclass(frozen=True)
class Change:
    """One change of a grant: what it became (or was, for a delete), by whom and why. `why` names the action, `reason`
    is the person's.
    """

    id: int
    at: dt.datetime
    what: str
    grant_id: int
    person_id: int
    role: str
    unit_id: int
    valid: Any
    by_person_id: int | None
    why: str
    reason: str
    valid_before: Any
    is_latest: bool


def grants_in_force(on: dt.date, *, role: str = "", text: str = "") -> QuerySet[Grant]:
    """Roles that are valid on a date or come later, searched by role and by the person's name. Grants are open to all
    who work here.
    """
    found = (
        Grant.objects.filter(valid__overlap=(on, None)).select_related("unit").order_by("role", "unit__sort_key", "id")
    )
    if role:
        found = found.filter(role=role)
    if text:
        found = found.filter(person_id__in=people(text).values("person_id"))
    return found


def people(text: str) -> QuerySet[Card]:
    """People of the directory whose names hold every word of the text."""
    found = Card.objects.select_related("unit").order_by("sort_key")
    for word in text.split()[:5]:
        found = found.filter(sort_key__contains=_folded(word))
    return found


def units_called(text: str, on: dt.date) -> list[Unit]:
    """The open unit with this code, or the open units with this name (at most eleven)."""
    by_code = list(Unit.objects.filter(code__iexact=text, valid__contains=on))
    called = Q(name_nb__iexact=text) | Q(name_nn__iexact=text)
    return by_code or list(Unit.objects.filter(called, valid__contains=on)[:11])


def history(limit: int, offset: int = 0) -> list[Change]:
    """Changes of grants, newest first. The database gives none to those who are neither administrator nor auditor."""
    return _changes(f"{HISTORY} order by id desc limit %s offset %s", [limit, offset])


def change(*, change_id: int | None = None, grant_id: int | None = None) -> Change | None:
    """One change by its number, or the latest of a grant."""
    if change_id is not None:
        found = _changes(f"{HISTORY} where id = %s", [change_id])
    else:
        found = _changes(f"{HISTORY} where grant_id = %s and is_latest", [grant_id])
    return found[0] if found else None


def _changes(sql: str, values: list[Any]) -> list[Change]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Change(*row) for row in cursor.fetchall()]


def _folded(word: str) -> str:
    # As the generated column does it: lower case, and æ, ø, å sorted last.
    return word.lower().translate(str.maketrans("æäøöåéèêü", "{{||}eeeu"))
