"""Actions that matter now: one's own, those of one's units that are late, and those that one takes part in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action import words
from byfolk.areas.policy.addresses import actions_url
from byfolk.areas.policy.wording import language
from byfolk.engines.actions import in_short, queries
from byfolk.engines.actions.rules import is_due_soon, is_overdue
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Role
from byfolk.lib import norwegian

#: They answer for what is done in their units, or see to it that it is.
FOLLOWERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR, Role.AUDITOR)
#: Those who take part in actions as such, by the field that says so.
TAKING_PART = {Role.UNION_REPRESENTATIVE: "union", Role.SAFETY_REPRESENTATIVE: "safety_representative"}
NEW_FOR = dt.timedelta(days=30)


def own(asked: HomeAsk) -> Iterable[HomeCard]:
    """The actions that the person answers for. One query."""
    actor, today = asked.actor, asked.today
    found = in_short.own(actor)
    late = [one for one in found if is_overdue(one.due, today, is_open=True)]
    soon = [one for one in found if is_due_soon(one.due, today, is_open=True)]
    if late:
        first = late[0]
        if len(late) == 1:
            text = _("%(title)s. %(unit)s. Du har ansvaret.") % {"title": first.title, "unit": first.unit_name}
            title = _("Et tiltak er %(late)s") % {"late": words.late_text(first.due, today)}
            url = reverse("action", args=[first.pk])
            yield HomeCard(title, text, url, _("Åpne tiltaket"), Urgency.SOMEONE_WAITS, due=first.due)
        else:
            title = _("%(n)s tiltak er over fristen") % {"n": norwegian.sentence(_few(len(late)))}
            text = _("Du har ansvaret. Eldst er «%(title)s».") % {"title": first.title}
            yield HomeCard(title, text, reverse("actions"), _("Se tiltakene dine"), Urgency.SOMEONE_WAITS)
    elif soon:
        first = soon[0]
        title = _("Tiltaket ditt har frist %(day)s") % {"day": norwegian.day(first.due, language(), year=False)}
        text = _("%(title)s. %(unit)s. Du har ansvaret.") % {"title": first.title, "unit": first.unit_name}
        url = reverse("action", args=[first.pk])
        yield HomeCard(title, text, url, _("Åpne tiltaket"), Urgency.EXPIRES, due=first.due)
    elif found:
        title = ngettext("Du har ansvaret for %(n)s tiltak", "Du har ansvaret for %(n)s tiltak", len(found))
        text = _("Neste frist er %(day)s.") % {"day": words.day_text(found[0].due)}
        yield HomeCard(
            title % {"n": _few(len(found))}, text, reverse("actions"), _("Se tiltakene dine"), Urgency.CHANCE
        )


def late_in_units(asked: HomeAsk) -> Iterable[HomeCard]:
    """Others' actions that are late in the units that the person follows. One query."""
    actor, today = asked.actor, asked.today
    held = next((one for one in actor.held if one.role in FOLLOWERS), None)
    if held is None:
        return
    late = in_short.late_below(actor, held.unit_id, today)
    if not late.n:
        return
    title = ngettext(
        "%(n)s tiltak er over fristen i %(unit)s", "%(n)s tiltak er over fristen i %(unit)s", late.n
    ) % {"n": norwegian.sentence(_few(late.n)), "unit": held.unit_name}  # fmt: skip
    text = _("Eldste frist var %(day)s. Spør dem som har ansvaret, om de kommer i mål.") % {
        "day": words.day_text(late.oldest or today)
    }
    yield HomeCard(title, text, actions_url(held.unit_code), _("Se tiltakene"), Urgency.EXPIRES)


def taking_part(asked: HomeAsk) -> Iterable[HomeCard]:
    """The open actions in which the person takes part as union or safety representative. One query."""
    actor = asked.actor
    held = next((one for one in actor.held if one.role in TAKING_PART), None)
    if held is None:
        return
    found = queries.with_part(actor, held.unit_id, TAKING_PART[held.role])
    if not found:
        return
    first = found[0]
    title = ngettext("Du er med på %(n)s tiltak", "Du er med på %(n)s tiltak", len(found)) % {"n": _few(len(found))}
    text = _("Neste frist er %(day)s: %(title)s. %(unit)s.") % {
        "day": words.day_text(first.due), "title": first.title, "unit": first.unit.name,
    }  # fmt: skip
    url = reverse("action", args=[first.pk]) if len(found) == 1 else actions_url(held.unit_code)
    yield HomeCard(title, text, url, _("Se tiltakene"), Urgency.CHANCE)


def new_where_one_works(asked: HomeAsk) -> Iterable[HomeCard]:
    """For those without a role: what has been started where they work. One query."""
    actor, today = asked.actor, asked.today
    if actor.held or actor.unit_id is None:
        return
    newest = queries.newest_where_one_works(actor, today - NEW_FOR)
    if newest is None:
        return
    title = _("%(unit)s har startet et tiltak") % {"unit": newest.unit.name}
    text = _("%(title)s. Frist %(day)s.") % {"title": newest.title, "day": words.day_text(newest.due)}
    yield HomeCard(title, text, reverse("action", args=[newest.pk]), _("Les om tiltaket"), Urgency.CHANCE)


def _few(n: int) -> str:
    return _("ett") if n == 1 else norwegian.in_words(n, language())
