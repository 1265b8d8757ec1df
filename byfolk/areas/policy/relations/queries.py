"""The units below a unit that are alike, their published figures of one year, and how those go together."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import caches

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place
from byfolk.areas.policy.relations.rules import Finding, finding_of, pairs_of
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import Indicator
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.names import reads_nynorsk
from byfolk.kernel.rights import Actor
from byfolk.lib.ranks import LEAST, Relation, among_many, relation

PEOPLE = ("sick_leave", "full_time", "turnover_external")
SERVICES = ("user_satisfaction", "cost_deviation")
#: Figures of the services' own quality: each service has one.
QUALITY = "quality_"
#: What was worked out stands until the figures change; the process forgets it after a day.
KEPT = 24 * 60 * 60


@dataclass(frozen=True)
class Among:
    """A unit that is compared."""

    pk: int
    code: str
    name: str
    level: int
    sector: str


@dataclass(frozen=True)
class Group:
    """Units of one level and sector, and how many of them have figures of both people and service."""

    level: int
    sector: str
    units: tuple[Among, ...]
    measured: int

    @property
    def key(self) -> str:
        """How the address names it."""
        return f"{self.level}-{self.sector}" if self.sector else str(self.level)


@dataclass(frozen=True)
class Pair:
    """Two figures among the units that have both. `hidden`: units where one of them may not be shown."""

    x: Indicator
    y: Indicator
    units: tuple[Among, ...]
    relation: Relation | None
    finding: Finding
    hidden: int


@dataclass(frozen=True)
class Relations:
    """All that the page shows. `group` None: nothing to compare, of `below` units. `groups`: what can be chosen."""

    place: Place
    choice: Choice
    year: int
    groups: Sequence[Group]
    group: Group | None
    indicators: Sequence[Indicator]
    values: Mapping[int, Mapping[str, FigureValue]]
    pairs: Sequence[Pair]
    below: int = 0

    @property
    def shown(self) -> list[Among]:
        """The units that are in some pair."""
        there = {unit.pk for pair in self.pairs for unit in pair.units}
        return [unit for unit in self.group.units if unit.pk in there] if self.group else []

    def value(self, unit: Among, indicator: Indicator) -> float | None:
        """A published figure of a unit."""
        return _value(self.values, unit, indicator.code)


def relations_of(actor: Actor, place: Place, choice: Choice, *, wanted: str, on: dt.date, edition: int) -> Relations:
    """What goes together below a unit. `wanted` names a group; `edition` is the number of the publication."""
    year = choice.period.year if choice.period.month == 12 else choice.period.year - 1
    units = _below(place.unit, on)
    quality = [one.code for one in registry.indicators() if one.code.startswith(QUALITY)]
    read = indicators.year_values(actor, [*PEOPLE, *SERVICES, *quality], [unit.pk for unit in units], year)
    groups = _groups(units, read, quality)
    group = next((one for one in groups if one.key == wanted), groups[0] if groups else None)
    if group is None:
        return Relations(place, choice, year, (), None, (), read, (), below=len(units))
    services = [*SERVICES, *_own_quality(group, read, quality)]
    codes = [code for code in (*PEOPLE, *services) if any(_value(read, one, code) is not None for one in group.units)]
    people = [code for code in PEOPLE if code in codes]
    pairs = pairs_of(people, [code for code in services if code in codes])
    of = repr((edition, year, pairs, [unit.pk for unit in group.units]))
    key = f"relations:{hashlib.sha256(of.encode()).hexdigest()}"
    found = caches["drawings"].get(key)
    if found is None:
        found = _relations(pairs, group, read)
        caches["drawings"].set(key, found, timeout=KEPT)
    return Relations(
        place,
        choice,
        year,
        groups,
        group,
        [registry.indicator(code) for code in codes],
        read,
        [_pair(x, y, one, group, read) for (x, y), one in zip(pairs, found, strict=True)],
    )


def _below(unit: Unit, on: dt.date) -> list[Among]:
    """The agencies of a municipality or a department, else every open unit below."""
    rows = Unit.objects.filter(above__ancestor=unit, above__depth__gt=0, valid__contains=on)
    if unit.level < Level.AGENCY:
        rows = rows.filter(level=Level.AGENCY)
    nynorsk = reads_nynorsk()
    found = rows.order_by("sort_key").values_list("pk", "code", "name_nb", "name_nn", "level", "sector")
    return [Among(pk, code, (nynorsk and nn) or nb, level, sector) for pk, code, nb, nn, level, sector in found]


def _groups(
    units: Sequence[Among], values: Mapping[int, Mapping[str, FigureValue]], quality: Sequence[str]
) -> list[Group]:
    """Units that are alike, those with most figures first. Agencies are few, so all of them are a group as well."""
    sorts: dict[tuple[int, str], list[Among]] = {}
    for unit in units:
        sorts.setdefault((unit.level, unit.sector), []).append(unit)
        if unit.level == Level.AGENCY:
            sorts.setdefault((unit.level, ""), []).append(unit)

    def both(unit: Among) -> bool:
        of_people = any(_value(values, unit, code) is not None for code in PEOPLE)
        return of_people and any(_value(values, unit, code) is not None for code in (*SERVICES, *quality))

    found = [Group(level, sector, tuple(alike), sum(map(both, alike))) for (level, sector), alike in sorts.items()]
    return sorted((one for one in found if one.measured > 1), key=lambda one: (-one.measured, one.level, one.sector))


def _own_quality(group: Group, values: Mapping[int, Mapping[str, FigureValue]], quality: Sequence[str]) -> list[str]:
    """The quality of the service that most of the units give: services measure it in ways of their own."""
    counts = Counter(code for unit in group.units for code in quality if _value(values, unit, code) is not None)
    return [code for code, _n in counts.most_common(1)]


def _value(values: Mapping[int, Mapping[str, FigureValue]], unit: Among, code: str) -> float | None:
    figure = values.get(unit.pk, {}).get(code)
    return figure.value if figure is not None and figure.published else None


def _with_both(
    x: str, y: str, group: Group, values: Mapping[int, Mapping[str, FigureValue]]
) -> list[tuple[Among, float, float]]:
    found = []
    for unit in group.units:
        a, b = _value(values, unit, x), _value(values, unit, y)
        if a is not None and b is not None:
            found.append((unit, a, b))
    return found


def _relations(
    pairs: Sequence[tuple[str, str]], group: Group, values: Mapping[int, Mapping[str, FigureValue]]
) -> list[Relation | None]:
    found: list[Relation | None] = []
    for x, y in pairs:
        both = _with_both(x, y, group, values)
        found.append(relation([a for _unit, a, _b in both], [b for _unit, _a, b in both]))
    sure = iter(among_many([one for one in found if one is not None]))
    return [None if one is None else next(sure) for one in found]


def _pair(
    x: str, y: str, found: Relation | None, group: Group, values: Mapping[int, Mapping[str, FigureValue]]
) -> Pair:
    both = _with_both(x, y, group, values)
    return Pair(
        registry.indicator(x),
        registry.indicator(y),
        tuple(unit for unit, _a, _b in both),
        found,
        finding_of(found, len(both), LEAST),
        sum(1 for unit in group.units if _has_hidden(values.get(unit.pk, {}), x, y)),
    )


def _has_hidden(values: Mapping[str, FigureValue], x: str, y: str) -> bool:
    """Whether a unit has both figures, and one of them may not be shown."""
    if x not in values or y not in values:
        return False
    return any(one.value is None and not one.empty for one in (values[x], values[y]))
