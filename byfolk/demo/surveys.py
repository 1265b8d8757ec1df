"""Three yearly rounds of the survey among those who work in the demo city: closed, and with results.

Who was asked, and in which groups their answers are counted, follows from the city and the product's own rules; the
answers are drawn, the same ones from the same seed, in an order of chance.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import connections, transaction

from byfolk.demo.copying import copy_in
from byfolk.demo.survey_answers import drawn
from byfolk.demo.survey_plans import load_plans
from byfolk.demo.survey_texts import review, sentences
from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.campaigns.grouping import heads, parents_of_groups
from byfolk.engines.questionnaires.campaigns.models import KEEP_AT_MOST, Campaign, FrozenUnit, Group, Mode, Stage
from byfolk.engines.questionnaires.campaigns.placing import Asked, Placing, placed
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion, State
from byfolk.engines.questionnaires.results.computing import write
from byfolk.engines.questionnaires.texts.placing import keep_texts
from byfolk.kernel.time import OSLO, day_of

INSTRUMENT, OWN_WORDS = "employee-survey", "own-words"
YEARS = (2024, 2025, 2026)
#: Open for three weeks of October and November.
OPENS, CLOSES = (10, 19), (11, 9)
_SEED = 1_871
Ints = npt.NDArray[np.int64]

_PEOPLE = """
select distinct on (e.person_id) e.person_id, e.unit_id, p.gender,
       extract(year from age(%(on)s::date, p.birth_date))::int,
       coalesce((select array_agg(l.unit_id) from organisation_leadership l
                  where l.person_id = e.person_id and l.valid @> %(on)s::date), '{}'),
       p.given_name, p.family_name
  from people_employment e join people_person p on p.id = e.person_id
 where e.valid @> %(on)s::date
 order by e.person_id, e.main desc, e.percentage desc, e.id
"""
_UNITS = """
select p.unit_id, p.parent_id, p.name, p.name_nn, p.level, u.sector
  from organisation_placement p join organisation_unit u on u.id = p.unit_id
 where p.valid @> %(on)s::date order by u.code
