"""Disclosure control: which figures may be published so that no person can be derived from them.

Pure functions over arrays. Specification and proof: docs/decisions/disclosure.md. How publishing uses it, for one
indicator and period:

    tree = Tree(parent, level)                       # parents first, closed units of the window too
    may = tree.level <= Level.AGENCY                 # which levels get this indicator at this cadence
    total = decide(tree, internal(n, holders, may=may, earlier=[compare(...), ...]))
    gender = decide_gender(tree, total, internal(n_women, holders_women), internal(n_men, holders_men), may=...)
    split = decide_split(tree, health_total, health_split(person_months, own, certified, long))
    sizes = decide_split(tree, part_time_total, position_size(n, part_timers))
    middle = decide_split(tree, pay_total, pay_middle(women, men))
    bands = decide_table(tree, total, counts_by_unit_and_category, INTERNAL, may=may)
    today = decide_rerouted(tree, total, today_tree, pieces...)

All counts are OWN (direct) counts per unit (`Tree.own_from_subtree` makes them from sums). The functions answer with
int8 arrays of `State`; only `State.PUBLISHED` may be stored with numerator, denominator, value and n.
"""

from .model import DisclosureError, Earlier, Level, Question, Rule, State, Tree
from .parts import decide_gender, decide_split
from .rules import (
    HEALTH,
    HEALTH_FTE,
    HEALTH_MONTH_ENTRY,
    INTERNAL,
    MEAN,
    PAY,
    PAY_MIDDLE,
    health,
    health_fte,
    health_split,
    internal,
    mean,
    pay,
    pay_middle,
    position_size,
    structure,
)
from .successive import atoms, between, changes, compare
from .tables import decide_rerouted, decide_table
from .totals import band_edge, decide

__all__ = [
    "HEALTH",
    "HEALTH_FTE",
    "HEALTH_MONTH_ENTRY",
    "INTERNAL",
    "MEAN",
    "PAY",
    "PAY_MIDDLE",
    "DisclosureError",
    "Earlier",
    "Level",
    "Question",
    "Rule",
    "State",
    "Tree",
    "atoms",
    "band_edge",
    "between",
    "changes",
    "compare",
    "decide",
    "decide_gender",
    "decide_rerouted",
    "decide_split",
    "decide_table",
    "health",
    "health_fte",
    "health_split",
    "internal",
    "mean",
    "pay",
    "pay_middle",
    "position_size",
    "structure",
]
