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


def to_read(asked: HomeAsk) -> Iterable[HomeCard]:
    """Guides that wait for the person to confirm that they have read them. One query."""
    waiting = library.to_confirm(asked.actor, GUIDE, asked.today)
    if not waiting:
        return
    first = waiting[0]
    address, more = url("guide", first.document.code) + "#lest", len(waiting) - 1
    text = _("Eieren ber deg bekrefte at du har lest veilederen.")
    if more:
        text = _("Eieren ber deg bekrefte at du har lest veilederen. %(n)d til venter.") % {"n": more}
    yield HomeCard(here(first.title), text, address, _("Les og bekreft"), Urgency.SOMEONE_WAITS, icon="book")


def to_look_at(asked: HomeAsk) -> Iterable[HomeCard]:
    """Guides of one's own that are to be looked at again. One query, and none for those who write nothing."""
    for one in library.to_review(asked.actor, GUIDE, asked.today, limit=1):
        version = library.editions(asked.actor, one, asked.today).holding
        if version is not None and one.review_on is not None:
            title = _("Se over veilederen «%(title)s»") % {"title": here(version.title)}
            text = _("Stemmer den fortsatt? Den skal ses over innen %(day)s.") % {"day": day(one.review_on)}
            address = url("guide_review", one.code)
            yield HomeCard(title, text, address, _("Se over"), Urgency.CHANCE, due=one.review_on, icon="book")
