"""Which months changed: a fingerprint of each source for each month, summed in the database by one scan of each table.

A row counts in every month that it lasts by a hash of what it says, and in the months where it begins and ends by a
hash with
that day as well. So a leaver's new end date touches the last month, not the thirty years before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from byfolk.engines.indicators.fact_tables import ApartTable, FactTable
from byfolk.engines.indicators.making.extraction import Snapshot
from byfolk.engines.indicators.sources import readings
from byfolk.kernel.time import add_months, months_between

_ROWS = {
    "employments": """
        select concat_ws('|', e.person_id, e.position_id, e.unit_id, e.kind, e.percentage, e.main, p.gender,
        p.birth_date, s.styrk) as said,
               e.valid, e.end_reason as ended
          from people_employment e join people_person p on p.id = e.person_id join people_position s on s.id =
            e.position_id
    """,
    # Short or long depends on the whole spell, so its days are part of what every month of it says.
    "absences": """
        select concat_ws('|', person_id, position_id, kind, grade, upper(valid) - lower(valid)) as said, valid, '' as
        ended
          from people_absence
    """,
    "pay": "select concat_ws('|', person_id, position_id, annual_pay) as said, valid, '' as ended from people_pay",
    "leaders": "select concat_ws('|', unit_id, person_id) as said, valid, '' as ended from organisation_leadership",
}
# "offset 0" keeps each row's hash from being calculated three times over.
_SUMS = """
with days as materialized (
    select lower(valid) as first, upper(valid) - 1 as last, sum(h) as h,
           sum(hashint8extended(h, lower(valid) - date '2000-01-01')) as begins,
           sum(hashint8extended(h, upper(valid) - 1 - date '2000-01-01' + hashtextextended(ended, 1))) as ends
      from (select valid, ended, hashtextextended(said, 0) as h from ({rows}) said offset 0) hashed group by 1, 2
)
select date_trunc('month', first)::date as month, true, sum(h)::text, sum(begins)::text from days group by month
union all
select date_trunc('month', last)::date as month, false, sum(h)::text, sum(ends)::text from days where last is not
null group by month
"""
#: For one source: a month, whether rows begin or end in it, the sum of what they say, and that of their days.
Sums = list[tuple[dt.date, bool, str, str]]


@dataclass(frozen=True)
class Needs:
    """A fact table and the hash of all that one month of it is made from."""

    table: FactTable | ApartTable
    month: dt.date
    fingerprint: str


def sources() -> tuple[str, ...]:
    """The sources, the largest first."""
    return ("absences", "employments", "pay", "leaders", *readings())


def sums(look: Snapshot, source: str) -> Sums:
    """What the rows of a source come to, month by month."""
    return look.rows(_SUMS.format(rows=_ROWS[source] if source in _ROWS else readings()[source].said))


def of_source(rows: Sums, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """A fingerprint of every month from `first` to `last`."""
    lasting: dict[dt.date, int] = defaultdict(int)
    edges: dict[dt.date, int] = defaultdict(int)
    for month, begins, held, edge in rows:
        if begins:
            lasting[max(month, first)] += int(held)
        elif month < first:
            lasting[first] -= int(held)
        else:
            lasting[add_months(month, 1)] -= int(held)
        edges[month] += int(edge)
    found, running = {}, 0
    for month in months_between(first, last):
        running += lasting[month]
        found[month] = f"{running:x}:{edges[month]:x}"
    return found


def of_facts(
    tables: Iterable[FactTable | ApartTable], months: Iterable[dt.date], sources: Mapping[str, Mapping[dt.date, str]]
) -> list[Needs]:
    """What each month of each fact table is made from, as one hash: its definition and the sources of the months it
    reads.
    """
    found = []
    for table in tables:
        for month in months:
            span = months_between(add_months(month, -table.lookback), add_months(month, table.lookahead))
            said = [table.select, *(sources[code].get(m, "") for code in table.sources for m in span)]
            found.append(Needs(table, month, hashlib.sha256("\n".join(said).encode()).hexdigest()))
    return found
