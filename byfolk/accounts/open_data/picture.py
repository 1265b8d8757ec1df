"""A figure over the years as a picture for other pages: what anyone may see, and why where there is nothing to see."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from byfolk.accounts.open_data.ground import Ground, OpenUnit
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import UNIT_TITLES, Indicator, UnitOfMeasure
from byfolk.engines.indicators.listing import Wanted, listed_for_anyone
from byfolk.engines.indicators.reading import headline
from byfolk.kernel.time import day_of
from byfolk.lib import charts, norwegian
from byfolk.lib.charts.alone import room

YEARS = 5
_MOST = 1000


def picture(made_of: Ground, indicator: Indicator, unit: OpenUnit, language: str) -> charts.Svg:
    """The indicator of a unit beside the city, year by year, in the language that is active. Two queries."""
    top = made_of.root
    beside = top if top and top.id != unit.id else None
    ids = [unit.id, *([beside.id] if beside else [])]
    rows, _total = listed_for_anyone(Wanted(indicators=(indicator.code,), unit_ids=ids), start=0, at_most=_MOST)
    own = _by_year([row for row in reversed(rows) if row.unit_id == unit.id])
    city = _by_year([row for row in reversed(rows) if beside and row.unit_id == beside.id])
    years = sorted({*own, *city})[-YEARS:]
    values = [_value(own.get(year)) for year in years]
    others = [_value(city.get(year)) for year in years]
    name, title = _name(unit, language), str(indicator.title)
    source = _("Kilde: %(municipality)s, personaldata") % {"municipality": made_of.municipality}
    if made_of.published_at:
        day = norwegian.day(day_of(made_of.published_at), language)
        source += ". " + _("Publisert %(day)s") % {"day": day}
    if made_of.demo:
        source += ". " + _("Alle tall er oppdiktet")
    chart = None
    if any(value is not None for value in values):
        chart = charts.year_chart(
            years,
            values,
            width=room(),
            label="",
            own_label=name if beside else "",
            other=others if any(value is not None for value in others) else (),
            other_label=_name(beside, language) if beside else "",
            format_value=partial(norwegian.number, decimals=indicator.decimals, lang=language),
        )
    return charts.standing_alone(
        chart,
        title=f"{title}, {name}",
        subtitle=_measured(indicator),
        description=_said(indicator, years, own, language),
        lines=() if chart else _why(own, years),
        source=source,
    )


def _by_year(rows: list[FigureValue]) -> dict[int, FigureValue]:
    """The last figure of each year, of the span that stands for the indicator."""
    return {row.period.year: row for row in headline(rows)}


def _value(row: FigureValue | None) -> float | None:
    return row.value if row is not None and row.published else None


def _why(own: dict[int, FigureValue], years: list[int]) -> tuple[str, ...]:
    last = own.get(years[-1]) if years else None
    reason = str(last.reason) if last and last.reason else _("Ingen tall ennå")
    return (reason,)


def _said(indicator: Indicator, years: list[int], own: dict[int, FigureValue], language: str) -> str:
    told = []
    for year in years:
        row, value = own.get(year), _value(own.get(year))
        if value is not None:
            told.append(f"{year}: {norwegian.number(value, indicator.decimals, language)}")
        elif row is not None and row.reason:
            told.append(f"{year}: {row.reason}")
    return "; ".join([str(indicator.definition), *told])


def _measured(indicator: Indicator) -> str:
    if indicator.unit is UnitOfMeasure.PERCENT:
        return _("Prosent, siste tall hvert år")
    return f"{norwegian.sentence(str(UNIT_TITLES[indicator.unit]))}, {_('siste tall hvert år')}"


def _name(unit: OpenUnit, language: str) -> str:
    return unit.name_nn if language == "nn" and unit.name_nn else unit.name_nb
