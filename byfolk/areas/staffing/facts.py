"""The facts of staffing, from employments and leave. Formulas: the definitions in `indicators`."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.breakdowns import AGE_BANDS
from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import FactTable

FTE = Measure("fte", _("årsverk"), per=1000, stock=True)
FTE_PRESENT = Measure("fte_present", _("årsverk"), per=1_000_000, stock=True)
SICK_AT_DATE = Measure("sick_at_date", _("sykmeldte"), stock=True)
PARENTAL_AT_DATE = Measure("parental_at_date", _("i foreldrepermisjon"), stock=True)

PART_TIMERS = Measure("part_timers", _("deltidsansatte"), stock=True)
FULL_TIMERS = Measure("full_timers", _("heltidsansatte"), stock=True)
POSITION_SUM = Measure("position_sum", _("stillinger"), per=1000, stock=True)
TEMPORARY = Measure("temporary", _("midlertidig ansatte"), stock=True)
IN_AGE_BAND = tuple(Measure(f"in_{band.key}", format_lazy("{}", band.title), stock=True) for band in AGE_BANDS)

LEAVERS = Measure("leavers", _("sluttet i kommunen"))
LEAVERS_NOT_PENSION = Measure("leavers_not_pension", _("sluttet, uten pensjon"))
PENSION_EXITS = Measure("pension_exits", _("gikk av med pensjon"))
PENSION_AGE = Measure("pension_age", _("leveår i alt"), per=12)
MOVERS = Measure("movers", _("byttet virksomhet"))
AGED_62 = Measure("aged_62", _("ansatte over 62 år et år før"))
AGED_62_STILL = Measure("aged_62_still", _("fortsatt ansatt"))
HIRES = Measure("hires", _("ansatt et år før"))
HIRES_GONE = Measure("hires_gone", _("sluttet innen et år"))
TAKERS = Measure("takers", _("hadde foreldrepermisjon"))
PARENTAL_DAYS = Measure("parental_days", _("uker i permisjon"), per=7000)

CONTRACTS = FactTable(
    code="contracts",
    sources=("employments",),
    measures=(FTE,),
    # Every post counts in the unit that it belongs to.
    select="""
        select unit, month, gender, age_band, job_family, sum(percentage)::bigint as fte
          from stock group by all
    """,
)

PRESENCE = FactTable(
    code="presence",
    sources=("employments", "absences"),
    lookahead=1,
    measures=(FTE_PRESENT, SICK_AT_DATE, PARENTAL_AT_DATE),
    # Away is at most the whole post, whatever overlaps. A person on two kinds of leave is counted as sick.
    select="""
        with away as (
            select s.month, s.person, s.position, least(1000, sum(a.grade)) as grade,
                   max((a.kind = 'certified')::int) as sick, max((a.kind = 'parental')::int) as parental
              from stock s join absences a
                on a.person = s.person and a.position = s.position and a.start < s.next and a.stop >= s.next
             where a.kind in ('certified', 'parental') group by all
        ), person_away as (
            select month, person, max(sick) as sick, max(parental) as parental from away group by all
        ), posts as (
            select s.unit, s.month, s.gender, s.age_band, s.job_family,
                   sum(s.percentage * (1000 - coalesce(a.grade, 0)))::bigint as fte_present, 0 as sick_at_date, 0 as
                   parental_at_date
              from stock s left join away a using (month, person, position) group by all
        ), persons as (
            select h.unit, h.month, h.gender, h.age_band, h.job_family, 0 as fte_present, sum(p.sick)::bigint as
            sick_at_date,
                   sum(greatest(p.parental - p.sick, 0))::bigint as parental_at_date
              from heads h join person_away p using (month, person) group by all
        )
        select unit, month, gender, age_band, job_family, sum(fte_present)::bigint as fte_present,
               sum(sick_at_date)::bigint as sick_at_date, sum(parental_at_date)::bigint as parental_at_date
          from (from posts union all from persons) group by all
    """,
)

COMPOSITION = FactTable(
    code="composition",
    sources=("employments",),
    measures=(PART_TIMERS, FULL_TIMERS, POSITION_SUM, TEMPORARY, *IN_AGE_BAND),
    select=f"""
        select unit, month, gender, age_band, job_family,
               count(*) filter (permille < 1000) as part_timers,
               count(*) filter (permille >= 1000) as full_timers,
               sum(permille)::bigint as position_sum,
               count(*) filter (temporary) as temporary,
               {", ".join(f"count(*) filter (age_band = {band.code}) as in_{band.key}" for band in AGE_BANDS)}
          from heads group by all
    """,
)

# Leaving: the last post ended within the month, and on the first of the next month the person holds none. A person
# leaves
# once in a month, from the main post among those that ended last.
TURNOVER = FactTable(
    code="turnover",
    sources=("employments", "tree"),
    lookback=1,
    lookahead=1,
    heads_before=(1,),
    measures=(LEAVERS, LEAVERS_NOT_PENSION, PENSION_EXITS, PENSION_AGE, MOVERS),
    select="""
        with ended as (
            select m.month, m.next, e.*,
                   row_number() over (partition by m.month, e.person order by e.stop desc, e.main desc, e.percentage
                   desc, e.position) as nth
              from months m join employments e on e.stop > m.month and e.stop <= m.next
             where not exists (
                select 1 from employments o where o.person = e.person and o.start <= m.next and o.stop > m.next)
        ), left_city as (
            select unit, month, gender, age_band_at(birth, next) as age_band, job_family,
                   count(*) as leavers,
                   count(*) filter (not starts_with(end_reason, 'pension_')) as leavers_not_pension,
                   count(*) filter (starts_with(end_reason, 'pension_') and birth is not null) as pension_exits,
                   coalesce(sum(date_sub('month', birth, stop - 1)) filter (starts_with(end_reason, 'pension_')), 0)
                   as pension_age,
                   0 as movers
              from ended where nth = 1 group by all
        ), moved as (
            -- A unit that came under another agency took its people along: it is followed to this month's tree.
            select r.seat as unit, now.month, now.gender, now.age_band, now.job_family, 0 as leavers, 0 as
            leavers_not_pension,
                   0 as pension_exits, 0 as pension_age, count(*) as movers
              from heads now
              join months m on m.month = now.month
              join heads before on before.person = now.person and before.month = now.month - interval 1 month
              join routes r on r.month = now.month and r.unit = before.unit
              left join trees a on a.month = now.month and a.unit = r.seat and a.level = 2
              left join trees b on b.month = now.month and b.unit = now.unit and b.level = 2
             where a.ancestor is distinct from b.ancestor group by all
        )
        select unit, month, gender, age_band, job_family, sum(leavers)::bigint as leavers,
               sum(leavers_not_pension)::bigint as leavers_not_pension, sum(pension_exits)::bigint as pension_exits,
               sum(pension_age)::bigint as pension_age, sum(movers)::bigint as movers
          from (from left_city union all from moved) group by all
    """,
)

# Once a year, from one year's end to the next, so that a person is one person.
RETENTION = FactTable(
    code="retention",
    sources=("employments", "tree"),
    lookback=12,
    needs_past=12,
    heads_before=(12,),
    measures=(AGED_62, AGED_62_STILL),
    select="""
        select r.seat as unit, m.month, b.gender, b.age_band, b.job_family,
               count(*) as aged_62, count(n.person) as aged_62_still
          from months m
          join heads b on b.month = m.month - interval 12 month and b.age >= 62
          join routes r on r.month = m.month and r.unit = b.unit
          left join heads n on n.month = m.month and n.person = b.person
         where month(m.month) = 12
         group by all
    """,
)

# A hire: on the day before the post began the person held none. The hires of a month are followed to the same month
# of next year.
HIRING = FactTable(
    code="hiring",
    sources=("employments", "tree"),
    lookback=13,
    lookahead=1,
    needs_past=12,
    measures=(HIRES, HIRES_GONE),
    select="""
        with hired as (
            select m.month, e.person, e.start, e.unit, e.gender, e.birth, e.job_family,
                   row_number() over (partition by m.month, e.person order by e.start, e.main desc, e.percentage
                   desc, e.position) as nth
              from months m
              join employments e on e.start >= m.month - interval 12 month and e.start < m.next - interval 12 month
             where not exists (
                select 1 from employments o where o.person = e.person and o.start < e.start and o.stop >= e.start)
        ), followed as (
            select h.*, not exists (
                select 1 from employments o
                 where o.person = h.person and o.start <= h.start + interval 1 year and o.stop > h.start + interval 1
                 year) as gone
              from hired h where nth = 1
        )
        select r.seat as unit, f.month, f.gender, age_band_at(f.birth, f.start) as age_band, f.job_family,
               count(*) as hires, count(*) filter (gone) as hires_gone
          from followed f join routes r on r.month = f.month and r.unit = f.unit group by all
    """,
)

# Weeks are counted once a year, in December, for the whole year, so that a person is one person however many months
# it lasted.
# Leave from two posts at a time is the longer of the two; it counts in the unit of its last day.
PARENTAL = FactTable(
    code="parental",
    sources=("employments", "absences"),
    lookback=12,
    measures=(TAKERS, PARENTAL_DAYS),
    select="""
        with spans as (
            select m.month, m.next, e.person, e.position, e.unit, e.gender, e.birth, e.job_family, a.grade,
                   greatest(a.start, m.year_start, e.start) as first, least(a.stop, m.next, e.stop) as last
              from months m
              join absences a on a.kind = 'parental' and a.start < m.next and a.stop > m.year_start
              join employments e on e.person = a.person and e.position = a.position and e.start < a.stop and e.stop >
              a.start
             where month(m.month) = 12
        ), taken as (
            select month, next, person, arg_max(unit, last) as unit, any_value(gender) as gender, any_value(birth) as
            birth,
                   arg_max(job_family, last) as job_family, max(per_post) as days
              from (
                select *, sum((last - first) * grade) over (partition by month, person, position) as per_post
                  from spans where last > first)
             group by all
        )
        select unit, month, gender, age_band_at(birth, next) as age_band, job_family, count(*) as takers,
               sum(days)::bigint as parental_days
          from taken group by all
    """,
)

FACTS = (CONTRACTS, PRESENCE, COMPOSITION, TURNOVER, RETENTION, HIRING, PARENTAL)
