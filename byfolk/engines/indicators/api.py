"""The API of indicators and figures. Public: agencies and up, as the organisation was. Signed in: what pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from byfolk.engines.indicators import listing, registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import Dimension, Hierarchy, PeriodKind
from byfolk.engines.indicators.definition import AGENCY, Cadence, Direction, Indicator, UnitOfMeasure
from byfolk.engines.indicators.sources import SOURCES
from byfolk.engines.indicators.states import State
from byfolk.kernel.api import Page, Paging, Texts, behind, in_all_languages, page_of
from byfolk.kernel.api.paging import part_of
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import find_code

INDICATORS, FIGURES = _("Indikatorer"), _("Tall")
Code = Annotated[str, Path(max_length=60, pattern=r"^[a-z0-9_]+$", description=_("Indikatorens kode"))]
UnitCode = Annotated[str, Path(max_length=60, pattern=r"^[^\x00-\x1f/]+$", description=_("Enhetens kode"))]
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class Span(StrEnum):
    """How much time a figure covers."""

    MONTH = "month"
    YEAR = "year"
    ROLLING = "rolling_12_months"


SPANS = {Span.MONTH: PeriodKind.MONTH, Span.YEAR: PeriodKind.YEAR, Span.ROLLING: PeriodKind.ROLLING}
SPAN_OF = {kind: span for span, kind in SPANS.items()}


class Tree(StrEnum):
    """Which organisation the units lie in."""

    AS_IT_WAS = "as_it_was"
    TODAY = "today"


FigureState = StrEnum("FigureState", {state.name: state.name.lower() for state in State})  # type: ignore[misc]


class CadenceOut(Schema):
    """How often a figure is published."""

    span: Span
    months: list[int] = Field(description=_("Kalendermånedene (1–12) som perioden slutter i"))


class IndicatorOut(Schema):
    """An indicator: what it means, how it is counted, what it is made from and when it may be shown."""

    code: str
    number: int = Field(description=_("Nummeret i indikatorlisten"))
    area: str
    version: int
    valid_from: dt.date
    title: Texts
    definition: Texts
    numerator: Texts = Field(description=_("Det som telles"))
    denominator: Texts | None = Field(description=_("Det som det deles på; tom for et antall"))
    unit_of_measure: UnitOfMeasure
    decimals: int
    better: Direction = Field(description=_("Hvilken vei som er bedre"))
    source: Texts = Field(description=_("Lov, avtale eller standard bak definisjonen"))
    standard: Texts
    iso_30414: str
    inputs: list[Texts] = Field(description=_("Registrene som tallet er regnet ut av"))
    smallest_group: int = Field(description=_("Tallet vises ikke for færre personer enn dette"))
    breakdowns: list[Dimension]
    published_from_agencies_up: list[CadenceOut]
    published_below_agencies: list[CadenceOut]
    parts: list[str]
    related: list[str]


class FigureOut(Schema):
    """A figure as it may be shown. Only a published one has numbers."""

    indicator: str
    unit: str
    span: Span
    start: dt.date = Field(description=_("Første dag i perioden"))
    end: dt.date = Field(description=_("Dagen etter den siste dagen i perioden"))
    group: str = Field(description=_("all, eller delen av inndelingen"))
    state: FigureState = Field(description=_("published, eller hvorfor det ikke er noe tall"))
    reason: Texts | None = Field(description=_("Hvorfor tallet ikke vises, i vanlige ord"))
    value: float | None = Field(description=_("Tom også der det ikke var noe å dele på"))
    numerator: float | None
    denominator: float | None
    n: int | None = Field(description=_("Hvor mange personer tallet gjelder"))
    bound: int | None = Field(description=_("For band_low: høyst så mange prosent. For band_high: minst"))


class FiguresAsked(Paging):
    """Which figures of what the address names."""

    first: str | None = Field(None, pattern=MONTH, description=_("Fra og med denne måneden, som 2025-01"))
    last: str | None = Field(None, pattern=MONTH, description=_("Til og med denne måneden, som 2025-12"))
    span: Span | None = None
    by: Dimension | None = Field(None, description=_("Del opp etter dette; ellers bare hele tallet"))


class OfUnit(FiguresAsked):
    """... of a unit."""

    indicator: str | None = Field(None, max_length=60, description=_("Bare denne indikatoren"))


class OfUnitInATree(OfUnit):
    """... of a unit, in one of the two trees."""

    tree: Tree = Tree.AS_IT_WAS


class OfIndicator(FiguresAsked):
    """... of an indicator, for units of a level."""

    level: int | None = Field(
        None, ge=0, le=5, description=_("0 kommune, 1 byrådsavdeling, 2 virksomhet, … 5 tjenestested")
    )


class OfIndicatorInATree(OfIndicator):
    """... of an indicator, in one of the two trees."""

    tree: Tree = Tree.AS_IT_WAS


public = Router()
signed_in = Router()


@public.get(
    "/indicators",
    response=Page[IndicatorOut],
    url_name="api_public_indicators",
    summary=_("Alle indikatorer, med definisjon, kilde og når de vises"),
    tags=[INDICATORS],
)
@behind("open_data.read")
def public_indicators(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    return part_of(request, asked, [_indicator(one) for one in registry.indicators()])


@public.get(
    "/indicators/{indicator}",
    response=IndicatorOut,
    url_name="api_public_indicator",
    summary=_("Én indikator"),
    tags=[INDICATORS],
)
@behind("open_data.read")
def public_indicator(request: HttpRequest, indicator: Code) -> dict[str, Any]:
    return _indicator(_known(indicator))


@public.get(
    "/indicators/{indicator}/figures",
    response=Page[FigureOut],
    url_name="api_public_indicator_figures",
    summary=_("En indikator for kommunen, byrådsavdelingene og virksomhetene"),
    description=_("Nyeste periode først. Skjulte tall er med, uten tall og med grunnen."),
    tags=[FIGURES],
)
@behind("open_data.read")
def public_indicator_figures(
    request: HttpRequest, response: HttpResponse, indicator: Code, asked: Query[OfIndicator]
) -> dict[str, Any]:
    wanted = _wanted(asked, indicators=(_known(indicator).code,), level=asked.level)
    return _for_anyone(request, response, asked, wanted)


@public.get(
    "/units/{unit}/figures",
    response=Page[FigureOut],
    url_name="api_public_unit_figures",
    summary=_("Tallene for kommunen, en byrådsavdeling eller en virksomhet"),
    description=_("Nyeste periode først. Skjulte tall er med, uten tall og med grunnen."),
    tags=[FIGURES],
)
@behind("open_data.read")
def public_unit_figures(
    request: HttpRequest, response: HttpResponse, unit: UnitCode, asked: Query[OfUnit]
) -> dict[str, Any]:
    found = _unit(unit)
    if found.level > AGENCY:
        raise Http404
    return _for_anyone(request, response, asked, _wanted(asked, indicators=_one(asked.indicator), unit_ids=(found.pk,)))


@signed_in.get(
    "/indicators",
    response=Page[IndicatorOut],
    url_name="api_indicators",
    summary=_("Alle indikatorer, med definisjon, kilde og når de vises"),
    tags=[INDICATORS],
)
@behind("figures.see")
def indicators(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    return part_of(request, asked, [_indicator(one) for one in registry.indicators()])


@signed_in.get(
    "/indicators/{indicator}",
    response=IndicatorOut,
    url_name="api_indicator",
    summary=_("Én indikator"),
    tags=[INDICATORS],
)
@behind("figures.see")
def one_indicator(request: HttpRequest, indicator: Code) -> dict[str, Any]:
    return _indicator(_known(indicator))


@signed_in.get(
    "/indicators/{indicator}/figures",
    response=Page[FigureOut],
    url_name="api_indicator_figures",
    summary=_("En indikator for alle enheter"),
    description=_("Nyeste periode først. Skjulte tall er med, uten tall og med grunnen."),
    tags=[FIGURES],
)
@behind("figures.see")
def indicator_figures(request: HttpRequest, indicator: Code, asked: Query[OfIndicatorInATree]) -> dict[str, Any]:
    wanted = _wanted(asked, indicators=(_known(indicator).code,), level=asked.level, tree=asked.tree)
    return _listed(request, asked, wanted)


@signed_in.get(
    "/units/{unit}/figures",
    response=Page[FigureOut],
    url_name="api_unit_figures",
    summary=_("Tallene for en enhet"),
    description=_("Nyeste periode først. Skjulte tall er med, uten tall og med grunnen."),
    tags=[FIGURES],
)
@behind("figures.see")
def unit_figures(request: HttpRequest, unit: UnitCode, asked: Query[OfUnitInATree]) -> dict[str, Any]:
    wanted = _wanted(asked, indicators=_one(asked.indicator), unit_ids=(_unit(unit).pk,), tree=asked.tree)
    return _listed(request, asked, wanted)


def _for_anyone(
    request: HttpRequest, response: HttpResponse, asked: FiguresAsked, wanted: listing.Wanted
) -> dict[str, Any]:
    at = listing.published_at()
    if at is not None:
        response["Last-Modified"] = http_date(at.timestamp())
    rows, total = listing.listed_for_anyone(wanted, start=asked.offset, at_most=asked.limit)
    return page_of(request, asked, _rows(rows), total)


def _listed(request: HttpRequest, asked: FiguresAsked, wanted: listing.Wanted) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    rows, total = listing.listed(actor, wanted, start=asked.offset, at_most=asked.limit)
    return page_of(request, asked, _rows(rows), total)


def _wanted(
    asked: FiguresAsked,
    *,
    indicators: tuple[str, ...] | None = None,
    unit_ids: tuple[int, ...] | None = None,
    level: int | None = None,
    tree: Tree = Tree.AS_IT_WAS,
) -> listing.Wanted:
    return listing.Wanted(
        indicators=indicators,
        unit_ids=unit_ids,
        level=level,
        first=_month(asked.first),
        last=_month(asked.last),
        kind=SPANS[asked.span] if asked.span else None,
        dimension=asked.by,
        hierarchy=Hierarchy.TODAY if tree is Tree.TODAY else Hierarchy.AS_IT_WAS,
    )


def _month(text: str | None) -> dt.date | None:
    # There is no year 0 in a calendar; nothing was published then either.
    return dt.date(max(int(text[:4]), 1), int(text[5:]), 1) if text else None


def _one(indicator: str | None) -> tuple[str, ...] | None:
    return None if indicator is None else (_known(indicator).code,)


def _known(code: str) -> Indicator:
    try:
        return registry.indicator(code)
    except LookupError:
        raise Http404 from None


def _unit(code: str) -> Unit:
    found = find_code(code)
    if found is None:
        raise Http404
    return found


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "number": one.number,
        "area": one.area,
        "version": one.version,
        "valid_from": one.valid_from,
        "title": in_all_languages(one.title),
        "definition": in_all_languages(one.definition),
        "numerator": in_all_languages(one.numerator.title),
        "denominator": in_all_languages(one.denominator.title) if one.denominator else None,
        "unit_of_measure": one.unit,
        "decimals": one.decimals,
        "better": one.direction,
        "source": in_all_languages(one.source),
        "standard": in_all_languages(one.standard),
        "iso_30414": one.iso,
        "inputs": [in_all_languages(SOURCES[code].title) for code in one.sources],
        "smallest_group": one.minimum_group,
        "breakdowns": list(one.breakdowns),
        "published_from_agencies_up": _cadences(one.upper),
        "published_below_agencies": _cadences(one.lower),
        "parts": list(one.parts),
        "related": list(one.related),
    }


def _cadences(cadences: Iterable[Cadence]) -> list[dict[str, Any]]:
    return [{"span": SPAN_OF[one.kind], "months": list(one.months)} for one in cadences]


def _rows(figures: list[FigureValue]) -> list[dict[str, Any]]:
    codes = dict(Unit.objects.filter(pk__in={row.unit_id for row in figures}).values_list("pk", "code"))
    reasons = {row.state: in_all_languages(row.reason) for row in figures if row.reason}
    return [
        {
            "indicator": row.indicator.code,
            "unit": codes[row.unit_id],
            "span": SPAN_OF[row.kind],
            "start": row.start,
            "end": row.end,
            "group": row.group.key,
            "state": row.state.name.lower(),
            "reason": reasons.get(row.state),
            "value": row.value,
            "numerator": row.numerator,
            "denominator": row.denominator,
            "n": row.n,
            "bound": row.bound,
        }
        for row in figures
    ]