"""


@dataclass(frozen=True, eq=False)
class _Asked:
    """Everybody who was asked, by place: where they are counted, and what they may say of themselves."""

    unit: Ints
    woman: npt.NDArray[np.bool_]
    age: Ints


def load_surveys(*, seed: int, using: str = "owner", report: Callable[[str], None] = lambda _: None) -> int:
    """Load the rounds and compute their results; answers how many answers there are. Needs the city and the instrument.

    All or nothing.
    """
    number = 0
    with transaction.atomic(using=using):
        version = InstrumentVersion.objects.using(using).get(instrument__code=INSTRUMENT, state=State.IN_USE)
        chosen: dict[str, Ints] = {}
        for year in YEARS:
            one = _Round(version, year, seed, using, chosen)
            campaign, answers = one.load()
            at = _at(year, CLOSES) + dt.timedelta(minutes=5)
            write(campaign.pk, at, using=using)
            shown_from = day_of(at) + dt.timedelta(days=campaign.leader_days)
            keep_texts(campaign, {OWN_WORDS: one.words}, shown_from, at, using=using)
            # After the newest round the units have still to choose.
            chosen = load_plans(campaign, seed=seed, using=using) if year != YEARS[-1] else {}
            review(campaign, _at(year, CLOSES) + dt.timedelta(days=3), using=using)
            report(f"survey of {year}: {campaign.invited:,} asked, {answers:,} answered")
            number += answers
    return number


def _at(year: int, day: tuple[int, int]) -> dt.datetime:
    return dt.datetime(year, *day, tzinfo=OSLO)


class _Round:
    """One year's round. `chosen`: by factor, the units that chose it after the round before."""

    def __init__(
        self, version: InstrumentVersion, year: int, seed: int, using: str, chosen: Mapping[str, Ints]
    ) -> None:
        self.chosen = chosen
        self.version, self.year, self.using = version, year, using
        self.opens, self.closes = _at(year, OPENS), _at(year, CLOSES)
        self.seed = seed
        self.rng = np.random.default_rng([seed, _SEED, year])

    def load(self) -> tuple[Campaign, int]:
        """Write the round; answers its campaign, and how many answers are kept."""
        self._read()
        answers = self._answer()
        placing, unit, k = self.placing, self.asked.unit, Campaign._meta.get_field("smallest_total").get_default()
        number = Counter(
            dict(zip(*(part.tolist() for part in np.unique(answers.unit, return_counts=True)), strict=True))
        )
        first = {own: head for own, head in placing.group.items() if head is not None}
        counts: Counter[int] = Counter()
        for own, many in number.items():
            counts[first[own]] += many
        merged = heads(parents_of_groups(placing.parents, set(placing.groups)), counts, k)
        kept = sum(many for group, many in counts.items() if merged[group] is not None)
        campaign = Campaign.objects.using(self.using).create(
            version=self.version, unit_id=self.top, mode=Mode.ANONYMOUS, titles=_titles(self.year),
            audience=Audience((self.top,), day_of(self.opens)).plain(), keep_days=KEEP_AT_MOST,
            opens_at=self.opens, closes_at=self.closes,
            stage=Stage.CLOSED, made_at=self.opens - dt.timedelta(days=30),
            frozen_at=self.opens - dt.timedelta(hours=1),
            closed_at=self.closes, keys_destroyed_at=self.closes, invited=len(unit), answered=kept,
        )  # fmt: skip
        groups = self._groups(campaign, counts, merged)
        self._units(campaign, groups)
        self.words = [(merged_to, text) for own, text in answers.words if (merged_to := merged[first[own]]) is not None]
        group_of = {own: groups[head].pk for own, group in first.items() if (head := merged[group]) is not None}
        self._urn(answers.json, np.array([group_of.get(own, 0) for own in answers.unit.tolist()], dtype=np.int64))
        return campaign, kept

    def _read(self) -> None:
        on = {"on": day_of(self.opens)}
        with connections[self.using].cursor() as cursor:
            cursor.execute(_UNITS, on)
            self.units: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute(_PEOPLE, on)
            people = cursor.fetchall()
        tree = {unit: parent for unit, parent, *_ in self.units}
        self.top = next(unit for unit, parent in tree.items() if parent is None)
        asked = [
            Asked(unit, frozenset(leads), person=person) for person, unit, _g, _a, leads, *_n in people if unit in tree
        ]
        known = {person: (gender, age) for person, _unit, gender, age, *_rest in people}
        self.names = [(given, family) for *_rest, given, family in people]
        self.placing: Placing = placed(asked, tree, (self.top,), 5)
        said = [known[one.person or 0] for one, _place in self.placing.counted_in]
        self.asked = _Asked(
            np.array([place for _one, place in self.placing.counted_in], dtype=np.int64),
            np.array([gender == "K" for gender, _age in said]),
            np.array([age for _gender, age in said], dtype=np.int64),
        )

    def _answer(self) -> Any:
        agency = self._agencies()
        sector = {unit: sector for unit, _p, _n, _nn, _level, sector in self.units}
        return drawn(
            self.version.parsed, self.asked.unit, self.asked.woman, self.asked.age, agency, sector,
            year=self.year, seed=self.seed, rng=self.rng, chosen=self.chosen,
            sentences=sentences(self.names, seed=self.seed) if self.year == YEARS[-1] else (),
        )  # fmt: skip

    def _agencies(self) -> dict[int, int]:
        """The agency of every unit, or the unit itself above the agencies."""
        above = {unit: (parent, level) for unit, parent, _n, _nn, level, _s in self.units}
        found = {}
        for unit in above:
            walker = unit
            while above[walker][1] > 2 and above[walker][0] in above:
                walker = above[walker][0]
            found[unit] = walker
        return found

    def _groups(self, campaign: Campaign, counts: Counter[int], merged: dict[int, int | None]) -> dict[int, Group]:
        invited = self.placing.groups
        made = [
            Group(campaign=campaign, unit_id=unit, invited=number, collected=counts[unit], answered=counts[unit])
            for unit, number in invited.items()
        ]
        made += [
            Group(campaign=campaign, unit_id=head, invited=0, collected=0, answered=0)
            for head in {head for head in merged.values() if head is not None} - set(invited)
        ]
        groups = {group.unit_id: group for group in Group.objects.using(self.using).bulk_create(made)}
        changed = []
        for unit, group in groups.items():
            head = merged.get(unit)
            if unit not in invited or head == unit:
                continue
            group.destroyed = head is None
            group.merged_into = groups[head] if head is not None else None
            changed.append(group)
        Group.objects.using(self.using).bulk_update(changed, ["destroyed", "merged_into"])
        return groups

    def _units(self, campaign: Campaign, groups: dict[int, Group]) -> None:
        placing = self.placing
        names = {unit: (name, name_nn, level) for unit, _p, name, name_nn, level, _s in self.units}
        FrozenUnit.objects.using(self.using).bulk_create(
            [
                FrozenUnit(
                    campaign=campaign, unit_id=unit, parent_id=above, name_nb=names[unit][0], name_nn=names[unit][1],
                    level=names[unit][2], invited=placing.invited.get(unit, 0),
                    group=groups.get(placing.group[unit] or 0),
                )
                for unit, above in placing.parents.items()
            ],
            batch_size=5000,
        )  # fmt: skip

    def _urn(self, answers: pl.Series, group: Ints) -> None:
        """Answers in an order of chance, under ids that tell nothing."""
        rows = pl.DataFrame({"group_id": group, "answers": answers}).filter(pl.col("group_id") > 0)
        drawn_ids = self.rng.bytes(16 * len(rows))
        ids = [uuid_of(drawn_ids[16 * place : 16 * place + 16]) for place in range(len(rows))]
        order = self.rng.permutation(len(rows))
        with connections[self.using].cursor() as cursor:
            copy_in(cursor, "questionnaires_answer", rows[order].with_columns(id=pl.Series(ids)))


def uuid_of(drawn_bytes: bytes) -> str:
    """A random UUID (version 4) of sixteen bytes."""
    text = drawn_bytes.hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[drawn_bytes[8] % 4]}{text[17:20]}-{text[20:]}"


def _titles(year: int) -> dict[str, str]:
    return {
        "nb": f"Medarbeiderundersøkelsen {year}",
        "nn": f"Medarbeidarundersøkinga {year}",
        "en": f"Employee survey {year}",
    }
