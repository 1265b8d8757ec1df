"""Earlier figures in today's tree, by way of successions: totals from agency level up, where that is safe beside the
tree as it was.

Only figures that hardly follow a person: head counts, and what happened in a calendar year. What lasts (part-time,
age, pay) would
have to be compared over three trees at a time.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from byfolk.engines.indicators import disclosure
from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.engines.indicators.definition import AGENCY, DisclosureClass, Indicator
from byfolk.engines.indicators.disclosure import State
from byfolk.engines.indicators.making.deciding import Decision
from byfolk.engines.indicators.making.questions import question
from byfolk.engines.indicators.making.rows import rows
from byfolk.engines.indicators.making.spans import Ints, Span, Sums
from byfolk.engines.indicators.making.trees import Organisation, UnitTree
from byfolk.engines.indicators.people import HEADS
from byfolk.kernel.time import add_months

_YEARLY = {DisclosureClass.FLOW, DisclosureClass.MEAN, DisclosureClass.HEALTH}


def rerouted(decisions: Iterable[Decision], organisation: Organisation, today: UnitTree) -> list[pl.DataFrame]:
    """Rows of today's hierarchy for the spans in which an agency had other units below it than today."""
    found: list[pl.DataFrame] = []
    routes: dict[int, Ints | None] = {}
    for decision in decisions:
        span = decision.sums.span
        if decision.group or not _wanted(decision.indicator, span):
            continue
        if id(span) not in routes:
            routes[id(span)] = _route(span, organisation, today)
        seat = routes[id(span)]
        if seat is not None:
            found.append(_in_today(decision, seat, today))
    return found


def _wanted(indicator: Indicator, span: Span) -> bool:
    if indicator.disclosure is DisclosureClass.OPEN:
        return True
    return indicator.disclosure in _YEARLY and span.kind is PeriodKind.YEAR


def _route(span: Span, organisation: Organisation, today: UnitTree) -> Ints | None:
    """The place in today's tree of each unit of the span; None where the agencies hold the same units as today."""
    far = add_months(span.period, 12 * 200)
    routes = organisation.routes(span.tree.ids.tolist(), today, far)
    seat = np.array([routes[unit] for unit in span.tree.ids.tolist()], dtype=np.int64)
    then = span.tree.ids[span.tree.under(AGENCY)]
    now = today.ids[today.under(AGENCY)[seat]]
    return None if (then == now).all() else seat


def _in_today(decision: Decision, seat: Ints, today: UnitTree) -> pl.DataFrame:
    indicator, before = decision.indicator, decision.sums
    span = Span(before.span.kind, before.span.period, before.span.months, today)
    sums = Sums(span, measures=set(before.measures))
    needed = [indicator.numerator, indicator.group, HEADS, *indicator.persons]
    if indicator.denominator is not None:
        needed.append(indicator.denominator)
    for code in {m.code for m in needed}:
        own = np.zeros(len(today.ids), dtype=np.int64)
        np.add.at(own, seat, before.own(code))
        sums.put(code, 0, own, today.tree.subtree_sums(own))
    may = today.tree.level <= AGENCY
    if indicator.disclosure is DisclosureClass.OPEN:
        states = np.where(may, State.PUBLISHED, State.HIDDEN_LEVEL).astype(np.int8)
    else:
        asked = question(indicator, before)
        states = disclosure.decide_rerouted(
            before.span.tree.tree,
            decision.states,
            today.tree,
            unit_then=np.arange(len(seat)),
            unit_today=seat,
            counts=asked.counts,
            rule=asked.rule,
            may=may,
        )
    return rows(Decision(indicator, sums, 0, states), hierarchy=Hierarchy.TODAY)
