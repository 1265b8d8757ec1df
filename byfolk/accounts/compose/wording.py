"""The words for figures: what a figure is called in a sentence, and sentences of at most some twenty words about it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.content import YearValue
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.wording import (
    band_text,
    bare_text,
    distance_text,
    language,
    target_side,
    target_text,
    value_text,
)
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Goalpost, Status, rounded
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import UNIT_TITLES, Direction, Indicator, UnitOfMeasure
from byfolk.lib import norwegian

#: The figure as the subject of a sentence. One that is not named here is called by its title.
SUBJECTS: dict[str, Promise] = {
    "headcount": gettext_lazy("Tallet på ansatte"),
    "fte": gettext_lazy("Tallet på avtalte årsverk"),
    "fte_excl_long_absence": gettext_lazy("Tallet på årsverk uten lange fravær"),
    "part_time": gettext_lazy("Andelen i deltid"),
    "full_time": gettext_lazy("Andelen i heltid"),
    "position_size": gettext_lazy("Den gjennomsnittlige stillingen"),
    "temporary": gettext_lazy("Andelen midlertidig ansatte"),
    "turnover_external": gettext_lazy("Andelen som sluttet i kommunen"),
    "turnover_excl_pension": gettext_lazy("Andelen som sluttet uten pensjon"),
    "turnover_internal": gettext_lazy("Andelen som byttet virksomhet"),
    "retirement_age": gettext_lazy("Alderen ved pensjon"),
    "retained_62": gettext_lazy("Andelen over 62 år som fortsatt er i jobb"),
    "first_year_exits": gettext_lazy("Andelen nyansatte som sluttet første år"),
    "sick_leave": gettext_lazy("Sykefraværet"),
    "sick_leave_certified": gettext_lazy("Det legemeldte fraværet"),
    "sick_leave_self_certified": gettext_lazy("Det egenmeldte fraværet"),
    "sick_leave_short": gettext_lazy("Korttidsfraværet"),
    "sick_leave_long": gettext_lazy("Langtidsfraværet"),
    "women_leaders": gettext_lazy("Andelen kvinner blant lederne"),
    "leader_span": gettext_lazy("Tallet på ansatte per leder"),
    "pay_ratio": gettext_lazy("Kvinners lønn i prosent av menns"),
}
STATUS_WORDS: dict[Status, Promise] = {
    Status.REACHED: pgettext_lazy("status", "Nådd"),
    Status.NEAR: pgettext_lazy("status", "Nær"),
    Status.FAR: pgettext_lazy("status", "Langt unna"),
    Status.NOT_MEASURED: gettext_lazy("Uten mål"),
    Status.HIDDEN: pgettext_lazy("status", "Skjult"),
}


def subject(indicator: Indicator) -> str:
    """What the figure is called as the subject of a sentence."""
    named = SUBJECTS.get(indicator.code)
    return str(named) if named else _("Tallet for «%(title)s»") % {"title": indicator.title}


def lower(text: str) -> str:
    """A title in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def measure_word(indicator: Indicator) -> str:
    """What the value counts, for the column of a spreadsheet."""
    return _("prosent") if indicator.unit is UnitOfMeasure.PERCENT else str(UNIT_TITLES[indicator.unit])


def with_unit(indicator: Indicator, value: float) -> str:
    """A value in a sentence: "8,7 %", "63,2 år", "52 400"."""
    text = value_text(indicator, value)
    if indicator.unit in (UnitOfMeasure.PERCENT, UnitOfMeasure.COUNT):
        return text
    return f"{text}{norwegian.NBSP}{UNIT_TITLES[indicator.unit]}"


def target_with_unit(indicator: Indicator, goalpost: Goalpost) -> str:
    """A target in a sentence."""
    text = target_text(indicator, goalpost.value)
    if indicator.unit in (UnitOfMeasure.PERCENT, UnitOfMeasure.COUNT):
        return text
    return f"{text}{norwegian.NBSP}{UNIT_TITLES[indicator.unit]}"


def span_word(figure: FigureValue) -> str:
    """The time that a figure covers: "hele 2025" or "31. desember 2025"."""
    if figure.kind is PeriodKind.MONTH:
        return _("ved utgangen av %(year)d") % {"year": figure.period.year}
    return _("hele %(year)d") % {"year": figure.period.year}


