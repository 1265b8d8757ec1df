"""Sick leave month by month, and how the year's figures go together with the months' (specification, rule 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators import disclosure
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import AGENCY, Indicator
from byfolk.engines.indicators.disclosure import State
from byfolk.engines.indicators.making.questions import may, question
from byfolk.engines.indicators.making.spans import Span, Sums
from byfolk.engines.indicators.making.trees import UnitTree

Bools = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]


@dataclass
class Months:
    """Keeps which units were shown in each month, since a month is shown only where every month before it in the
    year was.

    A unit that once dropped out is not shown again that year, and its year is not published: the year minus the
    months shown
    would be the months that were not.
    """

    _shown: dict[dt.date, set[int]] = field(default_factory=dict)
    _trees: dict[dt.date, UnitTree] = field(default_factory=dict)

    def remember(self, month: dt.date, shown: set[int], tree: UnitTree) -> None:
        """What an earlier run showed of a month that is not made now."""
        self._shown[month], self._trees[month] = shown, tree

    def decide(self, indicator: Indicator, sums: Sums) -> States:
        """The states of a month, or of a year whose months have all been decided."""
        span = sums.span
        if span.kind is PeriodKind.MONTH:
            return self._month(indicator, sums)
        allowed, must = may(indicator, sums), np.zeros(len(span.tree.ids), dtype=np.bool_)
        if all(month in self._shown for month in span.months):
            always = set.intersection(*(self._shown[month] for month in span.months))
            ever = set.union(*(self._shown[month] for month in span.months))
            moved = self._moved(span)
            must = np.isin(span.tree.ids, list(always)) & ~moved
            allowed = allowed & ~(np.isin(span.tree.ids, list(ever - always)) | moved)
        asked = replace(question(indicator, sums), may=allowed, must=must)
        states = disclosure.decide(span.tree.tree, asked)
        states[may(indicator, sums) & ~allowed] = State.HIDDEN_SECONDARY
        return states

    def _month(self, indicator: Indicator, sums: Sums) -> States:
        span, tree = sums.span, sums.span.tree.tree
        first = span.period.month == 1
        before = self._shown.get(span.period.replace(month=max(1, span.period.month - 1)))
        allowed = may(indicator, sums)
        # Where the figures begin in the middle of a year, no month of that year is known to be the first.
        if not first:
            allowed = allowed & np.isin(span.tree.ids, list(before or ()))
        asked = replace(question(indicator, sums, entry=first), may=allowed)
        states = disclosure.decide(tree, asked)
        states[may(indicator, sums) & ~allowed] = State.HIDDEN_SECONDARY
        self._shown[span.period] = set(span.tree.ids[states == State.PUBLISHED].tolist())
        self._trees[span.period] = span.tree
        return states

    def _moved(self, year: Span) -> Bools:
        """Units from agency level up that a unit came to or left within the year: their months do not add up to
        their year.
        """
        now = _above(year.tree)
        moved: set[int] = set()
        for month in year.months:
            for unit, above in _above(self._trees[month]).items():
                moved |= above ^ now.get(unit, frozenset())
        return np.isin(year.tree.ids, list(moved))


def _above(tree: UnitTree) -> dict[int, frozenset[int]]:
    """For each unit the units from agency level up that it lies in (or is)."""
    found: list[frozenset[int]] = []
    for i, unit in enumerate(tree.ids.tolist()):
        parent = int(tree.tree.parent[i])
        above = found[parent] if parent >= 0 else frozenset()
        found.append(above | {unit} if tree.tree.level[i] <= AGENCY else above)
    return dict(zip(tree.ids.tolist(), found, strict=True))
