"""Reads of campaigns: those that a person runs, those that they are invited to, and how many have collected."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit, Invitation, Mode, Stage
from byfolk.engines.questionnaires.instruments.content import Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.instruments.models import State as VersionState
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor, Role

#: Those who run campaigns in their units; `permissions.BUILDERS`.
RUNNERS = (Role.HR_DIRECTOR, Role.HR_ADVISER)


def run_by(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns of the units that the actor runs campaigns for, the latest first. Raises `PermissionError`."""
    if not actor.may("campaigns.run"):
        raise PermissionError("campaigns are listed for those who run them")
    units = RawSQL("select held_unit_set(array['hr_director', 'hr_adviser'])", [])
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
    """How many of those invited have collected their ballot (or answered, where it is not anonymous): of a unit and all
    below it. `divided`: units below it have groups of their own.
    """

    unit_id: int
    code: str
    name_nb: str
    name_nn: str
    invited: int
    collected: int
    divided: bool

    @property
    def name(self) -> str:
        """What the unit was called when the campaign opened, in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


@dataclass(frozen=True)
class ResponseSoFar:
    """The response of a unit, and of its own group and those right below it, the lowest share first."""

    unit: Collected
    below: list[Collected]
    path: list[tuple[str, str]]
    """The units above: (code, name)."""


# A unit's own group belongs to the unit, and to no line below it.
_COLLECTED = """
with recursive tree (unit_id, line) as (
    select %(unit)s::bigint, %(unit)s::bigint
    union all
    select f.unit_id, case when t.line = %(unit)s then f.unit_id else t.line end
      from tree t join questionnaires_frozenunit f on f.campaign_id = %(campaign)s and f.parent_id = t.unit_id
), counted as (
    select t.line, sum(g.invited)::integer as invited, sum(c.collected)::integer as collected,
           bool_or(g.unit_id <> t.line) as divided
      from tree t
      join questionnaires_group g on g.campaign_id = %(campaign)s and g.unit_id = t.unit_id
      join byfolk_collected(%(campaign)s) c on c.group_id = g.id
     group by t.line
)
select f.unit_id, u.code, f.name_nb, f.name_nn, n.invited, n.collected, n.divided
  from counted n
  join questionnaires_frozenunit f on f.campaign_id = %(campaign)s and f.unit_id = n.line
  join organisation_unit u on u.id = n.line
 order by n.collected::real / greatest(n.invited, 1), f.name_nb
"""
_ABOVE = """
with recursive up as (
    select f.parent_id, 0 as depth from questionnaires_frozenunit f
     where f.campaign_id = %(campaign)s and f.unit_id = %(unit)s
    union all
    select f.parent_id, up.depth + 1
      from up join questionnaires_frozenunit f on f.campaign_id = %(campaign)s and f.unit_id = up.parent_id
)
select u.code, f.name_nb, f.name_nn
  from up
  join questionnaires_frozenunit f on f.campaign_id = %(campaign)s and f.unit_id = up.parent_id
  join organisation_unit u on u.id = up.parent_id
 order by up.depth desc
"""


def response_so_far(actor: Actor, campaign: Campaign, code: str = "") -> ResponseSoFar | None:
    """The response of a unit of the campaign's (its top, where no code is given) and of those right below it, all below
    each included; None for a unit that it does not have,
    or that is counted with the one above.

    Every number is a sum of whole groups, and so is every difference between two. Raises `PermissionError` for those
    who do not run it.
    """
    if not run_by(actor).filter(pk=campaign.pk).exists():
        raise PermissionError("the response is followed by those who run the campaign")
    frozen = FrozenUnit.objects.filter(campaign=campaign).select_related("unit")
    unit = frozen.filter(**({"unit__code": code} if code else {"parent": None})).first()
    if unit is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_COLLECTED, {"campaign": campaign.pk, "unit": unit.unit_id})
        rows = [Collected(*row) for row in cursor.fetchall()]
    if not rows:
        return None
    whole = Collected(
        unit.unit_id, unit.unit.code, unit.name_nb, unit.name_nn, sum(one.invited for one in rows),
        sum(one.collected for one in rows), divided=len(rows) > 1,
    )  # fmt: skip
    return ResponseSoFar(whole, rows, _path(campaign, unit))


def _path(campaign: Campaign, unit: FrozenUnit) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"campaign": campaign.pk, "unit": unit.unit_id})
        return [(code, in_language(nb, nn)) for code, nb, nn in cursor.fetchall()]


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
