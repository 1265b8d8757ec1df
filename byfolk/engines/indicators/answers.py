"""What the reads in `queries` answer with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.breakdowns import Group, PeriodKind
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.states import State

#: In plain words why a number is not shown. The first is the shortest that stands in a table.
REASONS: dict[State, Promise] = {
    State.BAND_LOW: _("Vises bare omtrent, for å verne enkeltpersoner"),
    State.BAND_HIGH: _("Vises bare omtrent, for å verne enkeltpersoner"),
    State.HIDDEN_SMALL: _("Skjult: for få personer"),
    State.HIDDEN_SECONDARY: _("Skjult for å verne enkeltpersoner"),
    State.WITHHELD: _("Holdes tilbake: for få har endret seg siden sist"),
    State.HIDDEN_LEVEL: _("Vises ikke for så små enheter"),
}


@dataclass(frozen=True)
class FigureValue:
    """One figure as it may be shown.

    `period` is the first day of the last month it covers, `start` and `end` the half-open span. Unless `published`,
    value,
    numerator, denominator and n are None, and `reason` says why; `bound` is set for a band (percent: at most for
    BAND_LOW, at
    least for BAND_HIGH). Numerator and denominator are in what their measures' titles name (day-works, persons), as
    decimals.
    """

    indicator: Indicator
    unit_id: int
    period: dt.date
    kind: PeriodKind
    group: Group
    state: State
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    bound: int | None = None

    @property
    def published(self) -> bool:
        """Whether there is a number to show."""
        return self.state is State.PUBLISHED and self.value is not None

    @property
    def empty(self) -> bool:
        """Published, but there was nothing to divide by: nobody left, no leaders, no hires."""
        return self.state is State.PUBLISHED and self.value is None

    @property
    def reason(self) -> Promise | None:
        """In plain words why the number is not shown; None where it is."""
        return REASONS.get(self.state)

    @property
    def start(self) -> dt.date:
        """The first day that the figure covers."""
        if self.kind is PeriodKind.MONTH:
            return self.period
        year, month = divmod(self.period.year * 12 + self.period.month - 12, 12)
        return dt.date(year, month + 1, 1)

    @property
    def end(self) -> dt.date:
        """The day after the last one that the figure covers."""
        return dt.date(self.period.year + self.period.month // 12, self.period.month % 12 + 1, 1)


@dataclass(frozen=True)
class Point:
    """One value in a history; None where it is hidden or there was nothing to divide by."""

    period: dt.date
    value: float | None
    state: State


@dataclass(frozen=True)
class BoardFigure:
    """An indicator of one unit: the newest figure at or before the period asked for, last year's, and the history up
    to it.

    `current` None: there is no figure for this unit yet. `shown` is what a page may print: the current figure, or,
    where it is
    withheld by the change rule, the last one that was published (its own `period` says when).
    """

    indicator: Indicator
    current: FigureValue | None
    shown: FigureValue | None
    last_year: FigureValue | None
    history: tuple[Point, ...]


@dataclass(frozen=True)
class UnitFigure:
    """One unit's figure among others."""

    unit_id: int
    code: str
    name: str
    level: int
    figure: FigureValue


@dataclass(frozen=True)
class Input:
    """Rows behind a unit's figures of a year, by source and import batch (None: not written by an import).

    `rows` is rounded to hundreds where the source holds absence or pay, and such rows are told from agency level up
    only.
    """

    source: Promise
    rows: int
    rounded: bool
    batch_id: int | None


@dataclass(frozen=True)
class PublicationAbout:
    """When the figures shown were made, and when the next ones come."""

    id: int
    at: dt.datetime
    asked_by: int | None
    period_until: dt.date
    next_on: dt.date
    published: int
    hidden: int
    facts_hash: str
    batches: tuple[int, ...]


@dataclass(frozen=True)
class LineOfSight:
    """From a figure down to where it came from. Goals and targets that use it are the goals engine's to add."""

    indicator: Indicator
    figure: FigureValue | None
    parts: tuple[Indicator, ...]
    inputs: tuple[Input, ...]
    publication: PublicationAbout | None


@dataclass(frozen=True)
class HiddenGroup:
    """How many figures of an indicator are hidden for one reason, in a unit and all units below it."""

    indicator: Indicator
    state: State
    reason: Promise
    units: int
    own: bool


@dataclass(frozen=True)
class RefreshAbout:
    """How far a refresh has come. `done` and `of` count the parts of the step; `running` is false when it is over."""

    id: int
    step: int
    title: str
    done: int
    of: int
    running: bool
    error: str
    started_at: dt.datetime
    changed_at: dt.datetime
    publication_id: int | None
