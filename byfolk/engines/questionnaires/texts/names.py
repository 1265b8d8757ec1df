"""The names that texts are searched for: everybody's, and given names of those who work or lead where a text is from.
Read by background work only, and kept nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from byfolk.engines.questionnaires.texts.masking import Names

_EVERYBODY = "select array_agg(distinct given_name), array_agg(distinct family_name) from people_person"
_NEAR = """
select c.ancestor_id, array_agg(distinct p.given_name)
  from (select e.unit_id, e.person_id from people_employment e where e.valid && %(days)s::daterange
        union select l.unit_id, l.person_id from organisation_leadership l where l.valid && %(days)s::daterange) there
  join organisation_closure c on c.descendant_id = there.unit_id and c.ancestor_id = any(%(units)s)
  join people_person p on p.id = there.person_id
 group by c.ancestor_id
"""


@dataclass(frozen=True)
class Directory:
    """Names to look for in texts, by the unit that they are placed in."""

    everybody: Names
    near: dict[int, frozenset[str]]

    def of(self, unit: int) -> Names:
        """What to look for in the texts of a unit."""
        return Names(self.everybody.given, self.everybody.family, self.near.get(unit, frozenset()))


def directory(units: Iterable[int], first: dt.date, last: dt.date, *, using: str) -> Directory:
    """Names of everybody, and of those who worked in or led these units, or any below, at any time in the period."""
    wanted: dict[str, Any] = {"units": list(units), "days": f"[{first.isoformat()},{last.isoformat()}]"}
    with connections[using].cursor() as cursor:
        cursor.execute(_EVERYBODY)
        given, family = cursor.fetchone()
        cursor.execute(_NEAR, wanted)
        near = {unit: Names.of((), (), found).near for unit, found in cursor.fetchall()}
    return Directory(Names.of(given or (), family or ()), near)
