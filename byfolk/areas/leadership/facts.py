"""The facts of leadership: leaders at the month's last day, each counted once, and who reports to them."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import FactTable

LEADERS = Measure("leaders", _("ledere"), stock=True)
WOMEN_LEADING = Measure("women_leading", _("kvinner som leder"), stock=True)
REPORTS = Measure("reports", _("ansatte med leder"), stock=True)
#: By the level of the unit led: agencies and above, divisions and sections, workplaces.
AT_LEVELS = {"top": (0, 2), "middle": (3, 4), "first_line": (5, 5)}
LEADERS_AT = {key: Measure(f"leaders_{key}", _("ledere på nivået"), stock=True) for key in AT_LEVELS}
WOMEN_AT = {key: Measure(f"women_{key}", _("kvinner som leder på nivået"), stock=True) for key in AT_LEVELS}

_BY_LEVEL = ", ".join(
    f"count(*) filter (level between {low} and {high}) as leaders_{key}, "
    f"count(*) filter (gender = 1 and level between {low} and {high}) as women_{key}"
    for key, (low, high) in AT_LEVELS.items()
)
_NONE_BY_LEVEL = ", ".join(f"0 as leaders_{key}, 0 as women_{key}" for key in AT_LEVELS)
_SUMS = ", ".join(f"sum({name}_{key})::bigint as {name}_{key}" for key in AT_LEVELS for name in ("leaders", "women"))

# One who leads two units counts in the highest. Who reports to whom: the leader of one's own unit, or of the nearest
# unit above
# that has one; a leader reports to the nearest leader above the unit led.
LEADING = FactTable(
    code="leading",
    sources=("employments", "leaders", "tree"),
    measures=(LEADERS, WOMEN_LEADING, REPORTS, *LEADERS_AT.values(), *WOMEN_AT.values()),
    select=f"""
        with led as (
            select m.month, l.unit, l.person, t.level
              from months m join leaders l on l.start < m.next and l.stop >= m.next
              join trees t on t.month = m.month and t.unit = l.unit and t.depth = 0
        ), seats as (
            select month, person, arg_min(unit, (level, unit)) as unit, min(level) as level from led group by all
        ), known as (
            select s.*, coalesce(h.gender, 0) as gender, coalesce(h.age_band, 0) as age_band, coalesce(h.job_family,
            0) as job_family
              from seats s left join heads h using (month, person)
        ), nearest as (
            select t.month, t.unit, arg_min(l.person, t.depth) as leader
              from trees t join led l on l.month = t.month and l.unit = t.ancestor group by all
        ), above as (
            select h.month, h.person, n.leader
              from heads h anti join seats s using (month, person) join nearest n on n.month = h.month and
                n.unit = h.unit
            union all
            select s.month, s.person, arg_min(l.person, t.depth) as leader
              from seats s join trees t on t.month = s.month and t.unit = s.unit and t.depth > 0
              join led l on l.month = s.month and l.unit = t.ancestor and l.person <> s.person
             group by all
        ), counted as (
            select k.unit, k.month, k.gender, k.age_band, k.job_family, count(*) as leaders,
                   count(*) filter (gender = 1) as women_leading, 0 as reports, {_BY_LEVEL}
              from known k group by all
            union all
            select k.unit, k.month, k.gender, k.age_band, k.job_family, 0, 0, count(*), {_NONE_BY_LEVEL}
              from above a join known k on k.month = a.month and k.person = a.leader group by all
        )
        select unit, month, gender, age_band, job_family, sum(leaders)::bigint as leaders,
               sum(women_leading)::bigint as women_leading, sum(reports)::bigint as reports, {_SUMS}
          from counted group by all
    """,
)

FACTS = (LEADING,)
