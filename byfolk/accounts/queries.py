"""What the accounts are made from: published figures at the ends of years, targets, the policy and the organisation
as it was.

A few queries for one unit, and a few more rows for all of them: the batch of a whole city reads once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery

from byfolk.accounts.work import GoalWork, work
from byfolk.engines.goals.models import Target
from byfolk.engines.goals.queries import AreaAbout, Targets, policy
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue, PublicationAbout
from byfolk.engines.indicators.breakdowns import BY_DIMENSION, Dimension, Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Figure, InputCount
from byfolk.engines.indicators.queries import periods, publication
from byfolk.engines.indicators.reading import figures
from byfolk.engines.indicators.sources import SOURCES
from byfolk.kernel.organisation.models import Level, Placement, Unit
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.organisation.queries import agency_of, municipality, root
from byfolk.kernel.rights import Actor

#: How many years a history goes back, the year itself included.
YEARS = 5
HEADCOUNT = "headcount"
#: Calendar years before single months: a stock at 31 December has no year, and a flow no single month.
_KINDS = (PeriodKind.YEAR, PeriodKind.ROLLING, PeriodKind.MONTH)


class NoAccounts(LookupError):
    """There are no accounts to make; the message says why and what there is."""


@dataclass(frozen=True)
class Place:
    """A unit as it was at the end of the year. `path` is its ids from the root down, itself last."""

    id: int
    code: str
    name_nb: str
    level: int
    sector: str
    path: tuple[int, ...]
    name_nn: str = ""

    @property
    def name(self) -> str:
        """What it was called, in the report's language."""
        return in_language(self.name_nb, self.name_nn)

    @property
    def parent(self) -> int | None:
        """The unit above; None for the municipality."""
        return self.path[-2] if len(self.path) > 1 else None


class YearFigures:
    """Published figures by unit, indicator, year and group."""

    def __init__(self, rows: Iterable[FigureValue]) -> None:
        found: dict[tuple[int, str, int, int], dict[PeriodKind, FigureValue]] = {}
        for row in rows:
            found.setdefault((row.unit_id, row.indicator.code, row.period.year, row.group.code), {})[row.kind] = row
        self._found = {key: _steadiest(by_kind) for key, by_kind in found.items()}

    def of(self, unit: int, code: str, year: int, group: int = 0) -> FigureValue | None:
        """The figure of a unit for a year, hidden ones too; None where there is no row."""
        return self._found.get((unit, code, year, group))

    def codes(self, unit: int, year: int) -> set[str]:
        """The indicators that a unit has a row for in a year."""
        return {code for (of, code, when, group) in self._found if of == unit and when == year and group == 0}


def _steadiest(by_kind: dict[PeriodKind, FigureValue]) -> FigureValue:
    kinds = [kind for kind in _KINDS if kind in by_kind]
    return by_kind[next((kind for kind in kinds if by_kind[kind].published), kinds[0])]


@dataclass(frozen=True)
class Basis:
    """All that the accounts of some units of one year are composed from. `years` end with `year`, oldest first.
    `retired`: what goals name as their figures and nobody declares any more.
    """

    year: int
    years: tuple[int, ...]
    municipality: str
    demo: bool
    root: Place
    places: dict[int, Place]
    figures: YearFigures
    areas: tuple[AreaAbout, ...]
    targets: Targets
    publication: PublicationAbout
    below: dict[int, tuple[Place, ...]] = field(default_factory=dict)
    inputs: dict[int, tuple[tuple[str, int, bool], ...]] = field(default_factory=dict)
    work: tuple[GoalWork, ...] = ()
    retired: tuple[str, ...] = ()

    def level(self, level: Level) -> list[Place]:
        """The units of a level that had employees at the end of the year, in Norwegian order."""
        return [
            place
            for place in self.places.values()
            if place.level == level and self.figures.of(place.id, HEADCOUNT, self.year)
        ]

    def department(self, place: Place) -> Place | None:
        """The city government department above a unit."""
        above = [self.places[id] for id in place.path[:-1] if id in self.places]
        return next((one for one in above if one.level == Level.DEPARTMENT), None)

    def agency(self, code: str) -> Place:
        """The agency with this code. Raises `NoAccounts` where there is none, or it has no figures for the year."""
        found = next((place for place in self.places.values() if place.code == code), None)
        if found is None or found.level != Level.AGENCY or self.figures.of(found.id, HEADCOUNT, self.year) is None:
            raise NoAccounts(f"{code} has no accounts for {self.year}")
        return found


