"""The facts of pay, at the end of the year: yearly pay for full time in the main post, in øre, without supplements."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable

PAID = Measure("paid", _("ansatte med lønn"), stock=True)
PAID_WOMEN = Measure("paid_women", _("kvinner med lønn"), stock=True)
PAID_MEN = Measure("paid_men", _("menn med lønn"), stock=True)
PAY_WOMEN = Measure("pay_women", _("kroner til kvinner"), per=100, stock=True)
PAY_MEN = Measure("pay_men", _("kroner til menn"), per=100, stock=True)
MEAN_WOMEN = Measure(
    "mean_women", _("kroner, kvinners snitt"), per=100, stock=True, mean_of=("pay_women", "paid_women")
)
MEAN_MEN = Measure("mean_men", _("kroner, menns snitt"), per=100, stock=True, mean_of=("pay_men", "paid_men"))
MIDDLE_WOMEN = Measure("middle_women", _("kroner, snittet av kvinnene i midten"), per=100, stock=True)
MIDDLE_MEN = Measure("middle_men", _("kroner, snittet av mennene i midten"), per=100, stock=True)

_PAID = """
    select h.unit, h.month, h.gender, h.age_band, h.job_family, p.annual_pay
      from heads h join months m on m.month = h.month
      join pay p on p.person = h.person and p.position = h.position and p.start < m.next and p.stop >= m.next
     where month(h.month) = 12 and h.gender in (1, 2)
"""

FULL_TIME_PAY = FactTable(
    code="full_time_pay",
    sources=("employments", "pay"),
    measures=(PAID, PAID_WOMEN, PAID_MEN, PAY_WOMEN, PAY_MEN),
    select=f"""
        with paid as ({_PAID})
        select unit, month, gender, age_band, job_family, count(*) as paid,
               count(*) filter (gender = 1) as paid_women, count(*) filter (gender = 2) as paid_men,
               coalesce(sum(annual_pay) filter (gender = 1), 0)::bigint as pay_women,
               coalesce(sum(annual_pay) filter (gender = 2), 0)::bigint as pay_men
          from paid group by all
    """,
)

# The mean of the middle half: without the lowest and the highest quarter (rounded down) of the women, and of the men.
# A median would be one person's own pay. It is not a sum of the units' own, so it is worked out for each from agency
# level up.
MIDDLE_PAY = ApartTable(
    code="middle_pay",
    sources=("employments", "pay", "tree"),
    measures=(MIDDLE_WOMEN, MIDDLE_MEN),
    select=f"""
        with paid as ({_PAID}), placed as (
            select t.ancestor as unit, p.month, p.gender, p.annual_pay,
                   row_number() over one as place, count(*) over (partition by t.ancestor, p.month, p.gender) as people
              from paid p join trees t on t.month = p.month and t.unit = p.unit and t.level <= 2
            window one as (partition by t.ancestor, p.month, p.gender order by p.annual_pay)
        ), middle as (
            select unit, month, gender, (2 * sum(annual_pay) + count(*)) // (2 * count(*)) as mean
              from placed where place > people // 4 and place <= people - people // 4 group by all
        )
        select unit, month, coalesce(max(mean) filter (gender = 1), 0)::bigint as middle_women,
               coalesce(max(mean) filter (gender = 2), 0)::bigint as middle_men
          from middle group by all
    """,
)

FACTS = (FULL_TIME_PAY,)
APART = (MIDDLE_PAY,)
