"""The home page: the few things that matter to this person now, ranked by the registry's rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.indicators import queries as figures
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.queries import open_units
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency, home_for
from byfolk.kernel.rights import Actor, Role
from byfolk.kernel.time import day_of, now
from byfolk.lib import norwegian
from byfolk.portal.frame import role_of
from byfolk.portal.home.figures import moved
from byfolk.portal.home.own import OwnUnit, own_unit
from byfolk.portal.organisation.queries import head_counts, leaders_of

MOST = 5
# Seconds that names of leaders on the page may be behind.
KEPT_FOR = 120
TONES = {Urgency.STATUTORY: "mint", Urgency.SOMEONE_WAITS: "peach", Urgency.EXPIRES: "lilac", Urgency.CHANCE: "lilac"}


@door("home.see")
def home(request: HttpRequest) -> HttpResponse:
    """Greeting, what to do now, the unit, and the figures that moved."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    moment = now()
    asked = HomeAsk(actor, day_of(moment))
    every = home_for(asked)
    cards = every[:MOST]
    unit = asked.once(own_unit)
    context = {
        "title": greeting(actor, moment),
        "lead": lead(actor, len(cards)),
        "first": cards[0] if cards else None,
        "first_when": _when(cards[0]) if cards else "",
        "rows": [_row(card) for card in cards[1:]],
        "there_is_more": len(every) > MOST,
        "unit": unit,
        "of_unit": _of_unit(asked, unit),
    }
    return render(request, "portal/home/home.html", context)


def _of_unit(asked: HomeAsk, unit: OwnUnit | None) -> str:
    """The units below and the figures that moved: the same for everyone who looks at the unit, so drawn once and kept
    for a while.
    """
    if unit is None:
        return ""
    actor, on, newest = asked.actor, asked.today, asked.once(figures.publication)
    leads = bool(actor.roles.intersection({Role.LEADER, Role.HR_DIRECTOR, Role.HR_ADVISER}))
    key = f"home:{newest.id if newest else 0}:{unit.pk}:{leads}:{on}:{get_language()}"

    def make() -> str:
        period = newest.period_until if newest else None
        found = moved(actor, unit.pk, period) if period else []
        context = {
            "unit": unit,
            "lines": _lines(actor, unit, on, period) if leads else [],
            "moved": [_moved(item, unit) for item in found],
        }
        return render_to_string("portal/home/of_unit.html", context)

    return mark_safe(caches["drawings"].get_or_set(key, make, KEPT_FOR) or "")  # noqa: S308 - a template wrote it


def greeting(actor: Actor, moment: dt.datetime) -> str:
    """By name, and before noon with the time of day."""
    name = actor.name.split()[0] if actor.name else ""
    return (_("God morgen, %s") if 5 <= moment.hour < 11 else _("Hei, %s")) % name


def lead(actor: Actor, cards: int) -> str:
    """Who the person is here, and how much there is to do."""
    if not cards:
        return f"{role_of(actor)}. " + _("Ingenting haster nå.") if role_of(actor) else _("Ingenting haster nå.")
    number = norwegian.sentence(norwegian.in_words(cards, get_language() or "nb"))
    return _("Én ting er viktig for deg nå.") if cards == 1 else _("%(n)s ting er viktige for deg nå.") % {"n": number}


def _lines(actor: Actor, unit: OwnUnit, on: dt.date, period: dt.date | None) -> list[dict[str, Any]]:
    children = list(open_units(on).filter(parent=unit.pk)[:20])
    ids = [child.pk for child in children]
    leaders, people = leaders_of(ids, on), head_counts(actor, ids, period)
    return [
        {
            "title": child.name,
            "url": reverse("unit", args=[child.code]),
            "text": leaders[child.pk].name if child.pk in leaders else _("Uten leder nå"),
            "aside": _people(people.get(child.pk)),
        }
        for child in children
    ]


def _people(people: int | None) -> str:
    if not people:
        return ""
    number = norwegian.number(people, 0, get_language() or "nb")
    return ngettext("%(n)s ansatt", "%(n)s ansatte", people) % {"n": number}


def _row(card: HomeCard) -> dict[str, Any]:
    row: dict[str, Any] = {"title": card.title, "url": card.url, "text": card.text, "tone": TONES[card.urgency]}
    if card.due is None:
        return row | {"icon": card.icon}
    language = get_language() or "nb"
    weekday, month = norwegian.weekday_name(card.due, language)[:3], norwegian.month_name(card.due.month, language)[:3]
    stop = "" if language == "en" else "."
    return row | {"date": {"weekday": weekday + stop, "day": card.due.day, "month": month + stop}}


def _when(card: HomeCard) -> str:
    if card.due is None:
        return ""
    day = norwegian.day(card.due, get_language() or "nb", weekday=True, year=False)
    return _("Frist %(day)s") % {"day": day}


def _moved(item: Any, unit: OwnUnit) -> dict[str, Any]:
    url = reverse("figure", args=[item.code, unit.code])
    return {"name": item.name, "value": item.value, "spark": item.spark, "text": item.text, "url": url}
