"""The classes of indicators as rules, and the questions made from their counts. All counts are per unit, own staff
only."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .model import DisclosureError, Ints, Question, Rule

K = 5
HEALTH_N = 10
HEALTH_ABSENT = 3
PAY_EACH = 5
PAY_MIDDLE_EACH = 12

#: n, in the numerator, not in the numerator. Shown exactly from two of each: see rule 2 of the specification.
INTERNAL = Rule(limits=(K, 1, 1), groups=(0, 0, 0), exact_minimum=(K, 2, 2), band_from=K, kind="internal")
#: n only: means of something that nobody can be told from the mean of k (ages at exit, weeks of leave).
MEAN = Rule(limits=(K,), groups=(0,), kind="mean")
#: n, absent persons.
HEALTH = Rule(limits=(HEALTH_N, HEALTH_ABSENT), groups=(0, 0), kind="health")
#: n, part-timers, full-timers: mean position size beside the share of part-timers gives the mean of the part-timers
#: alone.
POSITION = Rule(limits=(K, K, 1), groups=(0, 0, 0), kind="split")
#: n, absent persons, in the first month of a year (specification, rule 4).
HEALTH_MONTH_ENTRY = Rule(limits=(50, 10), groups=(0, 0), kind="health")
#: n, persons on certified sick leave, persons on parental leave (#2).
HEALTH_FTE = Rule(limits=(HEALTH_N, HEALTH_ABSENT, HEALTH_ABSENT), groups=(0, 0, 0), kind="health_fte")
#: women, men.
PAY = Rule(limits=(PAY_EACH, PAY_EACH), groups=(0, 0), kind="pay")
#: women, men. Of twelve, the middle half is six, and so are the two outer quarters together.
PAY_MIDDLE = Rule(limits=(PAY_MIDDLE_EACH, PAY_MIDDLE_EACH), groups=(0, 0), kind="pay")


def columns(*arrays: npt.ArrayLike) -> Ints:
    """Counts side by side as (units, counters); raises DisclosureError for negative counts or unequal lengths."""
    table = [np.asarray(a, dtype=np.int64) for a in arrays]
    if len({a.shape for a in table}) != 1 or table[0].ndim != 1:
        raise DisclosureError("counts need one number for each unit")
    counts = np.ascontiguousarray(np.stack(table, axis=1))
    if (counts < 0).any():
        raise DisclosureError("counts cannot be negative")
    return counts


def over_months(rule: Rule, months: int) -> Rule:
    """The rule for values over several months: its first count is person-months, and n means person-months /
    months."""
    if months == 1:
        return rule
    return replace(
        rule,
        limits=(rule.limits[0] * months, *rule.limits[1:]),
        exact_minimum=(rule.exact_minimum[0] * months, *rule.exact_minimum[1:]),
        band_from=rule.band_from * months,
        months=months,
    )


def internal(n: npt.ArrayLike, holders: npt.ArrayLike, *, months: int = 1, **more: Any) -> Question:
    """Shares of persons: `n` persons, of whom `holders` are in the numerator. Other keywords: those of Question.

    `months` = 12 for flows over a year: `n` is person-months then, `holders` the distinct persons who left. A group
    with 12 k person-months has at least k persons; who is neither counted nor left is found by person-months // 12 -
    holders.
    """
    amount, inside = np.asarray(n, dtype=np.int64), np.asarray(holders, dtype=np.int64)
    rule = over_months(INTERNAL, months)
    return Question(rule=rule, counts=columns(amount, inside, np.maximum(amount // months - inside, 0)), **more)


def mean(n: npt.ArrayLike, **more: Any) -> Question:
    """Means over `n` persons (age at exit, weeks of leave)."""
    return Question(rule=MEAN, counts=columns(n), **more)


def health(n: npt.ArrayLike, absent: npt.ArrayLike, *, months: int = 1, rule: Rule = HEALTH, **more: Any) -> Question:
    """Absence: `n` persons (`months` = 12: person-months), of whom `absent` distinct persons were absent."""
    return Question(rule=over_months(rule, months), counts=columns(n, absent), **more)


def health_fte(n: npt.ArrayLike, sick: npt.ArrayLike, parental: npt.ArrayLike, **more: Any) -> Question:
    """#2: `n` persons, of whom `sick` on certified sick leave and `parental` on parental leave."""
    return Question(rule=HEALTH_FTE, counts=columns(n, sick, parental), **more)


