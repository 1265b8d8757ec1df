"""The close: nobody can sign or hand in any more, small groups are merged, and what lies in the urn is shuffled."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import connection
from django.db.models import Count, QuerySet

from byfolk.engines.questionnaires.ballots.models import Answer, PaperCode
from byfolk.engines.questionnaires.campaigns.grouping import heads, parents_of_groups
from byfolk.engines.questionnaires.campaigns.models import (
    Campaign,
    FrozenUnit,
    Group,
    GroupKey,
    Invitation,
    Mode,
    SignedAnswer,
    Stage,
)
from byfolk.kernel.access.acting import acting_as_worker


def close_what_is_due(now: dt.datetime) -> int:
    """Close every campaign whose time is over; answers how many."""
    with acting_as_worker(why="close_campaign"):
        due = list(Campaign.objects.filter(stage=Stage.OPEN, closes_at__lte=now).values_list("pk", flat=True))
    return sum(close(campaign, now) for campaign in due)


def close(campaign_id: int, now: dt.datetime) -> bool:
    """Close a campaign, whole or not at all. False: it was not open.

    Waits for who is just handing in. Answers of groups with too few are counted in the group above, or destroyed where
    there are too few in all. Keys are gone, and so are paper codes: a ballot no longer tells whether it was one. All of
    these tables are then written anew, each in an order of chance, so that nothing of the order in which rows came is
    left.
    """
    with acting_as_worker(why="close_campaign"), connection.cursor() as cursor:
        cursor.execute("select byfolk_urn_lock(%s)", [campaign_id])
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.stage != Stage.OPEN:
            return False
        answered = _count(campaign)
        _merge(campaign, answered)
        GroupKey.objects.filter(group__campaign=campaign).delete()
        PaperCode.objects.filter(group__campaign=campaign).delete()
        Invitation.objects.filter(campaign=campaign).update(sent=b"")
        Campaign.objects.filter(pk=campaign_id).update(
            stage=Stage.CLOSED, closed_at=now, keys_destroyed_at=now, answered=sum(answered.values())
        )
        cursor.execute("select byfolk_shuffle_urn()")
    return True


def _count(campaign: Campaign) -> Counter[int]:
    """How many answered in each group; noted in the groups, with how many had collected."""
    answers = _answers(campaign).filter(group__campaign=campaign).values_list("group")
    answered = Counter(dict(answers.annotate(n=Count("pk"))))
    collected = _collected(campaign, answered)
    for group in Group.objects.filter(campaign=campaign):
        group.collected, group.answered = collected[group.pk], answered[group.pk]
        group.save(update_fields=["collected", "answered"])
    return answered


def _collected(campaign: Campaign, answered: Counter[int]) -> Counter[int]:
    """How many ballots were collected in each group; where anyone may answer, codes drawn, or what was handed in."""
    if campaign.asked.openly and not campaign.paper:
        return answered
    drawn = PaperCode.objects.filter(group__campaign=campaign)
    invited = Invitation.objects.filter(campaign=campaign, collected=True)
    found: QuerySet[PaperCode] | QuerySet[Invitation] = drawn if campaign.asked.openly else invited
    return Counter(dict(found.values_list("group").annotate(n=Count("pk"))))


def _answers(campaign: Campaign) -> QuerySet[Answer] | QuerySet[SignedAnswer]:
    return Answer.objects.all() if campaign.mode == Mode.ANONYMOUS else SignedAnswer.objects.all()


def _merge(campaign: Campaign, answered: Counter[int]) -> None:
    groups = {group.unit_id: group for group in Group.objects.filter(campaign=campaign)}
    parents = _tree_of_groups(campaign, set(groups))
    counts = {unit: answered[group.pk] for unit, group in groups.items()}
    for unit, head in heads(parents, counts, campaign.smallest_total).items():
        group = groups.get(unit)
        if group is None or head == unit:
            continue
        if head is None:
            # Too few to count; answers by name are read one by one all the same.
            if campaign.mode != Mode.NAMED:
                _answers(campaign).filter(group=group).delete()
            Group.objects.filter(pk=group.pk).update(destroyed=True)
            continue
        if head not in groups:
            groups[head] = Group.objects.create(campaign=campaign, unit_id=head, invited=0, collected=0, answered=0)
        _answers(campaign).filter(group=group).update(group=groups[head])
        Group.objects.filter(pk=group.pk).update(merged_into=groups[head])


def _tree_of_groups(campaign: Campaign, units: set[int]) -> dict[int, int | None]:
    above = dict(FrozenUnit.objects.filter(campaign=campaign).values_list("unit_id", "parent_id"))
    return parents_of_groups(above, units)
