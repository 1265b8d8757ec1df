"""What the accounts add to every page: the way there, the years in the one search, and what one is asked to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from byfolk.accounts.editions import asked_of, everybody_asked
from byfolk.accounts.queries import agencies_of, years_with_accounts
from byfolk.accounts.rules import is_due_soon
from byfolk.engines.actions.waiting import WAITING, Waiting
from byfolk.kernel.registry import (
    HOME,
    NAVIGATION,
    SEARCH,
    HomeAsk,
    HomeCard,
    HomeSource,
    NavigationItem,
    SearchHit,
    SearchProvider,
    Urgency,
)
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian

#: Words that lead to the accounts, in the languages of the portal.
WORDS = ("personalregnskap", "årsrapport", "likestilling", "regnskap", "personnel accounts", "equality")


def find_accounts(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    """The accounts of the city by year, and of agencies whose name holds the text, newest year first."""
    wanted = text.lower().strip()
    if len(wanted) < 3:
        return []
    title = _("Personalregnskap")
    words = [word for word in wanted.split() if not word.isdigit()]
    asked = [int(word) for word in wanted.split() if word.isdigit()]
    years = [year for year in years_with_accounts(actor) if not asked or year in asked]
    known = (title.lower(), *WORDS)
    about = [word for word in words if any(term.startswith(word) for term in known)]
    named = " ".join(word for word in words if word not in about)
    if not years or not about:
        return []
    if not named:
        return [
            SearchHit(f"{title} {year}", reverse("accounts_year", args=[year]), _("Hele kommunen")) for year in years
        ][:limit]
    found = [(code, name) for code, name in agencies_of(actor, years[0]) if named in name.lower()]
    return [
        SearchHit(f"{title} {years[0]}", reverse("accounts_agency", args=[years[0], code]), name)
        for code, name in found
    ][:limit]


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """The chapters of drafts that the person is asked to write soon, or should have written. One query."""
    waiting = [one for one in asked_of(asked.actor) if is_due_soon(one.due, asked.today)]
    if not waiting:
        return
    first = waiting[0]
    title = _("Du er bedt om å skrive i personalregnskapet")
    if first.due < asked.today:
        title = _("Et kapittel i personalregnskapet skulle vært skrevet")
    day = norwegian.day(first.due, get_language() or "nb")
    words = {"year": first.year, "unit": first.unit_name, "day": day}
    text = _("Personalregnskap %(year)d, %(unit)s. Fristen er %(day)s.") % words
    if len(waiting) > 1:
        rest = len(waiting) - 1
        text += " " + ngettext("%(n)d kapittel til venter.", "%(n)d kapitler til venter.", rest) % {"n": rest}
    url = reverse("accounts_section", args=[first.year, first.unit_code, first.anchor])
    yield HomeCard(title, text, url, _("Skriv kapitlet"), Urgency.SOMEONE_WAITS, due=first.due, icon="pencil")


def chapters_to_write(on: dt.date) -> Iterable[Waiting]:
    """The chapters of drafts that somebody is asked to write by a date, and that have no text yet. Two queries."""
    for person, one in everybody_asked():
        words = {"year": one.year, "unit": one.unit_name}
        title = format_lazy(gettext_lazy("Skriv i personalregnskap {year}, {unit}"), **words)
        yield Waiting(person, title, one.due, reverse("accounts_section", args=[one.year, one.unit_code, one.anchor]))


NAVIGATION.append(
    NavigationItem(
        pgettext_lazy("navigation", "Personalregnskap"), "accounts", 50, lambda actor: actor.may("accounts.read")
    )
)
SEARCH.append(SearchProvider("accounts", gettext_lazy("Personalregnskap"), 35, find_accounts))
HOME.append(HomeSource("accounts", 45, cards))
WAITING.append(chapters_to_write)
