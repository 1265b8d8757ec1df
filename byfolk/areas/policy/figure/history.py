"""The history of a figure: the finding as a title, the chart in two widths, and its table."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.action.beside import Beside
from byfolk.areas.policy.explaining.beside import Explained
from byfolk.areas.policy.figure.queries import FigurePage
from byfolk.areas.policy.wording import bare_text, figure_text, language, moment_text, target_text, value_text
from byfolk.engines.goals.rules import rounded
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import UnitOfMeasure
from byfolk.engines.indicators.states import State
from byfolk.kernel.time import add_months
from byfolk.lib import charts, norwegian
from byfolk.lib.charts import Flag, Line, TargetStep

WIDE, MIDDLE, NARROW = 1200, 720, 358
#: A turn smaller than this share of the whole range is not told as one.
TURN = 0.25


@dataclass(frozen=True)
class Series:
    """The published values of one unit at one kind of span, oldest first."""

    kind: PeriodKind
    rows: tuple[FigureValue, ...]

    @property
    def shown(self) -> list[tuple[dt.date, float]]:
        """The points that may be drawn."""
        return [(row.period, row.value) for row in self.rows if row.published and row.value is not None]


def series_of(rows: Sequence[FigureValue], kind: PeriodKind) -> Series:
    """One unit's rows of a kind."""
    return Series(kind, tuple(row for row in rows if row.kind is kind))


def history_of(page: FigurePage, doing: Beside, explained: Explained) -> dict[str, Any] | None:
    """The section as its template takes it; None where fewer than two values may be shown. Actions are its first flags,
    explanations the next.
    """
    shown = page.shown
    if shown is None:
        return None
    kind, unit = shown.kind, page.place.unit
    until = page.choice.period
    own = series_of([row for row in page.histories.get(unit.pk, ()) if row.period <= until], kind)
    if len(own.shown) < 2:
        return None
    above = page.place.above
    parent = (
        series_of([row for row in page.histories.get(above.pk, ()) if row.period <= until], kind) if above else None
    )
    months = None
    if kind is not PeriodKind.MONTH:
        months = series_of([row for row in page.histories.get(unit.pk, ()) if row.period <= until], PeriodKind.MONTH)
    yearly = _step(own) == 12
    drawn_from = own.shown[0][0]
    flags = [*doing.flags, *explained.flags(kind, since=drawn_from)]

    def draw(width: int) -> charts.Svg:
        return _years(page, own, parent, flags, width) if yearly else _chart(page, own, parent, months, flags, width)

    return {
        "title": finding(own),
        "subtitle": " ".join([_how_to_read(page, kind, bool(months and months.shown)), *_notes(own)]),
        "wide": draw(WIDE),
        "middle": draw(MIDDLE),
        "narrow": draw(NARROW),
        "notes": [*doing.notes, *explained.notes(kind, since=drawn_from)],
        "table": _table(page, own, parent),
    }


def finding(own: Series) -> str:
    """What the history shows, in a sentence: since when the figure has fallen or risen."""
    points = own.shown
    decimals = own.rows[-1].indicator.decimals
    values = [value for _period, value in points]
    last = len(points) - 1
    highest, lowest = max(values), min(values)
    if rounded(highest, decimals) == rounded(lowest, decimals):
        return _("Tallet har vært det samme siden %(when)s") % {"when": _when(points[0][0], own.kind)}
    top = last - values[::-1].index(highest)
    bottom = last - values[::-1].index(lowest)
    turn = min(top, bottom) if max(top, bottom) == last else max(top, bottom)
    moved = values[last] - values[turn]
    if abs(moved) < TURN * (highest - lowest):
        turn, moved = 0, values[last] - values[0]
    if rounded(values[last], decimals) == rounded(values[turn], decimals):
        return _("Tallet er tilbake der det var i %(when)s") % {"when": _when(points[turn][0], own.kind)}
    when = {"when": _when(points[turn][0], own.kind)}
    return _("Tallet har økt siden %(when)s") % when if moved > 0 else _("Tallet har falt siden %(when)s") % when


def _when(period: dt.date, kind: PeriodKind) -> str:
    return moment_text(period, kind)


def _how_to_read(page: FigurePage, kind: PeriodKind, with_months: bool) -> str:
    measures = {
        UnitOfMeasure.PERCENT: _("Prosent."),
        UnitOfMeasure.FTE: _("Årsverk."),
        UnitOfMeasure.YEARS: _("År."),
        UnitOfMeasure.WEEKS: _("Uker."),
        UnitOfMeasure.KRONER: _("Kroner."),
        UnitOfMeasure.COUNT: _("Antall."),
        UnitOfMeasure.OF_FIVE: _("Poeng, fra 1 til 5."),
        UnitOfMeasure.OF_SIX: _("Poeng, høyst 6."),
        UnitOfMeasure.OF_SEVEN: _("Poeng, høyst 7."),
        UnitOfMeasure.OF_TEN: _("Poeng, høyst 10."),
        UnitOfMeasure.OF_HUNDRED: _("Poeng, høyst 100."),
    }
    spans = {
        PeriodKind.ROLLING: _("Tykk linje: siste 12 måneder."),
        PeriodKind.YEAR: _("Hvert punkt er et kalenderår."),
        PeriodKind.MONTH: _("Siste dag i måneden."),
    }
    sentences = [measures[page.indicator.unit], spans[kind]]
    if with_months:
        sentences.append(_("Tynn linje: hver måned."))
    return " ".join(sentences)


