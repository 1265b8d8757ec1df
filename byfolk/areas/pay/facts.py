"""The facts of pay, at the end of the year: yearly pay for full time in the main post, in øre, without supplements."""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable

PAID_WOMEN = Measure("paid_women", _("kvinner med lønn"), stock=True)
PAID_MEN = Measure("paid_men", _("menn med lønn"), stock=True)
PAY_WOMEN = Measure("pay_women", _("kroner til kvinner"), per=100, stock=True)
PAY_MEN = Measure("pay_men", _("kroner til menn"), per=100, stock=True)
MEAN_WOMEN = Measure(
    "mean_women", _("kroner, kvinners snitt"), per=100, stock=True, mean_of=("pay_women", "paid_women")
)
MEAN_MEN = Measure("mean_men", _("kroner, menns snitt"), per=100, stock=True, mean_of=("pay_men", "paid_men"))
MEDIAN_WOMEN = Measure("median_women", _("kroner, kvinners median"), per=100, stock=True)
MEDIAN_MEN = Measure("median_men", _("kroner, menns median"), per=100, stock=True)

_PAID = """
    select h.unit, h.month, h.gender, h.age_band, h.job_family, p.annual_pay
      from heads h join months m on m.month = h.month
      join pay p on p.person = h.person and p.position = h.position and p.start < m.next and p.stop >= m.next
     where month(h.month) = 12 and h.gender in (1, 2)
"""

FULL_TIME_PAY = FactTable(
    code="full_time_pay",
    sources=("employments", "pay"),
    measures=(PAID_WOMEN, PAID_MEN, PAY_WOMEN, PAY_MEN),
    select=f"""
        with paid as ({_PAID})
        select unit, month, gender, age_band, job_family,
               count(*) filter (gender = 1) as paid_women, count(*) filter (gender = 2) as paid_men,
               coalesce(sum(annual_pay) filter (gender = 1), 0)::bigint as pay_women,
               coalesce(sum(annual_pay) filter (gender = 2), 0)::bigint as pay_men
          from paid group by all
    """,
)

# A median is not a sum of medians: it is worked out for each unit from agency level up. Of an even number the lower
# of the two in the middle.
MEDIAN_PAY = ApartTable(
    code="median_pay",
    sources=("employments", "pay", "tree"),
    measures=(MEDIAN_WOMEN, MEDIAN_MEN),
    select=f"""
        with paid as ({_PAID})
        select t.ancestor as unit, p.month,
               coalesce(quantile_disc(annual_pay, 0.5) filter (gender = 1), 0)::bigint as median_women,
               coalesce(quantile_disc(annual_pay, 0.5) filter (gender = 2), 0)::bigint as median_men
          from paid p join trees t on t.month = p.month and t.unit = p.unit and t.level <= 2 group by all
    """,
)

FACTS = (FULL_TIME_PAY,)
APART = (MEDIAN_PAY,)
