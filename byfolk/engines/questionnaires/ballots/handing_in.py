"""Handing in a ballot with its answers, and asking whether one lies in the urn: by anyone, without saying who.

There is no actor, no action and no history here, on purpose. The ballot's signature is all the authority there is.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from byfolk.engines.questionnaires.ballots.blind import BITS, verifies
from byfolk.engines.questionnaires.ballots.codes import bounds_of, code_of, digest_of
from byfolk.engines.questionnaires.instruments.answers import Problem, checked
from byfolk.engines.questionnaires.instruments.content import Content, Texts
from byfolk.engines.questionnaires.instruments.reading import content_of
from byfolk.kernel.organisation.names import in_language
from byfolk.lib.listed import Listed, containing

PREPARED = 64
"""Bytes of a prepared message: 32 random ones before 32 random ones."""


class NotTaken(enum.StrEnum):
    """Why a ballot was not taken."""

    FORGED = "forged"
    """It is not signed by the key of its group."""
    TRUNCATED = "truncated"
    """It is not as long as a ballot."""
    OTHER = "other"
    """It belongs to another campaign, or to none."""
    CLOSED = "closed"
    CHANGED = "changed"
    """What was answered is not what this campaign asks."""
    ANSWERS = "answers"
    """Some of the answers cannot be as they are."""


class HandInRefused(ValueError):
    """The ballot was not taken, and nothing was written. `problems`: what is wrong with which answers."""

    def __init__(self, why: NotTaken, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(why.value)
        self.why, self.problems = why, problems


class Taken(enum.StrEnum):
    """What became of a ballot."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    """It lay in the urn before. What came first counts; nothing was written now."""


@dataclass(frozen=True)
class HandedIn:
    """A ballot as it came: the group that it names, and the digest of what was answered."""

    campaign_id: int
    group_id: int
    prepared_message: bytes
    signature: bytes
    digest: str
    answers: Mapping[str, Any]


def hand_in(sent: HandedIn) -> Taken:
    """Put a ballot and its answers in the urn, in two rows that nothing ties together. Raises `HandInRefused`.

    Whether the same ballot came with the same answers cannot be known, as nothing remembers which were whose: it is
    told `ALREADY`, and a voter whose first answer was lost on its way thereby knows that all is well.
    """
    if len(sent.prepared_message) != PREPARED or len(sent.signature) != BITS // 8:
        raise HandInRefused(NotTaken.TRUNCATED)
    with connection.cursor() as cursor:
        cursor.execute(
            "select campaign_id, is_open, public_key, version_id, digest from byfolk_urn_group(%s)", [sent.group_id]
        )
        found = cursor.fetchone()
    if found is None or found[0] != sent.campaign_id:
        raise HandInRefused(NotTaken.OTHER)
    _campaign, is_open, public_key, version_id, digest = found
    if not verifies(bytes(public_key), sent.prepared_message, sent.signature):
        raise HandInRefused(NotTaken.FORGED)
    kept = as_kept(version_id, digest, sent.digest, sent.answers, is_open=is_open)
    with connection.cursor() as cursor:
        token = digest_of(sent.prepared_message)
        cursor.execute("select byfolk_hand_in(%s, %s, %s)", [sent.group_id, token, kept])
        outcome = cursor.fetchone()[0]
    if outcome == "closed":
        raise HandInRefused(NotTaken.CLOSED)
    return Taken(outcome)


def as_kept(version_id: int, digest: str, answered: str, answers: Mapping[str, Any], *, is_open: bool) -> str:
    """Answers as JSON for the urn. `digest`: what is asked; `answered`: what was. Raises `HandInRefused`."""
    if not is_open:
        raise HandInRefused(NotTaken.CLOSED)
    if answered != digest:
        raise HandInRefused(NotTaken.CHANGED)
    kept = checked(asked_content(version_id, digest), answers)
    if isinstance(kept, list):
        raise HandInRefused(NotTaken.ANSWERS, tuple(kept))
    return json.dumps(kept.plain())


@lru_cache(maxsize=32)
def asked_content(version_id: int, digest: str) -> Content:
    """What a version asks. Kept, because one in use never changes; the digest says so."""
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_urn_content(%s)", [version_id])
        found = cursor.fetchone()[0]
    return content_of(json.loads(found) if isinstance(found, str) else found)


@dataclass(frozen=True)
class Urn:
    """A campaign as anyone sees it. `for_all`: nobody is invited, and what is handed in comes from the addresses
    of places.
    """

    campaign_id: int
    is_open: bool
    title: Texts
    closes_at: dt.datetime
    digest: str
    leader_days: int
    for_all: bool
    version_id: int = field(repr=False)

    @property
    def content(self) -> Content:
        """What it asks."""
        return asked_content(self.version_id, self.digest)


_GROUPS = """
select name, name_nn, collected, handed_in from byfolk_urn_groups(%(campaign)s)
 where name ilike %(text)s or name_nn ilike %(text)s
 order by name, name_nn
"""


def urn(campaign_id: int, now: dt.datetime) -> Urn | None:
    """An anonymous campaign that is open or closed; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select stage, titles, closes_at, version_id, digest, leader_days, byfolk_urn_for_all(%s)"
            " from byfolk_urn(%s)",
            [campaign_id, campaign_id],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    stage, titles, closes_at, version_id, digest, leader_days, for_all = found
    title = texts_of(titles)
    is_open = stage == "open" and now < closes_at
    return Urn(campaign_id, is_open, title, closes_at, digest, leader_days, for_all, version_id)


def texts_of(titles: Any) -> Texts:
    """A title in three languages, as the database hands out JSON."""
    return Texts(**(json.loads(titles) if isinstance(titles, str) else titles))


def lies_in_urn(campaign_id: int, code: str) -> bool:
    """Whether a ballot with this code was handed in. Nothing else is told."""
    bounds = bounds_of(code)
    if bounds is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_lies_in_urn(%s, %s, %s)", [campaign_id, *bounds])
        return bool(cursor.fetchone()[0])


def counted_codes(campaign_id: int) -> list[str]:
    """The codes of all ballots of a campaign that is closed, in the order of the codes."""
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_urn_codes(%s)", [campaign_id])
        return [code_of(bytes(digest)) for (digest,) in cursor.fetchall()]


@dataclass(frozen=True)
class GroupCount:
    """How many ballots of a group were collected, and handed in: for all to see, once the campaign is closed."""

    name_nb: str
    name_nn: str
    collected: int
    handed_in: int

    @property
    def name(self) -> str:
        """What the group's unit was called, in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


def counts_of_groups(campaign_id: int, text: str = "") -> Listed[GroupCount]:
    """Ballots collected and handed in, for each group of a closed campaign whose unit's name has a text in it."""
    return Listed(_GROUPS, {"campaign": campaign_id, "text": containing(text)}, GroupCount)


def counts_in_all(campaign_id: int) -> tuple[int, int] | None:
    """How many ballots were collected in a closed campaign, and how many handed in; None until it is counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(collected, 0), coalesce(handed_in, 0) from byfolk_urn_counts(%s)", [campaign_id]
        )
        found = cursor.fetchone()
    return (int(found[0]), int(found[1])) if found else None
