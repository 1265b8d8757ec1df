"""Who can see what about a person, by name: from the same statements that the database's policies are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Closure, Leadership
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.people.models import Card, Employment
from byfolk.kernel.rights import Actor, DataKind, Role, data_kinds


@dataclass(frozen=True)
class NamedSeer:
    """Someone who can see a kind of data, by which role, for which unit, and why. `near` counts units upwards from
    the person's own; `name` is empty for one who stands in no directory."""

    person_id: int
    name: str
    role: Role
    unit_name: str
    near: int
    why: Promise


@dataclass(frozen=True)
class KindSeen:
    """A kind of data about the person, and everyone else who can see it today, nearest first."""

    kind: DataKind
    seers: tuple[NamedSeer, ...]


@dataclass(frozen=True)
class _Holder:
    role: Role
    person_id: int
    unit_id: int
    near: int


def who_can_see(actor: Actor, on: dt.date) -> list[KindSeen]:
    """Every declared kind of data about the actor, with those who can see it. Five queries, whatever the number of
    kinds.
    """
    units = list(
        Employment.objects.filter(person_id=actor.own_id, valid__contains=on).values_list("unit_id", flat=True)
    )
    above: dict[int, tuple[str, int]] = {}
    for unit, nb, nn, depth in Closure.objects.filter(descendant__in=units).values_list(
        "ancestor", "ancestor__name_nb", "ancestor__name_nn", "depth"
    ):
        if unit not in above or depth < above[unit][1]:
            above[unit] = (in_language(nb, nn), depth)
    holders = sorted(_holders(above, actor, on), key=lambda holder: (holder.near, holder.person_id))
    names = names_of(holder.person_id for holder in holders)
    found = []
    for kind in data_kinds():
        why = {seer.role: seer.why for seer in kind.seen_by}
        seers = tuple(
            NamedSeer(h.person_id, names.get(h.person_id, ""), h.role, above[h.unit_id][0], h.near, why[h.role])
            for h in holders
            if h.role in why
        )
        found.append(KindSeen(kind, seers))
    return found


def _holders(above: dict[int, tuple[str, int]], actor: Actor, on: dt.date) -> Iterable[_Holder]:
    in_force = Q(unit_id__in=above, valid__contains=on) & ~Q(person_id=actor.person_id)
    for unit, person in Leadership.objects.filter(in_force).values_list("unit_id", "person_id"):
        yield _Holder(Role.LEADER, person, unit, above[unit][1])
    for unit, person, role in Grant.objects.filter(in_force).values_list("unit_id", "person_id", "role"):
        yield _Holder(Role(role), person, unit, above[unit][1])


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Names as the directory has them; whoever is not in it is left out."""
    cards = Card.objects.filter(person_id__in=set(person_ids)).values_list("person_id", "given_name", "family_name")
    return {person: f"{given} {family}" for person, given, family in cards}
