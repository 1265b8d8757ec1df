"""A closed campaign's results, computed as a whole or not at all, as background work. Again gives the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections

from byfolk.engines.indicators.disclosure import State, Tree
from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit, Group, Mode, Stage
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.results.counting import Counted, Ints, Scores, counted
from byfolk.engines.questionnaires.results.deciding import Decided, Limits, States, answered, decided, response_states
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.engines.questionnaires.results.parameters import Parameters, parameters
from byfolk.engines.questionnaires.results.rules import percents, rounded, uncertainty
from byfolk.engines.questionnaires.texts.placing import place_texts
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.time import day_of

_READ = {
    True: "select g.unit_id, a.answers::text from questionnaires_answer a"
    " join questionnaires_group g on g.id = a.group_id where g.campaign_id = %s and not g.destroyed",
    False: "select g.unit_id, a.answers::text from questionnaires_signedanswer a"
    " join questionnaires_group g on g.id = a.group_id where a.campaign_id = %s and not g.destroyed",
}
_WRITE_UNITS = """
insert into questionnaires_unitresult (campaign_id, unit_id, state, invited, answered, shown_from)
select %s, unit, state, invited, answered, %s
  from unnest(%s::bigint[], %s::smallint[], %s::integer[], %s::integer[]) as t (unit, state, invited, answered)
"""
_WRITE_FACTORS = """
insert into questionnaires_factorresult (campaign_id, unit_id, factor, background, option, state, mean, low, middle,
    high, change, uncertainty, shown_from)
select %s, unit, factor, background, option, state, mean, low, middle, high, change, uncertainty, %s
  from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::smallint[], %s::numeric[], %s::smallint[],
              %s::smallint[], %s::smallint[], %s::numeric[], %s::numeric[])
    as t (unit, factor, background, option, state, mean, low, middle, high, change, uncertainty)
