"""Home cards of the portal itself: units without a leader, and new figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.indicators import queries as figures
from byfolk.kernel.organisation.models import Leadership
from byfolk.kernel.organisation.queries import open_units
from byfolk.kernel.registry import HomeCard
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian

SOMEONE_WAITS, CHANCE = 1, 3
NEW_FOR = dt.timedelta(days=30)


def cards(actor: Actor, today: dt.date) -> Iterator[HomeCard]:
    """What the portal has for a leader now."""
    if not actor.leads:
        return
    yield from _without_leader(actor, today)
    yield from _new_figures(actor, today)


def _without_leader(actor: Actor, today: dt.date) -> Iterator[HomeCard]:
    led = [held.unit_id for held in actor.leads]
    led_now = Leadership.objects.filter(valid__contains=today).values("unit_id")
    vacant = list(open_units(today).filter(parent__in=led).exclude(pk__in=led_now)[:10])
    if not vacant:
        return
    names = ", ".join(unit.name for unit in vacant[:3])
    title = ngettext("Én enhet mangler leder", "%(n)d enheter mangler leder", len(vacant)) % {"n": len(vacant)}
    url = reverse("organisation_unit", args=[vacant[0].code])
    text = _("%(names)s. Ansatte der har deg som leder så lenge.") % {"names": names}
    yield HomeCard(title, text, url, _("Se enheten"), SOMEONE_WAITS, icon="person")


def _new_figures(actor: Actor, today: dt.date) -> Iterator[HomeCard]:
    newest = figures.publication(actor)
    if newest is None or today - newest.at.date() > NEW_FOR:
        return
    month = norwegian.month(newest.period_until, get_language() or "nb")
    title = _("Tallene til og med %(month)s er klare") % {"month": month}
    unit = actor.leads[0]
    text = _("Se hvordan det står til ved %(unit)s, og hva som har endret seg.") % {"unit": unit.unit_name}
    yield HomeCard(title, text, reverse("unit", args=[unit.unit_code]), _("Se tallene"), CHANCE, icon="bar-chart")
