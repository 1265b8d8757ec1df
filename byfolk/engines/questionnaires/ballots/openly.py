"""Answering at the address of a unit, by anyone: nobody is invited, and nothing is known of who answers."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from byfolk.engines.questionnaires.ballots.codes import code_of, digest_of
from byfolk.engines.questionnaires.ballots.handing_in import (
    HandInRefused,
    NotTaken,
    Taken,
    as_kept,
    asked_content,
    texts_of,
)
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.campaigns.queries import run_by
from byfolk.engines.questionnaires.instruments.content import Content, Texts
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor
from byfolk.lib.listed import Listed, containing

#: Bytes of the ballot that goes along in the form, so that a form that is sent twice counts once.
BALLOT = 32


@dataclass(frozen=True)
class OpenLink:
    """What lies at an address. `coded`: one answers with a code from the unit's pile, at the address of codes."""

    word: str
    campaign_id: int
    is_open: bool
    coded: bool
    title: Texts
    closes_at: dt.datetime
    digest: str
    name_nb: str
    name_nn: str
    version_id: int = field(repr=False)

    @property
    def content(self) -> Content:
        """What is asked."""
        return asked_content(self.version_id, self.digest)

    @property
    def name(self) -> str:
        """What the unit is called, in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


def open_link(word: str) -> OpenLink | None:
    """What lies at an address; None where there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select campaign_id, is_open, coded, titles, closes_at, version_id, digest, name_nb, name_nn"
            " from byfolk_open_link(%s)",
            [word.lower()],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    campaign, is_open, coded, titles, closes_at, version, digest, nb, nn = found
    return OpenLink(word.lower(), campaign, is_open, coded, texts_of(titles), closes_at, digest, nb, nn, version)


def new_ballot() -> str:
    """A ballot for a form, as text."""
    return secrets.token_hex(BALLOT)


def ballot_code(ballot: str) -> str:
    """The code that a ballot is found by among those that were counted. Raises `ValueError` for no ballot."""
    return code_of(digest_of(_bytes(ballot)))


def hand_in_openly(found: OpenLink, ballot: str, digest: str, answers: Mapping[str, Any]) -> Taken:
    """Put answers in the urn for a unit; `digest` is of the content that was answered. Raises `HandInRefused`.

    The same ballot again, from a form that was sent twice, is told `ALREADY`.
    """
    try:
        token = digest_of(_bytes(ballot))
    except ValueError as error:
        raise HandInRefused(NotTaken.TRUNCATED) from error
    kept = as_kept(found.version_id, found.digest, digest, answers, is_open=found.is_open and not found.coded)
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_hand_in_open(%s, %s, %s)", [found.word, token, kept])
        outcome = cursor.fetchone()[0]
    if outcome == "closed":
        raise HandInRefused(NotTaken.CLOSED)
    return Taken(outcome)


def _bytes(ballot: str) -> bytes:
    content = bytes.fromhex(ballot)
    if len(content) != BALLOT:
        raise ValueError("a ballot has its length")
    return content


@dataclass(frozen=True)
class Address:
    """Where one answers for a unit. `answered`: how many have; None where that is too few to be told."""

    group_id: int
    word: str
    name_nb: str
    name_nn: str
    answered: int | None

    @property
    def name(self) -> str:
        """What the unit is called, in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


_ADDRESSES = """
select group_id, word, name_nb, name_nn, answered from byfolk_open_addresses(%(campaign)s)
 where name_nb ilike %(text)s or name_nn ilike %(text)s
 order by name_nb, group_id
"""


def addresses(actor: Actor, campaign: Campaign, text: str = "") -> Listed[Address]:
    """The addresses of a campaign that is open, of units whose name has a text in it.

    Raises `PermissionError` for those who do not run it.
    """
    _must_run(actor, campaign)
    return Listed(_ADDRESSES, {"campaign": campaign.pk, "text": containing(text)}, Address)


@dataclass(frozen=True)
class AddressesInShort:
    """How many places have an address; how many of them have so many answers that it may be told, and those answers."""

    places: int
    enough: int
    answered: int


def addresses_in_short(actor: Actor, campaign: Campaign) -> AddressesInShort:
    """How a campaign that is open stands. Raises `PermissionError` for those who do not run it."""
    _must_run(actor, campaign)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(answered), coalesce(sum(answered), 0) from byfolk_open_addresses(%s)", [campaign.pk]
        )
        return AddressesInShort(*cursor.fetchone())


def _must_run(actor: Actor, campaign: Campaign) -> None:
    if not run_by(actor).filter(pk=campaign.pk).exists():
        raise PermissionError("addresses are handed out by those who run the campaign")
