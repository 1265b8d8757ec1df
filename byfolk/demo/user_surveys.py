"""Two yearly rounds of the survey among users of the demo city's services: closed, and with results.

Anyone could answer, at an address for each place that gives a service. How many did, and what they think, follows from
what the services tell of their users (`demo.city.services`); the answers are drawn, the same ones from the same seed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.db import connections, transaction

from byfolk.demo.copying import copy_in
from byfolk.demo.survey_answers import as_json, effects, said
from byfolk.demo.surveys import uuid_of
from byfolk.engines.questionnaires.ballots.codes import ALPHABET, WORD
from byfolk.engines.questionnaires.campaigns.audience import Audience, Openly
from byfolk.engines.questionnaires.campaigns.models import KEEP_AT_MOST, Campaign, FrozenUnit, Group, Mode, Stage
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion, State
from byfolk.engines.questionnaires.results.computing import write
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.time import OSLO, day_of

INSTRUMENT = "user-survey"
YEARS = (2025, 2026)
#: Open for three weeks of September and October.
OPENS, CLOSES = (9, 14), (10, 5)
LEAST, MOST = 20, 120
_SEED = 4_409
#: Where users stand on a factor, on average, and how it has gone since the first year.
LEVEL = {"access": 3.7, "respect": 4.25, "information": 3.75, "influence": 3.35, "result": 4.05}
TREND = {"access": 0.08, "influence": 0.05, "information": -0.03}
#: How much places, a place from year to year, people, and one person's answers differ: standard deviations.
PLACES, PLACES_BY_YEAR, PEOPLE, PEOPLE_BY_FACTOR, ITEMS = 0.2, 0.09, 0.5, 0.35, 0.6
SAYS_NOT = 0.04

_PLACES = """
select r.unit_id, sum(r.respondents)::int, (sum(r.satisfaction * r.respondents) / sum(r.respondents))::int
  from services_result r
 where r.respondents is not null and lower(r.valid) <= %(on)s and upper(r.valid) > %(since)s
 group by r.unit_id order by r.unit_id
"""
_UNITS = """
select p.unit_id, p.parent_id, p.name, p.name_nn, p.level
  from organisation_placement p where p.valid @> %(on)s::date
