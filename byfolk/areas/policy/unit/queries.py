"""All that the page of a unit shows, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from byfolk.areas.policy.choices import Choice
from byfolk.areas.policy.places import Place
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import Measured, Targets
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import BoardFigure, FigureValue
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.kernel.organisation.models import Succession, Unit
from byfolk.kernel.organisation.queries import leadership_of
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Actor

SUB_UNIT_CODES = ("headcount", "fte", "sick_leave", "full_time", "temporary")
AGE_CODES = ("age_under_30", "age_30", "age_40", "age_50", "age_60")
POSITION_CODES = ("full_time", "part_time", "position_size")
#: The indicator whose groups tell how many women and men there are.
BY_GENDER = "full_time"
#: The area whose figures tell of the unit's services.
SERVICES = "services"


@dataclass(frozen=True)
class SubUnit:
    """A unit below: who leads it (None: nobody, or not in the directory) and its figures against their targets."""

    unit: Unit
    leader: Card | None
    figures: Mapping[str, Measured]


@dataclass(frozen=True)
class UnitPage:
    """A unit, its people and its figures. `choice` None: no figures have been published."""

    place: Place
    choice: Choice | None
    leader: Card | None
    figures: Mapping[str, BoardFigure]
    served: Sequence[Measured]
    sub_units: Sequence[SubUnit]
    above: Mapping[str, FigureValue]
    gender: Sequence[FigureValue]
    predecessors: Sequence[Succession]
    successors: Sequence[Succession]
    services: Sequence[Measured] = ()

    def shown(self, code: str) -> FigureValue | None:
        """What may be shown of an indicator."""
        figure = self.figures.get(code)
        return (figure.shown or figure.current) if figure else None


def unit_page(
    actor: Actor, place: Place, choice: Choice | None, below: Sequence[Unit], *, language: str, on: dt.date
) -> UnitPage:
    """The page of a unit on a day. `below`: the units that its table compares."""
    unit = place.unit
    leaders = leadership_of([unit.pk, *(one.pk for one in below)], on)
    cards = Card.objects.in_bulk(set(leaders.values()))
    by_unit = {unit_id: cards.get(person) for unit_id, person in leaders.items()}
    figures: dict[str, BoardFigure] = {}
    values: Mapping[int, Mapping[str, FigureValue]] = {}
    known = Targets([])
    codes: Sequence[str] = []
    served: Sequence[str] = []
    gender: list[FigureValue] = []
    above: Mapping[str, FigureValue] = {}
    if choice:
        codes = goals.indicators_of(goals.policy(actor, language))
        served = [one.code for one in registry.indicators() if one.area == SERVICES]
        shown = [*codes, *SUB_UNIT_CODES, *AGE_CODES, *POSITION_CODES, *served]
        read = indicators.board_figures(
            actor, unit.pk, choice.period, codes=shown, months=37, hierarchy=choice.hierarchy
        )
        figures = {one.indicator.code: one for one in read}
        if below:
            values = indicators.unit_values(actor, SUB_UNIT_CODES, [one.pk for one in below], choice.period)
        above = _ages_above(actor, place, figures)
        known = _targets(actor, place, below, choice, [*codes, *served])
        gender = indicators.breakdown(actor, BY_GENDER, unit.pk, choice.period, Dimension.GENDER)
    successions = Succession.objects.filter(Q(successor=unit) | Q(unit=unit)).select_related("unit", "successor")
    successions = successions.order_by("on", "pk")
    return UnitPage(
        place=place,
        choice=choice,
        leader=by_unit.get(unit.pk),
        figures=figures,
        served=[_served(figures[code], place, known) for code in codes if code in figures],
        sub_units=[_sub_unit(one, by_unit.get(one.pk), values.get(one.pk, {}), place, known) for one in below],
        above=above,
        gender=gender,
        predecessors=[one for one in successions if one.successor_id == unit.pk],
        successors=[one for one in successions if one.unit_id == unit.pk],
        services=[_served(figures[code], place, known) for code in served if figures[code].current is not None],
    )


def _ages_above(actor: Actor, place: Place, figures: Mapping[str, BoardFigure]) -> Mapping[str, FigureValue]:
    """The age bands of the unit above at the time of those that are shown of this one."""
    shown = next((one.shown for code in AGE_CODES if (one := figures.get(code)) and one.shown), None)
    if place.above is None or shown is None:
        return {}
    found = indicators.unit_values(actor, AGE_CODES, [place.above.pk], shown.period)[place.above.pk]
    return {code: figure for code, figure in found.items() if figure.period == shown.period}


def _targets(actor: Actor, place: Place, below: Sequence[Unit], choice: Choice, codes: Sequence[str]) -> Targets:
    ids = {*place.ids, *(one.pk for one in below), *(one.parent_id for one in below if one.parent_id)}
    years = range(choice.period.year - 3, choice.period.year + 1)
    return goals.targets(actor, ids, indicators=[*codes, *SUB_UNIT_CODES], years=years)


def _served(figure: BoardFigure, place: Place, known: Targets) -> Measured:
    shown = figure.shown or figure.current
    goalpost = known.of(figure.indicator.code, shown.period.year, place.ids) if shown else None
    return goals.measure(figure.indicator, shown, goalpost, level=place.unit.level)


def _sub_unit(
    unit: Unit, leader: Card | None, values: Mapping[str, FigureValue], place: Place, known: Targets
) -> SubUnit:
    between = () if unit.parent_id is None or unit.parent_id in place.ids else (unit.parent_id,)
    path = (*place.ids, *between, unit.pk)
    measured = {}
    for code in SUB_UNIT_CODES:
        figure = values.get(code)
        goalpost = known.of(code, figure.period.year, path) if figure else None
        measured[code] = goals.measure(registry.indicator(code), figure, goalpost, level=unit.level)
    return SubUnit(unit, leader, measured)
