"""From decisions to the rows of the figures table. Only what is published gets numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from byfolk.engines.indicators.breakdowns import GROUPS, Dimension, Hierarchy, PeriodKind
from byfolk.engines.indicators.definition import Indicator, Measure
from byfolk.engines.indicators.disclosure import State
from byfolk.engines.indicators.making.deciding import Decision
from byfolk.engines.indicators.making.questions import months_in
from byfolk.engines.indicators.making.spans import Sums
from byfolk.engines.indicators.people import HEADS

Ints = npt.NDArray[np.int64]
SCHEMA = {
    "unit": pl.Int32,
    "indicator": pl.Int16,
    "breakdown": pl.Int16,
    "hierarchy": pl.Int16,
    "kind": pl.Int16,
    "period": pl.Date,
    "state": pl.Int16,
    "n": pl.Int32,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "value": pl.Float64,
    "bound": pl.Int16,
}


def measured(sums: Sums, measure: Measure, group: int) -> Ints:
    """A measure's sum over each unit and all below it; means of sums are worked out here, rounded to whole numbers."""
    if measure.mean_of is None:
        return sums.whole(measure.code, group)
    above, below = (sums.whole(code, group) for code in measure.mean_of)
    return np.where(below > 0, (2 * above + below) // np.maximum(2 * below, 1), 0)


def mean(amount: Ints, months: int) -> Ints:
    """Person-months as persons: their mean over the months, rounded to a whole number."""
    return (2 * amount + months) // (2 * months)


def rows(
    decision: Decision, total: npt.NDArray[np.int8] | None = None, hierarchy: Hierarchy = Hierarchy.AS_IT_WAS
) -> pl.DataFrame:
    """The rows of one decision. `total`: the states of the whole, where the decision is of a part of it.

    Units without people have no row (or without what is counted, `where_reported`), nor has a part of a total that is
    hidden: it is hidden as well.
    """
    indicator, sums, states = decision.indicator, decision.sums, decision.states
    there = sums.whole(indicator.group.code if indicator.where_reported else HEADS.code) > 0
    # Where it was decided elsewhere, what is hidden has no number of people here.
    shown = (states != State.HIDDEN_LEVEL) & (there | (indicator.decided_by is not None))
    if total is not None:
        shown &= total == State.PUBLISHED
    if decision.group and GROUPS[decision.group].dimension is Dimension.JOB_FAMILY:
        shown &= sums.whole(HEADS.code, decision.group) > 0
    at = np.flatnonzero(shown)
    numerator = measured(sums, indicator.numerator, decision.group)[at]
    denominator = None if indicator.denominator is None else measured(sums, indicator.denominator, decision.group)[at]
    n = mean(sums.whole(indicator.group.code, decision.group)[at], months_in(indicator, sums))
    return _frame(
        indicator,
        sums.span.kind,
        sums.span.period,
        decision.group,
        sums.span.tree.ids[at],
        states[at],
        n,
        numerator,
        denominator,
        hierarchy,
    )


def _frame(
    indicator: Indicator,
    kind: PeriodKind,
    period: dt.date,
    group: int,
    units: Ints,
    states: npt.NDArray[np.int8],
    n: Ints,
    numerator: Ints,
    denominator: Ints | None,
    hierarchy: Hierarchy = Hierarchy.AS_IT_WAS,
) -> pl.DataFrame:
    published = states == State.PUBLISHED
    band = (states == State.BAND_LOW) | (states == State.BAND_HIGH)
    edge = np.where(n < 10, 20, 10)
    bound = np.where(states == State.BAND_HIGH, 100 - edge, edge)
    # Python's whole numbers do not overflow: the same value as `Indicator.value` in every row.
    below: list[int | None] = [None] * len(units) if denominator is None else denominator.tolist()
    value = [
        indicator.value(a, b) if p else None
        for a, b, p in zip(numerator.tolist(), below, published.tolist(), strict=True)
    ]
    size = len(units)
    return pl.DataFrame(
        {
            "unit": units,
            "indicator": np.full(size, indicator.key),
            "breakdown": np.full(size, group),
            "hierarchy": np.full(size, int(hierarchy)),
            "kind": np.full(size, int(kind)),
            "period": [period] * size,
            "state": states,
            "n": _only(n, published),
            "numerator": _only(numerator, published),
            "denominator": pl.Series([None] * size, dtype=pl.Int64)
            if denominator is None
            else _only(denominator, published),
            "value": value,
            "bound": _only(bound, band),
        },
        schema=SCHEMA,
    )


def _only(values: Ints, where: npt.NDArray[np.bool_]) -> pl.Series:
    return pl.select(pl.when(pl.lit(pl.Series(where))).then(pl.lit(pl.Series(values.astype(np.int64))))).to_series()


def rolling(indicator: Indicator, months: Sequence[pl.DataFrame], period: dt.date) -> pl.DataFrame:
    """The last twelve months as the sum of twelve months that were each published; hidden where one of them was not.

    `months`: the indicator's rows (totals) of the twelve months, oldest first. The units are those of the last month.
    """
    together = pl.concat([frame.select("unit", "state", "n", "numerator", "denominator") for frame in months])
    sums = together.group_by("unit").agg(
        pl.len(),
        (pl.col("state") == State.PUBLISHED).sum().alias("shown"),
        pl.col("n", "numerator", "denominator").sum(),
    )
    last = months[-1].select("unit").join(sums, on="unit", how="left").sort("unit")
    complete = (last["shown"] == 12).to_numpy()
    states = np.where(complete, int(State.PUBLISHED), int(State.HIDDEN_SECONDARY)).astype(np.int8)
    return _frame(
        indicator,
        PeriodKind.ROLLING,
        period,
        0,
        last["unit"].to_numpy().astype(np.int64),
        states,
        mean(last["n"].to_numpy(), 12),
        last["numerator"].to_numpy(),
        last["denominator"].to_numpy(),
    )


def all_rows(decisions: Iterable[Decision]) -> list[pl.DataFrame]:
    """The rows of decisions in the order that they were made: a total before its parts."""
    totals: dict[tuple[str, PeriodKind, dt.date], npt.NDArray[np.int8]] = {}
    found = []
    for decision in decisions:
        span = decision.sums.span
        key = (decision.indicator.code, span.kind, span.period)
        if decision.group == 0:
            totals[key] = decision.states
        total = None if decision.group == 0 else totals.get(key)
        found.append(rows(decision, total))
    return found
