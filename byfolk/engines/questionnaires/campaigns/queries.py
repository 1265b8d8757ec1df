"""Reads of campaigns: those that a person runs, those that they are invited to, and how many have collected."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit, Group, Invitation, Mode, Stage
from byfolk.engines.questionnaires.instruments.content import Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.instruments.models import State as VersionState
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor, Role

#: Those who run campaigns in their units; `permissions.BUILDERS`.
RUNNERS = (Role.HR_DIRECTOR, Role.HR_ADVISER)


def run_by(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns of the units that the actor runs campaigns for, the latest first. Raises `PermissionError`."""
    if not actor.may("campaigns.run"):
        raise PermissionError("campaigns are listed for those who run them")
    with connection.cursor() as cursor:
        cursor.execute("select held_unit_set(array['hr_director', 'hr_adviser'])")
        units = [unit for (unit,) in cursor.fetchall()]
    return Campaign.objects.filter(unit__in=units).select_related("version__instrument", "unit").order_by("-opens_at")


@dataclass(frozen=True)
class Invited:
    """One's own invitation to a campaign that is open: which group, its key, whether the ballot is collected, and
    whether that was for a pile of codes on paper.
    """

    campaign: Campaign
    group_id: int
    public_key: bytes
    collected: bool
    on_paper: bool


def invitations(actor: Actor) -> list[Invited]:
    """The actor's invitations to campaigns that are open, the first to close first."""
    if not actor.may("campaigns.see"):
        raise PermissionError("invitations are one's own")
    found = Invitation.objects.filter(person=actor.own_id, campaign__stage=Stage.OPEN)
    rows = found.select_related("campaign__version", "group").order_by("campaign__closes_at")
    return [
        Invited(
            row.campaign, row.group_id, bytes(row.group.public_key), row.collected,
            on_paper=row.paper and row.collected and not row.sent,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A campaign that waits for a person's answer, as far as a line about it needs."""

    campaign_id: int
    title: Texts
    anonymous: bool
    closes_at: dt.datetime


@dataclass(frozen=True)
class Open:
    """The campaigns that wait for a person's answer, the first to close first, and whether any that is open gives codes
    on paper.
    """

    waiting: list[Waiting]
    paper: bool


# Every home page asks this: as a query set it took five times as long.
_OPEN = """
select c.id, c.titles, c.mode = 'anonymous', c.closes_at, coalesce(not i.collected, false), c.paper
  from questionnaires_campaign c
  left join questionnaires_invitation i on i.campaign_id = c.id and i.person_id = %s
 where c.stage = 'open' and (c.paper or not i.collected)
 order by c.closes_at
"""


def open_now(actor: Actor) -> Open:
    """What is open: for which the actor has collected no ballot, and whether there are codes on paper. One query."""
    if not actor.may("campaigns.see"):
        raise PermissionError("invitations are one's own")
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [actor.own_id])
        rows = cursor.fetchall()
    waiting = [Waiting(pk, Texts(**json.loads(titles)), *rest) for pk, titles, *rest, waits, _paper in rows if waits]
    return Open(waiting, any(row[-1] for row in rows))


def invitation(actor: Actor, campaign_id: int) -> Invited | None:
    """The actor's invitation to one campaign that is open; None where there is none."""
    return next((one for one in invitations(actor) if one.campaign.pk == campaign_id), None)


@dataclass(frozen=True)
class Collected:
    """How many of those invited have collected their ballot (or answered, where it is not anonymous)."""

    unit_id: int
    name_nb: str
    name_nn: str
    level: int
    depth: int
    invited: int
    collected: int


def collected_by_unit(actor: Actor, campaign: Campaign) -> list[Collected]:
    """The response so far for every unit that has a group of its own, all below it included, from the top down.

    Every difference between two of these concerns a whole group. Raises `PermissionError` for those who do not run it.
    """
    if not run_by(actor).filter(pk=campaign.pk).exists():
        raise PermissionError("the response is followed by those who run the campaign")
    with connection.cursor() as cursor:
        cursor.execute("select group_id, collected from byfolk_collected(%s)", [campaign.pk])
        by_group = dict(cursor.fetchall())
    units = {row.unit_id: row for row in FrozenUnit.objects.filter(campaign=campaign)}
    invited: Counter[int] = Counter()
    collected: Counter[int] = Counter()
    heads = set()
    for group in Group.objects.filter(campaign=campaign):
        heads.add(group.unit_id)
        for unit in _path(group.unit_id, units):
            invited[unit] += group.invited
            collected[unit] += by_group[group.pk]
    shown = [
        Collected(unit, row.name_nb, row.name_nn, row.level, len(_path(unit, units)), invited[unit], collected[unit])
        for unit, row in units.items()
        if unit in heads or row.parent_id is None
    ]
    return sorted(shown, key=lambda one: [units[unit].name_nb for unit in reversed(_path(one.unit_id, units))])


def _path(unit: int, units: dict[int, FrozenUnit]) -> list[int]:
    path: list[int] = []
    walker: int | None = unit
    while walker is not None:
        path.append(walker)
        walker = units[walker].parent_id if walker in units else None
    return path


def is_anonymous(campaign: Campaign) -> bool:
    """Whether nobody can know who answered what."""
    return campaign.mode == Mode.ANONYMOUS


def versions_to_ask(actor: Actor) -> dict[int, InstrumentVersion]:
    """The instruments in use, by number of their version."""
    if not actor.may("campaigns.run"):
        raise PermissionError("instruments are chosen by those who run campaigns")
    found = InstrumentVersion.objects.filter(state=VersionState.IN_USE).select_related("instrument")
    return {version.pk: version for version in found.order_by("instrument__code")}


def units_to_ask(actor: Actor, on: dt.date) -> list[tuple[int, str]]:
    """The units that the actor runs campaigns for, and those right below them that are open: (id, name)."""
    held = [one.unit_id for one in actor.held if one.role in RUNNERS]
    found = Unit.objects.filter(Q(pk__in=held) | Q(parent__in=held), valid__contains=on)
    return [(unit.pk, unit.name) for unit in found.order_by("level", "sort_key")]


def unit_of(actor: Actor) -> Unit:
    """The unit whose campaign it is when the actor plans one: that of their first role that runs campaigns."""
    held = next((one.unit_id for one in actor.held if one.role in RUNNERS), None)
    if held is None:
        raise PermissionError("campaigns are planned by those who run them")
    return Unit.objects.get(pk=held)
