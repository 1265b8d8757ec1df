"""What waits for people and has a due date, in any app: letters tell of it together with actions, so that nobody gets a
letter from every part of Byfolk.

An app registers in its `registrations.py`:

    WAITING.append(chapters_to_write)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person. `title` is put in the letter's language when it is written, and names nobody;
    `path` is its page on the site.
    """

    person_id: int
    title: str | Promise
    due: dt.date
    path: str


#: Each answers all that waits for anybody on a day, for background work: it sees everybody's.
WAITING: list[Callable[[dt.date], Iterable[Waiting]]] = []
