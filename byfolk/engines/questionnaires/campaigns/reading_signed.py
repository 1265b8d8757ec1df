"""Reading single answers where a campaign asks by name, after its close. Every look is written down by the database as
it gives the answer: there is no other way to it. No answer of a confidential campaign is given to anyone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mode, SignedAnswer, Stage
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.audit.models import Purpose, ReadLog, in_words
from byfolk.kernel.audit.reading import looks_at
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import Actor

KIND = "signed_answers"


@dataclass(frozen=True)
class Answered:
    """Somebody who answered by name, and the unit that the answer is counted in."""

    person_id: int
    name: str
    unit: str


def read_campaign(actor: Actor, number: int) -> Campaign | None:
    """A closed campaign that asked by name; None where there is none."""
    if not actor.may("signed.read"):
        raise PermissionError("answers by name are read by HR, and by leaders where the campaign says so")
    found = Campaign.objects.filter(pk=number, mode=Mode.NAMED, stage=Stage.CLOSED)
    return found.select_related("version", "unit").first()


def people_to_read(actor: Actor, campaign: Campaign) -> list[Answered]:
    """Those whose answers the actor may read, by name. One query."""
    if not actor.may("signed.read"):
        raise PermissionError("answers by name are read by HR, and by leaders where the campaign says so")
    with connection.cursor() as cursor:
        cursor.execute("select * from byfolk_signed_people(%s)", [campaign.pk])
        return [Answered(person, name, in_language(nb, nn)) for person, name, nb, nn in cursor.fetchall()]


def read_signed(
    *, actor: Actor, campaign: Campaign, person_id: int, purpose: Purpose, details: str, now: dt.datetime
) -> Mapping[str, Any] | None:
    """What a person answered; the look is logged. None where the actor may not read it, or there is none."""
    if not actor.may("signed.read"):
        raise PermissionError("answers by name are read by HR, and by leaders where the campaign says so")
    with connection.cursor() as cursor:
        cursor.execute(
            "select byfolk_read_signed(%s, %s, %s, %s, %s)",
            [campaign.pk, person_id, Purpose(purpose).value, details, now],
        )
        found = cursor.fetchone()[0]
    return json.loads(found) if isinstance(found, str) else found


def to_read(actor: Actor) -> list[Campaign]:
    """The newest closed campaigns by name where the actor may read somebody's answers."""
    if not actor.may("signed.read"):
        return []
    newest = Campaign.objects.filter(mode=Mode.NAMED, stage=Stage.CLOSED).order_by("-closes_at")[:5]
    return [campaign for campaign in newest if people_to_read(actor, campaign)]


@dataclass(frozen=True)
class Look:
    """Who read one's answers, when and why."""

    name: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Own:
    """What one was asked when a campaign is over: one's own answers, and who has read them since its close."""

    campaign: Campaign
    answers: Mapping[str, Any]
    looks: tuple[Look, ...]


def own_of(actor: Actor, campaign_id: int) -> Own | None:
    """One's own part in a campaign that is closed; None where one was not invited, or all is destroyed."""
    if not actor.may("campaigns.see"):
        raise PermissionError("answers are one's own")
    mine = Invitation.objects.filter(person=actor.own_id, campaign=campaign_id, campaign__stage=Stage.CLOSED)
    invited = mine.select_related("campaign__version", "campaign__unit").first()
    if invited is None:
        return None
    found = SignedAnswer.objects.filter(person=actor.own_id, campaign=campaign_id).first()
    return Own(invited.campaign, found.answers if found else {}, _looks(actor, invited.campaign))


def _looks(actor: Actor, campaign: Campaign) -> tuple[Look, ...]:
    if campaign.mode != Mode.NAMED or campaign.closed_at is None:
        return ()
    rows: list[ReadLog] = list(looks_at(actor).filter(kind=KIND, at__gte=campaign.closed_at)[:50])
    names = names_of(row.reader_id for row in rows)
    return tuple(Look(names.get(row.reader_id, ""), row.at, in_words(row.purpose, row.details)) for row in rows)
