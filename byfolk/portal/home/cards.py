"""Home cards of the portal itself: units without a leader, and new figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.indicators import queries as figures
from byfolk.kernel.organisation.queries import units_without_leader
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Role
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian
from byfolk.portal.home.own import own_unit

NEW_FOR = dt.timedelta(days=30)


def without_leader(asked: HomeAsk) -> Iterator[HomeCard]:
    """Units right below those that the person leads, that nobody leads."""
    actor, today = asked.actor, asked.today
    led = [held.unit_id for held in actor.leads]
    if not led:
        return
    vacant = units_without_leader(led, today, limit=10)
    if not vacant:
        return
    names = ", ".join(unit.name for unit in vacant[:3])
    title = ngettext("Én enhet mangler leder", "%(n)d enheter mangler leder", len(vacant)) % {"n": len(vacant)}
    url = reverse("organisation_unit", args=[vacant[0].code])
    text = _("%(names)s. Ansatte der har deg som leder så lenge.") % {"names": names}
    yield HomeCard(title, text, url, _("Se enheten"), Urgency.SOMEONE_WAITS, icon="person")


def new_figures(asked: HomeAsk) -> Iterator[HomeCard]:
    """That figures have come, for all but those whose work is the system itself."""
    actor, today = asked.actor, asked.today
    if actor.roles == {Role.ADMINISTRATOR}:
        return
    newest = asked.once(figures.publication)
    if newest is None or today - day_of(newest.at) > NEW_FOR:
        return
    month = norwegian.month(newest.period_until, get_language() or "nb")
    title = _("Tallene til og med %(month)s er klare") % {"month": month}
    if Role.COMMUNICATION in actor.roles:
        text = _("Se hva som har endret seg, før du forteller om det.")
        yield HomeCard(title, text, reverse("board"), _("Se tallene"), Urgency.CHANCE, icon="bar-chart")
        return
    unit = asked.once(own_unit)
    if unit is not None:
        text = _("Se hvordan det står til ved %(unit)s, og hva som har endret seg.") % {"unit": unit.name}
        url = reverse("unit", args=[unit.code])
        yield HomeCard(title, text, url, _("Se tallene"), Urgency.CHANCE, icon="bar-chart")
