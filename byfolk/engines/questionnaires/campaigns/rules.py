"""What may be done to a campaign, and when people are written to. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
import enum

from byfolk.kernel.time import day_of

REMIND_BEFORE = (7, 2)
"""Days before the close on which those who have not collected a ballot are reminded."""
FREEZE_BEFORE = dt.timedelta(hours=1)
"""So long before it opens a campaign is frozen, since a key for each group takes time to make."""


class LetterKind(enum.StrEnum):
    """What a letter about a campaign is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"


def letter_on(opens: dt.date, closes: dt.date, on: dt.date) -> LetterKind | None:
    """Which letter goes out on a day to those who have not collected; `closes` is the last day. None: none."""
    if on == opens:
        return LetterKind.INVITATION
    if on > opens and (closes - on).days in REMIND_BEFORE:
        return LetterKind.REMINDER
    return None


def last_day(closes_at: dt.datetime) -> dt.date:
    """The last day on which one can answer: at midnight, the day before."""
    return day_of(closes_at - dt.timedelta(seconds=1))
