"""Which means, bands and breakdowns may be published together, so that nobody's answers can be derived. Pure.

Specification: "Results" in docs/decisions/questionnaires.md. The control itself is the house's own
(`engines.indicators.disclosure`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from byfolk.engines.indicators.disclosure import Level, Question, Rule, Tree, decide, decide_split
from byfolk.engines.questionnaires.results.counting import Counted, Ints, Scores, band_of

States = npt.NDArray[np.int8]
#: The place of those who did not say, or chose what few did, among the groups of a background.
REST = 0


@dataclass(frozen=True)
class Limits:
    """So many answers for a total and for a breakdown (of the campaign), and where the bands lie."""

    total: int
    breakdown: int
    low: Fraction
    high: Fraction
    least_share: Fraction


@dataclass(frozen=True, eq=False)
class Split:
    """A factor broken down by one background. `options`: those shown; `number`, `total`: (units, 1 + options), the rest
    first, all below a unit included."""

    background: str
    options: tuple[str, ...]
    number: Ints
    total: Ints
    states: States


@dataclass(frozen=True, eq=False)
class Decided:
    """What may be said of one factor: `number` people with a mean, whose means are `total`
    in parts; all below a unit included."""

    scores: Scores
    number: Ints
    total: Ints
    states: States
    bands: Ints
    band_states: States
    splits: tuple[Split, ...] = field(default=())


def mean_question(tree: Tree, counted: Counted, scores: Scores, k: int) -> Question:
    """May these units' means be published together? Counters: how many have a mean; of them, who is not at the top; who
    is not at the bottom; and who differs from what most in their group answered.

    The last makes no group of people whose means are all the same: it is counted group by group, so that it is a lower
    bound for any union of groups.
    """
    number, at_top, at_low = len(tree), scores.high * scores.parts, scores.low * scores.parts
    known = scores.known
    columns = [
        _sums(counted.unit[known], number),
        _sums(counted.unit[known & (scores.mean != at_top)], number),
        _sums(counted.unit[known & (scores.mean != at_low)], number),
        unlike(counted.unit[known], scores.mean[known], number),
    ]
    rule = Rule(limits=(k, 1, 1, 1), groups=(0, 0, 0, 0), exact_minimum=(k, 2, 2, 2), kind="mean")
    return Question(rule=rule, counts=np.ascontiguousarray(np.stack(columns, axis=1)))


def band_question(tree: Tree, counted: Counted, bands: Ints, limits: Limits) -> Question:
    """May the three bands be published? Counters: how many, and how many outside each band: who is alone outside one
    knows what all others answered."""
    number = len(tree)
    counts = [_sums(counted.unit[bands >= 0], number)]
    counts += [_sums(counted.unit[(bands >= 0) & (bands != band)], number) for band in range(3)]
    rule = Rule(limits=(limits.breakdown, *[limits.total] * 3), groups=(0,) * 4, kind="split")
    return Question(rule=rule, counts=np.ascontiguousarray(np.stack(counts, axis=1)))


def split_question(tree: Tree, counted: Counted, scores: Scores, place: Ints, groups: int, smallest: int) -> Question:
    """May a factor be broken down in `groups` groups (`place`, (people,), the rest among them)? All, or none.

    Counters of each group: how many, and how many differ from what most of the group answered in their unit. Only from
    the agencies up. Where nobody is in a group, there is no breakdown.
    """
    number, known = len(tree), scores.known
    columns, rule_groups = [], []
    for group in range(groups):
        there = known & (place == group)
        columns += [
            _sums(counted.unit[there], number),
            unlike(counted.unit[there], scores.mean[there], number),
        ]
        rule_groups += [group, group]
    rule = Rule(limits=(smallest, 1) * groups, groups=tuple(rule_groups), kind="split")
    counts = np.ascontiguousarray(np.stack(columns, axis=1))
    return Question(rule=rule, counts=counts, may=np.asarray(tree.level <= Level.AGENCY))


def decided(tree: Tree, counted: Counted, limits: Limits) -> list[Decided]:
    """What may be published of every factor. `counted.unit` are places in the tree."""
    places = {code: _grouped(counted, code, limits) for code in counted.chosen}
    return [_factor(tree, counted, scores, limits, places) for scores in counted.scores]


def answered(tree: Tree, counted: Counted) -> Ints:
    """How many answered in each unit, all below it included."""
    return tree.subtree_sums(_sums(counted.unit, len(tree)))


def response_states(tree: Tree, counted: Counted, k: int) -> States:
    """In which units it may be said how many answered."""
    own = _sums(counted.unit, len(tree))
    rule = Rule(limits=(k,), groups=(0,), kind="mean")
    return decide(tree, Question(rule=rule, counts=own[:, None]))


def _factor(
    tree: Tree,
    counted: Counted,
    scores: Scores,
    limits: Limits,
    places: Mapping[str, tuple[tuple[str, ...], Ints]],
) -> Decided:
    states = decide(tree, mean_question(tree, counted, scores, limits.total))
    bands = band_of(scores, limits.low, limits.high)
    band_states = decide_split(tree, states, band_question(tree, counted, bands, limits))
    known = scores.known
    unit, mean = counted.unit[known], scores.mean[known]
    in_bands = np.stack([_sums(counted.unit[bands == band], len(tree)) for band in range(3)], axis=1)
    splits = []
    for background, (options, place) in places.items():
        question = split_question(tree, counted, scores, place, len(options) + 1, limits.breakdown)
        groups = [known & (place == group) for group in range(len(options) + 1)]
        splits.append(
            Split(
                background,
                options,
                tree.subtree_sums(np.stack([_sums(counted.unit[one], len(tree)) for one in groups], axis=1)),
                tree.subtree_sums(
                    np.stack([_sums(counted.unit[one], len(tree), scores.mean[one]) for one in groups], axis=1)
                ),
                decide_split(tree, states, question),
            )
        )
    return Decided(
        scores,
        tree.subtree_sums(_sums(unit, len(tree))),
        tree.subtree_sums(_sums(unit, len(tree), mean)),
        states,
        tree.subtree_sums(in_bands),
        band_states,
        tuple(splits),
    )


def _grouped(counted: Counted, background: str, limits: Limits) -> tuple[tuple[str, ...], Ints]:
    """The options that are groups of their own, and everybody's place among them; the rest is `REST`."""
    chosen = counted.chosen[background]
    least = limits.least_share * len(chosen)
    shown = [
        place
        for place in range(len(counted.options[background]))
        if (number := np.count_nonzero(chosen == place)) >= limits.breakdown and number >= least
    ]
    place = np.full(len(chosen), REST, dtype=np.int64)
    for group, option in enumerate(shown, start=1):
        place[chosen == option] = group
    return tuple(counted.options[background][option] for option in shown), place


def unlike(unit: Ints, value: Ints, units: int) -> Ints:
    """In each unit's own group, how many differ from the value that most have; (units,)."""
    most = np.zeros(units, dtype=np.int64)
    if len(unit):
        pairs, times = np.unique(np.stack([unit, value], axis=1), axis=0, return_counts=True)
        np.maximum.at(most, pairs[:, 0], times)
    return _sums(unit, units) - most


def _sums(unit: Ints, units: int, value: Ints | None = None) -> Ints:
    found = np.zeros(units, dtype=np.int64)
    np.add.at(found, unit, 1 if value is None else value)
    return found
