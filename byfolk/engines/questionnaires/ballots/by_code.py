"""Answering with a code from a pile: by anyone who holds one, without saying who. As `handing_in`, with no key: the
code is all the authority there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from byfolk.engines.questionnaires.ballots.codes import code_of
from byfolk.engines.questionnaires.ballots.handing_in import (
    HandInRefused,
    NotTaken,
    Taken,
    as_kept,
    asked_content,
    texts_of,
)
from byfolk.engines.questionnaires.ballots.paper_codes import paper_digest, read_code
from byfolk.engines.questionnaires.instruments.content import Content, Texts


@dataclass(frozen=True)
class Slip:
    """What a code opens. `handed_in`: answers lie in the urn with it already."""

    campaign_id: int
    is_open: bool
    title: Texts
    closes_at: dt.datetime
    digest: str
    handed_in: bool
    token: bytes = field(repr=False)
    version_id: int = field(repr=False)

    @property
    def content(self) -> Content:
        """What is asked."""
        return asked_content(self.version_id, self.digest)

    @property
    def ballot_code(self) -> str:
        """The code that the ballot is found by among those that were counted."""
        return code_of(self.token)


def slip(code: str) -> Slip | None:
    """What a code opens, however it is typed; None where nobody was given it, or its campaign is closed.

    Raises `paper_codes.Misspelt`.
    """
    token = paper_digest(read_code(code))
    with connection.cursor() as cursor:
        cursor.execute(
            "select campaign_id, is_open, titles, closes_at, version_id, digest, handed_in from byfolk_paper_code(%s)",
            [token],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    campaign, is_open, titles, closes_at, version, digest, handed_in = found
    return Slip(campaign, is_open, texts_of(titles), closes_at, digest, handed_in, token, version)


def hand_in_by_code(found: Slip, digest: str, answers: Mapping[str, Any]) -> Taken:
    """Put answers in the urn with a code; `digest` is of the content that was answered. Raises `HandInRefused`.

    What came first with a code counts: the same again is told `ALREADY`, as with any ballot.
    """
    if found.handed_in:
        return Taken.ALREADY
    kept = as_kept(found.version_id, found.digest, digest, answers, is_open=found.is_open)
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_hand_in_code(%s, %s)", [found.token, kept])
        outcome = cursor.fetchone()[0]
    if outcome in ("closed", "unknown"):
        raise HandInRefused(NotTaken.CLOSED if outcome == "closed" else NotTaken.OTHER)
    return Taken(outcome)
