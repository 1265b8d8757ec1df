"""Figures that have moved most since last year in one unit, said in a sentence. Published figures only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.engines.indicators import queries
from byfolk.engines.indicators.answers import BoardFigure
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Direction, UnitOfMeasure
from byfolk.kernel.rights import Actor
from byfolk.lib import charts, norwegian

MOST = 3


@dataclass(frozen=True)
class Moved:
    """An item of the component `moved_figures`."""

    name: str
    value: str
    spark: charts.Svg
    text: str
    code: str


def moved(actor: Actor, unit_id: int, period: dt.date) -> list[Moved]:
    """The three figures with the largest change from last year, relative to last year's value."""
    known = [each for each in queries.board_figures(actor, unit_id, period) if _comparable(each)]
    known.sort(key=_relative_change, reverse=True)
    return [_described(each) for each in known[:MOST]]


def _comparable(figure: BoardFigure) -> bool:
    now, before = figure.current, figure.last_year
    return (
        figure.indicator.direction is not Direction.NEITHER
        and now is not None
        and before is not None
        and bool(now.value)
        and bool(before.value)
        and len([point for point in figure.history if point.value is not None]) > 2
    )


def _relative_change(figure: BoardFigure) -> float:
    now, before = figure.current, figure.last_year
    assert now
    assert before
    assert now.value is not None
    assert before.value
    return abs(now.value - before.value) / abs(before.value)


def _described(figure: BoardFigure) -> Moved:
    indicator, now, before = figure.indicator, figure.current, figure.last_year
    assert now
    assert before
    assert now.value is not None
    assert before.value is not None
    language = get_language() or "nb"

    def shown(value: float) -> str:
        if indicator.unit is UnitOfMeasure.PERCENT:
            return norwegian.percent(value, indicator.decimals, language)
        return norwegian.number(value, indicator.decimals, language)

    year = before.kind is PeriodKind.YEAR
    when = str(before.period.year) if year else norwegian.month(before.period, language)
    words = {"then": shown(before.value), "period": when}
    if shown(now.value) == shown(before.value):
        text = _("Som i %(period)s.") % words
    elif now.value > before.value:
        text = _("Opp fra %(then)s i %(period)s.") % words
    else:
        text = _("Ned fra %(then)s i %(period)s.") % words
    values = [point.value for point in figure.history]
    return Moved(str(indicator.title), shown(now.value), charts.sparkline(values), text, indicator.code)
