"""A small campaign to test on, and people who vote in it as a browser does."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.ballots.blind import PrivateKey, make_key
from byfolk.engines.questionnaires.ballots.handing_in import HandedIn, hand_in
from byfolk.engines.questionnaires.ballots.issuing import issue
from byfolk.engines.questionnaires.ballots.models import Answer
from byfolk.engines.questionnaires.campaigns import freezing
from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mode, SignedAnswer, Stage
from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.content import (
    Content,
    Item,
    Kind,
    Scale,
    Section,
    Step,
    Texts,
)
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import now as the_time
from tests.engines.questionnaires.voter import new_ballot


def said(nb: str) -> Texts:
    """A text in three languages."""
    return Texts(nb, nb + " (nn)", nb + " (en)")


LABELS = ("Helt uenig", "Litt uenig", "Både og", "Litt enig", "Helt enig")
CONTENT = Content(
    title=said("Slik har vi det"),
    scales=(Scale("enig", tuple(Step(n + 1, said(label)) for n, label in enumerate(LABELS))),),
    sections=(
        Section(
            "hverdagen",
            said("Hverdagen på jobb"),
            items=(
                Item(
                    "rekker", Kind.SCALE, said("Jeg rekker å gjøre jobben slik jeg mener den bør gjøres"), scale="enig"
                ),
                Item("hjelp", Kind.SCALE, said("Jeg får hjelp når jeg trenger det"), scale="enig"),
                Item("ord", Kind.TEXT, said("Er det noe mer du vil si?")),
            ),
        ),
    ),
)
ANSWERS = {"rekker": 4, "hjelp": 2, "ord": "Vi mangler en lift."}


def version_in_use(code: str = "slik-har-vi-det", content: Content = CONTENT) -> InstrumentVersion:
    """An instrument of the agency, in use."""
    made = storing.new_instrument(code, "pulse", Unit.objects.get(code=CARE_AGENCY_CODE), content, the_time())
    storing.make_in_use(made, the_time())
    return InstrumentVersion.objects.get(pk=made.pk)


def campaign(
    *,
    mode: Mode = Mode.ANONYMOUS,
    unit: str = CARE_AGENCY_CODE,
    code: str = "slik-har-vi-det",
    stage: Stage = Stage.DRAFT,
    content: Content = CONTENT,
) -> Campaign:
    """A campaign of everybody in an agency, which opened a minute ago and closes in a week."""
    now, where = the_time(), Unit.objects.get(code=unit)
    return Campaign.objects.create(
        version=version_in_use(code, content), unit=where, mode=mode,
        titles={"nb": "Slik har vi det 2026"}, stage=stage,
        audience=Audience((where.pk,), now.date()).plain(), opens_at=now - dt.timedelta(minutes=1),
        closes_at=now + dt.timedelta(days=7), made_at=now,
    )  # fmt: skip


_KEYS: list[PrivateKey] = []


def keys() -> Callable[[], PrivateKey]:
    """Keys that are made once a run: a new one each time it is asked, the same ones for the next campaign."""
    counted = itertools.count()

    def next_key() -> PrivateKey:
        number = next(counted)
        if number == len(_KEYS):
            _KEYS.append(make_key())
        return _KEYS[number]

    return next_key


def opened(**chosen: object) -> Campaign:
    """The same, opened: frozen and with its keys."""
    made = campaign(stage=Stage.SCHEDULED, **chosen)  # type: ignore[arg-type]
    assert freezing.open_what_is_due(the_time(), new_key=keys()) == 1
    return Campaign.objects.select_related("version").get(pk=made.pk)


@dataclass(frozen=True)
class Voter:
    """A finished ballot that somebody holds."""

    campaign: Campaign
    group_id: int
    prepared_message: bytes
    signature: bytes

    def sent(self, answers: dict[str, object] | None = None, **otherwise: object) -> HandedIn:
        """What the browser sends, or something else."""
        honest = HandedIn(
            self.campaign.pk, self.group_id, self.prepared_message, self.signature, self.campaign.version.digest,
            ANSWERS if answers is None else answers,
        )  # fmt: skip
        return replace(honest, **otherwise)  # type: ignore[arg-type]


def collect(made: Campaign, person_id: int) -> Voter:
    """Let a person collect their ballot and finish it."""
    found = Invitation.objects.select_related("group").get(campaign=made, person=person_id)
    ballot = new_ballot(bytes(found.group.public_key))
    with acting(person_id) as actor:
        issued = issue(actor=actor, campaign_id=made.pk, blinded=ballot.message)
    return Voter(made, issued.group_id, ballot.prepared_message, ballot.finish(issued.signature))


def answered_by_name(*people: int, mode: Mode = Mode.NAMED, code: str = "med-navn") -> Campaign:
    """A campaign that knows who answers, closed after these people had; made once a test."""
    found = Campaign.objects.filter(version__instrument__code=code).first()
    if found is not None:
        return found
    made = opened(mode=mode, code=code)
    for one in Invitation.objects.filter(campaign=made, person__in=people):
        SignedAnswer.objects.create(campaign=made, person=one.person, group=one.group, answers={"rekker": 4})
    ended = {"closed_at": the_time(), "keys_destroyed_at": the_time(), "answered": len(people)}
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.CLOSED, **ended)
    return Campaign.objects.get(pk=made.pk)


def in_the_urn(made: Campaign) -> QuerySet[Answer]:
    """The answers of a campaign."""
    return Answer.objects.filter(group__campaign=made)


def vote(made: Campaign, person_id: int, answers: dict[str, object] | None = None) -> Voter:
    """Let a person collect a ballot and hand it in, as nobody."""
    voter = collect(made, person_id)
    with acting(None):
        hand_in(voter.sent(answers))
    return voter
