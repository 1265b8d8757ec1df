"""All that a steering board shows, read in a fixed number of queries whatever the size of the city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from byfolk.areas.policy.choices import Choice, Compare, before
from byfolk.areas.policy.document.words import owner_text
from byfolk.areas.policy.places import Place, all_below, peers_of, rows_below
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals import versions
from byfolk.engines.goals.queries import AreaAbout, GoalStanding, Targets
from byfolk.engines.goals.rules import Status, urgency
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.answers import BoardFigure, FigureValue, HiddenGroup, UnitFigure
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.rights import Actor

HEADCOUNT = "headcount"
Standing = list[tuple[AreaAbout, list[GoalStanding]]]


@dataclass(frozen=True)
class UnitRow:
    """A unit in the matrix: how many work there (None: not known), and how it stands on each goal in the
    policy's order.
    """

    unit: Unit
    people: int | None
    goals: tuple[GoalStanding, ...]

    @property
    def statuses(self) -> list[Status]:
        """The goals' statuses, in order."""
        return [goal.status for goal in self.goals]


@dataclass(frozen=True)
class Opened:
    """A unit of the matrix that the reader has opened: the units right below it, and every unit in it for a list
    of links.
    """

    unit: Unit
    rows: tuple[UnitRow, ...]
    every: tuple[tuple[str, str, int, int, int | None], ...]


@dataclass(frozen=True)
class Board:
    """How a unit stands on every goal, beside its peers and the units below."""

    place: Place
    choice: Choice
    standing: Standing
    figures: Mapping[str, BoardFigure]
    compared: Mapping[str, float | None]
    peers: Mapping[str, Sequence[UnitFigure]]
    peer_units: Sequence[Unit]
    rows: Sequence[UnitRow] = field(default_factory=tuple)
    opened: Opened | None = None
    hidden: Sequence[HiddenGroup] = field(default_factory=tuple)
    owners: Mapping[str, str] = field(default_factory=dict)

    @property
    def goals(self) -> list[GoalStanding]:
        """All goals in order."""
        return [goal for _area, found in self.standing for goal in found]


@dataclass(frozen=True)
class Surroundings:
    """The units that a board compares: those below, one of them opened with what lies right below it, and their ids."""

    below: Sequence[Unit]
    opened: Unit | None
    under: Sequence[Unit]

    def ids(self, place: Place) -> set[int]:
        """All units whose targets the board needs: these, those above them, and those between."""
        units = [*self.below, *self.under]
        return {*place.ids, *(unit.pk for unit in units), *(unit.parent_id for unit in units if unit.parent_id)}


def surroundings_of(place: Place, *, on: dt.date, opened: str = "") -> Surroundings:
    """What lies below a unit on a day; `opened` is the code of a unit there that is to be shown with its own. Two
    queries."""
    below = rows_below(place.unit, on)
    chosen = next((unit for unit in below if unit.code == opened), None)
    return Surroundings(below, chosen, rows_below(chosen, on) if chosen else [])


def board_of(actor: Actor, place: Place, choice: Choice, around: Surroundings, *, language: str, on: dt.date) -> Board:
    """The board of a unit."""
    areas = goals.policy(actor, language)
    codes = goals.indicators_of(areas)
    read = indicators.board_figures(
        actor, place.unit.pk, choice.period, codes=codes, months=37, hierarchy=choice.hierarchy
    )
    figures = {figure.indicator.code: figure for figure in read}
    beside = peers_of(place, on)
    below, chosen, under = around.below, around.opened, around.under
    values = _values(actor, codes, [*below, *beside, *under], choice)
    # Below agency level the newest figure may be that of the year before, or the one before that.
    years = range(choice.period.year - 3, choice.period.year + 1)
    known = goals.targets(actor, around.ids(place), indicators=codes, years=years)
    shown = goals.shown_by_code(figures.values())
    standing = goals.standing_of(areas, shown, place.ids, known, level=place.unit.level)
    rows = _rows(areas, below, values, place, known)
    return Board(
        place=place,
        choice=choice,
        standing=standing,
        figures=figures,
        compared=_compared(actor, figures, place, choice),
        peers={code: _beside(beside, values, code) for code in codes},
        peer_units=beside,
        rows=sorted(rows, key=lambda row: (urgency(row.statuses), row.unit.sort_key)),
        opened=_opened(areas, chosen, under, values, place, known, on) if chosen else None,
        hidden=indicators.hidden_summary(actor, place.unit.pk, choice.period, codes=codes, whole=place.above is None),
        owners=_owners(actor, areas),
    )