def years_with_accounts(actor: Actor) -> list[int]:
    """The years that have ended and that figures are published for, newest first. Two queries."""
    return sorted({period.year for period in periods(actor) if period.month == 12}, reverse=True)


@dataclass(frozen=True)
class Ground:
    """What the accounts of a year stand on, read in a few milliseconds: when it has not changed, neither have the
    accounts."""

    year: int
    years: tuple[int, ...]
    root: Unit
    municipality: str
    demo: bool
    publication: PublicationAbout
    areas: tuple[AreaAbout, ...]
    targets: tuple[tuple[str, int, int, Decimal, Decimal], ...]
    work: tuple[GoalWork, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same publication, policy and targets."""
        said = repr(
            (
                self.year, self.years, self.municipality, self.demo, self.publication.id, self.areas, self.targets,
                self.work, self.retired,
            )
        )  # fmt: skip
        return hashlib.sha256(said.encode()).hexdigest()


def ground(actor: Actor, year: int, language: str, *, top: Unit | None = None) -> Ground:
    """The ground of a year's accounts, with the policy in a language. Ten queries, one less where the `top` of the tree
    is known. Raises `NoAccounts` for a year without figures."""
    whole = top or root()
    made = publication(actor)
    known_years = years_with_accounts(actor)
    if whole is None or made is None or year not in known_years:
        raise NoAccounts(_no_year(year, known_years))
    years = tuple(sorted(y for y in known_years if year - YEARS < y <= year))
    known = municipality()
    wanted = (*years, year + 1)
    rows = Target.objects.filter(unit__level__lte=Level.AGENCY, year__in=wanted).order_by(
        "indicator", "year", "unit_id"
    )
    areas, retired = _declared(policy(actor, language))
    return Ground(
        year,
        years,
        whole,
        known.name if known else whole.name,
        bool(known and known.demo),
        made,
        areas,
        tuple(rows.values_list("indicator", "year", "unit_id", "value", "tolerance")),
        work(actor, areas, year, language),
        retired,
    )


def _declared(areas: tuple[AreaAbout, ...]) -> tuple[tuple[AreaAbout, ...], tuple[str, ...]]:
    """The policy with the figures that are declared still, and the codes of those that are not."""
    known = {indicator.code for indicator in registry.indicators()}
    named = [code for area in areas for goal in area.goals for code in goal.indicators]
    kept = tuple(
        replace(
            area,
            goals=tuple(
                replace(goal, indicators=tuple(code for code in goal.indicators if code in known))
                for goal in area.goals
            ),
        )
        for area in areas
    )
    return kept, tuple(sorted({code for code in named if code not in known}))


def basis(ground: Ground, *, units: Sequence[str] | None = None) -> Basis:
    """Read what is needed for the city and these agencies (None: all of them). Three queries, whatever the number of
    units."""
    placed = _places(dt.date(ground.year, 12, 31))
    places = {place.id: place for place in placed if place.level <= Level.AGENCY}
    top = places[ground.root.pk]
    chosen = [place.id for place in places.values() if units is None or place.code in units]
    children = {
        id: tuple(place for place in placed if place.parent == id) for id in chosen if places[id].level == Level.AGENCY
    }
    own = {top.id, *chosen}
    ends = [dt.date(year, 12, 1) for year in ground.years]
    last = dt.date(ground.year, 12, 1)
    # Departments stand beside the city in all years, agencies beside each other in two.
    departments = {place.id for place in places.values() if place.level == Level.DEPARTMENT} - own
    agencies = set(places) - own - departments
    wanted = Q(unit__in=own, period__in=ends, breakdown__in=(0, 1, 2)) | _families(own, last)
    for others, known in ((departments, ends), (agencies, ends[-2:])):
        if others:
            wanted |= Q(unit__in=others, period__in=known, breakdown=0)
    if below := [place.id for units in children.values() for place in units]:
        wanted |= _headcounts(below, last)
    rows = figures(wanted, hierarchy=Hierarchy.AS_IT_WAS)
    return Basis(
        year=ground.year,
        years=ground.years,
        municipality=ground.municipality,
        demo=ground.demo,
        root=top,
        places=places,
        figures=YearFigures(rows),
        areas=ground.areas,
        targets=Targets(ground.targets),
        publication=ground.publication,
        below=children,
        inputs=_inputs(own, ground.year),
        work=ground.work,
        retired=ground.retired,
    )


def sectors(year: int) -> dict[str, int]:
    """How many work in the city's workplaces of each sector at the end of the year, by published head counts. One
    query."""
    sector = Subquery(Unit.objects.filter(pk=OuterRef("unit"), level=Level.WORKPLACE).values("sector"))
    counted = Figure.objects.filter(
        indicator=registry.indicator(HEADCOUNT).key,
        hierarchy=Hierarchy.AS_IT_WAS,
        period=dt.date(year, 12, 1),
        breakdown=0,
        kind=PeriodKind.MONTH,
        value__isnull=False,
    ).annotate(sector=sector)
    found: dict[str, int] = {}
    for code, value in counted.values_list("sector", "value"):
        if code is not None:
            found[code] = found.get(code, 0) + round(value or 0)
    return found


def _no_year(year: int, known: Sequence[int]) -> str:
    if not known:
        return f"There are no accounts for {year}: no figures have been published for a whole year yet"
    return f"There are no accounts for {year}: figures are published for {', '.join(map(str, sorted(known)))}"


def _places(on: dt.date) -> list[Place]:
    """Units from agencies up, and those right below an agency, with the names and parents that they had on a date."""
    rows = list(
        Placement.objects.filter(valid__contains=on)
        .filter(Q(level__lte=Level.AGENCY) | Q(parent__level=Level.AGENCY))
        .order_by("level", "unit__sort_key")
        .values_list("unit_id", "unit__code", "name_nb", "level", "unit__sector", "name_nn", "parent_id")
    )
    paths: dict[int, tuple[int, ...]] = {}
    for id, *_rest, parent in rows:
        paths[id] = (*paths.get(parent, ()), id)
    return [Place(id, code, name, level, sector, paths[id], nn) for id, code, name, level, sector, nn, _parent in rows]


def _families(units: set[int], period: dt.date) -> Q:
    """Pay ratios by job family."""
    keys = [i.key for i in registry.indicators() if i.area == "pay" and Dimension.JOB_FAMILY in i.breakdowns]
    groups = [group.code for group in BY_DIMENSION[Dimension.JOB_FAMILY]]
    return Q(unit__in=units, indicator__in=keys, period=period, breakdown__in=groups)


def _headcounts(units: list[int], period: dt.date) -> Q:
    """How many work in each unit right below: for the cover's dots."""
    key = registry.indicator(HEADCOUNT).key
    return Q(unit__in=units, indicator=key, period=period, breakdown=0, kind=PeriodKind.MONTH)


def _inputs(units: set[int], year: int) -> dict[int, tuple[tuple[str, int, bool], ...]]:
    """By unit: the sources behind its figures of a year, with how many rows, and whether that number is rounded."""
    by_key = {source.key: source for source in SOURCES.values()}
    counted: dict[int, dict[int, int]] = {}
    for unit, source, rows in InputCount.objects.filter(unit__in=units, year=year).values_list(
        "unit", "source", "rows"
    ):
        counted.setdefault(unit, {})[source] = counted.get(unit, {}).get(source, 0) + rows
    return {
        unit: tuple(
            (str(by_key[key].title), rows, by_key[key].sensitive)
            for key, rows in sorted(found.items())
            if key in by_key
        )
        for unit, found in counted.items()
    }


def unit_with_accounts(code: str) -> Unit | None:
    """The municipality or an agency with this code; None for another unit. One query."""
    return Unit.objects.filter(code=code, level__in=(Level.MUNICIPALITY, Level.AGENCY)).first()


def agencies_of(actor: Actor, year: int) -> list[tuple[str, str]]:
    """(code, name) of the agencies that have accounts for a year, in Norwegian order; empty for a year without
    figures."""
    if year not in years_with_accounts(actor):
        return []
    placed = [place for place in _places(dt.date(year, 12, 31)) if place.level == Level.AGENCY]
    key = registry.indicator(HEADCOUNT).key
    counted = figures(
        unit__in=[place.id for place in placed],
        indicator=key,
        hierarchy=Hierarchy.AS_IT_WAS,
        period=dt.date(year, 12, 1),
        breakdown=0,
        kind=PeriodKind.MONTH,
    )
    has = {figure.unit_id for figure in counted}
    return [(place.code, place.name) for place in placed if place.id in has]


@dataclass(frozen=True)
class UnitLevel:
    """What a unit is today, for telling why it has no accounts of its own. `agency`: name and code of the agency it
    lies in."""

    title: str
    has_accounts: bool
    agency: str


def level_of(code: str) -> UnitLevel | None:
    """The level of the unit with this code; None where there is no such unit."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        return None
    agency = agency_of(unit)
    own = unit.level in (Level.MUNICIPALITY, Level.AGENCY)
    return UnitLevel(str(unit.get_level_display()).lower(), own, f"{agency.name} ({agency.code})" if agency else "")