def health_split(n: npt.ArrayLike, *kinds: npt.ArrayLike, months: int = 12) -> Question:
    """Absence in kinds: `n` person-months, and for each kind the distinct persons who had it. For `decide_split`.

    #8-#11 over the states of #7: persons with self-certified, with short certified and with long absence, what the
    #four figures can be taken apart into. Over 56 days, over the states of that: persons with 17-56 days and with
    more than 56.
    """
    rule = Rule(limits=(HEALTH_N, *(HEALTH_ABSENT for _ in kinds)), groups=(0,) * (len(kinds) + 1), kind="split")
    return Question(rule=over_months(rule, months), counts=columns(n, *kinds))


def structure(n: npt.ArrayLike, *bands: npt.ArrayLike, **more: Any) -> Question:
    """Shares that add up to all (#19): `n` persons, and how many are in each band. All bands are published, or
    none."""
    rule = Rule(limits=(K, *(1 for _ in bands)), groups=(0,) * (len(bands) + 1), kind="structure")
    return Question(rule=rule, counts=columns(n, *bands), **more)


def position_size(n: npt.ArrayLike, part_timers: npt.ArrayLike, **more: Any) -> Question:
    """#1 and #17 where #14 is published: of `n` persons `part_timers` work part-time. For `decide_split` over the
    states of #14."""
    persons, part = np.asarray(n, dtype=np.int64), np.asarray(part_timers, dtype=np.int64)
    return Question(rule=POSITION, counts=columns(persons, part, persons - part), **more)


def pay(women: npt.ArrayLike, men: npt.ArrayLike, **more: Any) -> Question:
    """Pay ratios: `women` and `men` with a pay."""
    return Question(rule=PAY, counts=columns(women, men), **more)


def pay_middle(women: npt.ArrayLike, men: npt.ArrayLike, **more: Any) -> Question:
    """The ratio of the middle halves' mean pay, of `women` and `men` with a pay. For `decide_split` over the states
    of the ratio of means.
    """
    return Question(rule=PAY_MIDDLE, counts=columns(women, men), **more)


#: Counts of one earlier publication: touched, certain, gains, losses.
CHANGE_LIMITS = (1, K, 1, 1)
#: The most states that the programme can number.
MOST_STATES = 1 << 62


def with_changes(rule: Rule, publications: int, each: int = 1) -> Rule:
    """The rule with `each` more groups for each earlier publication: (touched, certain, gains, losses).

    With more publications than can be numbered (more than four, by gender), the oldest are not asked for gains and
    losses.
    """
    size = math.prod(limit + 1 for limit in rule.limits)
    full, short = math.prod(limit + 1 for limit in CHANGE_LIMITS), math.prod(limit + 1 for limit in CHANGE_LIMITS[:2])
    plain = next(
        i
        for i in range(publications + 1)
        if size * short ** (each * i) * full ** (each * (publications - i)) < MOST_STATES
    )
    limits, groups = list(rule.limits), list(rule.groups)
    number = max(groups) + 1
    for publication in range(publications):
        for _ in range(each):
            limits += [*CHANGE_LIMITS[:2], 0, 0] if publication < plain else CHANGE_LIMITS
            groups += [number] * len(CHANGE_LIMITS)
            number += 1
    minimum = (*rule.exact_minimum, *(0 for _ in limits[len(rule.limits) :]))
    return replace(rule, limits=tuple(limits), groups=tuple(groups), exact_minimum=minimum)
