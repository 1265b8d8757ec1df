"""What comes of results, as figures: how many units have a plan, and how many of their actions are done.

Units and actions are counted, not people or answers, so they are shown for every agency and above. A round counts in
the month in which it opened, from the day on which everybody may see it.
"""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.areas.surveys.keys import STAFF
from byfolk.engines.indicators.definition import (
    MONTHLY,
    PERCENT,
    Direction,
    DisclosureClass,
    Indicator,
    Measure,
    UnitOfMeasure,
)
from byfolk.engines.indicators.fact_tables import ApartTable
from byfolk.engines.indicators.sources import Reading, Source

#: The code of the plans, in fact queries and in the line of sight.
SOURCE = "survey_plans"
#: A plan that is made later than this after the result counts as none.
WITHIN_DAYS = 60
_MONTH = "date_trunc('month', c.opens_at at time zone 'Europe/Oslo')::date"
#: Of several rounds in a month, the one that asked most people stands for a unit. An action is due from its day on.
_ROWS = f"""
select distinct on (u.unit_id, {_MONTH})
       u.unit_id, daterange({_MONTH}, ({_MONTH} + interval '1 month')::date) as valid,
       (p.id is not null)::int as planned, made.due, made.done
  from questionnaires_results s
  join questionnaires_campaign c on c.id = s.campaign_id and s.shown_from <= current_date
  join questionnaires_instrumentversion v on v.id = c.version_id
  join questionnaires_instrument i on i.id = v.instrument_id and i.code = '{STAFF}'
  join questionnaires_unitresult u on u.campaign_id = c.id and u.state = 0
  left join questionnaires_plan p on p.campaign_id = c.id and p.unit_id = u.unit_id
       and p.made_at < s.computed_at + interval '{WITHIN_DAYS + 1} days'
  left join lateral (
       select count(*)::int as due, (count(*) filter (where a.state = 'done'))::int as done
         from actions_action a
        where a.unit_id = u.unit_id and a.source_kind = 'survey' and a.state <> 'dropped' and a.due <= current_date
          and split_part(a.source_reference, ':', 1) = c.id::text) made on true
 order by u.unit_id, {_MONTH}, c.invited desc nulls last, c.id
"""
PLANS = Source(
    7,
    _("Planer etter undersøkelser"),
    sensitive=False,
    reading=Reading(
        query=f"""
            select r.unit_id::int4 as unit, lower(r.valid) as start, upper(r.valid) as stop, r.planned::int4,
                   r.due::int4, r.done::int4, 0::int8 as batch
              from ({_ROWS}) r where r.valid && daterange($1, $2)
        """,
        columns={
            "unit": "integer",
            "start": "date",
            "stop": "date",
            "planned": "integer",
            "due": "integer",
            "done": "integer",
            "batch": "bigint",
        },
        said=f"""
            select concat_ws('|', unit_id, planned, due, done) as said, valid, '' as ended from ({_ROWS}) r
        """,
    ),
)

SHOWN = Measure("survey_units_shown", _("enheter med resultat"), stock=True)
PLANNED = Measure("survey_units_planned", _("enheter med plan"), stock=True)
DUE = Measure("survey_actions_due", _("tiltak med frist som er ute"), stock=True)
DONE = Measure("survey_actions_done", _("ferdige tiltak"), stock=True)
_PLANS_STATE = Measure("survey_plans_state", _("om det vises"), stock=True)
_ACTIONS_STATE = Measure("survey_actions_state", _("om det vises"), stock=True)
TABLE = ApartTable(
    code="survey_plans_made",
    sources=(SOURCE, "tree"),
    measures=(SHOWN, PLANNED, DUE, DONE, _PLANS_STATE, _ACTIONS_STATE),
    select=f"""
        select t.ancestor as unit, m.month, count(*)::bigint as {SHOWN.code}, sum(r.planned)::bigint as {PLANNED.code},
               sum(r.due)::bigint as {DUE.code}, sum(r.done)::bigint as {DONE.code},
               1::bigint as {_PLANS_STATE.code}, (sum(r.due) > 0)::bigint as {_ACTIONS_STATE.code}
          from months m
          join {SOURCE} r on r.start = m.month
          join trees t on t.month = m.month and t.unit = r.unit
         group by all
    """,
)


def _share(
    code: str, key: int, title: object, definition: object, parts: tuple[Measure, Measure, Measure]
) -> Indicator:
    return Indicator(
        code=code,
        key=key,
        number=38,
        area="surveys",
        title=title,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        numerator=parts[0],
        denominator=parts[1],
        group=parts[1],
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=0,
        direction=Direction.UP,
        disclosure=DisclosureClass.DECIDED,
        decided_by=parts[2],
        upper=(MONTHLY,),
        lower=(),
        iso="LC",
        source=_("Planer og tiltak etter medarbeiderundersøkelsen"),
        standard=_("kommunens eget spørreskjema"),
        breakdowns=(),
        where_reported=True,
        sources=(SOURCE,),
    )


INDICATORS = (
    _share(
        "survey_units_with_plan",
        1340,
        _("Enheter med plan etter medarbeiderundersøkelsen"),
        _(
            "Hvor mange av enhetene med resultat som har valgt hva de vil gjøre noe med, innen 60 dager etter at"
            " resultatet kom."
        ),
        (PLANNED, SHOWN, _PLANS_STATE),
    ),
    _share(
        "survey_actions_done_share",
        1341,
        _("Ferdige tiltak etter medarbeiderundersøkelsen"),
        _("Hvor mange av tiltakene etter undersøkelsen som er ferdige, av dem der fristen er ute."),
        (DONE, DUE, _ACTIONS_STATE),
    ),
)
