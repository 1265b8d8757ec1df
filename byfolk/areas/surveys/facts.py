"""What surveys hand to the indicators: published results, month by month.

They have been under disclosure control where they were computed (`questionnaires.results`), and what is hidden has no
number there. A round counts in the month in which it opened, from the day on which everybody may see it.
"""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys.keys import TOP
from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import ApartTable
from byfolk.engines.indicators.sources import Reading, Source

#: The code of the results, in fact queries and in the line of sight.
SOURCE = "survey_results"
_SHOWN = """
  from questionnaires_results s
  join questionnaires_campaign c on c.id = s.campaign_id and s.shown_from <= current_date
  join questionnaires_instrumentversion v on v.id = c.version_id
  join questionnaires_instrument i on i.id = v.instrument_id
"""
_MONTH = "date_trunc('month', c.opens_at at time zone 'Europe/Oslo')::date"
_SPAN = f"daterange({_MONTH}, ({_MONTH} + interval '1 month')::date)"
#: Of several rounds with the same instrument in a month, the one that asked most people stands for a unit.
_ROWS = f"""
select distinct on (u.unit_id, i.code, f.factor, {_MONTH})
       u.unit_id, i.code as instrument, f.factor, {_SPAN} as valid, u.state as unit_state, u.invited, u.answered,
       f.state, f.mean, (s.factors -> f.factor ->> 'high')::int as high
  {_SHOWN}
  join questionnaires_unitresult u on u.campaign_id = c.id
  join questionnaires_factorresult f on f.campaign_id = c.id and f.unit_id = u.unit_id and f.background = ''
 order by u.unit_id, i.code, f.factor, {_MONTH}, c.invited desc nulls last, c.id
"""
RESULTS = Source(
    6,
    _("Resultater av undersøkelser"),
    sensitive=True,
    reading=Reading(
        query=f"""
            select r.unit_id::int4 as unit, r.instrument::text, r.factor::text, lower(r.valid) as start,
                   upper(r.valid) as stop, r.unit_state::int4, r.invited::int4,
                   coalesce(r.answered, 0)::int4 as answered, r.state::int4,
                   coalesce(r.mean * 10, 0)::int4 as mean, coalesce(r.high, 0)::int4 as high, 0::int8 as batch
              from ({_ROWS}) r where r.valid && daterange($1, $2)
        """,
        columns={
            "unit": "integer",
            "instrument": "varchar",
            "factor": "varchar",
            "start": "date",
            "stop": "date",
            "unit_state": "integer",
            "invited": "integer",
            "answered": "integer",
            "state": "integer",
            "mean": "integer",
            "high": "integer",
            "batch": "bigint",
        },
        said=f"""
            select concat_ws('|', unit_id, instrument, factor, unit_state, invited, coalesce(answered, -1), state,
                             coalesce(mean, -1), high) as said, valid, '' as ended
              from ({_ROWS}) r
        """,
    ),
)


@dataclass(frozen=True)
class Counted:
    """The measures of one factor: its mean in tenths, how many answered, and whether it is shown."""

    mean: Measure
    answered: Measure
    state: Measure


@dataclass(frozen=True)
class Asked:
    """A factor that is an indicator: that one's code, its own, and the top of its scale. What was asked on another
    scale is another figure.
    """

    code: str
    factor: str
    top: int = TOP


def counted(name: str) -> Counted:
    """The measures of a factor's indicator, by its code."""
    return Counted(
        Measure(f"{name}_mean", _("poeng"), per=10, stock=True),
        Measure(f"{name}_answered", _("ansatte eller brukere som svarte"), stock=True),
        Measure(f"{name}_state", _("om det vises"), stock=True),
    )


def table(code: str, instrument: str, factors: Sequence[Asked], *, answers: bool) -> ApartTable:
    """The results of an instrument, a few columns for each factor, in the tree of the month. `answers`: how many
    answered as well.
    """
    measures, columns = [], []
    for asked in factors:
        one = counted(asked.code)
        measures += [one.mean, one.answered, one.state]
        mine = f"r.factor = '{asked.factor}' and r.high = {asked.top:d}"
        columns += [
            f"coalesce(max(r.mean) filter ({mine} and r.state = 0), 0)::bigint as {one.mean.code}",
            f"coalesce(max(r.answered) filter ({mine} and r.state = 0), 0)::bigint as {one.answered.code}",
            f"coalesce(max({_STATE.format('r.state')}) filter ({mine}), 0)::bigint as {one.state.code}",
        ]
    if answers:
        invited, answered, state = response(instrument)
        measures += [invited, answered, state]
        columns += [
            f"coalesce(max(r.invited) filter (r.unit_state = 0), 0)::bigint as {invited.code}",
            f"coalesce(max(r.answered), 0)::bigint as {answered.code}",
            f"coalesce(max({_STATE.format('r.unit_state')}), 0)::bigint as {state.code}",
        ]
    return ApartTable(
        code=code,
        sources=(SOURCE, "tree"),
        measures=tuple(measures),
        select=f"""
            select t.ancestor as unit, m.month, {", ".join(columns)}
              from months m
              join {SOURCE} r on r.start = m.month and r.instrument = '{instrument}'
              join trees t on t.month = m.month and t.unit = r.unit and t.ancestor = r.unit
             group by all
        """,
    )


def response(instrument: str) -> tuple[Measure, Measure, Measure]:
    """How many were invited, how many of them answered, and whether that is shown."""
    name = instrument.replace("-", "_")
    return (
        Measure(f"{name}_invited", _("inviterte"), stock=True),
        Measure(f"{name}_responses", _("svar"), stock=True),
        Measure(f"{name}_response_state", _("om det vises"), stock=True),
    )


#: From the states of the results (`indicators.states`) to what `Indicator.decided_by` says.
_STATE = "case {0} when 0 then 1 when 3 then 2 else 3 end"
