"""Planning a campaign, letting it run, and ending it. It opens and closes by itself (`freezing`, `closing`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from byfolk.engines.questionnaires.campaigns.audience import Audience
from byfolk.engines.questionnaires.campaigns.models import (
    KEEP_AT_MOST,
    KEEP_DAYS,
    SMALLEST_BREAKDOWN,
    SMALLEST_TOTAL,
    Campaign,
    Mode,
    Stage,
)
from byfolk.engines.questionnaires.campaigns.reading import addressed, preview
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.instruments.models import State as VersionState
from byfolk.kernel.access.acting import action
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.access.jobs import defer
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor

LONGEST_TITLE = 120
CLOCK = "questionnaires.clock"


class CampaignRefused(ValueError):
    """What may not be, with the field that it is about. Nothing was written."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody else has changed the campaign since it was read. Nothing was written."""


@dataclass(frozen=True)
class Plan:
    """What a campaign is to be. `titles` by language, bokmål at least."""

    version: InstrumentVersion
    titles: Mapping[str, str]
    audience: Audience
    opens_at: dt.datetime
    closes_at: dt.datetime
    mode: Mode = Mode.ANONYMOUS
    smallest_total: int = SMALLEST_TOTAL
    smallest_breakdown: int = SMALLEST_BREAKDOWN
    leader_days: int = 7
    paper: bool = False
    leaders_read: bool = False
    keep_days: int = KEEP_DAYS


@action("campaigns.run")
def plan_campaign(*, actor: Actor, unit: Unit, plan: Plan, now: dt.datetime) -> Campaign:
    """Begin a draft in a unit that the actor runs campaigns for. Raises `CampaignRefused`, `PermissionError`."""
    _must_run(actor, unit.pk)
    made = Campaign(unit=unit, made_by_id=actor.person_id, made_at=now, **_fields(actor, plan))
    made.save()
    return made


@action("campaigns.run")
def change_campaign(*, actor: Actor, campaign: Campaign, edition: int, plan: Plan) -> Campaign:
    """Change a draft. Raises `CampaignRefused`, `ChangedMeanwhile`, `PermissionError`."""
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.DRAFT:
        raise CampaignRefused("stage", "only a draft is changed")
    return _write(campaign, Stage.DRAFT, edition, _fields(actor, plan))


def _fields(actor: Actor, plan: Plan) -> dict[str, object]:
    titles = {code: " ".join(text.split())[:LONGEST_TITLE] for code, text in plan.titles.items() if text.strip()}
    if "nb" not in titles:
        raise CampaignRefused("title_nb", "a campaign has a title in bokmål")
    if plan.closes_at <= plan.opens_at:
        raise CampaignRefused("closes", "a campaign closes after it opens")
    if plan.smallest_total < SMALLEST_TOTAL:
        raise CampaignRefused("smallest_total", "the smallest group may only be raised")
    if plan.smallest_breakdown < max(SMALLEST_BREAKDOWN, plan.smallest_total):
        raise CampaignRefused("smallest_breakdown", "the smallest group may only be raised")
    if plan.paper and plan.mode != Mode.ANONYMOUS:
        raise CampaignRefused("paper", "only an anonymous campaign has codes on paper")
    if plan.audience.openly and plan.mode != Mode.ANONYMOUS:
        raise CampaignRefused("mode", "what anyone may answer is anonymous")
    paper = plan.audience.openly.coded if plan.audience.openly else plan.paper
    if plan.leaders_read and plan.mode != Mode.NAMED:
        raise CampaignRefused("leaders_read", "leaders read what is given by name, and nothing else")
    if not 1 <= plan.keep_days <= KEEP_AT_MOST:
        raise CampaignRefused("keep_days", "answers are kept for some days, and at most five years")
    for unit in plan.audience.units:
        _must_run(actor, unit)
    return {
        "version": plan.version, "mode": plan.mode, "titles": titles, "audience": plan.audience.plain(),
        "opens_at": plan.opens_at, "closes_at": plan.closes_at, "smallest_total": plan.smallest_total,
        "smallest_breakdown": plan.smallest_breakdown, "leader_days": plan.leader_days, "paper": paper,
        "leaders_read": plan.leaders_read, "keep_days": plan.keep_days,
    }  # fmt: skip


