"""Reads of results. The database gives whoever asks the units that they may see on that day, and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q

from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.instruments.content import Content, Factor
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of

_PLACES = """
with recursive up as (
    select f.unit_id, f.parent_id, 0 as depth from questionnaires_frozenunit f
     where f.campaign_id = %(campaign)s and f.unit_id = (select id from organisation_unit where code = %(code)s)
    union all
    select f.unit_id, f.parent_id, up.depth + 1 from up
      join questionnaires_frozenunit f on f.unit_id = up.parent_id and f.campaign_id = %(campaign)s
), around as (
    select unit_id, depth from up
    union all
    select f.unit_id, -1 from questionnaires_frozenunit f join up on up.depth = 0 and f.parent_id = up.unit_id
     where f.campaign_id = %(campaign)s
)
select a.unit_id, a.depth, u.code, f.name_nb, f.name_nn, f.level
  from around a join questionnaires_frozenunit f on f.unit_id = a.unit_id and f.campaign_id = %(campaign)s
  join organisation_unit u on u.id = a.unit_id
 order by a.depth desc, u.sort_key, u.code
"""


@dataclass(frozen=True)
class Place:
    """A unit as it was frozen."""

    pk: int
    code: str
    name: str
    level: int


@dataclass(frozen=True)
class Compared:
    """A unit above whose means stand beside one's own."""

    place: Place
    means: Mapping[str, Decimal]


@dataclass(frozen=True)
class Below:
    """A unit right below. `answered` None: it is not shown; `small` says why."""

    place: Place
    invited: int
    answered: int | None
    small: bool


@dataclass(frozen=True)
class Group:
    """What people of one background (code of the item) said, by option and factor."""

    background: str
    options: tuple[str, ...]
    means: Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Result:
    """What one unit's page shows. `path`: from the top down, the unit itself last. `above`: the nearest unit above that
    is shown to the reader; `top`: the top, where it is shown and is another one.
    """

    campaign: Campaign
    results: Results
    content: Content
    path: tuple[Place, ...]
    unit: UnitResult
    factors: Mapping[str, FactorResult]
    above: Compared | None
    top: Compared | None
    groups: Sequence[Group]
    below: Sequence[Below]

    @property
    def place(self) -> Place:
        """The unit itself."""
        return self.path[-1]

    @property
    def shown(self) -> list[Factor]:
        """The factors that have a mean here, in the instrument's order."""
        return [factor for factor in self.content.factors if self.mean(factor.code) is not None]

    def mean(self, factor: str) -> Decimal | None:
        """The unit's mean of a factor; None where it is not shown."""
        found = self.factors.get(factor)
        return found.mean if found else None


def result(actor: Actor, campaign_id: int, code: str) -> Result | None:
    """A unit's result; None where there is none, or none that the actor may see today. Six queries."""
    if not actor.may("results.see"):
        raise PermissionError("results are seen by those who work here")
    found = (
        Results.objects.select_related("campaign__version__instrument", "earlier").filter(campaign=campaign_id).first()
    )
    if found is None:
        return None
    path, children = _around(campaign_id, code)
    wanted = [place.pk for place in (*path, *children)]
    units = {row.unit_id: row for row in UnitResult.objects.filter(campaign=campaign_id, unit__in=wanted)}
    if not path or path[-1].pk not in units:
        return None
    rows = FactorResult.objects.filter(campaign=campaign_id, unit__in=[place.pk for place in path])
    own: dict[str, FactorResult] = {}
    groups: dict[tuple[str, str, str], Decimal] = {}
    means: dict[int, dict[str, Decimal]] = {}
    for row in rows.filter(Q(background="") | Q(unit=path[-1].pk)):
        if row.background:
            if row.mean is not None:
                groups[row.background, row.option, row.factor] = row.mean
            continue
        if row.unit_id == path[-1].pk:
            own[row.factor] = row
        if row.mean is not None:
            means.setdefault(row.unit_id, {})[row.factor] = row.mean
    over = [Compared(place, means[place.pk]) for place in reversed(path[:-1]) if place.pk in means]
    return Result(
        campaign=found.campaign, results=found, content=found.campaign.version.parsed, path=path,
        unit=units[path[-1].pk], factors=own, above=over[0] if over else None,
        top=over[-1] if len(over) > 1 else None, groups=_groups(found, groups),
        below=_below(children, units, campaign_id),
    )  # fmt: skip


def _around(campaign_id: int, code: str) -> tuple[tuple[Place, ...], list[Place]]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"campaign": campaign_id, "code": code})
        found = [
            (depth, Place(unit, known, in_language(nb, nn), level))
            for unit, depth, known, nb, nn, level in cursor.fetchall()
        ]
    return tuple(place for depth, place in found if depth >= 0), [place for depth, place in found if depth < 0]


def _groups(found: Results, means: Mapping[tuple[str, str, str], Decimal]) -> list[Group]:
    return [
        Group(
            background,
            tuple(options),
            {(option, factor): mean for (one, option, factor), mean in means.items() if one == background},
        )
        for background, options in found.groups.items()
        if any(one == background for one, _option, _factor in means)
    ]


def _below(children: Sequence[Place], units: Mapping[int, UnitResult], campaign_id: int) -> list[Below]:
    seen = [place for place in children if place.pk in units]
    if not seen:
        return []
    shown = FactorResult.objects.filter(
        campaign=campaign_id, unit__in=[place.pk for place in seen], background="", state=State.PUBLISHED
    )
    number = dict(shown.values_list("unit").annotate(n=Count("pk")))
    return [
        Below(
            place,
            units[place.pk].invited,
            units[place.pk].answered if number.get(place.pk) else None,
            units[place.pk].state == State.HIDDEN_SMALL,
        )
        for place in seen
    ]


