"""Time as Byfolk counts it: the one clock, half-open date ranges, months, and the Norwegian calendar of working days.

Domain code never reads the clock: entry points (views, tasks, the command line) take `now()` or `today()` from here and
pass it on as an argument.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")


def now() -> dt.datetime:
    """The current moment in Europe/Oslo. Only entry points call it."""
    return timezone.now().astimezone(OSLO)


def today() -> dt.date:
    """The current date in Europe/Oslo. Only entry points call it."""
    return day_of(now())


def day_of(moment: dt.datetime) -> dt.date:
    """The date in Europe/Oslo at a moment: the database answers in UTC, where the day is an hour or two behind."""
    return moment.astimezone(OSLO).date()


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> frozenset[dt.date]:
    # Sundays are left out: they are not working days anyway, and the library can list them as holidays.
    return frozenset(holidays.country_holidays("NO", years=year))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and not a public holiday: the day-works that NAV and Statistics Norway count."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def working_days(start: dt.date, end: dt.date) -> int:
    """How many working days there are in [start, end)."""
    return sum(is_working_day(start + dt.timedelta(days=i)) for i in range((end - start).days))


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The date that lies `days` working days after `start` (`start` itself is not counted)."""
    day = start
    while days > 0:
        day += dt.timedelta(days=1)
        days -= is_working_day(day)
    return day


def month_start(day: dt.date) -> dt.date:
    """The first day of the month that `day` lies in."""
    return day.replace(day=1)


def add_months(month: dt.date, months: int) -> dt.date:
    """The first day of the month that lies `months` after (or before, when negative) the month of `month`."""
    index = month.year * 12 + month.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of every month from the month of `first` to the month of `last`, both included."""
    found, month = [], month_start(first)
    while month <= last:
        found.append(month)
        month = add_months(month, 1)
    return found
