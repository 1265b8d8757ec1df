"""Where the parts of Byfolk meet without importing each other: navigation, search, and cards on the home page.

An app registers in its `registrations.py`, which is imported once every app is ready (`kernel.registry.apps`).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise

from byfolk.kernel.rights import Actor

Found = TypeVar("Found")


@dataclass(frozen=True)
class NavigationItem:
    """An entry in the head of every page. `shown` says for whom; lower `order` stands further to the left; `covers`
    names pages beside `url_name` that lie under it.
    """

    title: Promise
    url_name: str
    order: int
    shown: Callable[[Actor], bool]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchHit:
    """One answer to a search: what it is, where it leads, and a line that tells like-named ones apart."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class SearchProvider:
    """A kind of thing that the one search finds: `find(actor, query, limit)`, at most `limit` hits, best first."""

    code: str
    title: Promise
    order: int
    find: Callable[[Actor, str, int], Sequence[SearchHit]]


class Urgency(enum.IntEnum):
    """Why something matters now, what matters most first."""

    STATUTORY = 0
    """The law sets a deadline."""
    SOMEONE_WAITS = 1
    EXPIRES = 2
    """It is late, or runs out."""
    CHANCE = 3


@dataclass(frozen=True)
class HomeCard:
    """Something that matters now: what, why, and what to do about it (`action`, which leads to `url`).

    `due`: the day on which it must be done. `also`: another way on, (what it is called, address).
    """

    title: str
    text: str
    url: str
    action: str
    urgency: Urgency
    due: dt.date | None = None
    icon: str = "tasklist"
    also: tuple[str, str] | None = None


@dataclass(frozen=True)
class HomeAsk:
    """Who asks what matters, and on which day. What several sources need is read once: `asked.once(publication)`."""

    actor: Actor
    today: dt.date
    _read: dict[Callable[[Actor], Any], Any] = field(default_factory=dict)

    def once(self, read: Callable[[Actor], Found]) -> Found:
        """What `read` answers for the actor."""
        if read not in self._read:
            self._read[read] = read(self.actor)
        found: Found = self._read[read]
        return found


@dataclass(frozen=True)
class HomeSource:
    """Gives the cards that one area has for a person today. Lower `order` stands further up among what is equally
    urgent.
    """

    code: str
    order: int
    cards: Callable[[HomeAsk], Iterable[HomeCard]]


NAVIGATION: list[NavigationItem] = []
SEARCH: list[SearchProvider] = []
HOME: list[HomeSource] = []


def navigation_for(actor: Actor) -> list[NavigationItem]:
    """The navigation that this actor sees, in order."""
    return sorted((item for item in NAVIGATION if item.shown(actor)), key=lambda item: item.order)


def home_for(asked: HomeAsk) -> list[HomeCard]:
    """What matters to this person now, what matters most first."""
    return ranked((source.order, card) for source in HOME for card in source.cards(asked))


def ranked(cards: Iterable[tuple[int, HomeCard]]) -> list[HomeCard]:
    """Cards, each with its source's order, by urgency, then by the day they are due, then by the order of the sources.
    The registry ranks: an area never ranks itself.
    """
    return [card for _order, card in sorted(cards, key=lambda one: (one[1].urgency, one[1].due or dt.date.max, one[0]))]
