"""Reads of the policy and of how units stand against it. Goals, figures and targets are open to all who work here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from byfolk.engines.goals.models import Goal, Target
from byfolk.engines.goals.rules import Goalpost, Status, inherited, shortfall, status_between, status_of, weakest
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import BoardFigure, FigureValue
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import in_language

BANDS = (State.BAND_LOW, State.BAND_HIGH)


@dataclass(frozen=True)
class GoalAbout:
    """A goal in the reader's language. `indicators` are the codes that serve it, the most telling first; `key` is its
    stable id.
    """

    number: str
    title: str
    short: str
    planned: str
    indicators: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class AreaAbout:
    """A focus area in the reader's language, with its goals in order."""

    number: int
    title: str
    short: str
    explanation: str
    goals: tuple[GoalAbout, ...]


@dataclass(frozen=True)
class Measured:
    """A figure against its target.

    `goalpost` None: no target is set for the unit, its units above, and the figure's year.
    """

    indicator: Indicator
    figure: FigureValue | None
    goalpost: Goalpost | None
    status: Status


@dataclass(frozen=True)
class GoalStanding:
    """How a unit stands on one goal: the status of its weakest figure, and the figures in the goal's order."""

    goal: GoalAbout
    status: Status
    figures: tuple[Measured, ...]

    @property
    def weakest(self) -> Measured | None:
        """The figure that gave the goal its status; None for a goal without figures."""
        return next((figure for figure in self.figures if figure.status is self.status), None)


class Targets:
    """The targets of some units, read at once: `of` answers which one applies to a unit."""

    def __init__(self, rows: Iterable[tuple[str, int, int, Decimal, Decimal]]) -> None:
        self._own: dict[tuple[str, int], dict[int, tuple[Decimal, Decimal]]] = {}
        for indicator, year, unit_id, value, tolerance in rows:
            self._own.setdefault((indicator, year), {})[unit_id] = (value, tolerance)

    def of(self, indicator: str, year: int, path: Sequence[int]) -> Goalpost | None:
        """The target of an indicator in a year for the unit at the end of `path` (ids from the root down)."""
        own = self._own.get((indicator, year))
        return inherited(path, own) if own else None

    def years(self, indicator: str, path: Sequence[int]) -> dict[int, Goalpost]:
        """All targets of an indicator that apply to a unit, by year."""
        wanted = sorted(year for code, year in self._own if code == indicator)
        found = {year: self.of(indicator, year, path) for year in wanted}
        return {year: goalpost for year, goalpost in found.items() if goalpost}


def policy(actor: Actor, language: str) -> tuple[AreaAbout, ...]:
    """The whole policy in a language, areas and goals in order; empty before one is loaded. Two queries."""
    _open(actor)
    areas: dict[int, tuple[Goal, list[GoalAbout]]] = {}
    for goal in Goal.objects.select_related("area").prefetch_related("services"):
        areas.setdefault(goal.area.number, (goal, []))[1].append(_about(goal, language))
    return tuple(
        AreaAbout(
            number, in_language(first.area.title, language), in_language(first.area.short, language),
            in_language(first.area.explanation, language), tuple(goals),
        )
        for number, (first, goals) in sorted(areas.items())
    )  # fmt: skip


def _about(goal: Goal, language: str) -> GoalAbout:
    return GoalAbout(
        goal.number, in_language(goal.title, language), in_language(goal.short, language),
        in_language(goal.planned, language), tuple(service.indicator for service in goal.services.all()), goal.key,
    )  # fmt: skip


def goals_served_by(indicator: str, areas: Iterable[AreaAbout]) -> list[tuple[AreaAbout, GoalAbout]]:
    """The goals that an indicator serves, with their areas."""
    return [(area, goal) for area in areas for goal in area.goals if indicator in goal.indicators]


