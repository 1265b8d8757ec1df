"""All that the page of an indicator's targets shows, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from byfolk.areas.policy.places import Place
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.permissions import SETTERS
from byfolk.engines.goals.queries import TargetChange, Targets
from byfolk.engines.goals.rules import Goalpost, may_set
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import Indicator
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor

#: Targets may be set for the year before (whose figures come now) and some years to come.
YEARS_BACK, YEARS_AHEAD = 1, 4
#: The table goes a little further back, for what the targets were.
SHOWN_BACK = 3
CHANGES_AT_MOST = 50


@dataclass(frozen=True)
class TargetsPage:
    """The targets of an indicator in a unit, year by year, with the figures that they are about."""

    indicator: Indicator
    place: Place
    on: dt.date
    known: Targets
    figures: Mapping[int, FigureValue]
    below: Sequence[tuple[Unit, int, Decimal, Decimal]]
    changes: Sequence[TargetChange]
    names: Mapping[int, str]
    may: bool

    @property
    def years(self) -> list[int]:
        """The years of the table, the newest last."""
        return list(range(self.on.year - SHOWN_BACK, self.on.year + YEARS_AHEAD + 1))

    @property
    def may_set_years(self) -> list[int]:
        """The years that a target can be set for."""
        return list(range(self.on.year - YEARS_BACK, self.on.year + YEARS_AHEAD + 1))

    def target(self, year: int) -> Goalpost | None:
        """The target that applies to the unit in a year: its own, else an inherited one."""
        return self.known.of(self.indicator.code, year, self.place.ids)

    def above(self, year: int) -> Goalpost | None:
        """The target that would apply without the unit's own."""
        return self.known.of(self.indicator.code, year, self.place.ids[:-1])

    def is_own(self, year: int) -> bool:
        """Whether the unit has a target of its own in a year."""
        found = self.target(year)
        return found is not None and found.unit_id == self.place.unit.pk


def targets_page(actor: Actor, indicator: Indicator, place: Place, on: dt.date) -> TargetsPage:
    """The page of an indicator's targets in a unit. A closed unit keeps its targets, and gets no new ones."""
    years = range(on.year - SHOWN_BACK, on.year + YEARS_AHEAD + 1)
    changes = goals.changes_of_targets(actor, indicator.code, place.ids)[:CHANGES_AT_MOST]
    return TargetsPage(
        indicator=indicator,
        place=place,
        on=on,
        known=goals.targets(actor, place.ids, indicators=[indicator.code], years=years),
        figures=_by_year(indicators.history(actor, indicator.code, [place.unit.pk])[place.unit.pk], indicator, place),
        below=goals.own_below(actor, place.unit.pk, indicator.code, range(on.year, on.year + YEARS_AHEAD + 1), on),
        changes=changes,
        names=names_of(change.by_person_id for change in changes if change.by_person_id),
        may=place.closed_on(on) is None and may_set(actor, place.ids, SETTERS),
    )


def change_of(actor: Actor, indicator: Indicator, place: Place, change: int) -> TargetChange | None:
    """One change of the unit's own targets, by its number."""
    found = goals.changes_of_targets(actor, indicator.code, [place.unit.pk])
    return next((one for one in found if one.id == change), None)


def latest_change(actor: Actor, indicator: Indicator, place: Place, year: int) -> TargetChange | None:
    """What was done last with the unit's own target of a year."""
    found = goals.changes_of_targets(actor, indicator.code, [place.unit.pk])
    return next((one for one in found if one.year == year), None)


def _by_year(history: Sequence[FigureValue], indicator: Indicator, place: Place) -> dict[int, FigureValue]:
    """The last figure that ends in each year, of the kind of span that pages show by default."""
    cadences = indicator.cadences(place.unit.level)
    found: dict[int, FigureValue] = {}
    for figure in history:
        if cadences and figure.kind is cadences[0].kind:
            found[figure.period.year] = figure
    return found
