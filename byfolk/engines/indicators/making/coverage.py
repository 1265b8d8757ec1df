"""Which months the imported rows cover."""

from __future__ import annotations

import datetime as dt

from byfolk.engines.indicators.making.extraction import Snapshot
from byfolk.kernel.time import add_months

#: Facts of more months than this are not kept.
_LONGEST = 120


class NothingToCount(RuntimeError):
    """There are no employments, or no organisation, to make figures of."""


_STARTS = """
select date_trunc('month', lower(valid))::date as month, count(*) from people_absence group by 1 order by 1
"""
_ENDS = """
select date_trunc('month', upper(valid))::date as month, count(*) from people_employment where upper(valid) is not
null group by 1 order by 1
"""


def first_month(look: Snapshot, until: dt.date) -> dt.date:
    """The first month that the imported rows cover: absences (or, without any, ends of employment) begin in it as
    they usually do.

    Employments alone do not tell: they reach back thirty years, but those who left then are not among them.
    """
    if not look.rows("select 1 from people_employment limit 1"):
        raise NothingToCount("There are no employments to make figures of")
    for query in (_STARTS, _ENDS):
        found = [(month, count) for month, count in look.rows(query) if month <= until]
        if found:
            usual = sorted(count for _, count in found)[len(found) // 2]
            earliest = next(month for month, count in found if 2 * count >= usual)
            return max(earliest, add_months(until, 1 - _LONGEST))
    return until
