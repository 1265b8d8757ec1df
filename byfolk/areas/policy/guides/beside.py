"""Guides beside goals and figures, in the one search, and on the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.document.words import day, here, url
from byfolk.areas.policy.guides.words import GUIDE
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.serving import Asked, ServingRow
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.library import queries as library
from byfolk.engines.library.queries import Waits
from byfolk.kernel.registry import HomeAsk, HomeCard, SearchHit, Urgency
from byfolk.kernel.rights import Actor, Role
from byfolk.kernel.time import today

BESIDE_A_FIGURE = 3


def rows(actor: Actor, asked: Asked) -> Sequence[ServingRow]:
    """The guides that serve a goal. One query."""
    if not actor.may("library.see"):
        return []
    found = library.serving(actor, GUIDE, asked.goal, asked.on, limit=asked.at_most)
    return [ServingRow(here(one.title), url("guide", one.code), here(one.summary)) for one in found]


def add(actor: Actor, asked: Asked) -> tuple[str, str] | None:
    """Where the HR direction may write one."""
    return (_("Skriv en veileder"), url("guide_new")) if Role.HR_DIRECTOR in actor.roles else None


def counts(actor: Actor, goals: Sequence[str], on: dt.date) -> dict[str, tuple[str, str]]:
    """How many guides serve each goal, in words, and where they are. One query."""
    found = library.counts_by_goal(actor, GUIDE, goals, on)
    return {
        goal: (ngettext("%(n)d veileder", "%(n)d veiledere", n) % {"n": n}, url("guides", mal=goal))
        for goal, n in found.items()
    }


def about_figure(actor: Actor, indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The guides that belong to a figure: (title, address). One query."""
    if not actor.may("library.see"):
        return ()
    found = library.about(actor, GUIDE, indicator.code, today(), limit=BESIDE_A_FIGURE)
    return tuple((here(one.title), url("guide", one.code)) for one in found)


def find(actor: Actor, query: str, limit: int) -> Sequence[SearchHit]:
    """Guides that hold, with every word of the query or one that begins so. One query."""
    if not actor.may("library.see"):
        return []
    found = library.search(actor, GUIDE, query, today(), language=language(), limit=limit)
    return [SearchHit(here(one.title), url("guide", one.code), here(one.summary)) for one in found]


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """Guides that wait for the person to confirm that they have read them, and own ones to be looked at. One query."""
    waiting = library.waiting(asked.actor, GUIDE, asked.today)
    if waiting.to_confirm:
        yield _to_confirm(waiting.to_confirm)
    if waiting.to_review:
        yield _to_review(waiting.to_review[0])


def _to_confirm(versions: Sequence[Waits]) -> HomeCard:
    first, more = versions[0], len(versions) - 1
    title = _("Bekreft at du har lest «%(title)s»") % {"title": here(first.title)}
    text = _("Veilederen gjelder deg, og eieren ber deg bekrefte.")
    if more:
        text = _("Veilederen gjelder deg, og eieren ber deg bekrefte. %(n)d til venter.") % {"n": more}
    address = url("guide", first.code)
    return HomeCard(title, text, address, _("Les og bekreft"), Urgency.EXPIRES, icon="book")


def _to_review(version: Waits) -> HomeCard:
    title = _("Se over veilederen «%(title)s»") % {"title": here(version.title)}
    due = version.review_on
    text = _("Stemmer den fortsatt? Den skal ses over innen %(day)s.") % {"day": day(due)}
    address = url("guide_review", version.code)
    return HomeCard(title, text, address, _("Se over"), Urgency.CHANCE, due=due, icon="book")