def year_value(indicator: Indicator, figure: FigureValue | None, year: int, level: int) -> YearValue:
    """A figure of a year as a table shows it: the value, its band, or why there is none."""
    if figure is None:
        return YearValue(year, _("Ingen tall"))
    if figure.published and figure.value is not None:
        return YearValue(year, value_text(indicator, figure.value), float(rounded(figure.value, indicator.decimals)))
    if figure.empty:
        return YearValue(year, _("Ingen å måle"))
    band = band_text(figure)
    return YearValue(year, band or short_reason(indicator, figure, level), hidden=True, band=bool(band))


def moved(now: FigureValue | None, before: FigureValue | None) -> Decimal | None:
    """How much a figure has changed, as shown; None where either is not shown."""
    if now is None or before is None or now.value is None or before.value is None:
        return None
    decimals = now.indicator.decimals
    return rounded(now.value, decimals) - rounded(before.value, decimals)


def change_sentence(now: FigureValue, before: FigureValue | None) -> str:
    """ "Sykefraværet gikk ned fra 8,9 % til 8,7 %", without a full stop; without a year before: "Sykefraværet var 8,7
    %"."""
    indicator = now.indicator
    assert now.value is not None
    words = {"subject": subject(indicator), "now": with_unit(indicator, now.value)}
    step = moved(now, before)
    if step is None or before is None or before.value is None:
        return _("%(subject)s var %(now)s") % words
    words["before"] = value_text(indicator, before.value)
    if step == 0:
        return _("%(subject)s var uendret på %(now)s") % words
    if step > 0:
        return _("%(subject)s gikk opp fra %(before)s til %(now)s") % words
    return _("%(subject)s gikk ned fra %(before)s til %(now)s") % words


def run_of_years(unit: UnitYear, code: str) -> int:
    """For how many years on end, up to now, a figure has moved the same way; 0 where the last step is unknown or
    none."""
    steps = []
    for year in reversed(unit.years[1:]):
        step = moved(unit.figure(code, year), unit.figure(code, year - 1))
        if not step:
            break
        steps.append(step > 0)
    return next((index for index, up in enumerate(steps) if up != steps[0]), len(steps))


def run_sentence(unit: UnitYear, code: str) -> str:
    """ "Det er andre år på rad at tallet går ned."; empty for less than two years on end."""
    run = run_of_years(unit, code)
    if run < 2:
        return ""
    step = moved(unit.figure(code), unit.figure(code, unit.year - 1))
    order = {2: _("andre"), 3: _("tredje"), 4: _("fjerde")}[run]
    text = (
        _("Det er %(order)s år på rad at tallet går opp.")
        if step and step > 0
        else _("Det er %(order)s år på rad at tallet går ned.")
    )
    return text % {"order": order}


def target_sentence(measured: Measured) -> str:
    """ "Målet på 8,2 % ble ikke nådd. Det mangler 0,5 prosentpoeng."; empty without a target or a figure."""
    figure, goalpost = measured.figure, measured.goalpost
    if (
        figure is None
        or figure.value is None
        or goalpost is None
        or measured.status not in (Status.REACHED, Status.NEAR, Status.FAR)
    ):
        return ""
    words = {"target": target_with_unit(measured.indicator, goalpost)}
    if measured.status is Status.REACHED:
        return _("Målet på %(target)s er nådd.") % words
    decimals = measured.indicator.decimals
    gap = abs(rounded(figure.value, decimals) - rounded(goalpost.value, decimals))
    words["gap"] = distance_text(measured.indicator, gap)
    if measured.status is Status.NEAR:
        return _("Målet på %(target)s er nær. Det mangler %(gap)s.") % words
    return _("Målet på %(target)s er ikke nådd. Det mangler %(gap)s.") % words


def better_word(direction: Direction) -> str:
    """What having the better figure is called, for "12 av 52 virksomheter har et lavere tall"."""
    return _("høyere") if direction is Direction.UP else _("lavere")


__all__ = [
    "SUBJECTS",
    "band_text",
    "bare_text",
    "better_word",
    "change_sentence",
    "distance_text",
    "language",
    "lower",
    "measure_word",
    "moved",
    "run_of_years",
    "run_sentence",
    "span_word",
    "subject",
    "target_sentence",
    "target_side",
    "target_text",
    "value_text",
    "with_unit",
    "year_value",
]
