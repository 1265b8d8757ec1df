"""From rows of the figures table to what pages are answered with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Window

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import BoardFigure, FigureValue, Point, UnitFigure
from byfolk.engines.indicators.breakdowns import GROUPS, Hierarchy, PeriodKind
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.models import Figure
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months

#: Which span stands for a figure where several are published: the steadiest first.
_STEADIEST = (PeriodKind.ROLLING, PeriodKind.YEAR, PeriodKind.MONTH)
#: Looked up rather than made: a page reads hundreds of rows.
_KINDS = {kind.value: kind for kind in PeriodKind}
_STATES = {state.value: state for state in State}
_COLUMNS = (
    "indicator",
    "unit",
    "period",
    "kind",
    "breakdown",
    "state",
    "value",
    "numerator",
    "denominator",
    "n",
    "bound",
)


def signed_in(actor: Actor) -> None:
    """Figures are for those who work here. Raises `PermissionError` for a visitor."""
    if actor.person_id is None:
        raise PermissionError("published figures are open to those who have signed in")


def figures(*either: Q, **conditions: Any) -> list[FigureValue]:
    """The figures that meet these conditions on the table's columns, oldest first. One query."""
    return read(Figure.objects.filter(*either, **conditions).order_by("period"))


def read(rows: QuerySet[Any]) -> list[FigureValue]:
    """Rows of the table as figures, in the rows' order; those of indicators that are no longer declared are left
    out. One query.
    """
    return [_figure(*row) for row in rows.values_list(*_COLUMNS) if registry.knows(row[0])]


def _figure(
    key: int,
    unit: int,
    period: dt.date,
    kind: int,
    breakdown: int,
    state: int,
    value: float | None,
    numerator: int | None,
    denominator: int | None,
    n: int | None,
    bound: int | None,
) -> FigureValue:
    indicator = registry.by_key(key)
    below = indicator.denominator
    return FigureValue(
        indicator=indicator,
        unit_id=unit,
        period=period,
        kind=_KINDS[kind],
        group=GROUPS[breakdown],
        state=_STATES[state],
        value=value,
        numerator=None if numerator is None else numerator / indicator.numerator.per,
        denominator=None if denominator is None or below is None else denominator / below.per,
        n=n,
        bound=bound,
    )


def newest(**conditions: Any) -> dict[int, dict[str, FigureValue]]:
    """Of each unit and indicator the newest figure of the span that stands for it (as `headline`): by unit id and
    code. One query.

    Picked by the database, since a page compares hundreds of units and needs one row of the scores that each has.
    """
    rows = (
        Figure.objects.filter(**conditions)
        .annotate(steadiest=Window(Min("state"), partition_by=[F("unit"), F("indicator"), F("kind")]))
        .order_by("unit", "indicator", "kind", "-period")
        .distinct("unit", "indicator", "kind")
        .values_list(*_COLUMNS, "steadiest")
    )
    found: dict[int, dict[str, tuple[int, FigureValue]]] = {}
    for *row, best in rows:
        if not registry.knows(row[0]):
            continue
        figure = _figure(*row)
        rank = _STEADIEST.index(figure.kind) + (0 if best == State.PUBLISHED else len(_STEADIEST))
        of_unit = found.setdefault(figure.unit_id, {})
        code = figure.indicator.code
        if code not in of_unit or rank < of_unit[code][0]:
            of_unit[code] = (rank, figure)
    return {unit: {code: figure for code, (_rank, figure) in codes.items()} for unit, codes in found.items()}


def headline(rows: Sequence[FigureValue]) -> list[FigureValue]:
    """Of one indicator's rows those of the span that stands for it: the steadiest of which anything is published."""
    kinds = {kind: [row for row in rows if row.kind is kind] for kind in _STEADIEST}
    for kind in _STEADIEST:
        if any(row.state is State.PUBLISHED for row in kinds[kind]):
            return kinds[kind]
    return next((kinds[kind] for kind in _STEADIEST if kinds[kind]), [])


def board_figure(indicator: Indicator, rows: Sequence[FigureValue]) -> BoardFigure:
    """An indicator's rows of one unit, oldest first, as a figure with its history."""
    chosen = headline(rows)
    if not chosen:
        return BoardFigure(indicator, None, None, None, ())
    current = chosen[-1]
    shown = current
    if current.state is State.WITHHELD:
        shown = next((row for row in reversed(chosen) if row.state is State.PUBLISHED), current)
    year_before = add_months(shown.period, -12)
    last_year = next((row for row in chosen if row.period == year_before), None)
    return BoardFigure(
        indicator, current, shown, last_year, tuple(Point(row.period, row.value, row.state) for row in chosen)
    )


def beside(
    indicators: Sequence[Indicator],
    units: Mapping[int, Unit],
    level: int,
    period: dt.date,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> dict[str, list[UnitFigure]]:
    """Each indicator's newest headline figure at or before `period`, the same period for all units, in the order of
    `units`.
    """
    rows = figures(
        indicator__in=[i.key for i in indicators],
        unit__in=list(units),
        breakdown=0,
        hierarchy=hierarchy,
        period__lte=period,
        period__gt=add_months(period, -24),
    )
    found: dict[str, list[UnitFigure]] = {}
    for indicator in indicators:
        mine = headline([row for row in rows if row.indicator is indicator])
        newest = {row.unit_id: row for row in mine if row.period == mine[-1].period}
        found[indicator.code] = [
            UnitFigure(pk, unit.code, unit.name, level, newest[pk]) for pk, unit in units.items() if pk in newest
        ]
    return found
