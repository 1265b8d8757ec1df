"""Figures, spans of time and changes as a reader sees them. Every number goes through `byfolk.lib.norwegian`."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.engines.goals.rules import Change, Goalpost, change_since, rounded
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import UNIT_TITLES, Indicator, UnitOfMeasure
from byfolk.engines.indicators.states import State
from byfolk.lib import norwegian
from byfolk.lib.norwegian import Number


def language() -> str:
    """The reader's language: nb, nn or en."""
    return get_language() or "nb"


def value_text(indicator: Indicator, value: Number) -> str:
    """A value as it stands in a table: "8,6 %", "14,2". What it counts stands beside it (`unit_word`)."""
    if indicator.unit is UnitOfMeasure.PERCENT:
        return norwegian.percent(value, indicator.decimals, language())
    return norwegian.number(value, indicator.decimals, language())


def target_text(indicator: Indicator, value: Number) -> str:
    """A target with as many decimals as it needs, at least those of the indicator: 12.5 for a whole-number
    figure is "12,5".
    """
    decimals = indicator.decimals
    while decimals < 3 and rounded(value, decimals) != rounded(value, 4):
        decimals += 1
    if indicator.unit is UnitOfMeasure.PERCENT:
        return norwegian.percent(value, decimals, language())
    return norwegian.number(value, decimals, language())


def bare_text(indicator: Indicator, value: Number) -> str:
    """A value without its sign of measure: "8,6"."""
    return norwegian.number(value, indicator.decimals, language())


def unit_word(indicator: Indicator) -> str:
    """What the value counts: "%", "årsverk", "år"; empty for a plain count."""
    return "" if indicator.unit is UnitOfMeasure.COUNT else str(UNIT_TITLES[indicator.unit])


def figure_text(figure: FigureValue | None) -> str:
    """What may be printed of a figure: its value, its band in words, or nothing."""
    if figure is None:
        return ""
    if figure.published and figure.value is not None:
        return value_text(figure.indicator, figure.value)
    return band_text(figure)


def band_text(figure: FigureValue) -> str:
    """ "høyst 20 %" or "minst 80 %" for a figure that is shown only about; else nothing."""
    if figure.bound is None:
        return ""
    bound = norwegian.percent(figure.bound, 0, language())
    if figure.state is State.BAND_LOW:
        return _("høyst %(bound)s") % {"bound": bound}
    return _("minst %(bound)s") % {"bound": bound} if figure.state is State.BAND_HIGH else ""


def change_text(now: FigureValue | None, before: Number | None) -> tuple[str, str]:
    """A change with its sign, and "bedre", "svakere" or "uendret"; both empty where either figure is not shown."""
    if now is None or not now.published or now.value is None or before is None:
        return "", ""
    indicator = now.indicator
    moved = rounded(now.value, indicator.decimals) - rounded(before, indicator.decimals)
    change = change_since(now.value, before, indicator.direction, indicator.decimals)
    words = {Change.BETTER: _("bedre"), Change.WORSE: _("svakere"), Change.SAME: _("uendret"), None: ""}
    return norwegian.signed(moved, indicator.decimals, language()), words[change]


def since_last_year(figure: FigureValue, before: Number | None) -> str:
    """Which way a figure has moved, in a sentence; empty where either is not shown, or no way is better."""
    if not figure.published or figure.value is None or before is None:
        return ""
    indicator = figure.indicator
    moved = rounded(figure.value, indicator.decimals) - rounded(before, indicator.decimals)
    if moved == 0:
        return _("Det er det samme som i fjor.")
    _sign, word = change_text(figure, before)
    if not word:
        return ""
    words = {"distance": distance_text(indicator, moved), "word": word}
    return _("Det er %(distance)s %(word)s enn i fjor.") % words


def distance_text(indicator: Indicator, distance: Number) -> str:
    """A difference without its sign: "0,6 prosentpoeng", "1,2"; years and weeks with their word."""
    if indicator.unit is UnitOfMeasure.PERCENT:
        return norwegian.points(distance, indicator.decimals, language())
    number = norwegian.number(abs(rounded(distance, indicator.decimals)), indicator.decimals, language())
    word = unit_word(indicator)
    return f"{number}{norwegian.NBSP}{word}" if word else number


def span_text(figure: FigureValue) -> str:
    """The time that a figure covers, in a table: "siste 12 måneder", "året 2025", "per desember 2025"."""
    if figure.kind is PeriodKind.ROLLING:
        return _("12 måneder til %(month)s") % {"month": norwegian.month(figure.period, language())}
    if figure.kind is PeriodKind.YEAR:
        return _("året %(year)d") % {"year": figure.period.year}
    return _("per %(month)s") % {"month": norwegian.month(figure.period, language())}


def period_text(figure: FigureValue) -> str:
    """The half-open span as months: "sept. 2025 – aug. 2026", "2025", "august 2026"."""
    return norwegian.months(figure.start, figure.end, language())


def moment_text(period: dt.date, kind: PeriodKind) -> str:
    """What a point in a history is called in a table: "august 2026", or "2025" for a calendar year."""
    return str(period.year) if kind is PeriodKind.YEAR else norwegian.month(period, language())


def target_side(indicator: Indicator, value: Number, goalpost: Goalpost) -> str:
    """Where the value lies: "0,6 prosentpoeng over målet", "0,4 under målet", "akkurat på målet"."""
    gap = rounded(value, indicator.decimals) - rounded(goalpost.value, indicator.decimals)
    if gap == 0:
        return _("akkurat på målet")
    distance = distance_text(indicator, gap)
    return (_("%(distance)s over målet") if gap > 0 else _("%(distance)s under målet")) % {"distance": distance}


def reason_text(figure: FigureValue) -> str:
    """In plain words why a figure is not shown, without the word of the status before it."""
    return str(figure.reason) if figure.reason else ""
