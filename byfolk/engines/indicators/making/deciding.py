"""What of the cube may be published: every indicator and span put before disclosure control, in the order that its
rules need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators import disclosure
from byfolk.engines.indicators.breakdowns import BY_DIMENSION, MEN, WOMEN, Dimension, PeriodKind
from byfolk.engines.indicators.definition import AGENCY, DisclosureClass, Indicator
from byfolk.engines.indicators.disclosure import Earlier, Question, State
from byfolk.engines.indicators.making import persons, sick_leave
from byfolk.engines.indicators.making.persons import Population
from byfolk.engines.indicators.making.questions import may, months_in, question
from byfolk.engines.indicators.making.spans import UNKNOWN_GROUPS, Span, Sums
from byfolk.engines.indicators.making.trees import Organisation
from byfolk.kernel.time import add_months

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
States = npt.NDArray[np.int8]

#: So many tables are decided at once; most of the work releases Python's lock.
_AT_ONCE = 2
#: The classes whose values hardly change from one publication to the next: the change rule is for them.
_CHANGE_RULE = {DisclosureClass.PERSISTENT, DisclosureClass.STRUCTURE, DisclosureClass.PAY, DisclosureClass.LEVEL}
#: What a unit's state is, by what `Indicator.decided_by` says.
_SAID = np.array([State.HIDDEN_LEVEL, State.PUBLISHED, State.HIDDEN_SMALL, State.HIDDEN_SECONDARY], dtype=np.int8)
#: The classes that are a subset of another indicator's published figures.
_SPLIT = {DisclosureClass.POSITION, DisclosureClass.HEALTH_SPLIT, DisclosureClass.PAY_MIDDLE}


def _groups(dimension: Dimension) -> list[int]:
    return [group.code for group in BY_DIMENSION[dimension]]


def turned(states: States) -> States:
    """The states of the rest of the same people: who is at most a tenth there is at least nine tenths here."""
    low, high = states == State.BAND_LOW, states == State.BAND_HIGH
    return np.select([low, high], [State.BAND_HIGH, State.BAND_LOW], states).astype(np.int8)


@dataclass(frozen=True, eq=False)
class Decision:
    """What is published of an indicator in one span and group: a state for each unit of the span's tree."""

    indicator: Indicator
    sums: Sums
    group: int
    states: States


@dataclass(frozen=True)
class Past:
    """What the decisions of earlier runs were, and who the people were then. Both answer for months that are not
    made now.

    `published(code, group, period)`: the units whose figure was published with a number, for a month.
    `population(indicator,
    period)`: the people that a persistent indicator was about; None where that is not known.
    """

    published: Callable[[str, int, dt.date], set[int]]
    population: Callable[[Indicator, dt.date], Population | None]