"""


def compute_what_is_due(now: dt.datetime) -> int:
    """Compute every closed campaign that has no results yet, the one that closed first before those after it."""
    with acting_as_worker(why="compute_results"):
        due = Campaign.objects.filter(stage__in=(Stage.CLOSED, Stage.ARCHIVED), results=None)
        waiting = list(due.order_by("closed_at", "pk").values_list("pk", flat=True))
    return sum(compute(campaign, now) for campaign in waiting)


def compute(campaign_id: int, now: dt.datetime) -> bool:
    """Compute a closed campaign's results anew, in one transaction. False: it is not closed, or
    its answers are destroyed.

    The day from which others than the leader see them stays what it was the first time.
    """
    with acting_as_worker(why="compute_results"):
        return write(campaign_id, now)


def write(campaign_id: int, now: dt.datetime, *, using: str = DEFAULT_DB_ALIAS) -> bool:
    """The same, in the transaction and as the role of whoever calls."""
    campaign = Campaign.objects.using(using).select_for_update().get(pk=campaign_id)
    if campaign.stage not in (Stage.CLOSED, Stage.ARCHIVED) or campaign.destroyed_at is not None:
        return False
    before = Results.objects.using(using).filter(campaign=campaign).first()
    day = before.shown_from if before else day_of(now) + dt.timedelta(days=campaign.leader_days)
    at = before.computed_at if before else now
    for table in (FactorResult, UnitResult, Results):
        old = table._default_manager.using(using).filter(campaign=campaign)
        old._raw_delete(old.db)
    _Computing(campaign, day, at, using).run()
    place_texts(campaign, day, now, using=using)
    return True


@dataclass(frozen=True, eq=False)
class _Frozen:
    """The frozen tree: `ids` of units by their place in it, and how many were invited, all below included."""

    tree: Tree
    ids: list[int]
    invited: Ints


class _Computing:
    """One computing of one campaign."""

    def __init__(self, campaign: Campaign, shown_from: dt.date, at: dt.datetime, using: str) -> None:
        self.campaign, self.shown_from, self.at, self.using = campaign, shown_from, at, using
        self.known: Parameters = parameters()
        self.content = campaign.version.parsed

    def run(self) -> None:
        frozen = self._frozen()
        place = {unit: number for number, unit in enumerate(frozen.ids)}
        found = counted(self.content, self._answers(place), self.known.background)
        limits = Limits(
            self.campaign.smallest_total, self.campaign.smallest_breakdown, self.known.low, self.known.high,
            self.known.least_share,
        )  # fmt: skip
        factors = decided(frozen.tree, found, limits)
        number = answered(frozen.tree, found)
        units = response_states(frozen.tree, found, limits.total)
        spreads = {one.scores.factor: self._spread(one.scores) for one in factors}
        earlier = self._earlier()
        compared = _comparable(self.content, earlier.campaign.version.parsed) if earlier else frozenset()
        self._write_units(frozen, units, number)
        then = _Then.read(earlier, compared, self.using) if earlier else _Then({}, {})
        self._write_factors(frozen, number, factors, spreads, then)
        Results.objects.using(self.using).create(
            campaign=self.campaign, computed_at=self.at, shown_from=self.shown_from,
            earlier=earlier.campaign if earlier else None,
            factors={
                one.scores.factor: {
                    "low": one.scores.low, "high": one.scores.high, "spread": spreads[one.scores.factor],
                    "compared": one.scores.factor in compared,
                }
                for one in factors
            },
            groups=_shown_groups(factors, found),
        )  # fmt: skip

    def _frozen(self) -> _Frozen:
        rows = {row.unit_id: row for row in FrozenUnit.objects.using(self.using).filter(campaign=self.campaign)}
        ids = _from_the_top({unit: row.parent_id for unit, row in rows.items()})
        place = {unit: number for number, unit in enumerate(ids)}
        parent = np.array([place.get(rows[unit].parent_id or 0, -1) for unit in ids], dtype=np.int64)
        tree = Tree(parent, np.array([rows[unit].level for unit in ids], dtype=np.int8))
        own = np.zeros(len(ids), dtype=np.int64)
        groups = Group.objects.using(self.using).filter(campaign=self.campaign, destroyed=False)
        for unit, into, invited in groups.values_list("unit", "merged_into__unit", "invited"):
            own[place[into or unit]] += invited
        return _Frozen(tree, ids, tree.subtree_sums(own))

    def _answers(self, place: dict[int, int]) -> Iterator[tuple[int, dict[str, Any]]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(_READ[self.campaign.mode == Mode.ANONYMOUS], [self.campaign.pk])
            while rows := cursor.fetchmany(5000):
                for unit, text in rows:
                    yield place[unit], json.loads(text)

    def _spread(self, scores: Scores) -> float:
        """How much one person's mean varies in the whole campaign, to one decimal: it is published."""
        means = scores.mean[scores.known] / scores.parts
        if len(means) < self.known.least_answers:
            return self.known.share_of_scale * (scores.high - scores.low)
        return max(round(float(means.std()), 1), 0.1)

    def _earlier(self) -> Results | None:
        """The results of the campaign before with the same instrument and the same top."""
        found = Results.objects.using(self.using).filter(
            campaign__version__instrument=self.campaign.version.instrument_id,
            campaign__closed_at__lt=self.campaign.closed_at,
            campaign__unit=self.campaign.unit_id,
        )
        return found.select_related("campaign__version").order_by("-campaign__closed_at").first()

    def _write_units(self, frozen: _Frozen, states: States, number: Ints) -> None:
        shown = [int(n) if state == State.PUBLISHED else None for n, state in zip(number, states, strict=True)]
        with connections[self.using].cursor() as cursor:
            cursor.execute(
                _WRITE_UNITS,
                [
                    self.campaign.pk, self.shown_from, frozen.ids, [int(one) for one in states],
                    frozen.invited.tolist(), shown,
                ],
            )  # fmt: skip

    def _write_factors(
        self, frozen: _Frozen, number: Ints, factors: list[Decided], spreads: dict[str, float], then: _Then
    ) -> None:
        rows: list[tuple[Any, ...]] = []
        for one in factors:
            rows += self._of_factor(one, frozen.ids, number, spreads[one.scores.factor], then)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(11)]
        with connections[self.using].cursor() as cursor:
            cursor.execute(_WRITE_FACTORS, [self.campaign.pk, self.shown_from, *columns])

    def _of_factor(
        self, one: Decided, ids: list[int], number: Ints, spread: float, then: _Then
    ) -> Iterator[tuple[Any, ...]]:
        code, parts = one.scores.factor, one.scores.parts
        for place, unit in enumerate(ids):
            state = int(one.states[place])
            if state != State.PUBLISHED:
                yield (unit, code, "", "", state, None, None, None, None, None, None)
                continue
            mean = rounded(int(one.total[place]), parts, int(one.number[place]))
            bands: tuple[int | None, ...] = (None, None, None)
            if one.band_states[place] == State.PUBLISHED:
                bands = percents(tuple(int(count) for count in one.bands[place]))
            change, unsure = then.since(unit, code, mean, int(number[place]), spread, self.known.standard_errors)
            yield (unit, code, "", "", state, mean, *bands, change, unsure)
            for split in one.splits:
                if split.states[place] != State.PUBLISHED:
                    continue
                for group, option in enumerate(split.options, start=1):
                    part = rounded(int(split.total[place, group]), parts, int(split.number[place, group]))
                    yield (unit, code, split.background, option, state, part, None, None, None, None, None)


