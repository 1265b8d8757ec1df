"""What actions add to every page: the things that matter now, the one search, and the kinds of source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action import words
from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.drawing import KEPT
from byfolk.areas.policy.wording import language, target_side
from byfolk.engines.actions import queries
from byfolk.engines.actions.rules import is_due_soon, is_overdue
from byfolk.engines.actions.sources import SourceAbout
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Status, shortfall
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.kernel.registry import HomeCard, SearchHit
from byfolk.kernel.rights import Actor, Held
from byfolk.lib import norwegian

SOMEONE_WAITS, EXPIRES = 1, 2


def cards(actor: Actor, today: dt.date) -> Iterable[HomeCard]:
    """The actions that the person answers for, when one is late or due soon."""
    own = queries.owned_by(actor)
    late = [one for one in own if is_overdue(one.due, today, is_open=True)]
    soon = [one for one in own if is_due_soon(one.due, today, is_open=True)]
    if late:
        first = late[0]
        if len(late) == 1:
            text = _("%(title)s. %(unit)s.") % {"title": first.title, "unit": first.unit.name}
            title = _("Et tiltak er %(late)s") % {"late": words.late_text(first.due, today)}
            yield HomeCard(title, text, reverse("action", args=[first.pk]), _("Åpne tiltaket"), SOMEONE_WAITS)
        else:
            title = _("%(n)s tiltak er over fristen") % {"n": norwegian.sentence(_few(len(late)))}
            text = _("Eldst er «%(title)s».") % {"title": first.title}
            yield HomeCard(title, text, reverse("actions"), _("Se tiltakene dine"), SOMEONE_WAITS)
    elif soon:
        first = soon[0]
        title = _("Tiltaket ditt har frist %(day)s") % {"day": norwegian.day(first.due, language(), year=False)}
        text = f"{first.title}. {first.unit.name}."
        yield HomeCard(title, text, reverse("action", args=[first.pk]), _("Åpne tiltaket"), EXPIRES)
    elif own:
        title = ngettext("Du har ansvaret for %(n)s tiltak", "Du har ansvaret for %(n)s tiltak", len(own))
        text = _("Neste frist er %(day)s.") % {"day": words.day_text(own[0].due)}
        yield HomeCard(title % {"n": _few(len(own))}, text, reverse("actions"), _("Se tiltakene dine"), EXPIRES + 1)


def red_figures(actor: Actor, today: dt.date) -> Iterable[HomeCard]:
    """For a leader: the figure of the unit that is furthest off, and that nothing is being done about."""
    period = indicators.latest_period(actor) if actor.leads else None
    if period is None:
        return
    unit = actor.leads[0]
    # The same for everyone who leads the unit, so kept for a while, as what the home page draws of a unit is.
    key = f"red:{period}:{unit.unit_id}:{today}:{language()}"
    found = caches["drawings"].get_or_set(key, lambda: _furthest_off(actor, unit, period), KEPT) or ("", "")
    code, title = found
    if not code or queries.is_being_done(actor, code, unit.unit_id):
        return
    text = _("%(unit)s. Se hvorfor, og start et tiltak.") % {"unit": unit.unit_name}
    url = figure_url(code, unit.unit_code)
    yield HomeCard(title, text, url, _("Se tallet"), EXPIRES + 1, icon="bar-chart")


def _furthest_off(actor: Actor, unit: Held, period: dt.date) -> tuple[str, str]:
    """The figure that misses its target by most: its code, and how far off it is; empty where none is far off."""
    path = queries.path_of(unit.unit_id)
    codes = goals.indicators_of(goals.policy(actor, language()))
    found = indicators.unit_values(actor, codes, [unit.unit_id], period)[unit.unit_id]
    known = goals.targets(actor, path, indicators=codes, years=range(period.year - 2, period.year + 1))
    level = len(path) - 1
    measured = [
        goals.measure(one.indicator, one, known.of(code, one.period.year, path), level=level)
        for code, one in found.items()
    ]
    worst = max((one for one in measured if one.status is Status.FAR), key=_tolerances, default=None)
    if worst is None or worst.figure is None or worst.figure.value is None or worst.goalpost is None:
        return "", ""
    side = target_side(worst.indicator, worst.figure.value, worst.goalpost)
    title = _("%(figure)s er %(distance)s") % {"figure": worst.indicator.title, "distance": side}
    return worst.indicator.code, title


def _tolerances(measured: Measured) -> float:
    figure, goalpost, indicator = measured.figure, measured.goalpost, measured.indicator
    assert figure
    assert goalpost
    gap = shortfall(figure.value or 0, goalpost.value, indicator.direction, indicator.decimals)
    return float(gap) / (float(goalpost.tolerance) or 1.0)


def _few(n: int) -> str:
    return _("ett") if n == 1 else norwegian.in_words(n, language())


def find_actions(actor: Actor, query: str, limit: int) -> Sequence[SearchHit]:
    """Actions that the reader sees, whose title holds every word of the query."""
    asked = query.split()
    if not asked or actor.person_id is None:
        return []
    found = queries.visible(actor)
    for word in asked:
        found = found.filter(title__icontains=word)
    rows = found.order_by("-started_on", "-pk")[:limit]
    return [SearchHit(one.title, reverse("action", args=[one.pk]), one.unit.name) for one in rows]


def describe_goal(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A goal of the policy, by its number."""
    every = [goal for area in goals.policy(actor, language()) for goal in area.goals]
    goal = next((one for one in every if one.number == reference), None)
    if goal is None:
        return None
    label = _("Mål %(number)s: %(title)s") % {"number": goal.number, "title": goal.title}
    return SourceAbout(label, f"{reverse('board_unit', args=[unit_code])}#mal-{goal.number.replace('.', '-')}")


def describe_figure(actor: Actor, reference: str, unit_code: str) -> SourceAbout | None:
    """A published figure, as "sick_leave:2025-12"."""
    code, _colon, period = reference.partition(":")
    try:
        indicator = registry.indicator(code)
        month = dt.datetime.strptime(period, "%Y-%m").date() if period else None
    except (LookupError, ValueError):
        return None
    when = f", {norwegian.month(month, language())}" if month else ""
    return SourceAbout(f"{indicator.title}{when}", figure_url(code, unit_code))
