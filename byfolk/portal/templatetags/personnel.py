"""Template filters for what is registered about people: percentages in permille, money in øre, and periods that end
before a date.
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.translation import get_language

from byfolk.lib import norwegian

register = template.Library()


@register.filter
def permille(value: int) -> str:
    """800 is "80 %", 375 is "37,5 %"."""
    return norwegian.percent(value / 10, 0 if value % 10 == 0 else 1, get_language() or "nb")


@register.filter
def kroner(value: int) -> str:
    """Øre as whole kroner: "612 400 kr"."""
    return f"{norwegian.number(value / 100, 0, get_language() or 'nb')}{norwegian.NBSP}kr"


@register.filter
def day_before(date: dt.date) -> str:
    """The last day of a half-open period, from the day that it ends before."""
    return norwegian.day(date - dt.timedelta(days=1), get_language() or "nb")
