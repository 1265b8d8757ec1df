"""All that the page of a figure shows, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place, peers_of
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import AreaAbout, GoalAbout, Measured
from byfolk.engines.goals.rules import Goalpost
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import BoardFigure, FigureValue, LineOfSight, PublicationAbout, UnitFigure
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import Indicator
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months

HEADCOUNT = "headcount"
PEERS_AT_MOST = 12
#: Units of like size have between half and twice as many people.
LIKE_SIZE = 2


@dataclass(frozen=True)
class Part:
    """One part of a figure that is published in parts: now and a year before."""

    indicator: Indicator
    now: FigureValue | None
    before: FigureValue | None


@dataclass(frozen=True)
class GroupRow:
    """One group of people of a breakdown: now and a year before."""

    now: FigureValue
    before: FigureValue | None


@dataclass(frozen=True)
class Peers:
    """Units beside this one of like size, itself among them, best first. `unseen`: those whose figure is hidden."""

    rows: tuple[UnitFigure, ...]
    all: int
    like_size: bool
    unseen: int


@dataclass(frozen=True)
class FigurePage:
    """One indicator in one unit."""

    indicator: Indicator
    place: Place
    choice: Choice
    about: BoardFigure
    measured: Measured
    people: int | None
    above: Mapping[int, FigureValue]
    histories: Mapping[int, Sequence[FigureValue]]
    targets: Mapping[int, Goalpost]
    peers: Peers | None
    parts: Sequence[Part]
    related: Sequence[Indicator]
    dimension: Dimension | None
    groups: Sequence[GroupRow]
    goals: Sequence[tuple[AreaAbout, GoalAbout]]
    sight: LineOfSight

    @property
    def shown(self) -> FigureValue | None:
        """What may be shown: the newest figure, or the last safe one where the newest is withheld."""
        return self.about.shown


def page_of(
    actor: Actor,
    indicator: Indicator,
    place: Place,
    choice: Choice,
    *,
    dimension: Dimension | None,
    language: str,
    on: dt.date,
    newest: PublicationAbout | None = None,
) -> FigurePage:
    """The page of an indicator in a unit. `dimension` None: the first that the indicator is broken down by. `newest`:
    the newest publication, where it has been read.
    """
    unit_id = place.unit.pk
    codes = [indicator.code, HEADCOUNT, *indicator.parts]
    found = indicators.board_figures(actor, unit_id, choice.period, codes=codes, months=37, hierarchy=choice.hierarchy)
    read = {one.indicator.code: one for one in found}
    about = read[indicator.code]
    histories = indicators.history(actor, indicator.code, place.ids, hierarchy=choice.hierarchy)
    known = goals.targets(actor, place.ids, indicators=[indicator.code]).years(indicator.code, place.ids)
    shown = about.shown or about.current
    above = {unit.pk: _at_the_same_time(histories[unit.pk], shown, choice) for unit in place.path[:-1]}
    goalpost = known.get((shown.period if shown else choice.period).year)
    chosen = dimension if dimension in indicator.breakdowns else next(iter(indicator.breakdowns), None)
    return FigurePage(
        indicator=indicator,
        place=place,
        choice=choice,
        about=about,
        measured=goals.measure(indicator, shown, goalpost, level=place.unit.level),
        people=_people(read.get(HEADCOUNT)),
        above={pk: figure for pk, figure in above.items() if figure is not None},
        histories=histories,
        targets=known,
        peers=_peers(actor, indicator, place, choice, on),
        parts=[_part(read[code]) for code in indicator.parts if code in read],
        related=[registry.indicator(code) for code in indicator.related],
        dimension=chosen,
        groups=_groups(actor, indicator, unit_id, shown, chosen) if chosen else [],
        goals=goals.goals_served_by(indicator.code, goals.policy(actor, language)),
        sight=indicators.line_of_sight(actor, indicator.code, unit_id, choice.period, newest=newest),
    )


def _at_the_same_time(history: Sequence[FigureValue], shown: FigureValue | None, choice: Choice) -> FigureValue | None:
    """The figure of a unit above for the same span as the one shown; where none is shown, its newest published one."""
    if shown is not None and shown.published:
        return next((row for row in history if row.period == shown.period and row.kind is shown.kind), None)
    return next((row for row in reversed(history) if row.published and row.period <= choice.period), None)


def _people(headcount: BoardFigure | None) -> int | None:
    figure = headcount.shown if headcount else None
    return int(figure.value) if figure and figure.published and figure.value is not None else None


def _part(figure: BoardFigure) -> Part:
    return Part(figure.indicator, figure.shown or figure.current, figure.last_year)


def _peers(actor: Actor, indicator: Indicator, place: Place, choice: Choice, on: dt.date) -> Peers | None:
    if place.above is None:
        return None
    units = {unit.pk: unit for unit in peers_of(place, on)}
    units.setdefault(place.unit.pk, place.unit)
    values = indicators.unit_values(actor, {indicator.code: None, HEADCOUNT: None}, list(units), choice.period)
    mine = values[place.unit.pk].get(indicator.code)
    if mine is None or not mine.published:
        return None
    like = _of_like_size(units, values, place.unit.pk)
    rows, unseen = [], 0
    for unit in like:
        figure = values[unit.pk].get(indicator.code)
        if figure is not None and figure.published and figure.period == mine.period and figure.kind is mine.kind:
            rows.append(UnitFigure(unit.pk, unit.code, unit.name, unit.level, figure))
        else:
            unseen += 1
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: row.figure.value or 0, reverse=indicator.direction.value == "up")
    return Peers(tuple(rows), len(units), len(like) < len(units), unseen)


def _of_like_size(units: Mapping[int, Unit], values: Mapping[int, Mapping[str, FigureValue]], own: int) -> list[Unit]:
    """Those between half and twice the unit's size, the nearest in size where there are many; all where sizes
    are not known.
    """
    sizes = {
        pk: found[HEADCOUNT].value for pk, found in values.items() if HEADCOUNT in found and found[HEADCOUNT].published
    }
    mine = sizes.get(own)
    if mine is None or len(units) <= PEERS_AT_MOST:
        return list(units.values())
    near = [
        unit for unit in units.values()
        if (size := sizes.get(unit.pk)) is not None and mine / LIKE_SIZE <= size <= mine * LIKE_SIZE
    ]  # fmt: skip
    near.sort(key=lambda unit: (unit.pk != own, abs((sizes[unit.pk] or 0) - mine), unit.sort_key))
    return near[:PEERS_AT_MOST] if len(near) > 1 else list(units.values())[:PEERS_AT_MOST]


def _groups(
    actor: Actor, indicator: Indicator, unit_id: int, shown: FigureValue | None, dimension: Dimension
) -> list[GroupRow]:
    if shown is None:
        return []
    now = indicators.breakdown(actor, indicator.code, unit_id, shown.period, dimension)
    if not now:
        return []
    year_before = add_months(now[0].period, -12)
    found = indicators.breakdown(actor, indicator.code, unit_id, year_before, dimension)
    before = {row.group.code: row for row in found if row.period == year_before and row.kind is now[0].kind}
    rows = sorted(now, key=lambda row: row.group.code)
    return [GroupRow(row, before.get(row.group.code)) for row in rows]