def targets(
    actor: Actor,
    unit_ids: Iterable[int],
    *,
    indicators: Iterable[str] | None = None,
    years: Iterable[int] | None = None,
) -> Targets:
    """The targets that these units have themselves. Give all units above, too: targets are inherited. One query."""
    _open(actor)
    rows = Target.objects.filter(unit_id__in=set(unit_ids))
    if indicators is not None:
        rows = rows.filter(indicator__in=set(indicators))
    if years is not None:
        rows = rows.filter(year__in=set(years))
    return Targets(rows.values_list("indicator", "year", "unit_id", "value", "tolerance"))


def own_below(
    actor: Actor, unit_id: int, indicator: str, years: Iterable[int], on: dt.date
) -> list[tuple[Unit, int, Decimal, Decimal]]:
    """The targets that units below one, open on a date, have themselves: (unit, year, value, tolerance)."""
    _open(actor)
    rows = Target.objects.filter(
        indicator=indicator, year__in=set(years), unit__above__ancestor=unit_id, unit__above__depth__gt=0,
        unit__valid__contains=on,
    ).select_related("unit")  # fmt: skip
    return [(row.unit, row.year, row.value, row.tolerance) for row in rows.order_by("unit__sort_key", "year")]


@dataclass(frozen=True)
class TargetChange:
    """One change of a target, by whom (None: background work) and when. `before` and `after` are (value, tolerance);
    None where the unit had no target of its own. `is_latest`: nothing has come after it.
    """

    id: int
    at: dt.datetime
    unit_id: int
    year: int
    before: tuple[Decimal, Decimal] | None
    after: tuple[Decimal, Decimal] | None
    by_person_id: int | None
    is_latest: bool


def changes_of_targets(actor: Actor, indicator: str, unit_ids: Iterable[int]) -> list[TargetChange]:
    """Every change of these units' own targets of an indicator, newest first. One query."""
    _open(actor)
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [indicator, list(set(unit_ids))])
        return [
            TargetChange(
                id, at, unit_id, year,
                (before, tolerance_before) if before is not None else None,
                (value, tolerance) if what != "delete" else None,
                by, latest,
            )
            for id, at, what, unit_id, year, value, tolerance, by, before, tolerance_before, latest in cursor.fetchall()
        ]  # fmt: skip


# What a row held when it was deleted is what was there before; what came before an insertion was deleted, or nothing.
CHANGES = """
select id, at, what, unit_id, year, value, tolerance, by_person_id,
       case what when 'insert' then null when 'delete' then value else lag(value) over one end,
       case what when 'insert' then null when 'delete' then tolerance else lag(tolerance) over one end,
       lead(id) over one is null
  from byfolk_target_history(%s, %s::bigint[])
window one as (partition by unit_id, year order by id)
 order by id desc
"""


def fingerprint(actor: Actor, unit_ids: Iterable[int]) -> str:
    """What the policy, who owns its goals, and these units' own targets are, as a short text that changes when any of
    it does. One query.

    For pages that are drawn once and kept until what they show has changed.
    """
    _open(actor)
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT, [list(set(unit_ids))])
        return str(cursor.fetchone()[0])


def fingerprint_above(actor: Actor, unit_id: int) -> tuple[str, list[int], list[str], int]:
    """As `fingerprint`, of a unit and all above it, with their ids from the root down, the codes of all indicators that
    serve a goal, and the unit's level. One query.
    """
    _open(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"{FINGERPRINT.replace('%s', ABOVE)}, {ABOVE}, {SERVING}, {LEVEL}", [unit_id] * 3)
        seal, path, codes, level = cursor.fetchone()
        return str(seal), path, codes, level


ABOVE = "array(select ancestor_id from organisation_closure where descendant_id = %s order by depth desc)"
SERVING = "array(select distinct indicator from goals_service order by indicator)"
LEVEL = "(select level from organisation_unit where id = %s)"
FINGERPRINT = """
select md5(concat(
    (select string_agg(a::text, '' order by id) from goals_focusarea a),
    (select string_agg(g::text, '' order by id) from goals_goal g),
    (select string_agg(s::text, '' order by id) from goals_service s),
    (select string_agg(o::text, '' order by id) from goals_owner o),
    (select string_agg(t::text, '' order by id) from goals_target t where unit_id = any (%s))
))
"""