@dataclass(frozen=True)
class Ready:
    """A campaign with results, and the unit whose result is nearest to the reader: their own, or one above it."""

    campaign: Campaign
    results: Results
    unit: Unit
    answered: int
    invited: int


def ready(actor: Actor, unit_id: int | None) -> list[Ready]:
    """Campaigns with results that the actor may see for a unit, or else for one above it; the latest first.

    One query.
    """
    if unit_id is None or not actor.may("results.see"):
        return []
    rows = UnitResult.objects.filter(unit__below__descendant=unit_id, state=State.PUBLISHED)
    nearest: dict[int, UnitResult] = {}
    for row in rows.select_related("campaign__results", "unit").order_by("unit__below__depth"):
        nearest.setdefault(row.campaign_id, row)
    found = [
        Ready(row.campaign, row.campaign.results, row.unit, row.answered or 0, row.invited) for row in nearest.values()
    ]
    return sorted(found, key=lambda one: one.campaign.closes_at, reverse=True)


@dataclass(frozen=True)
class Newest:
    """The latest result for a unit, as far as a line about it needs. `first_on`: when those who see it first did.
    `planned`: the unit has chosen what to do something about, and has so many `actions` for it, of which `done` are.
    """

    campaign_id: int
    first_on: dt.date
    shown_from: dt.date
    unit_code: str
    unit_name: str
    answered: int
    invited: int
    planned: bool
    actions: int
    done: int


# Every home page asks this. What is no longer new is left out before anybody's rights are worked out.
_NEWEST = """
select r.campaign_id, r.computed_at, r.shown_from, near.code, near.name, near.name_nn, near.answered, near.invited,
       p.id is not null, coalesce(made.n, 0), coalesce(made.done, 0)
  from questionnaires_results r join questionnaires_campaign c on c.id = r.campaign_id
 cross join lateral (
       select u.id, u.code, u.name, u.name_nn, f.answered, f.invited
         from organisation_closure k join questionnaires_unitresult f on f.unit_id = k.ancestor_id
         join organisation_unit u on u.id = k.ancestor_id
        where k.descendant_id = %(unit)s and f.campaign_id = r.campaign_id and f.state = 0
        order by k.depth limit 1) near
  left join questionnaires_plan p on p.campaign_id = r.campaign_id and p.unit_id = near.id
  left join lateral (
       select count(*) as n, count(*) filter (where a.state = 'done') as done from actions_action a
        where a.unit_id = p.unit_id and a.state <> 'dropped' and a.source_kind = 'survey'
          and split_part(a.source_reference, ':', 1) = p.campaign_id::text) made on true
 where r.shown_from > %(since)s or r.computed_at > %(since)s
 order by c.closes_at desc limit 1
"""


def newest(actor: Actor, unit_id: int | None, since: dt.date) -> Newest | None:
    """The latest of the results that came after a day, which the actor may see for a unit, or else for one above it.
    One query.
    """
    if unit_id is None or not actor.may("results.see"):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"unit": unit_id, "since": since})
        row = cursor.fetchone()
    if row is None:
        return None
    campaign, computed, shown, code, nb, nn, *numbers = row
    return Newest(campaign, day_of(computed), shown, code, in_language(nb, nn), *numbers)


def seen_campaign(actor: Actor, campaign_id: int, code: str) -> Campaign | None:
    """The campaign with this number, where the actor may see the result of the unit with this code. One query."""
    if not actor.may("results.see"):
        return None
    rows = UnitResult.objects.filter(campaign=campaign_id, unit__code=code).select_related("campaign__version")
    found = rows.first()
    return found.campaign if found else None


@dataclass(frozen=True)
class Alike:
    """What is published of the units that a unit is like: those of the same level and kind below the same unit, itself
    left out. The mean of their means, by factor, and of how many units at least.
    """

    units: int
    means: Mapping[str, Decimal]


def alike(actor: Actor, campaign_id: int, unit_id: int) -> Alike | None:
    """The units that a unit is like, in a campaign; None for fewer than three. One query."""
    if not actor.may("results.see"):
        raise PermissionError("results are seen by those who work here")
    with connection.cursor() as cursor:
        cursor.execute("select factor, units, mean from byfolk_like_units(%s, %s)", [campaign_id, unit_id])
        rows = cursor.fetchall()
    if not rows:
        return None
    return Alike(min(units for _factor, units, _mean in rows), {factor: mean for factor, _units, mean in rows})


def means_below(actor: Actor, campaign_id: int, unit_id: int, level: int) -> dict[int, dict[str, Decimal]]:
    """The published means of the units below one, by unit and factor: of the agencies below the city or a department,
    of every unit below an agency. Two queries: with the units known, the database reads their rows and no others.
    """
    if not actor.may("results.see"):
        raise PermissionError("results are seen by those who work here")
    below = Unit.objects.filter(above__ancestor=unit_id, above__depth__gt=0)
    if level < Level.AGENCY:
        below = below.filter(level=Level.AGENCY)
    units = list(below.values_list("pk", flat=True))
    rows = FactorResult.objects.filter(campaign=campaign_id, unit__in=units, background="", mean__isnull=False)
    found: dict[int, dict[str, Decimal]] = {}
    for unit, factor, mean in rows.values_list("unit", "factor", "mean"):
        if mean is not None:
            found.setdefault(unit, {})[factor] = mean
    return found
