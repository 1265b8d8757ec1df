"""Keys at rest: sealed under the installation's secret, which is not in the database, and bound to their group."""

from __future__ import annotations

from django.conf import settings

from byfolk.engines.questionnaires.ballots.blind import PrivateKey
from byfolk.lib.sealing import seal, unseal

_PURPOSE = "questionnaires.ballot-key"


def sealed_key(key: PrivateKey, group_id: int) -> bytes:
    """A group's key as it may lie in the database."""
    return seal(key.kept(), secret=settings.SECRET_KEY, purpose=_PURPOSE, about=str(group_id))


def opened_key(sealed: bytes, group_id: int) -> PrivateKey:
    """The key again. Raises `byfolk.lib.sealing.Unreadable` where the installation's secret was changed since."""
    return PrivateKey.from_kept(unseal(sealed, secret=settings.SECRET_KEY, purpose=_PURPOSE, about=str(group_id)))
