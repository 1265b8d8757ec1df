"""The one fact table that every area divides by: people in their main post, and the months they were here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import FactTable

#: Persons at the month's last day, each counted once, in the main post. Over a year: person-months.
HEADS = Measure("heads", _("ansatte"), stock=True)
#: The same over twelve months, as the mean of the month-ends: twelve person-months make one.
MEAN_HEADS = Measure("heads", _("ansatte i snitt"), per=12, stock=True)

PEOPLE = FactTable(
    code="people",
    sources=("employments",),
    measures=(HEADS,),
    select="""
        select unit, month, gender, age_band, job_family, count(*) as heads
          from heads group by all
    """,
)
