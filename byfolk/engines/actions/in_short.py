"""Actions in short, for home pages: everyone's asks, so each is one small question and no query set (a fifth of the
time). The database shows what the reader may see, as in `queries`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class Late:
    """How many actions are late, and the day that the oldest was due."""

    n: int
    oldest: dt.date | None


_LATE = """
select count(*), min(due) from actions_action
 where state in ('planned', 'in_progress') and due < %(on)s and owner_id <> %(me)s
   and unit_id in (select descendant_id from organisation_closure where ancestor_id = %(unit)s)
"""


def late_below(actor: Actor, unit_id: int, on: dt.date) -> Late:
    """Open actions past their due date in a unit and below, without the actor's own. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, {"on": on, "me": actor.own_id, "unit": unit_id})
        return Late(*cursor.fetchone())


@dataclass(frozen=True)
class Own:
    """An open action that one answers for, as far as a line about it needs."""

    pk: int
    title: str
    due: dt.date
    unit_name: str


_OWN = """
select a.id, a.title, a.due, u.name, u.name_nn from actions_action a join organisation_unit u on u.id = a.unit_id
 where a.owner_id = %s and a.state in ('planned', 'in_progress') order by a.due, a.id
"""


def own(actor: Actor) -> list[Own]:
    """The open actions that the actor answers for, in short, the one due first on top. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [actor.own_id])
        return [Own(pk, title, due, in_language(nb, nn)) for pk, title, due, nb, nn in cursor.fetchall()]
