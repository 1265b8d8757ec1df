"""What is done towards the policy's goals: its measures, agencies' own, and how many actions there are. No names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from byfolk.engines.actions.queries import goal_counts
from byfolk.engines.goals.queries import AreaAbout
from byfolk.engines.goals.versions import measures_by_goal
from byfolk.kernel.rights import Actor

#: The states of actions in the order in which a table has them.
STATES = ("planned", "in_progress", "done", "dropped")


@dataclass(frozen=True)
class GoalWork:
    """What is done towards one goal. `own`: by unit, what an agency does itself; `actions`: by unit (the city or an
    agency, with all below), how many in each of `STATES`.
    """

    number: str
    title: str
    measures: tuple[str, ...] = ()
    own: tuple[tuple[int, tuple[str, ...]], ...] = ()
    actions: tuple[tuple[int, tuple[int, ...]], ...] = ()

    def own_of(self, unit: int) -> tuple[str, ...]:
        """What an agency does itself."""
        return next((texts for one, texts in self.own if one == unit), ())

    def actions_of(self, unit: int) -> tuple[int, ...]:
        """How many actions of a unit are in each of `STATES`."""
        return next((counts for one, counts in self.actions if one == unit), (0,) * len(STATES))


def work(actor: Actor, areas: Iterable[AreaAbout], year: int, language: str) -> tuple[GoalWork, ...]:
    """What is done towards each goal of the policy, and what was done in a year. Two queries."""
    goals = [goal for area in areas for goal in area.goals]
    measures = measures_by_goal(actor, language)
    counts: dict[str, dict[int, list[int]]] = {}
    for unit, number, indicator, state, n in goal_counts(actor, year):
        # What came of a figure counts for the first goal that the figure serves.
        of = number or next((goal.number for goal in goals if indicator and indicator in goal.indicators), "")
        if of:
            counts.setdefault(of, {}).setdefault(unit, [0] * len(STATES))[STATES.index(state)] += n
    return tuple(
        GoalWork(
            goal.number, goal.title, tuple(text for unit, text in measures.get(goal.key, ()) if unit is None),
            _by_unit(measures.get(goal.key, ())),
            tuple((unit, tuple(found)) for unit, found in sorted(counts.get(goal.number, {}).items())),
        )
        for goal in goals
    )  # fmt: skip


def _by_unit(measures: Iterable[tuple[int | None, str]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """What agencies do themselves, by unit, in the given order."""
    found: dict[int, list[str]] = {}
    for unit, text in measures:
        if unit is not None:
            found.setdefault(unit, []).append(text)
    return tuple((unit, tuple(texts)) for unit, texts in found.items())
