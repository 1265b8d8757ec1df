"""What an indicator is: declared beside the area that owns it, as data, and read by the cube, the pages and the
accounts.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.breakdowns import Dimension, Group, PeriodKind


class UnitOfMeasure(enum.StrEnum):
    """What a value counts."""

    PERCENT = "percent"
    COUNT = "count"
    FTE = "fte"
    YEARS = "years"
    WEEKS = "weeks"
    KRONER = "kroner"
    OF_FIVE = "of_five"
    OF_SIX = "of_six"
    OF_SEVEN = "of_seven"
    OF_TEN = "of_ten"
    OF_HUNDRED = "of_hundred"


UNIT_TITLES: dict[UnitOfMeasure, Promise] = {
    UnitOfMeasure.PERCENT: _("%"),
    UnitOfMeasure.COUNT: _("antall"),
    UnitOfMeasure.FTE: _("årsverk"),
    UnitOfMeasure.YEARS: _("år"),
    UnitOfMeasure.WEEKS: _("uker"),
    UnitOfMeasure.KRONER: _("kroner"),
    UnitOfMeasure.OF_FIVE: _("av 5"),
    UnitOfMeasure.OF_SIX: _("av 6"),
    UnitOfMeasure.OF_SEVEN: _("av 7"),
    UnitOfMeasure.OF_TEN: _("av 10"),
    UnitOfMeasure.OF_HUNDRED: _("av 100"),
}


class Direction(enum.StrEnum):
    """Which way is better. `NEITHER`: a figure to know, not to steer by."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class DisclosureClass(enum.StrEnum):
    """How carefully a figure is published: the rows of the table in docs/decisions/disclosure.md."""

    OPEN = "open"
    PERSISTENT = "persistent"
    POSITION = "position"  # shown where the share of part-timers is
    STRUCTURE = "structure"  # bands that add up to all: all or none
    LEVEL = "level"  # leaders of one level, a part of all leaders
    FLOW = "flow"
    MEAN = "mean"
    HEALTH = "health"
    HEALTH_SPLIT = "health_split"  # all parts or none
    HEALTH_FTE = "health_fte"
    PAY = "pay"
    PAY_MIDDLE = "pay_middle"  # of the middle half, shown where the mean is
    DECIDED = "decided"  # under disclosure control where it was counted: shown exactly where that says so


@dataclass(frozen=True)
class Cadence:
    """When a figure is published: which span it covers, and in which calendar months (1-12) such a span ends."""

    kind: PeriodKind
    months: tuple[int, ...]


MONTHLY = Cadence(PeriodKind.MONTH, tuple(range(1, 13)))
QUARTERLY = Cadence(PeriodKind.MONTH, (3, 6, 9, 12))
AT_YEAR_END = Cadence(PeriodKind.MONTH, (12,))
CALENDAR_YEAR = Cadence(PeriodKind.YEAR, (12,))
ROLLING_YEAR = Cadence(PeriodKind.ROLLING, tuple(range(1, 13)))
ROLLING_QUARTERLY = Cadence(PeriodKind.ROLLING, (3, 6, 9, 12))


@dataclass(frozen=True)
class Measure:
    """An additive whole number in a fact table.

    `per`: how many of the stored number make one of what is named in `title` (1,000,000 for day-works stored in
    millionths).
    `stock`: a number at the month's last day, which is never summed over months but as person-months in a mean.
    `mean_of`: not a fact itself, but the sum of the first measure divided by that of the second, rounded to a whole
    number.
    """

    code: str
    title: Promise
    per: int = 1
    stock: bool = False
    mean_of: tuple[str, str] | None = None


@dataclass(frozen=True)
class Indicator:
    """One figure, defined once.

    Value = sum(numerator) x scale / sum(denominator), whole numbers until that division; without a denominator
    sum(numerator) x scale. `n`, the size of the group, is the measure `group` (over a span of months: its mean month).
    `key` is the number that stands for the indicator in the table of figures, and never changes. `upper` and `lower`
    say how often it is published from agency level up and below; the first of each is what pages show by default.
    `has_total`: false where only its breakdown means something. `where_reported`: shown only of units whose group is
    not empty; what most units do not have is not said of them. `sources`: the codes of the imported tables behind it
    (`sources.SOURCES`).

    To other indicators: `parts` take this one apart (and add up to it, where they have its denominator), `related` are
    shown beside it.

    To disclosure control: `within` is the indicator whose published figures this one takes apart;
    `complement_of` one that counts the rest of the same people: published exactly where that one is, and `at least`
    where that one is `at most`. `persons` are counted beside n, as the class asks (`persons_in_month` where a
    single month counts others). `decided_by`: of the class DECIDED, a measure that is counted apart and says of each
    unit whether it is shown: 0 no row, 1 published, 2 too few, 3 hidden to protect others. `watched` is what the change
    rule looks at in a person: permille, temporary, age_band, pay, or leader for who leads (by gender); `watched_in` the
    values that are in the numerator, of a share of persons.
    """

    code: str
    key: int
    number: int
    area: str
    title: Promise
    definition: Promise
    numerator: Measure
    group: Measure
    scale: Fraction
    unit: UnitOfMeasure
    decimals: int
    direction: Direction
    disclosure: DisclosureClass
    upper: tuple[Cadence, ...]
    lower: tuple[Cadence, ...]
    iso: str
    source: Promise
    standard: Promise
    denominator: Measure | None = None
    breakdowns: tuple[Dimension, ...] = (Dimension.GENDER,)
    minimum_group: int = 5
    version: int = 1
    valid_from: dt.date = dt.date(2023, 1, 1)
    parts: tuple[str, ...] = ()
    within: str = ""
    complement_of: str = ""
    persons: tuple[Measure, ...] = ()
    persons_in_month: tuple[Measure, ...] = ()
    decided_by: Measure | None = None
    watched: str = ""
    watched_in: range | None = None
    has_total: bool = True
    where_reported: bool = False
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ("employments",)

    @property
    def of_each_gender(self) -> bool:
        """Whether there must be `minimum_group` women and as many men."""
        return self.disclosure in (DisclosureClass.PAY, DisclosureClass.PAY_MIDDLE)

    def smallest(self, group: Group) -> int:
        """How few people the figure may be shown of: also where the whole has no limit, a part of it has one."""
        return max(self.minimum_group, PART_AT_LEAST) if group.dimension else self.minimum_group

    def cadences(self, level: int) -> tuple[Cadence, ...]:
        """How often the figure is published for units of a level (0 municipality to 5 workplace); empty where never."""
        return self.upper if level <= AGENCY else self.lower

    def value(self, numerator: int, denominator: int | None) -> float | None:
        """The value of whole sums, or None where the denominator is 0: one division at the end, the same on every
        machine.
        """
        below = 1 if self.denominator is None else denominator
        if not below:
            return None
        return (numerator * self.scale.numerator) / (below * self.scale.denominator)


AGENCY = 2
PERCENT = Fraction(100)
#: A part of a breakdown is never shown of fewer people than this (disclosure's K, without loading disclosure control).
PART_AT_LEAST = 5
