"""The facts of sick leave. A day-work is a working day (Monday to Friday, no public holiday) times the share of a
full post.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import FactTable

# Millionths of a day-work: days x permille of a post x permille away, whole numbers all the way.
PER = 1_000_000
CONTRACTED = Measure("contracted", _("avtalte dagsverk"), per=PER)
LOST = Measure("lost", _("tapte dagsverk"), per=PER)
LOST_CERTIFIED = Measure("lost_certified", _("tapte dagsverk, legemeldt"), per=PER)
LOST_SELF = Measure("lost_self", _("tapte dagsverk, egenmeldt"), per=PER)
LOST_SHORT = Measure("lost_short", _("tapte dagsverk, 1–16 dager"), per=PER)
LOST_LONG = Measure("lost_long", _("tapte dagsverk, over 16 dager"), per=PER)
LOST_OVER_56 = Measure("lost_over_56", _("tapte dagsverk, over 56 dager"), per=PER)

ABSENT = Measure("absent", _("personer borte i måneden"))
# A person counts in the month of the first absence of the year, so that twelve months add up to distinct persons.
ABSENT_IN_YEAR = Measure("absent_in_year", _("personer borte i løpet av året"))
SELF_IN_YEAR = Measure("self_in_year", _("personer med egenmelding"))
SHORT_IN_YEAR = Measure("short_in_year", _("personer med kort sykmelding"))
LONG_IN_YEAR = Measure("long_in_year", _("personer borte over 16 dager"))
MIDDLE_IN_YEAR = Measure("middle_in_year", _("personer borte 17–56 dager"))
OVER_56_IN_YEAR = Measure("over_56_in_year", _("personer borte over 56 dager"))

DAY_WORKS = FactTable(
    code="day_works",
    sources=("employments",),
    measures=(CONTRACTED,),
    # Nearly all are employed all month: only those who came or went have their days counted one by one.
    select="""
        with whole as (
            select e.unit, m.month, e.gender, age_band_at(e.birth, m.next) as age_band, e.job_family, e.percentage *
            m.workdays as days
              from months m join employments e on e.start <= m.month and e.stop >= m.next
        ), part as (
            select e.unit, m.month, e.gender, age_band_at(e.birth, m.next) as age_band, e.job_family,
                   e.percentage * (b.before - a.before) as days
              from months m
              join employments e on e.start < m.next and e.stop > m.month and not (e.start <= m.month and e.stop >=
              m.next)
              join workdays a on a.day = greatest(e.start, m.month)
              join workdays b on b.day = least(e.stop, m.next)
        )
        select unit, month, gender, age_band, job_family, sum(days)::bigint * 1000 as contracted
          from (from whole union all from part) group by all
    """,
)

SICK_LEAVE = FactTable(
    code="sick_leave",
    sources=("employments", "absences"),
    # A spell becomes long (over 56 days) by what follows within two months; who was away before in the year reaches
    # back to January.
    lookback=11,
    lookahead=2,
    measures=(
        LOST,
        LOST_CERTIFIED,
        LOST_SELF,
        LOST_SHORT,
        LOST_LONG,
        LOST_OVER_56,
        ABSENT,
        ABSENT_IN_YEAR,
        SELF_IN_YEAR,
        SHORT_IN_YEAR,
        LONG_IN_YEAR,
        MIDDLE_IN_YEAR,
        OVER_56_IN_YEAR,
    ),
    select="""
        with spans as (
            select m.month, m.next, e.person, e.unit, e.gender, age_band_at(e.birth, m.next) as age_band,
            e.job_family, x.kind, x.spell,
                   (b.before - a.before) * e.percentage * x.grade as days, a.day as first
              from months m
              join absences x on x.kind in ('self_certified', 'certified') and x.start < m.next and x.stop > m.month
              join employments e on e.person = x.person and e.position = x.position
                                and greatest(e.start, x.start, m.month) < least(e.stop, x.stop, m.next)
              join workdays a on a.day = greatest(e.start, x.start, m.month)
              join workdays b on b.day = least(e.stop, x.stop, m.next)
             where b.before > a.before
        ), lost as (
            select unit, month, gender, age_band, job_family, sum(days)::bigint as lost,
                   coalesce(sum(days) filter (kind = 'certified'), 0)::bigint as lost_certified,
                   coalesce(sum(days) filter (kind = 'self_certified'), 0)::bigint as lost_self,
                   coalesce(sum(days) filter (spell <= 16), 0)::bigint as lost_short,
                   coalesce(sum(days) filter (spell > 16), 0)::bigint as lost_long,
                   coalesce(sum(days) filter (spell > 56), 0)::bigint as lost_over_56
              from spans group by all
        ), absent as (
            select arg_min(unit, (first, unit)) as unit, month, any_value(gender) as gender, any_value(age_band) as
            age_band,
                   arg_min(job_family, (first, unit)) as job_family, 1 as absent
              from spans group by month, person
        ), year_spans as (
            select y.year_start, e.person, e.unit, e.gender, e.birth, e.job_family,
                   greatest(e.start, x.start, y.year_start) as first,
                   case when x.kind = 'self_certified' then 1 when x.spell <= 16 then 2 when x.spell <= 56 then 3
                   else 4 end as part
              from (select year_start, max(next) as until from months group by all) y
              join absences x on x.kind in ('self_certified', 'certified') and x.start < y.until and x.stop >
              y.year_start
              join employments e on e.person = x.person and e.position = x.position
                                and greatest(e.start, x.start, y.year_start) < least(e.stop, x.stop, y.until)
              join workdays a on a.day = greatest(e.start, x.start, y.year_start)
              join workdays b on b.day = least(e.stop, x.stop, y.until)
             where b.before > a.before
        ), firsts as (
            select year_start, person, part, min(first) as first, arg_min(unit, (first, unit)) as unit,
                   any_value(gender) as gender, any_value(birth) as birth, arg_min(job_family, (first, unit)) as
                   job_family
              from (
                from year_spans union all by name select * replace (0 as part) from year_spans
                union all by name select * replace (5 as part) from year_spans where part in (3, 4))
             group by all
        ), in_year as (
            select f.unit, m.month, f.gender, age_band_at(f.birth, m.next) as age_band, f.job_family,
                   count(*) filter (part = 0) as absent_in_year, count(*) filter (part = 1) as self_in_year,
                   count(*) filter (part = 2) as short_in_year, count(*) filter (part = 5) as long_in_year, count(*)
                   filter (part = 3) as middle_in_year,
                   count(*) filter (part = 4) as over_56_in_year
              from months m join firsts f on f.first >= m.month and f.first < m.next group by all
        )
        select unit, month, gender, age_band, job_family,
               coalesce(sum(lost), 0)::bigint as lost, coalesce(sum(lost_certified), 0)::bigint as lost_certified,
               coalesce(sum(lost_self), 0)::bigint as lost_self, coalesce(sum(lost_short), 0)::bigint as lost_short,
               coalesce(sum(lost_long), 0)::bigint as lost_long, coalesce(sum(lost_over_56), 0)::bigint as lost_over_56,
               coalesce(sum(absent), 0)::bigint as absent, coalesce(sum(absent_in_year), 0)::bigint as absent_in_year,
               coalesce(sum(self_in_year), 0)::bigint as self_in_year, coalesce(sum(short_in_year), 0)::bigint as
               short_in_year,
               coalesce(sum(long_in_year), 0)::bigint as long_in_year,
               coalesce(sum(middle_in_year), 0)::bigint as middle_in_year, coalesce(sum(over_56_in_year), 0)::bigint
               as over_56_in_year
          from (from lost union all by name from absent union all by name from in_year) group by all
    """,
)

FACTS = (DAY_WORKS, SICK_LEAVE)