@action("campaigns.run")
def schedule_campaign(*, actor: Actor, campaign: Campaign, edition: int, now: dt.datetime) -> Campaign:
    """Let a draft open by itself when its time comes. From then on it cannot be changed, only taken back.

    Raises `CampaignRefused` where its instrument is not in use, it would be over, or there are too few to ask.
    """
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.DRAFT:
        raise CampaignRefused("stage", "it is planned already")
    if campaign.version.state != VersionState.IN_USE:
        raise CampaignRefused("version", "only an instrument in use is asked")
    if campaign.closes_at <= now:
        raise CampaignRefused("closes", "it would be over before it began")
    if not _anybody(actor, campaign):
        raise CampaignRefused("audience", "too few to make one group")
    done = _write(campaign, Stage.DRAFT, edition, {"stage": Stage.SCHEDULED})
    wake(actor)
    return done


@action("campaigns.run")
def take_back_campaign(*, actor: Actor, campaign: Campaign, edition: int) -> Campaign:
    """Make a planned campaign a draft again, as long as nobody is invited."""
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.SCHEDULED or campaign.frozen_at is not None:
        raise CampaignRefused("stage", "it is about to open")
    return _write(campaign, Stage.SCHEDULED, edition, {"stage": Stage.DRAFT})


@action("campaigns.run")
def end_campaign(*, actor: Actor, campaign: Campaign, edition: int, now: dt.datetime) -> Campaign:
    """Let an open campaign close now, before its time. Nobody can hand in from this moment on."""
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.OPEN or campaign.closes_at <= now:
        raise CampaignRefused("stage", "only an open campaign is closed")
    if now <= campaign.opens_at:
        raise CampaignRefused("closes", "a campaign closes after it opens")
    done = _write(campaign, Stage.OPEN, edition, {"closes_at": now})
    wake(actor)
    return done


@action("campaigns.run")
def archive_campaign(*, actor: Actor, campaign: Campaign, edition: int) -> Campaign:
    """Put a closed campaign away: its results stay, the clock destroys its answers and invitations (`archiving`)."""
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.CLOSED:
        raise CampaignRefused("stage", "only a closed campaign is archived")
    done = _write(campaign, Stage.CLOSED, edition, {"stage": Stage.ARCHIVED})
    wake(actor)
    return done


@action("campaigns.run")
def delete_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Throw away a draft."""
    _must_run(actor, campaign.unit_id)
    if campaign.stage != Stage.DRAFT:
        raise CampaignRefused("stage", "only a draft is thrown away")
    drafts = Campaign.objects.filter(pk=campaign.pk, stage=Stage.DRAFT)
    drafts._raw_delete(drafts.db)  # nothing hangs on a draft, and those who plan may not look for it


def _anybody(actor: Actor, campaign: Campaign) -> bool:
    """Whether a group would come of it: of people, or a unit with an address of its own."""
    if campaign.asked.openly:
        return bool(addressed(campaign.asked))
    return bool(preview(actor, campaign.asked, campaign.smallest_total).groups)


def _must_run(actor: Actor, unit_id: int) -> None:
    if not may_in(actor, "campaigns.run", unit_id):
        raise PermissionError("campaigns are run in units that one holds the role for")


def _write(campaign: Campaign, stage: Stage, edition: int, fields: Mapping[str, object]) -> Campaign:
    seen = Campaign.objects.filter(pk=campaign.pk, stage=stage, edition=edition)
    if not seen.update(**fields, edition=F("edition") + 1):
        raise ChangedMeanwhile
    return Campaign.objects.select_related("version", "unit").get(pk=campaign.pk)


def wake(actor: Actor) -> None:
    """Let the clock look at once. Where it is about to anyway, that does."""
    try:
        with transaction.atomic():
            defer(CLOCK, actor=actor, once=CLOCK)
    except IntegrityError:
        return