def measure(indicator: Indicator, figure: FigureValue | None, goalpost: Goalpost | None, *, level: int) -> Measured:
    """One figure of a unit of a level against its target. A band has a status only where all of it is on one side.

    Without a figure: hidden where the indicator is never published for so small units, else not measured.
    """
    return Measured(indicator, figure, goalpost, _status(indicator, figure, goalpost, level))


def _status(indicator: Indicator, figure: FigureValue | None, goalpost: Goalpost | None, level: int) -> Status:
    if figure is None:
        return Status.NOT_MEASURED if indicator.cadences(level) else Status.HIDDEN
    if figure.empty:
        return Status.NOT_MEASURED
    if figure.published:
        return status_of(figure.value, goalpost, indicator.direction, decimals=indicator.decimals)
    if figure.state in BANDS and figure.bound is not None:
        low, high = (0, figure.bound) if figure.state is State.BAND_LOW else (figure.bound, 100)
        known = status_between(low, high, goalpost, indicator.direction, decimals=indicator.decimals)
        return Status.HIDDEN if known is Status.NOT_MEASURED else known
    return Status.HIDDEN


def furthest_off(measured: Iterable[Measured]) -> list[Measured]:
    """The figures that are off their target, each indicator once: those far off first, then by how many tolerances they
    miss it by.
    """
    found = {
        one.indicator.code: one
        for one in measured
        if one.status in (Status.FAR, Status.NEAR) and one.figure is not None and one.figure.value is not None
    }
    return sorted(found.values(), key=lambda one: (one.status is not Status.FAR, -severity(one)))


def severity(measured: Measured) -> float:
    """How many tolerances a figure misses its target by; 0 where that cannot be told."""
    goalpost, figure, indicator = measured.goalpost, measured.figure, measured.indicator
    if goalpost is None or figure is None or figure.value is None:
        return 0.0
    gap = float(shortfall(figure.value, goalpost.value, indicator.direction, indicator.decimals))
    return gap / (float(goalpost.tolerance) or abs(float(goalpost.value)) or 1.0)


def goal_standing(
    goal: GoalAbout, figures: Mapping[str, FigureValue | None], path: Sequence[int], known: Targets, *, level: int
) -> GoalStanding:
    """How the unit at the end of `path` (of a level) stands on a goal. `figures` is what is shown of each indicator,
    by code.

    The target is that of the year in which the figure's period ends.
    """
    measured = []
    for code in goal.indicators:
        figure = figures.get(code)
        goalpost = known.of(code, figure.period.year, path) if figure else None
        measured.append(measure(registry.indicator(code), figure, goalpost, level=level))
    return GoalStanding(goal, weakest(one.status for one in measured), tuple(measured))


def standing_of(
    areas: Iterable[AreaAbout],
    figures: Mapping[str, FigureValue | None],
    path: Sequence[int],
    known: Targets,
    *,
    level: int,
) -> list[tuple[AreaAbout, list[GoalStanding]]]:
    """How a unit stands on every goal of the policy, area by area."""
    return [(area, [goal_standing(goal, figures, path, known, level=level) for goal in area.goals]) for area in areas]


def indicators_of(areas: Iterable[AreaAbout]) -> list[str]:
    """The codes of all indicators that serve a goal, in the policy's order, each once."""
    return list(dict.fromkeys(code for area in areas for goal in area.goals for code in goal.indicators))


def shown_by_code(figures: Iterable[BoardFigure]) -> dict[str, FigureValue | None]:
    """What may be shown of each indicator, by its code: the current figure, or the last safe one where it is
    withheld.
    """
    return {figure.indicator.code: figure.shown or figure.current for figure in figures}


def _open(actor: Actor) -> None:
    if actor.person_id is None:
        raise PermissionError("Goals and targets are for people who work here")
