"""Reads of published figures. They are open to all who work here; each read is one or two queries over indexes.

A `period` is the first day of a month. Every read takes the actor and raises `PermissionError` for a visitor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count, Max, Q

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import (
    REASONS,
    BoardFigure,
    FigureValue,
    HiddenGroup,
    Input,
    LineOfSight,
    PublicationAbout,
    RefreshAbout,
    UnitFigure,
)
from byfolk.engines.indicators.breakdowns import BY_DIMENSION, Dimension, Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Figure, InputCount, Publication, Refresh, Step
from byfolk.engines.indicators.reading import beside, board_figure, figures, headline, newest, signed_in
from byfolk.engines.indicators.sources import SOURCES
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Closure, Level, Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months


def latest_period(actor: Actor) -> dt.date | None:
    """The last month that figures have been published for; None before the first refresh."""
    signed_in(actor)
    return Publication.objects.aggregate(last=Max("period_until"))["last"]


def periods(actor: Actor) -> list[dt.date]:
    """Every month that a page may ask for, newest first."""
    signed_in(actor)
    root = Unit.objects.filter(parent=None).values("pk")
    found = Figure.objects.filter(unit__in=root, breakdown=0, hierarchy=Hierarchy.AS_IT_WAS, kind=PeriodKind.MONTH)
    return list(found.values_list("period", flat=True).distinct().order_by("-period"))


def publication(actor: Actor) -> PublicationAbout | None:
    """The newest publication; None before the first refresh."""
    signed_in(actor)
    newest = Publication.objects.order_by("-at").first()
    if newest is None:
        return None
    registry.as_of(newest.pk, newest.declared)
    return about(newest)


def board_figures(
    actor: Actor,
    unit_id: int,
    period: dt.date,
    *,
    codes: Iterable[str] | None = None,
    months: int = 36,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> list[BoardFigure]:
    """Indicators of a unit: newest figure at or before `period`, last year's, and up to `months` of history. One query.

    `codes` None: every indicator.
    """
    signed_in(actor)
    wanted = registry.indicators() if codes is None else [registry.indicator(code) for code in dict.fromkeys(codes)]
    rows = figures(
        unit=unit_id,
        indicator__in=[i.key for i in wanted],
        breakdown=0,
        hierarchy=hierarchy,
        period__lte=period,
        period__gt=add_months(period, -months),
    )
    by_indicator: dict[int, list[FigureValue]] = {}
    for row in rows:
        by_indicator.setdefault(row.indicator.key, []).append(row)
    return [board_figure(i, by_indicator.get(i.key, [])) for i in wanted]


def figure(
    actor: Actor,
    indicator: str,
    unit_id: int,
    period: dt.date,
    *,
    months: int = 36,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> BoardFigure:
    """One indicator of one unit, as on the board. Raises `LookupError` for an unknown indicator. One query."""
    signed_in(actor)
    wanted = registry.indicator(indicator)
    rows = figures(
        unit=unit_id,
        indicator=wanted.key,
        breakdown=0,
        hierarchy=hierarchy,
        period__lte=period,
        period__gt=add_months(period, -months),
    )
    return board_figure(wanted, rows)


def history(
    actor: Actor,
    indicator: str,
    unit_ids: Sequence[int],
    *,
    kind: PeriodKind | None = None,
    group: int = 0,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> dict[int, list[FigureValue]]:
    """All that is published of an indicator for these units, oldest first, by unit id. `kind` None: every kind of
    span. One query.
    """
    signed_in(actor)
    wanted = registry.indicator(indicator)
    chosen = {} if kind is None else {"kind": kind}
    found: dict[int, list[FigureValue]] = {unit_id: [] for unit_id in unit_ids}
    for row in figures(unit__in=list(unit_ids), indicator=wanted.key, breakdown=group, hierarchy=hierarchy, **chosen):
        found[row.unit_id].append(row)
    return found


def agency_values(
    actor: Actor,
    indicators: Iterable[str],
    period: dt.date,
    *,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> dict[str, list[UnitFigure]]:
    """Each indicator over all agencies, for strips of dots: the newest of the headline span at or before `period`.
    Two queries.
    """
    signed_in(actor)
    wanted = [registry.indicator(code) for code in indicators]
    agencies = {unit.pk: unit for unit in Unit.objects.filter(level=Level.AGENCY).order_by("sort_key")}
    found = beside(wanted, agencies, Level.AGENCY, period, hierarchy)
    return {i.code: found[i.code] for i in wanted}


def siblings(
    actor: Actor,
    indicator: str,
    unit_id: int,
    period: dt.date,
) -> list[UnitFigure]:
    """The indicator of all units beside this one (same parent and level in today's tree), itself included, in
    Norwegian order.
    """
    signed_in(actor)
    me = Unit.objects.get(pk=unit_id)
    units = {unit.pk: unit for unit in Unit.objects.filter(parent=me.parent_id, level=me.level).order_by("sort_key")}
    wanted = registry.indicator(indicator)
    return beside([wanted], units, me.level, period)[wanted.code]


def children(actor: Actor, indicator: str, unit_id: int, period: dt.date) -> list[UnitFigure]:
    """The indicator of the units right below this one in today's tree, by level and in Norwegian order."""
    signed_in(actor)
    below = {unit.pk: unit for unit in Unit.objects.filter(parent=unit_id).order_by("level", "sort_key")}
    wanted = registry.indicator(indicator)
    found = []
    for level in sorted({unit.level for unit in below.values()}):
        units = {pk: unit for pk, unit in below.items() if unit.level == level}
        found += beside([wanted], units, level, period)[wanted.code]
    return found


def unit_values(
    actor: Actor, indicators: Iterable[str], unit_ids: Sequence[int], period: dt.date
) -> dict[int, dict[str, FigureValue]]:
    """Several indicators of several units (a table of sub-units): by unit id and code, newest at or before `period`.
    One query.
    """
    signed_in(actor)
    keys = [registry.indicator(code).key for code in indicators]
    found = newest(
        unit__in=list(unit_ids),
        indicator__in=keys,
        breakdown=0,
        hierarchy=Hierarchy.AS_IT_WAS,
        period__lte=period,
        period__gt=add_months(period, -24),
    )
    return {unit_id: found.get(unit_id, {}) for unit_id in unit_ids}


def year_values(
    actor: Actor, indicators: Iterable[str], unit_ids: Sequence[int], year: int
) -> dict[int, dict[str, FigureValue]]:
    """Several indicators of several units for the same calendar year, hidden ones too: by unit id and code. One
    that is not published for a whole year is that of its last day. One query.
    """
    signed_in(actor)
    rows = figures(
        unit__in=list(unit_ids),
        indicator__in=[registry.indicator(code).key for code in indicators],
        breakdown=0,
        hierarchy=Hierarchy.AS_IT_WAS,
        period=dt.date(year, 12, 1),
        kind__in=[PeriodKind.MONTH, PeriodKind.YEAR],
    )
    found: dict[int, dict[str, FigureValue]] = {unit_id: {} for unit_id in unit_ids}
    for row in rows:
        if row.kind is PeriodKind.YEAR or row.indicator.code not in found[row.unit_id]:
            found[row.unit_id][row.indicator.code] = row
    return found


def breakdown(
    actor: Actor,
    indicator: str,
    unit_id: int,
    period: dt.date,
    dimension: Dimension,
) -> list[FigureValue]:
    """The parts of a figure (women and men, age bands, job families) at the newest period at or before `period` that
    has any.

    Empty where the total is hidden or the unit is too far down for this breakdown. One query.
    """
    signed_in(actor)
    wanted = registry.indicator(indicator)
    codes = [group.code for group in BY_DIMENSION[dimension]]
    rows = figures(
        unit=unit_id,
        indicator=wanted.key,
        breakdown__in=codes,
        hierarchy=Hierarchy.AS_IT_WAS,
        period__lte=period,
        period__gt=add_months(period, -24),
    )
    rows = headline(rows)
    return [row for row in rows if row.period == rows[-1].period]


def hidden_summary(
    actor: Actor, unit_id: int, period: dt.date, *, codes: Iterable[str] | None = None, whole: bool = False
) -> list[HiddenGroup]:
    """What is hidden in a unit and below it in the 12 months up to `period`, counted by indicator and reason.
    One query, or two.

    `codes` None: every indicator. `whole`: the unit is the municipality, so that all units are counted.
    """
    signed_in(actor)
    wanted = registry.indicators() if codes is None else [registry.indicator(code) for code in codes]
    figures_of = Figure.objects.filter(indicator__in=[i.key for i in wanted])
    if not whole:
        below = Closure.objects.filter(ancestor=unit_id)
        figures_of = figures_of.filter(unit__in=list(below.values_list("descendant", flat=True)))
    rows = (
        figures_of.filter(
            breakdown=0,
            hierarchy=Hierarchy.AS_IT_WAS,
            period__lte=period,
            period__gt=add_months(period, -12),
            state__gte=State.HIDDEN_SMALL,
        )
        .values("indicator", "state")
        .annotate(units=Count("unit", distinct=True), own=Count("unit", filter=Q(unit=unit_id)))
        .order_by("indicator", "state")
    )
    return [
        HiddenGroup(
            registry.by_key(r["indicator"]), State(r["state"]), REASONS[State(r["state"])], r["units"], r["own"] > 0
        )
        for r in rows
        if registry.knows(r["indicator"])
    ]


def line_of_sight(
    actor: Actor, indicator: str, unit_id: int, period: dt.date, *, newest: PublicationAbout | None = None
) -> LineOfSight:
    """From a figure to its definition, law or standard, and the imported rows behind it. Three queries, or two where
    the newest publication has been read.
    """
    signed_in(actor)
    wanted = registry.indicator(indicator)
    shown = figure(actor, indicator, unit_id, period).shown
    year = (shown.period if shown else period).year
    counts = InputCount.objects.filter(
        unit=unit_id, year=year, source__in=[SOURCES[code].key for code in wanted.sources]
    )
    by_key = {source.key: source for source in SOURCES.values()}
    inputs = tuple(
        Input(by_key[c.source].title, c.rows, by_key[c.source].sensitive, c.batch or None)
        for c in counts.order_by("source", "-batch")
    )
    parts = tuple(registry.indicator(code) for code in wanted.parts)
    return LineOfSight(wanted, shown, parts, inputs, newest or publication(actor))


def refresh_status(actor: Actor) -> RefreshAbout | None:
    """How far the newest refresh has come; None where there has been none."""
    signed_in(actor)
    run = Refresh.objects.order_by("-started_at").first()
    if run is None:
        return None
    return RefreshAbout(
        run.pk,
        run.step,
        str(Step(run.step).label),
        run.done,
        run.of,
        run.step != Step.DONE and not run.error,
        run.error,
        run.started_at,
        run.changed_at,
        run.publication_id,
    )


def about(row: Publication) -> PublicationAbout:
    """A publication as pages show it."""
    return PublicationAbout(
        row.pk,
        row.at,
        row.asked_by,
        row.period_until,
        row.next_on,
        row.published,
        row.hidden,
        row.facts_hash,
        tuple(row.batches),
    )
