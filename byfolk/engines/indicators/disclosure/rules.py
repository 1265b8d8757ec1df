"""The classes of indicators as rules, and the questions made from their counts. All counts are per unit, own staff
only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .model import DisclosureError, Ints, Question, Rule

K = 5
HEALTH_N = 10
HEALTH_ABSENT = 3
PAY_EACH = 5

#: n, in the numerator, not in the numerator. Shown exactly from two of each: see rule 2 of the specification.
INTERNAL = Rule(limits=(K, 1, 1), groups=(0, 0, 0), exact_minimum=(K, 2, 2), band_from=K, kind="internal")
#: n only: means of something that nobody can be told from the mean of k (ages at exit, weeks of leave).
MEAN = Rule(limits=(K,), groups=(0,), kind="mean")
#: n, absent persons.
HEALTH = Rule(limits=(HEALTH_N, HEALTH_ABSENT), groups=(0, 0), kind="health")
#: n, absent persons, in the first month of a year (specification, rule 4).
HEALTH_MONTH_ENTRY = Rule(limits=(50, 10), groups=(0, 0), kind="health")
#: n, persons with self-certified, with short certified and with long absence.
HEALTH_SPLIT = Rule(limits=(HEALTH_N, HEALTH_ABSENT, HEALTH_ABSENT, HEALTH_ABSENT), groups=(0, 0, 0, 0), kind="split")
#: n, persons on certified sick leave, persons on parental leave (#2).
HEALTH_FTE = Rule(limits=(HEALTH_N, HEALTH_ABSENT, HEALTH_ABSENT), groups=(0, 0, 0), kind="health_fte")
#: women, men.
PAY = Rule(limits=(PAY_EACH, PAY_EACH), groups=(0, 0), kind="pay")


def columns(*arrays: npt.ArrayLike) -> Ints:
    """Counts side by side as (units, counters); raises DisclosureError for negative counts or unequal lengths."""
    table = [np.asarray(a, dtype=np.int64) for a in arrays]
    if len({a.shape for a in table}) != 1 or table[0].ndim != 1:
        raise DisclosureError("counts need one number for each unit")
    counts = np.ascontiguousarray(np.stack(table, axis=1))
    if (counts < 0).any():
        raise DisclosureError("counts cannot be negative")
    return counts


def question(rule: Rule, *counts: npt.ArrayLike, present: npt.ArrayLike | None = None, **more: Any) -> Question:
    """A question from a rule and its counts, one array (units,) for each.

    `present`: for 12-month values, where n is floor(person-months / 12): true where the unit has any person of its
    own in the window, so that a
    few person-months are not taken for nobody. It becomes one more count with the limit 1.
    """
    if present is None:
        return Question(rule=rule, counts=columns(*counts), **more)
    here = np.asarray(present).astype(np.bool_).astype(np.int64)
    wider = replace(rule, limits=(*rule.limits, 1), groups=(*rule.groups, 0), exact_minimum=(*rule.exact_minimum, 1))
    return Question(rule=wider, counts=columns(*counts, here), **more)


def internal(n: npt.ArrayLike, holders: npt.ArrayLike, **more: Any) -> Question:
    """Shares of persons: `n` persons, of whom `holders` are in the numerator. Keywords: `present` and those of
    Question.

    For the position family (#1, #14, #15, #17) `holders` are the part-timers; for turnover the leavers. Where the
    numerator is larger than n
    (leavers of a year over a mean n) it counts as n.
    """
    persons = np.asarray(n, dtype=np.int64)
    inside = np.minimum(np.asarray(holders, dtype=np.int64), persons)
    return question(INTERNAL, persons, inside, persons - inside, **more)


def mean(n: npt.ArrayLike, **more: Any) -> Question:
    """Means over `n` persons (age at exit, weeks of leave)."""
    return question(MEAN, n, **more)


def health(n: npt.ArrayLike, absent: npt.ArrayLike, *, rule: Rule = HEALTH, **more: Any) -> Question:
    """Absence: `n` persons (12 months: floor(person-months / 12), with `present`), of whom `absent` distinct persons
    were absent."""
    return question(rule, n, absent, **more)


def health_fte(n: npt.ArrayLike, sick: npt.ArrayLike, parental: npt.ArrayLike, **more: Any) -> Question:
    """#2: `n` persons, of whom `sick` on certified sick leave and `parental` on parental leave."""
    return question(HEALTH_FTE, n, sick, parental, **more)


def health_split(
    n: npt.ArrayLike, own: npt.ArrayLike, certified: npt.ArrayLike, long: npt.ArrayLike, **more: Any
) -> Question:
    """#8-#11: `n` persons, and distinct persons with self-certified (`own`), short certified and long absence."""
    return question(HEALTH_SPLIT, n, own, certified, long, **more)


def pay(women: npt.ArrayLike, men: npt.ArrayLike, **more: Any) -> Question:
    """Pay ratios: `women` and `men` with a pay."""
    return question(PAY, women, men, **more)


def with_changes(rule: Rule, publications: int, each: Sequence[int] = (K,)) -> Rule:
    """The rule with, for each earlier publication and each limit in `each`, one more group: (touched, certain)."""
    limits, groups, minimum = list(rule.limits), list(rule.groups), list(rule.exact_minimum)
    number = max(groups) + 1
    for _ in range(publications):
        for limit in each:
            limits += [1, limit]
            groups += [number, number]
            minimum += [0, 0]
            number += 1
    return replace(rule, limits=tuple(limits), groups=tuple(groups), exact_minimum=tuple(minimum))
