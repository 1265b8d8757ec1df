"""The home page: the few things that matter to this person now, ranked by the registry's rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.indicators import queries as figures
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import children_of
from byfolk.kernel.registry import HOME, HomeCard
from byfolk.kernel.rights import Actor, Role
from byfolk.kernel.time import now
from byfolk.lib import norwegian
from byfolk.portal.frame import role_of
from byfolk.portal.home.figures import moved
from byfolk.portal.organisation.queries import lines_of

MOST = 5
# Seconds that names of leaders on the page may be behind.
KEPT_FOR = 120
TONES = ("mint", "peach", "lilac", "lilac")


@door("home.see")
def home(request: HttpRequest) -> HttpResponse:
    """Greeting, what to do now, the unit, and the figures that moved."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    moment = now()
    cards = ranked(actor, moment.date())
    unit = _own_unit(actor)
    context = {
        "title": greeting(actor, moment),
        "lead": lead(actor, len(cards)),
        "first": cards[0] if cards else None,
        "rows": [_row(card) for card in cards[1:]],
        "unit": unit,
        **_of_unit(actor, unit, moment.date()),
    }
    return render(request, "portal/home/home.html", context)


def _of_unit(actor: Actor, unit: Unit | None, on: dt.date) -> dict[str, Any]:
    """The units below and the figures that moved: the same for everyone who looks at the unit, so kept for a while."""
    newest = figures.publication(actor)
    if unit is None:
        return {"lines": [], "moved": []}
    leads = bool(actor.roles.intersection({Role.LEADER, Role.HR_DIRECTOR, Role.HR_ADVISER}))
    key = f"home:{newest.id if newest else 0}:{unit.pk}:{leads}:{on}:{get_language()}"

    def make() -> dict[str, Any]:
        found = moved(actor, unit.pk, newest.period_until) if newest else []
        return {"lines": _lines(actor, unit, on) if leads else [], "moved": [_moved(item, unit) for item in found]}

    return caches["drawings"].get_or_set(key, make, KEPT_FOR) or {}


def ranked(actor: Actor, today: dt.date) -> list[HomeCard]:
    """At most five cards: what the law sets a deadline for first, then who waits, what expires, and chances."""
    cards = [card for source in HOME for card in source.cards(actor, today)]
    return sorted(cards, key=lambda card: card.urgency)[:MOST]


def greeting(actor: Actor, moment: dt.datetime) -> str:
    """By name, and before noon with the time of day."""
    name = actor.name.split()[0] if actor.name else ""
    return (_("God morgen, %s") if 5 <= moment.hour < 11 else _("Hei, %s")) % name


def lead(actor: Actor, cards: int) -> str:
    """Who the person is here, and how much there is to do."""
    if not cards:
        return f"{role_of(actor)}. " + _("Ingenting haster nå.") if role_of(actor) else _("Ingenting haster nå.")
    return ngettext("Én ting er viktig for deg nå.", "%(n)d ting er viktige for deg nå.", cards) % {"n": cards}


def _own_unit(actor: Actor) -> Unit | None:
    """The unit that the person leads or holds another role for, else where they work."""
    wide = [held.unit_id for held in (*actor.leads, *actor.held)]
    wanted = wide[0] if wide else actor.unit_id
    return Unit.objects.filter(pk=wanted).first() if wanted else None


def _lines(actor: Actor, unit: Unit, on: dt.date) -> list[dict[str, Any]]:
    children = list(children_of(unit, on)[:20])
    return [
        {
            "title": line.unit.name,
            "url": reverse("unit", args=[line.unit.code]),
            "text": line.leader.name if line.leader else _("Uten leder nå"),
            "aside": _people(line.people),
        }
        for line in lines_of(actor, children, on)
    ]


def _people(people: int | None) -> str:
    if not people:
        return ""
    number = norwegian.number(people, 0, get_language() or "nb")
    return ngettext("%(n)s ansatt", "%(n)s ansatte", people) % {"n": number}


def _row(card: HomeCard) -> dict[str, str]:
    tone = TONES[min(card.urgency, len(TONES) - 1)]
    return {"title": card.title, "url": card.url, "text": card.text, "icon": card.icon, "tone": tone}


def _moved(item: Any, unit: Unit) -> dict[str, Any]:
    url = reverse("figure", args=[item.code, unit.code])
    return {"name": item.name, "value": item.value, "spark": item.spark, "text": item.text, "url": url}