class Decider:
    """Goes through the spans in time order and keeps what was decided, since later decisions depend on earlier ones."""

    def __init__(self, indicators: Sequence[Indicator], organisation: Organisation, past: Past) -> None:
        self.indicators = indicators
        self.by_code = {i.code: i for i in indicators}
        self.organisation = organisation
        self.past = past
        self.months = sick_leave.Months()
        self._table_of_levels: States
        self._decided: dict[tuple[str, int, PeriodKind, dt.date], tuple[Span, States]] = {}
        self._populations: dict[tuple[str, dt.date], Population | None] = {}

    def decide(self, sums: Sums) -> list[Decision]:
        """Everything there is to decide about one span. Spans must come by period, the month before the year that
        ends with it.
        """
        found: list[Decision] = []
        tables: list[tuple[Indicator, Dimension, Future[States] | None]] = []
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for indicator in self._in_order():
                if not self._measured(indicator, sums) or not may(indicator, sums).any():
                    continue
                total = self._total(indicator, sums)
                self._keep(indicator, 0, sums, total)
                if indicator.has_total:
                    found.append(Decision(indicator, sums, 0, total))
                for dimension in indicator.breakdowns:
                    if dimension is Dimension.GENDER:
                        found += self._by_gender(indicator, sums, total)
                    elif self._has_table(indicator, sums.span):
                        asked = None if indicator.complement_of else self._table(indicator, sums, total, dimension)
                        tables.append((indicator, dimension, pool.submit(asked) if asked else None))
            for indicator, dimension, table in tables:
                found += self._in_columns(indicator, sums, dimension, table.result() if table else None)
        return found

    def _in_order(self) -> list[Indicator]:
        # What takes another one's figures apart, or is the rest of them, comes after it.
        def rank(i: Indicator) -> int:
            above = i.within or i.complement_of
            return 0 if not above else 1 + rank(self.by_code[above])

        return sorted(self.indicators, key=lambda i: (rank(i), i.key))

    def _measured(self, i: Indicator, sums: Sums) -> bool:
        needed = [m for m in (i.numerator, i.denominator, i.group) if m is not None]
        return sums.has(*(code for m in needed for code in (m.mean_of or (m.code,))))

    def _keep(self, indicator: Indicator, group: int, sums: Sums, states: States) -> States:
        self._decided[(indicator.code, group, sums.span.kind, sums.span.period)] = (sums.span, states)
        return states

    def states(self, code: str, group: int, span: Span) -> States:
        """What was decided in this run about an indicator in a span."""
        return self._decided[(code, group, span.kind, span.period)][1]

    def _total(self, indicator: Indicator, sums: Sums) -> States:
        span, tree = sums.span, sums.span.tree.tree
        allowed = may(indicator, sums)
        if indicator.complement_of:
            return turned(self.states(indicator.complement_of, 0, span))
        if indicator.disclosure is DisclosureClass.OPEN:
            return np.where(allowed, State.PUBLISHED, State.HIDDEN_LEVEL).astype(np.int8)
        if indicator.decided_by is not None:
            said = _SAID[sums.whole(indicator.decided_by.code)]
            return np.where(allowed, said, State.HIDDEN_LEVEL).astype(np.int8)
        if indicator.disclosure is DisclosureClass.LEVEL:
            return self._level(indicator, sums)
        if not indicator.has_total:
            return np.full(len(tree), State.HIDDEN_LEVEL, dtype=np.int8)
        alike = self._alike(indicator, span)
        if alike is not None:
            return alike
        if indicator.disclosure in _SPLIT:
            asked = replace(question(indicator, sums), may=allowed)
            return disclosure.decide_split(tree, self.states(indicator.within, 0, span), asked)
        if indicator.disclosure is DisclosureClass.HEALTH:
            return self.months.decide(indicator, sums)
        asked = replace(question(indicator, sums), may=allowed, earlier=self._earlier(indicator, sums, 0, None))
        return disclosure.decide(tree, asked)

    def _alike(self, indicator: Indicator, span: Span) -> States | None:
        """The states of an indicator that asks the very same question, so that one decision serves both."""
        if not indicator.persons or indicator.disclosure in (DisclosureClass.HEALTH, DisclosureClass.LEVEL):
            return None
        for other in self.indicators:
            same = (other.disclosure, other.within, other.persons, other.upper, other.lower) == (
                indicator.disclosure,
                indicator.within,
                indicator.persons,
                indicator.upper,
                indicator.lower,
            )
            kept = self._decided.get((other.code, 0, span.kind, span.period))
            if same and other.has_total and kept is not None:
                return kept[1]
        return None

    def _level(self, indicator: Indicator, sums: Sums) -> States:
        """Leaders of one level are a column of a two-way table: units by level, beside the share of all leaders."""
        family = [i for i in self.indicators if i.disclosure is DisclosureClass.LEVEL and i.within == indicator.within]
        key = (family[0].code, 0, sums.span.kind, sums.span.period)
        if indicator is not family[0] and key in self._decided:
            return self._table_of_levels[:, family.index(indicator)]
        cells = np.stack([question(i, sums).counts for i in family], axis=1)
        self._table_of_levels = disclosure.decide_table(
            sums.span.tree.tree, self.states(indicator.within, 0, sums.span), cells, may=may(indicator, sums)
        )
        return self._table_of_levels[:, 0]

    def _by_gender(self, indicator: Indicator, sums: Sums, total: States) -> list[Decision]:
        span = sums.span
        if indicator.disclosure is DisclosureClass.HEALTH and span.kind is PeriodKind.MONTH:
            return []
        if indicator.complement_of:
            states = turned(self.states(indicator.complement_of, WOMEN.code, span))
        else:
            states = self._gender(indicator, sums, total)
        return [Decision(indicator, sums, g.code, self._keep(indicator, g.code, sums, states)) for g in (WOMEN, MEN)]

    def _has_table(self, indicator: Indicator, span: Span) -> bool:
        """Whether breakdowns beyond gender are made: at the end of a year."""
        return span.year_end and not (indicator.disclosure is DisclosureClass.HEALTH and span.kind is PeriodKind.MONTH)

    def _in_columns(
        self, indicator: Indicator, sums: Sums, dimension: Dimension, table: States | None
    ) -> list[Decision]:
        """The groups of a breakdown. Without a table: the rest of what was decided of another indicator."""
        found = []
        for column, group in enumerate(_groups(dimension)):
            if table is None:
                states = turned(self.states(indicator.complement_of, group, sums.span))
            else:
                states = np.ascontiguousarray(table[:, column])
            found.append(Decision(indicator, sums, group, self._keep(indicator, group, sums, states)))
        return found

    def _gender(self, indicator: Indicator, sums: Sums, total: States) -> States:
        tree = sums.span.tree.tree
        unknown = sums.whole(indicator.group.code, UNKNOWN_GROUPS[Dimension.GENDER])
        # Where the gender of a few is not known, women and men would tell of those few: both are hidden.
        allowed = may(indicator, sums) & ((unknown == 0) | (unknown >= 5 * months_in(indicator, sums)))
        women, men = (question(indicator, sums, g.code) for g in (WOMEN, MEN))
        pairs = list(
            zip(
                self._earlier(indicator, sums, WOMEN.code, WOMEN.code),
                self._earlier(indicator, sums, MEN.code, MEN.code),
                strict=True,
            )
        )
        return disclosure.decide_gender(tree, total, women, men, may=allowed, earlier=pairs)

    def _table(self, indicator: Indicator, sums: Sums, total: States, dimension: Dimension) -> Callable[[], States]:
        """What decides a breakdown, a column for each group. It reads nothing that is still being decided, so several
        may run at once.
        """
        tree, groups = sums.span.tree.tree, _groups(dimension)
        asked: list[Question] = [question(indicator, sums, g) for g in (*groups, UNKNOWN_GROUPS[dimension])]
        allowed = tree.level <= AGENCY
        if not indicator.has_total:
            total = self.states(indicator.within, 0, sums.span)
        blocked = None
        if indicator.disclosure in _CHANGE_RULE:
            blocked = self._changed_cells(indicator, sums, dimension, groups)
        cells = np.stack([q.counts for q in asked], axis=1)
        return partial(disclosure.decide_table, tree, total, cells, asked[0].rule, may=allowed, blocked=blocked)

    def _earlier(self, indicator: Indicator, sums: Sums, group: int, gender: int | None) -> list[Earlier]:
        if indicator.disclosure not in _CHANGE_RULE:
            return []
        found = []
        now = self._population(indicator, sums.span.period)
        for then, states in self._publications(indicator, sums.span, group):
            if now is not None:
                found.append(persons.earlier(then, states, now, self._seats(sums.span), gender))
        return found

    def _publications(self, indicator: Indicator, span: Span, group: int) -> Iterable[tuple[Population, States]]:
        """The earlier publications that this one is compared with, oldest first."""
        for period in persons.compared_with(span.period):
            if indicator.disclosure is DisclosureClass.PAY and period.month != 12:
                continue
            then = self._population(indicator, period)
            kept = self._decided.get((indicator.code, group, PeriodKind.MONTH, period))
            if then is None:
                continue
            if kept is not None:
                yield then, kept[1]
                continue
            shown = self.past.published(indicator.code, group, period)
            if shown:
                states = np.where(np.isin(then.tree.ids, list(shown)), State.PUBLISHED, State.HIDDEN_SECONDARY)
                yield then, states.astype(np.int8)

    def _population(self, indicator: Indicator, period: dt.date) -> Population | None:
        key = (indicator.code, period)
        if key not in self._populations:
            self._populations[key] = self.past.population(indicator, period)
        return self._populations[key]

    def _seats(self, span: Span) -> Callable[[Sequence[int]], Ints]:
        before = add_months(span.period, 1)

        def seat(units: Sequence[int]) -> Ints:
            routes = self.organisation.routes(units, span.tree, before)
            return np.array([routes[unit] for unit in units], dtype=np.int64)

        return seat

    def _changed_cells(self, indicator: Indicator, sums: Sums, dimension: Dimension, groups: list[int]) -> Bools | None:
        now = self._population(indicator, sums.span.period)
        width = len(groups) + 1
        blocked = np.zeros((len(sums.span.tree.ids), width), dtype=np.bool_)
        if now is None:
            return None
        seat = self._seats(sums.span)
        for period in persons.compared_with(sums.span.period):
            then = self._population(indicator, period)
            if period.month != 12 or then is None:
                continue
            before = {}
            for group in groups:
                kept = self._decided.get((indicator.code, group, PeriodKind.MONTH, period))
                shown = (
                    kept[0].tree.ids[kept[1] == State.PUBLISHED].tolist()
                    if kept
                    else list(self.past.published(indicator.code, group, period))
                )
                exact = np.zeros(len(blocked), dtype=np.bool_)
                if shown:
                    exact[seat(shown)] = True
                before[group] = exact
            blocked[:, : len(groups)] |= persons.changed_cells(then, before, now, seat, dimension.value, groups)
        return blocked
