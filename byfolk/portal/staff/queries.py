"""Who works in a unit and below, now. Row level security decides which rows there are; people who stand in no list
stand not here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from byfolk.kernel.access.seers import names_of
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.names import reads_nynorsk
from byfolk.kernel.people.models import Employment, EmploymentKind, Person
from byfolk.kernel.rights import Actor, Role
from byfolk.lib.listed import containing

SORTS = {
    "name": "c.sort_key, e.id",
    "unit": "u.sort_key, c.sort_key, e.id",
    "post": "p.title, c.sort_key, e.id",
    "percentage": "e.percentage, c.sort_key, e.id",
    "kind": "e.kind, c.sort_key, e.id",
}
"""What the list can be sorted by, and how."""

MOST = 2000
"""Longer lists are not counted to the end, and are sorted by name only: such a list is for searching, not for
reading.
"""

FROM = """
  from people_employment e
  join people_card c on c.person_id = e.person_id
  join people_position p on p.id = e.position_id
  join organisation_unit u on u.id = e.unit_id
 where e.unit_id = any(array(select descendant_id from organisation_closure where ancestor_id = %(unit)s))
   and e.valid @> %(on)s::date
"""
# The same by way of the directory in the order of its index, which for a long list finds the first page at once.
FROM_DIRECTORY = """
  from people_card c
 cross join lateral (
    select * from people_employment own where own.person_id = c.person_id and own.valid @> %(on)s::date offset 0
  ) e
  join organisation_closure t on t.descendant_id = e.unit_id and t.ancestor_id = %(unit)s
  join people_position p on p.id = e.position_id
  join organisation_unit u on u.id = e.unit_id
 where true
"""
COLUMNS = """
    e.person_id, c.given_name, c.family_name, p.title, u.name, u.name_nn, u.code, e.percentage, e.kind,
    lower(e.valid), upper(e.valid)
"""
HOLDERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)


@dataclass(frozen=True)
class StaffRow:
    """One employment in the list. `percentage` is permille of full time; `until` is the first day after it."""

    person_id: int
    given_name: str
    family_name: str
    title: str
    unit: str
    unit_code: str
    percentage: int
    kind: str
    since: dt.date
    until: dt.date | None

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"

    @property
    def kind_title(self) -> Promise | str:
        """Permanent, temporary and so on, in words."""
        return EmploymentKind(self.kind).label


@dataclass(frozen=True)
class StaffQuery:
    """What list is wanted."""

    unit: Unit
    on: dt.date
    text: str = ""
    sort: str = "name"
    kind: str = ""

    def where(self, start: str = FROM) -> tuple[str, dict[str, Any]]:
        """The part of the SQL from `from` on, with its values. Every word of the text must stand in the name or the
        post.
        """
        sql, values = start, {"unit": self.unit.pk, "on": self.on}
        for number, word in enumerate(self.text.split()[:5]):
            sql += f" and (c.given_name || ' ' || c.family_name || ' ' || p.title) ilike %(word{number})s"
            values[f"word{number}"] = containing(word)
        if self.kind:
            sql += " and e.kind = %(kind)s"
            values["kind"] = self.kind
        return sql, values


def units_of(actor: Actor, on: dt.date) -> list[Unit]:
    """The units that the actor may see the staff of, from the top; those below are reached from these."""
    ids = [held.unit_id for held in actor.held if held.role in HOLDERS]
    return list(Unit.objects.filter(pk__in=ids, valid__contains=on).order_by("level", "sort_key"))


def is_within(unit: Unit, tops: list[Unit]) -> bool:
    """Whether a unit is one of these or lies below one of them."""
    return Unit.objects.filter(pk=unit.pk, above__ancestor__in=tops).exists()


def count(wanted: StaffQuery) -> int:
    """How many employments the list has; `MOST` + 1 where there are more than `MOST`."""
    sql, values = wanted.where()
    with connection.cursor() as cursor:
        # The text is ours, the values are bound.
        cursor.execute(f"select count(*) from (select e.id {sql} limit {MOST + 1}) counted", values)  # noqa: S608
        return int(cursor.fetchone()[0])


def rows(wanted: StaffQuery, *, limit: int | None = None, offset: int = 0, long: bool = False) -> list[StaffRow]:
    """The list, or a page of it. `long`: it has more than `MOST` rows, and is sorted by name."""
    sql, values = wanted.where(FROM_DIRECTORY if long else FROM)
    order = SORTS["name"] if long else SORTS.get(wanted.sort, SORTS["name"])
    values |= {"limit": limit, "offset": offset}
    statement = f"select {COLUMNS} {sql} order by {order} limit %(limit)s offset %(offset)s"
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    nynorsk = reads_nynorsk()
    return [StaffRow(*[*row[:4], (nynorsk and row[5]) or row[4], *row[6:]]) for row in found]


def person_of_mine(actor: Actor, person_id: int) -> Person | None:
    """Someone else who works in the actor's units, as the database lets them be seen; None otherwise."""
    if person_id == actor.person_id:
        return None
    return Person.objects.filter(pk=person_id).first()


def employments_of(person: Person, on: dt.date) -> QuerySet[Employment]:
    """The person's employments, of those that the actor may see, the newest first."""
    return Employment.objects.filter(person=person).select_related("position", "unit").order_by("-valid")


def name_of(person: Person) -> str:
    """The directory's name, else the registered one."""
    return names_of([person.pk]).get(person.pk, str(person))
