"""One unit in one year: the figures, targets and statuses that a chapter asks for, and a count of what was used."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from byfolk.accounts.drafted import Draft
from byfolk.accounts.queries import Basis, Place
from byfolk.engines.goals.queries import GoalStanding, Measured, goal_standing, measure
from byfolk.engines.goals.rules import Goalpost, Status
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import AGENCY, Indicator


@dataclass
class Tally:
    """Which figures the accounts show, and which of those asked for are hidden: each counted once."""

    shown: set[tuple[int, str, int, int]] = field(default_factory=set)
    hidden: set[tuple[int, str, int, int]] = field(default_factory=set)

    def see(self, figure: FigureValue | None) -> None:
        """Count a figure that a table or text is made from."""
        if figure is None:
            return
        key = (figure.unit_id, figure.indicator.code, figure.period.year, figure.group.code)
        (self.shown if figure.published else self.hidden).add(key)


@dataclass
class UnitYear:
    """A unit's year. `draft`: what people write in it, None where it is made of figures alone."""

    basis: Basis
    place: Place
    draft: Draft | None = None
    tally: Tally = field(default_factory=Tally)

    @property
    def year(self) -> int:
        """The year of the accounts."""
        return self.basis.year

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the history, oldest first, the accounts' year last."""
        return self.basis.years

    @property
    def is_city(self) -> bool:
        """Whether these are the accounts of the municipality as a whole."""
        return self.place.id == self.basis.root.id

    def figure(self, code: str, year: int | None = None, group: int = 0, unit: int | None = None) -> FigureValue | None:
        """A figure of the unit, or of another one; None where there is no row. It is counted as used."""
        found = self.basis.figures.of(self.place.id if unit is None else unit, code, year or self.year, group)
        self.tally.see(found)
        return found

    def goalpost(self, code: str, year: int | None = None) -> Goalpost | None:
        """The target that applied to the unit in a year."""
        return self.basis.targets.of(code, year or self.year, self.place.path)

    def measured(self, code: str, year: int | None = None) -> Measured:
        """A figure against its target."""
        return measure(
            registry.indicator(code), self.figure(code, year), self.goalpost(code, year), level=self.place.level
        )

    def standings(self, year: int) -> list[GoalStanding]:
        """How the unit stood on every goal at the end of a year."""
        goals = [goal for area in self.basis.areas for goal in area.goals]
        return [
            goal_standing(
                goal,
                {code: self.figure(code, year) for code in goal.indicators},
                self.place.path,
                self.basis.targets,
                level=self.place.level,
            )
            for goal in goals
        ]

    @cached_property
    def standing_now(self) -> list[GoalStanding]:
        """The standings at the end of the accounts' year."""
        return self.standings(self.year)

    def known(self, code: str) -> bool:
        """Whether the indicator has a row for the unit in any year of the history."""
        return any(self.basis.figures.of(self.place.id, code, year) for year in self.years)

    def status_of_goal(self, number: str) -> Status:
        """How the unit stands on a goal."""
        return next(one.status for one in self.standing_now if one.goal.number == number)


def figure_path(code: str, unit_code: str, year: int) -> str:
    """The page of a figure as it stood at the end of the year; empty where the portal has no such page."""
    try:
        return f"{reverse('figure', args=[code, unit_code])}?til={year}-12"
    except NoReverseMatch:
        return ""


def published_here(indicator: Indicator) -> bool:
    """Whether the accounts may hold the indicator at all: it is published for agencies."""
    return bool(indicator.cadences(AGENCY))
