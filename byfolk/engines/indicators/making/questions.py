"""An indicator's question to disclosure control, from the sums of a span."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators import disclosure
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import AGENCY, DisclosureClass, Indicator
from byfolk.engines.indicators.disclosure import Question, rules
from byfolk.engines.indicators.making.spans import Sums

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
#: Pay is for the city and its agencies: not for the departments between them.
_PAY_LEVELS = (0, 2)
_PAY = (DisclosureClass.PAY, DisclosureClass.PAY_MIDDLE)


def months_in(indicator: Indicator, sums: Sums) -> int:
    """Over how many months the group was counted: 12 where it is person-months of a year, else 1."""
    return len(sums.span.months) if indicator.group.stock else 1


def may(indicator: Indicator, sums: Sums) -> Bools:
    """The units whose level gets this indicator for this span at all."""
    span, level = sums.span, sums.span.tree.tree.level
    upper, lower = (
        any(c.kind is span.kind and span.period.month in c.months for c in cadences)
        for cadences in (indicator.upper, indicator.lower)
    )
    allowed = np.where(level <= AGENCY, upper, lower).astype(np.bool_)
    return allowed & np.isin(level, _PAY_LEVELS) if indicator.disclosure in _PAY else allowed


def question(indicator: Indicator, sums: Sums, group: int = 0, *, entry: bool = False) -> Question:
    """The counts that decide about an indicator in a span, each unit's own, all people or one group of them.

    `entry`: the stricter rule for the first month of a year (monthly sick leave).
    """
    n = sums.own(indicator.group.code, group)
    months = months_in(indicator, sums)
    in_month = sums.span.kind is PeriodKind.MONTH and indicator.persons_in_month
    persons = [sums.own(m.code, group) for m in (indicator.persons_in_month if in_month else indicator.persons)]
    match indicator.disclosure:
        case DisclosureClass.PERSISTENT | DisclosureClass.FLOW | DisclosureClass.LEVEL:
            return disclosure.internal(n, persons[0], months=months)
        case DisclosureClass.POSITION:
            return rules.position_size(n, persons[0])
        case DisclosureClass.STRUCTURE:
            return rules.structure(n, *persons)
        case DisclosureClass.MEAN | DisclosureClass.OPEN:
            return disclosure.mean(n)
        case DisclosureClass.HEALTH:
            rule = disclosure.HEALTH_MONTH_ENTRY if entry else disclosure.HEALTH
            return disclosure.health(n, persons[0], months=months, rule=rule)
        case DisclosureClass.HEALTH_SPLIT:
            return disclosure.health_split(n, *persons, months=months)
        case DisclosureClass.HEALTH_FTE:
            return disclosure.health_fte(n, *persons)
        case DisclosureClass.PAY:
            return disclosure.pay(*persons)
        case DisclosureClass.PAY_MIDDLE:
            return disclosure.pay_middle(*persons)
        case DisclosureClass.DECIDED:
            raise ValueError(f"{indicator.code} is decided where it was counted: there is no question")