def _owners(actor: Actor, areas: Sequence[AreaAbout]) -> dict[str, str]:
    """Who answers for each goal, in words, by its stable id."""
    found = versions.owners(actor, [goal.key for area in areas for goal in area.goals])
    return {key: owner_text(owner) for key, owner in found.items()}


def _values(
    actor: Actor, codes: Sequence[str], units: Sequence[Unit], choice: Choice
) -> dict[int, dict[str, FigureValue]]:
    wanted = [*codes, HEADCOUNT]
    ids = list({unit.pk for unit in units})
    return indicators.unit_values(actor, dict.fromkeys(wanted), ids, choice.period) if ids else {}


def _rows(
    areas: Sequence[AreaAbout],
    units: Sequence[Unit],
    values: Mapping[int, Mapping[str, FigureValue]],
    place: Place,
    known: Targets,
) -> list[UnitRow]:
    return [_row(areas, unit, values.get(unit.pk, {}), _path(place, unit), known) for unit in units]


def _path(place: Place, unit: Unit) -> tuple[int, ...]:
    """The ids above a unit that lies below the place, with a department between the municipality and its agency."""
    between = () if unit.parent_id is None or unit.parent_id in place.ids else (unit.parent_id,)
    return (*place.ids, *between, unit.pk)


def _row(
    areas: Sequence[AreaAbout], unit: Unit, values: Mapping[str, FigureValue], path: tuple[int, ...], known: Targets
) -> UnitRow:
    head = values.get(HEADCOUNT)
    standing = goals.standing_of(areas, values, path, known, level=unit.level)
    return UnitRow(
        unit,
        int(head.value) if head and head.published and head.value is not None else None,
        tuple(goal for _area, found in standing for goal in found),
    )


def _opened(
    areas: Sequence[AreaAbout],
    unit: Unit,
    under: Sequence[Unit],
    values: Mapping[int, Mapping[str, FigureValue]],
    place: Place,
    known: Targets,
    on: dt.date,
) -> Opened:
    path = _path(place, unit)
    rows = [_row(areas, one, values.get(one.pk, {}), (*path, one.pk), known) for one in under]
    rows.sort(key=lambda row: (urgency(row.statuses), row.unit.sort_key))
    return Opened(unit, tuple(rows), tuple(all_below(unit.pk, on)))


def _compared(
    actor: Actor, figures: Mapping[str, BoardFigure], place: Place, choice: Choice
) -> dict[str, float | None]:
    """What each figure is compared with: itself a year or two before, or the unit above now."""
    if choice.compare is Compare.ABOVE and place.above:
        above = indicators.unit_values(actor, list(figures), [place.above.pk], choice.period).get(place.above.pk, {})
        return {code: value.value if value.published else None for code, value in above.items()}
    return {code: _value_before(figure, choice.compare) for code, figure in figures.items()}


def _value_before(figure: BoardFigure, compare: Compare) -> float | None:
    if figure.shown is None:
        return None
    wanted = before(figure.shown.period, compare)
    found = (point for point in figure.history if point.period == wanted and point.state is State.PUBLISHED)
    return next((point.value for point in found), None)


def _beside(units: Sequence[Unit], values: Mapping[int, Mapping[str, FigureValue]], code: str) -> list[UnitFigure]:
    found = []
    for unit in units:
        figure = values.get(unit.pk, {}).get(code)
        if figure is not None:
            found.append(UnitFigure(unit.pk, unit.code, unit.name, unit.level, figure))
    return found


def is_agency_board(board: Board) -> bool:
    """Whether what lies below is agencies: the board of a municipality or a department."""
    return board.place.unit.level < Level.AGENCY