"""


def load_user_surveys(*, seed: int, using: str = "owner", report: Callable[[str], None] = lambda _: None) -> int:
    """Load the rounds and compute their results; answers how many answers there are. Needs the city and the instrument.

    All or nothing.
    """
    number = 0
    with transaction.atomic(using=using):
        version = InstrumentVersion.objects.using(using).get(instrument__code=INSTRUMENT, state=State.IN_USE)
        for year in YEARS:
            campaign = _Round(version, year, seed, using).load()
            if campaign is None:
                continue
            write(campaign.pk, _at(year, CLOSES) + dt.timedelta(minutes=5), using=using)
            report(f"survey of users in {year}: {campaign.answered:,} answered")
            number += campaign.answered or 0
    return number


def _at(year: int, day: tuple[int, int]) -> dt.datetime:
    return dt.datetime(year, *day, tzinfo=OSLO)


@dataclass(frozen=True)
class _Place:
    """A place that gives a service: how many of its users answer, and how content they are, from 1 to 6."""

    unit: int
    answers: int
    satisfaction: float


class _Round:
    """One year's round."""

    def __init__(self, version: InstrumentVersion, year: int, seed: int, using: str) -> None:
        self.version, self.year, self.seed, self.using = version, year, seed, using
        self.opens, self.closes = _at(year, OPENS), _at(year, CLOSES)
        self.rng = np.random.default_rng([seed, _SEED, year])

    def load(self) -> Campaign | None:
        """Write the round; None where no place gives a service."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(_UNITS, {"on": day_of(self.opens)})
            units = {row[0]: row[1:] for row in cursor.fetchall()}
            cursor.execute(_PLACES, {"on": day_of(self.opens), "since": dt.date(self.year - 1, 1, 1)})
            found = [row for row in cursor.fetchall() if row[0] in units]
        if not found:
            return None
        share = self.rng.uniform(0.25, 0.6, len(found))
        places = [
            _Place(unit, int(np.clip(round(asked * part), LEAST, MOST)), content / 100)
            for (unit, asked, content), part in zip(found, share, strict=True)
        ]
        top = next(unit for unit, (parent, *_rest) in units.items() if parent is None)
        campaign = Campaign.objects.using(self.using).create(
            version=self.version, unit_id=top, mode=Mode.ANONYMOUS, titles=_titles(self.year),
            audience=Audience((top,), day_of(self.opens), openly=Openly(Level.SECTION.value)).plain(),
            opens_at=self.opens, closes_at=self.closes, stage=Stage.CLOSED, keep_days=KEEP_AT_MOST,
            made_at=self.opens - dt.timedelta(days=30), frozen_at=self.opens - dt.timedelta(hours=1),
            closed_at=self.closes, keys_destroyed_at=self.closes, invited=0,
            answered=sum(place.answers for place in places), leader_days=14,
        )  # fmt: skip
        groups = self._groups(campaign, places)
        self._units(campaign, units, groups)
        self._urn(places, groups)
        return campaign

    def _groups(self, campaign: Campaign, places: list[_Place]) -> dict[int, Group]:
        letters = np.array(list(ALPHABET.lower()))
        made = [
            Group(
                campaign=campaign, unit_id=place.unit, invited=0, collected=place.answers, answered=place.answers,
                word="".join(letters[self.rng.integers(len(letters), size=WORD)]),
            )
            for place in places
        ]  # fmt: skip
        return {group.unit_id: group for group in Group.objects.using(self.using).bulk_create(made)}

    def _units(self, campaign: Campaign, units: dict[int, tuple[int, str, str, int]], groups: dict[int, Group]) -> None:
        """The places and all above them, as they stood."""
        concerned: set[int] = set()
        for unit in groups:
            walker: int | None = unit
            while walker is not None and walker not in concerned:
                concerned.add(walker)
                walker = units[walker][0]
        FrozenUnit.objects.using(self.using).bulk_create(
            [
                FrozenUnit(
                    campaign=campaign, unit_id=unit, parent_id=units[unit][0], name_nb=units[unit][1],
                    name_nn=units[unit][2], level=units[unit][3], invited=0, group=groups.get(unit),
                )
                for unit in sorted(concerned)
            ]
        )  # fmt: skip

    def _urn(self, places: list[_Place], groups: dict[int, Group]) -> None:
        """Answers in an order of chance, under ids that tell nothing."""
        number = np.array([place.answers for place in places])
        unit = np.repeat(np.array([place.unit for place in places]), number)
        content = np.repeat(np.array([place.satisfaction for place in places]), number)
        group = np.array([groups[one].pk for one in unit.tolist()], dtype=np.int64)
        rows = pl.DataFrame({"group_id": group, "answers": self._answers(self.version.parsed, unit, content)})
        drawn_ids = self.rng.bytes(16 * len(rows))
        ids = [uuid_of(drawn_ids[16 * place : 16 * place + 16]) for place in range(len(rows))]
        order = self.rng.permutation(len(rows))
        with connections[self.using].cursor() as cursor:
            copy_in(cursor, "questionnaires_answer", rows[order].with_columns(id=pl.Series(ids)))

    def _answers(self, content: Content, unit: np.ndarray, satisfaction: np.ndarray) -> pl.Series:
        rng, size = self.rng, len(unit)
        people = rng.normal(0, PEOPLE, size)
        columns: dict[str, pl.Series] = {}
        for factor in content.factors:
            code = f"users/{factor.code}"
            latent = (
                LEVEL.get(factor.code, 3.8)
                + TREND.get(factor.code, 0.0) * (self.year - YEARS[0])
                + 0.35 * (satisfaction - 4.6)
                + effects(unit, self.seed, code, PLACES)
                + effects(unit, self.seed, f"{code}/{self.year}", PLACES_BY_YEAR)
                + people
                + rng.normal(0, PEOPLE_BY_FACTOR, size)
            )
            for item in factor.items:
                value = np.clip(np.rint(latent + rng.normal(0, ITEMS, size)), 1, 5).astype(np.int64)
                columns[item] = said(pl.Series(value).cast(pl.String), rng.random(size) >= SAYS_NOT)
        return as_json(content, columns)


def _titles(year: int) -> dict[str, str]:
    return {
        "nb": f"Brukerundersøkelsen {year}",
        "nn": f"Brukarundersøkinga {year}",
        "en": f"User survey {year}",
    }
