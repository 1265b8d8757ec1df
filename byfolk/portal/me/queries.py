"""Reads of my page: what is registered about the one who asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from byfolk.kernel.access.models import Grant
from byfolk.kernel.access.seers import KindSeen, NamedSeer, names_of
from byfolk.kernel.audit.models import ReadLog, in_words
from byfolk.kernel.audit.reading import looks_at
from byfolk.kernel.people.models import Absence, Address, Card, Employment, Pay, Person
from byfolk.kernel.rights import ROLE_TITLES, Actor, Role, data_kind
from byfolk.kernel.time import OSLO
from byfolk.lib import norwegian
from byfolk.portal.me.models import Correction


@dataclass(frozen=True)
class Registered:
    """What is registered about a person, as they see it themselves."""

    person: Person
    card: Card | None
    address: Address | None
    employments: list[Employment]
    pay: list[Pay]
    absences: list[Absence]
    grants: list[Grant]
    corrections: list[Correction]


def registered(actor: Actor, on: dt.date) -> Registered:
    """All that a person finds on their page: posts that last, pay now, absences of the last twelve months."""
    me = {"person_id": actor.person_id}
    year_ago = on - dt.timedelta(days=365)
    return Registered(
        person=Person.objects.get(pk=actor.own_id),
        card=Card.objects.select_related("unit").filter(**me).first(),
        address=Address.objects.filter(**me).first(),
        employments=list(Employment.objects.filter(**me).select_related("position", "unit").order_by("-valid")),
        pay=list(Pay.objects.filter(**me, valid__contains=on).select_related("position")),
        absences=list(Absence.objects.filter(**me, valid__overlap=(year_ago, None)).order_by("-valid")),
        grants=list(Grant.objects.filter(**me, valid__contains=on).select_related("unit")),
        corrections=list(Correction.objects.filter(**me).order_by("-at")),
    )


@dataclass(frozen=True)
class Look:
    """One look at the person's data: who, how they stand to the person, what, why and when."""

    name: str
    role: str
    what: str
    purpose: str
    at: dt.datetime
    tone: str


def looks(actor: Actor, seen: list[KindSeen], rows: list[ReadLog]) -> list[Look]:
    """Rows of the read log in words."""
    roles = _roles_near(seen)
    names = names_of(row.reader_id for row in rows)
    return [
        Look(
            name=names.get(row.reader_id) or _("En som har sluttet eller har sperret adresse"),
            role=roles.get(row.reader_id, ""),
            what=_("åpnet %(kind)s") % {"kind": str(data_kind(row.kind).title).lower()},
            purpose=in_words(row.purpose, row.details),
            at=row.at.astimezone(OSLO),
            tone=("lilac", "mint", "peach")[row.reader_id % 3],
        )
        for row in rows
    ]


def recent_looks(actor: Actor) -> QuerySet[ReadLog]:
    """Everyone's looks at the actor, newest first."""
    return looks_at(actor)


def relation(seer: NamedSeer, nearest_leader: int | None) -> str:
    """How someone who can see stands to the person: "lederen din", or their role and where they hold it."""
    if seer.role is Role.LEADER and seer.person_id == nearest_leader:
        return _("lederen din")
    return _("%(role)s for %(unit)s") % {"role": norwegian.inside(str(ROLE_TITLES[seer.role])), "unit": seer.unit_name}


def nearest_leader(seen: list[KindSeen]) -> NamedSeer | None:
    """The leader nearest to the person among those who can see something."""
    leaders = [seer for kind in seen for seer in kind.seers if seer.role is Role.LEADER]
    return min(leaders, key=lambda seer: seer.near, default=None)


def _roles_near(seen: list[KindSeen]) -> dict[int, str]:
    leader = nearest_leader(seen)
    return {
        seer.person_id: relation(seer, leader.person_id if leader else None)
        for kind in reversed(seen)
        for seer in reversed(kind.seers)
    }


def corrections_to_answer(actor: Actor) -> QuerySet[Correction]:
    """What people in the actor's units have said is wrong, the unanswered first. The database shows no other units'."""
    mine = Correction.objects.exclude(person_id=actor.own_id)
    return mine.select_related("unit").order_by(F("answered_at").asc(nulls_first=True), "at")
