"""Which months the imported rows cover. One that a source says nothing of is not counted as if nothing happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from byfolk.engines.indicators.making.extraction import Snapshot
from byfolk.kernel.time import add_months, month_start, months_between

#: Facts of more months than this are not kept.
_LONGEST = 120
#: A system that has sent nothing for so long before the newest file of its kind has been replaced: nobody waits for it.
_RETIRED_AFTER = dt.timedelta(days=92)
#: Where fewer absences than this begin in a usual month, one without any may well be true.
_ENOUGH_TO_JUDGE = 10
#: Which kind of file brings a source's rows.
_BROUGHT_BY = {"employments": "employments", "pay": "employments", "absences": "absences"}


class NothingToCount(RuntimeError):
    """There are no employments, or no organisation, to make figures of."""


@dataclass(frozen=True)
class Coverage:
    """The months from `first` to `until`. `last`: the last month that a source covers, where it does not reach further
    than `until`; `silent`: the months before that of which it says nothing.
    """

    first: dt.date
    until: dt.date
    last: Mapping[str, dt.date]
    silent: Mapping[str, frozenset[dt.date]]

    def covers(self, sources: Iterable[str], month: dt.date) -> bool:
        """Whether every one of these sources covers a month."""
        return all(
            month <= self.last.get(source, month) and month not in self.silent.get(source, ()) for source in sources
        )


_STARTS = """
select date_trunc('month', lower(valid))::date as month, count(*) from people_absence group by 1 order by 1
"""
_ENDS = """
select date_trunc('month', upper(valid))::date as month, count(*) from people_employment where upper(valid) is not
null group by 1 order by 1
"""
# The day on which the newest file of each system came: what happened from then on is not in it.
_FILES = """
select kind, source_id, max(created_at at time zone 'Europe/Oslo')::date from importing_batch where state = 'landed'
 group by kind, source_id
"""
_LOADED = "select known_until from organisation_municipality where known_until is not null"


def coverage(look: Snapshot, over: dt.date) -> Coverage:
    """Which months can be counted, when `over` is the last month that is over.

    Employments carry everything, so all figures stop with them; what else is missing, only the figures made of it.
    """
    last = {source: month for source, month in _last_months(look).items() if month < over}
    until = min(over, last.get("employments", over))
    starts = look.rows(_STARTS)
    first = _first_month(look, starts, until)
    return Coverage(first, until, last, {"absences": _silent(dict(starts), first, until)})


def _first_month(look: Snapshot, starts: list[tuple[dt.date, int]], until: dt.date) -> dt.date:
    """The first month that the imported rows cover: absences (or, without any, ends of employment) begin in it as
    they usually do.

    Employments alone do not tell: they reach back thirty years, but those who left then are not among them.
    """
    if not look.rows("select 1 from people_employment limit 1"):
        raise NothingToCount("There are no employments to make figures of")
    for rows in (lambda: starts, lambda: look.rows(_ENDS)):
        found = [(month, count) for month, count in rows() if month <= until]
        if found:
            usual = sorted(count for _, count in found)[len(found) // 2]
            earliest = next(month for month, count in found if 2 * count >= usual)
            return max(earliest, add_months(until, 1 - _LONGEST))
    return until


def _last_months(look: Snapshot) -> dict[str, dt.date]:
    """The last whole month of each source, as far as that is known: before the day on which its rows came."""
    loaded = [day for (day,) in look.rows(_LOADED)]
    brought: dict[str, list[tuple[int | None, dt.date]]] = {}
    for kind, system, day in look.rows(_FILES):
        brought.setdefault(kind, []).append((system, day))
    found = {}
    for source, kind in _BROUGHT_BY.items():
        # Files that are brought into a city that was loaded as a whole do not carry it on.
        days = loaded or _days(brought.get(kind, []))
        if days:
            found[source] = add_months(month_start(min(days)), -1)
    return found


def _days(systems: list[tuple[int | None, dt.date]]) -> list[dt.date]:
    """The days of the systems that are waited for: those that still send, else the newest file of any."""
    if not systems:
        return []
    newest = max(day for _, day in systems)
    return [day for system, day in systems if system is not None and newest - day <= _RETIRED_AFTER] or [newest]


def _silent(starts: Mapping[dt.date, int], first: dt.date, until: dt.date) -> frozenset[dt.date]:
    """The months in which hardly any absence begins: they have not been brought, or were lost on the way."""
    months = months_between(first, until)
    if not starts:
        return frozenset(months)
    counts = sorted(starts.get(month, 0) for month in months)
    usual = counts[len(counts) // 2]
    if usual < _ENOUGH_TO_JUDGE:
        return frozenset()
    return frozenset(month for month in months if 4 * starts.get(month, 0) < usual)