def _chart(
    page: FigurePage, own: Series, parent: Series | None, months: Series | None, flags: Sequence[Flag], width: int
) -> charts.Svg:
    unit, above = page.place.unit, page.place.above
    lines = _unbroken(own, unit.name)
    if parent and above and parent.shown:
        first = own.shown[0][0]
        points = [point for point in parent.shown if point[0] >= first]
        if points:
            value = value_text(page.indicator, points[-1][1])
            lines.append(Line("parent", points, f"{above.name} {value}", value))
    if months and months.shown:
        lines += [Line("months", run) for run in _runs(months, 1)]
    last_target = page.targets.get(own.shown[-1][0].year)
    target = target_text(page.indicator, last_target.value) if last_target else ""
    return charts.line_chart(
        lines,
        width=width,
        label=_sentence(page, own),
        targets=_steps(page, own),
        flags=flags,
        target_label=_("Mål %(target)s") % {"target": target} if target else "",
        format_tick=_tick,
        unit=norwegian.percent(0, 0, language()).removeprefix("0")
        if page.indicator.unit is UnitOfMeasure.PERCENT
        else "",
    )


def _years(page: FigurePage, own: Series, parent: Series | None, flags: Sequence[Flag], width: int) -> charts.Svg:
    """The chart of a figure that comes once a year: each value with its number."""
    mine = dict(_by_year(own))
    years = list(range(min(mine), max(mine) + 1))
    beside = dict(_by_year(parent)) if parent else {}
    targets = [page.targets.get(year) for year in years]
    return charts.year_chart(
        years,
        [mine.get(year) for year in years],
        width=width,
        label=_sentence(page, own),
        own_label=page.place.unit.name if width > NARROW else "",
        other=[beside.get(year) for year in years] if beside else (),
        other_label=page.place.above.name if page.place.above and width > NARROW else "",
        targets=[float(goalpost.value) if goalpost else None for goalpost in targets],
        target_label=_("Mål"),
        flags=flags,
        format_value=lambda value: bare_text(page.indicator, value),
    )


def _by_year(series: Series) -> list[tuple[int, float]]:
    decimals = series.rows[-1].indicator.decimals if series.rows else 0
    return [(period.year, float(rounded(value, decimals))) for period, value in series.shown]


def _tick(value: float) -> str:
    decimals = 0 if float(value).is_integer() else 1 if float(value * 10).is_integer() else 2
    return norwegian.number(value, decimals, language())


def _unbroken(own: Series, name: str) -> list[Line]:
    """The own line, broken where a figure is not shown; the last run first, since its end is the one that is marked."""
    runs = _runs(own, _step(own))
    last = value_text(own.rows[-1].indicator, runs[-1][-1][1])
    named = Line("own", runs[-1], f"{name} {last}", last)
    return [named, *(Line("own", run) for run in runs[:-1])]


def _step(own: Series) -> int:
    """How many months lie between two publications of the figure: the smallest distance there is."""
    periods = [row.period for row in own.rows]
    gaps = [_months(a, b) for a, b in itertools.pairwise(periods)]
    return min(gaps, default=1)


def _months(a: dt.date, b: dt.date) -> int:
    return (b.year - a.year) * 12 + b.month - a.month


def _runs(series: Series, step: int) -> list[list[tuple[dt.date, float]]]:
    runs: list[list[tuple[dt.date, float]]] = []
    for point in series.shown:
        if runs and add_months(runs[-1][-1][0], step) >= point[0]:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _steps(page: FigurePage, own: Series) -> list[TargetStep]:
    first, last = own.shown[0][0], own.shown[-1][0]
    return [
        TargetStep(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), float(goalpost.value))
        for year, goalpost in sorted(page.targets.items())
        if first.year <= year <= last.year
    ]


def _sentence(page: FigurePage, own: Series) -> str:
    (start, low), (end, high) = own.shown[0], own.shown[-1]
    return _("%(figure)s i %(unit)s: %(first)s i %(start)s, %(last)s i %(end)s.") % {
        "figure": page.indicator.title, "unit": page.place.unit.name, "first": value_text(page.indicator, low),
        "start": _when(start, own.kind), "last": value_text(page.indicator, high), "end": _when(end, own.kind),
    }  # fmt: skip


def _notes(own: Series) -> list[str]:
    unseen = sum(row.state is not State.PUBLISHED for row in own.rows)
    return [_("Linjen er brutt der tallet er skjult.")] if unseen else []


def _table(page: FigurePage, own: Series, parent: Series | None) -> dict[str, Any]:
    above = page.place.above
    beside: Mapping[dt.date, FigureValue] = {row.period: row for row in parent.rows} if parent else {}
    columns = [_("Periode"), page.place.unit.name, _("Mål")]
    if above and beside:
        columns.insert(2, above.name)
    rows = []
    for row in reversed(own.rows):
        goalpost = page.targets.get(row.period.year)
        line = [moment_text(row.period, own.kind), text_of(row)]
        if above and beside:
            line.append(text_of(beside[row.period]) if row.period in beside else _("Ingen tall"))
        rows.append([*line, bare_text(page.indicator, goalpost.value) if goalpost else ""])
    return {"caption": _("%(figure)s over tid") % {"figure": page.indicator.title}, "columns": columns, "rows": rows}


def text_of(row: FigureValue) -> str:
    """A value in a table of history, or the word for why there is none."""
    if row.empty:
        return _("Ingen å regne på")
    return figure_text(row) or _("Skjult")
