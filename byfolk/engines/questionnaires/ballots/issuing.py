"""Issuing ballots: each invited person gets one blinded message signed.

This is no `@action`: an action leaves who, why and when, and when a ballot was collected must stand nowhere.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

from byfolk.engines.questionnaires.ballots.blind import BITS, Refused, sign_blinded
from byfolk.engines.questionnaires.ballots.keeping import opened_key
from byfolk.engines.questionnaires.campaigns.queries import invitation
from byfolk.kernel.rights import Actor


class NotIssued(enum.StrEnum):
    """Why no ballot was issued."""

    UNINVITED = "uninvited"
    CLOSED = "closed"
    """The campaign is not open."""
    COLLECTED = "collected"
    """Another ballot was collected before, and there is one each."""
    UNREADABLE = "unreadable"
    """What was sent is no blinded message."""


class IssuingRefused(ValueError):
    """No ballot was issued, and nothing was written."""

    def __init__(self, why: NotIssued) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Issued:
    """A blind signature, and the group whose key made it."""

    group_id: int
    signature: bytes


def issue(*, actor: Actor, campaign_id: int, blinded: bytes) -> Issued:
    """Sign the actor's blinded message and note that their ballot is collected; when, is not noted.

    The very same message may be sent again, for its answer may have been lost. Raises `IssuingRefused`.
    """
    if not actor.may("campaigns.see"):
        raise IssuingRefused(NotIssued.UNINVITED)
    if len(blinded) != BITS // 8:
        raise IssuingRefused(NotIssued.UNREADABLE if invitation(actor, campaign_id) else NotIssued.UNINVITED)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select outcome, group_id, sealed from byfolk_collect_ballot(%s, %s)",
            [campaign_id, hashlib.sha256(blinded).digest()],
        )
        outcome, group_id, sealed = cursor.fetchone()
        if outcome != "signed":
            raise IssuingRefused(NotIssued(outcome))
        try:
            return Issued(group_id, sign_blinded(opened_key(bytes(sealed), group_id), blinded))
        except Refused as error:
            raise IssuingRefused(NotIssued.UNREADABLE) from error
