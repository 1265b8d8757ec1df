"""Fact tables: additive whole numbers by unit, month, gender, age band and job family. Each area declares its own.

Their queries run in DuckDB over these tables (dates are half-open, percentages permille, money øre):

- `months (month, next, year_start, workdays)`: the months to make; `month` is the first day, `next` the first day of
the next month
- `employments (person, unit, position, kind, percentage, main, start, stop, end_reason, gender, birth, job_family,
batch)`
- `absences (person, position, kind, grade, start, stop, spell)`: `spell` is the calendar days of the whole unbroken
sick leave
- `pay (person, position, annual_pay, start, stop)`, `leaders (unit, person, start, stop)`
- what an area has imported itself, under its source's code (`sources.Reading`)
- `workdays (day, before)`: how many working days there are before a day, so that `b.before - a.before` counts [a, b);
  `months.workdays` is the month's own number
- `stock (month, next, person, unit, position, temporary, percentage, gender, birth, age_band, job_family)`: every
post held on a
  month's last day
- `heads (month, person, unit, position, temporary, permille, gender, age, age_band, job_family)`: a person's main
post on that day,
  `permille` the sum of all posts. Also for the months before that a fact looks back at.
- `trees (month, unit, ancestor, level, depth)`: the tree as it was in a month; `routes (month, unit, seat)`: where a
unit is to
  be counted in a month: itself, or what succeeded it, or the nearest unit above that still was there
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Measure

#: The columns by which every fact is kept beside `unit` and `month`, as the small codes of `breakdowns`; 0: not known.
DIMENSIONS = ("gender", "age_band", "job_family")


@dataclass(frozen=True)
class FactTable:
    """Facts of one kind.

    `select` answers `unit`, `month`, `gender`, `age_band`, `job_family` and one whole number for each measure.
    `sources`: the
    imported tables that it reads ("tree" is the organisation). `lookback` and `lookahead`: how many months before
    and after its
    own a row may depend on; a change there makes the month be made anew. `needs_past`: how many of the
    first months cannot be made, because people are followed from a month that must itself be known.
    `heads_before`: how many months before its own it reads `heads` of. `spans`: the kinds of span that its measures
    are summed over; ROLLING for open figures alone, since others add up what each month published.
    """

    code: str
    sources: Sequence[str]
    measures: Sequence[Measure]
    select: str
    lookback: int = 0
    lookahead: int = 0
    needs_past: int = 0
    heads_before: Sequence[int] = ()
    spans: Sequence[PeriodKind] = (PeriodKind.MONTH, PeriodKind.YEAR)


@dataclass(frozen=True)
class ApartTable:
    """Whole numbers that do not add up (medians), worked out for each unit and all below it, in the tree as it was.

    `select` answers `unit`, `month` and the measures; otherwise as `FactTable`.
    """

    code: str
    sources: Sequence[str]
    measures: Sequence[Measure]
    select: str
    lookback: int = 0
    lookahead: int = 0
    needs_past: int = 0
