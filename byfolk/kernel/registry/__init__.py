"""Where the parts of Byfolk meet without importing each other: navigation, search, and cards on the home page.

An app registers in its `registrations.py`, which is imported once every app is ready (`kernel.registry.apps`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from byfolk.kernel.rights import Actor


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


@dataclass(frozen=True)
class HomeCard:
    """Something that matters now. `urgency`: 0 statutory deadline, 1 someone waits, 2 expires, 3 chance."""

    title: str
    text: str
    url: str
    action: str
    urgency: int
    when: str = ""
    icon: str = "tasklist"


@dataclass(frozen=True)
class HomeSource:
    """Gives the cards that one area has for a person today: `cards(actor, today)`."""

    code: str
    cards: Callable[[Actor, Any], Iterable[HomeCard]]


NAVIGATION: list[NavigationItem] = []
SEARCH: list[SearchProvider] = []
HOME: list[HomeSource] = []


def navigation_for(actor: Actor) -> list[NavigationItem]:
    """The navigation that this actor sees, in order."""
    return sorted((item for item in NAVIGATION if item.shown(actor)), key=lambda item: item.order)
