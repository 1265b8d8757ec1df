"""What serves a goal, from engines and areas that goals know nothing of: actions, documents, later surveys.

An app registers in its `registrations.py`:

    SERVING.append(ServingSource("actions", _("Tiltak i gang"), 10, actions_towards))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class ServingRow:
    """One thing that serves a goal. `note` is a quiet line beneath; `tag` a word on a tint, in a tone (own, plain,
    good, warn).
    """

    label: str
    url: str
    note: str = ""
    tag: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Asked:
    """Whose goal page it is: the goal's stable id, the unit in view with those above it (ids from the root down, itself
    last), the day, and at most how many rows the page shows.
    """

    goal: str
    path: tuple[int, ...]
    on: dt.date
    at_most: int = 8


@dataclass(frozen=True)
class ServingSource:
    """A kind of thing that serves goals: `rows(actor, asked)`, the most telling first, in at most two queries. `add`
    is an address where the reader may start one ({label, url}), or None.
    """

    code: str
    title: Promise
    order: int
    rows: Callable[[Actor, Asked], Sequence[ServingRow]]
    add: Callable[[Actor, Asked], tuple[str, str] | None] = lambda actor, asked: None


SERVING: list[ServingSource] = []


def served_by(actor: Actor, asked: Asked) -> list[tuple[ServingSource, Sequence[ServingRow]]]:
    """What every source has for a goal, in the order of sources. Sources with nothing are left out by the page."""
    return [(source, source.rows(actor, asked)) for source in sorted(SERVING, key=lambda one: one.order)]