@dataclass(frozen=True)
class _Then:
    """What the earlier campaign published: means by unit and factor, and how many answered by unit."""

    means: dict[tuple[int, str], Decimal]
    answered: dict[int, int]

    @classmethod
    def read(cls, earlier: Results, compared: frozenset[str], using: str) -> _Then:
        means = FactorResult.objects.using(using).filter(
            campaign=earlier.campaign_id, factor__in=compared, background="", mean__isnull=False
        )
        units = UnitResult.objects.using(using).filter(campaign=earlier.campaign_id, answered__isnull=False)
        return cls(
            {(row.unit_id, row.factor): row.mean for row in means if row.mean is not None},
            {row.unit_id: row.answered for row in units if row.answered is not None},
        )

    def since(
        self, unit: int, factor: str, mean: Decimal, number: int, spread: float, standard_errors: float
    ) -> tuple[Decimal | None, Decimal | None]:
        """The change of two published means, and how much of it may be chance."""
        before, many = self.means.get((unit, factor)), self.answered.get(unit)
        if before is None or not many:
            return None, None
        return mean - before, uncertainty(spread, number, many, standard_errors)


def _comparable(now: Content, then: Content) -> frozenset[str]:
    """Factors that ask the same in both: the same items, turned the same way, on scales with the same ends."""
    found = set()
    for factor in now.factors:
        before = then.factor(factor.code)
        if before is None or set(before.items) != set(factor.items) or set(before.reversed) != set(factor.reversed):
            continue
        scales = [content.scale(content.scored().get(factor.items[0], "")) for content in (now, then)]
        if all(scales) and len({scale.values for scale in scales if scale}) == 1:
            found.add(factor.code)
    return frozenset(found)


def _shown_groups(factors: list[Decided], found: Counted) -> dict[str, list[str]]:
    splits = factors[0].splits if factors else ()
    return {split.background: list(split.options) for split in splits if found.options[split.background]}


def _from_the_top(above: dict[int, int | None]) -> list[int]:
    """Units with the top first, and what is above before what is below."""
    below: dict[int | None, list[int]] = {}
    for unit in sorted(above):
        below.setdefault(above[unit], []).append(unit)
    order = list(below.get(None, []))
    for unit in order:
        order += below.get(unit, [])
    return order
