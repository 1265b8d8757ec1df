"""The facts of services. A period's results count in its last month, so that twelve months hold a whole year's
whichever way they were sent; a volume of a year counts in December, where all twelve months of it were told.
"""

# ruff: noqa: S608 - what is put into these queries is written in code
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from byfolk.areas.services.catalogue import BY_CODE, SERVICES, Service
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.fact_tables import FactTable
from byfolk.engines.indicators.sources import Reading, Source

#: The code of the imported table, in fact queries and in the line of sight.
SOURCE = "service_results"
RESULTS = Source(
    5,
    _("Resultater fra tjenestene"),
    sensitive=False,
    reading=Reading(
        query="""
            select r.unit_id::int4 as unit, r.service::text as service, lower(r.valid) as start, upper(r.valid) as stop,
                   (extract(year from age(upper(r.valid), lower(r.valid))) * 12
                    + extract(month from age(upper(r.valid), lower(r.valid))))::int4 as months,
                   r.cost_budget, r.cost_accounts, r.volume, r.quality, r.satisfaction, r.respondents,
                   coalesce(r.batch_id, 0) as batch
              from services_result r where r.valid && daterange($1, $2)
        """,
        columns={
            "unit": "integer",
            "service": "varchar",
            "start": "date",
            "stop": "date",
            "months": "integer",
            "cost_budget": "bigint",
            "cost_accounts": "bigint",
            "volume": "bigint",
            "quality": "integer",
            "satisfaction": "integer",
            "respondents": "integer",
            "batch": "bigint",
        },
        said="""
            select concat_ws('|', unit_id, service, coalesce(cost_budget, -1), coalesce(cost_accounts, -1),
                             coalesce(volume, -1), coalesce(quality, -1), coalesce(satisfaction, -1),
                             coalesce(respondents, -1)) as said, valid, '' as ended
              from services_result
        """,
    ),
)

#: Money is øre, volume, quality and satisfaction hundredths. A stock's volume is in month-units: pupils x months.
BUDGET = Measure("service_budget", _("kroner i budsjettet"), per=100)
OVERSPENT = Measure("service_overspent", _("kroner mer enn budsjettet"), per=100)
COSTED = Measure("service_costed", _("tjenestesteder med regnskap"), stock=True)
SATISFIED = Measure("service_satisfied", _("svar ganger poeng"), per=100)
RESPONDENTS = Measure("service_respondents", _("brukere som svarte"))


def of_cost(service: Service) -> tuple[Measure, Measure, Measure]:
    """Costs, units of service, and places that told both."""
    return (
        Measure(f"cost_{service.code}", _("kroner"), per=100),
        Measure(f"units_{service.code}", service.unit, per=1200 if service.stock else 100),
        Measure(f"costed_{service.code}", _("tjenestesteder med kostnad og volum"), stock=True),
    )


def of_volume(service: Service) -> tuple[Measure, Measure]:
    """The volume of whole years, and the places that told all of it."""
    return (
        Measure(f"volume_{service.code}", service.unit, per=1200 if service.stock else 100),
        Measure(f"whole_years_{service.code}", _("tjenestesteder med hele året")),
    )


def of_quality(service: Service) -> tuple[Measure, Measure]:
    """Quality weighted by months, and the months."""
    return (
        Measure(f"quality_{service.code}", _("poeng ganger måneder"), per=100),
        Measure(f"rated_{service.code}", _("tjenestesteder med målt kvalitet"), stock=True),
    )


def _measures() -> tuple[Measure, ...]:
    found = [BUDGET, OVERSPENT, COSTED, SATISFIED, RESPONDENTS]
    for service in SERVICES:
        found += [*of_cost(service), *of_volume(service), *of_quality(service)]
    return tuple(found)


def _of_service(service: Service) -> str:
    code, volume = service.code, "volume * months" if service.stock else "volume"
    both = f"service = '{code}' and cost_accounts is not null and volume > 0"
    return f"""
        sum(cost_accounts) filter ({both}) as cost_{code}, sum({volume}) filter ({both}) as units_{code},
        sum(months) filter ({both}) as costed_{code},
        sum(volume_of_year) filter (service = '{code}') as volume_{code},
        count(volume_of_year) filter (service = '{code}') as whole_years_{code},
        sum(quality * months) filter (service = '{code}') as quality_{code},
        sum(months) filter (service = '{code}' and quality is not null) as rated_{code}
    """


_STOCKS = ", ".join(f"'{code}'" for code, service in BY_CODE.items() if service.stock)
_SUMS = ", ".join(f"coalesce({m.code}, 0)::bigint as {m.code}" for m in _measures())
_KNOWN = "cost_accounts is not null and cost_budget > 0"
SERVICE_RESULTS = FactTable(
    code="service_results",
    sources=(SOURCE, "tree"),
    measures=_measures(),
    # December holds what the whole year came to.
    lookback=11,
    spans=(PeriodKind.YEAR, PeriodKind.ROLLING),
    select=f"""
        with ended as (
            select r.unit, m.month, r.service, r.months, r.cost_budget, r.cost_accounts, r.volume, r.quality,
                   r.satisfaction, r.respondents, null::bigint as volume_of_year
              from months m join {SOURCE} r on r.stop > m.month and r.stop <= m.next
        ), whole_years as (
            select r.unit, m.month, r.service,
                   sum(case when r.service in ({_STOCKS}) then r.volume * r.months else r.volume end)::bigint
                       as volume_of_year
              from months m join {SOURCE} r on r.start >= m.year_start and r.stop <= m.next
             where month(m.month) = 12 and r.volume is not null
             group by all having sum(r.months) = 12
        ), rows as (from ended union all by name from whole_years), summed as (
            select unit, month,
                   sum(cost_budget) filter ({_KNOWN}) as service_budget,
                   sum(cost_accounts - cost_budget) filter ({_KNOWN}) as service_overspent,
                   sum(months) filter ({_KNOWN}) as service_costed,
                   sum(satisfaction * respondents) as service_satisfied, sum(respondents) as service_respondents,
                   {", ".join(_of_service(service) for service in SERVICES)}
              from rows group by all
        )
        select unit, month, 0 as gender, 0 as age_band, 0 as job_family, {_SUMS} from summed
    """,
)

FACTS = (SERVICE_RESULTS,)
