"""The end of a campaign: put away by hand or when its days are over, and then destroyed, as background work.

What is left are its results, the texts that were released, and how many collected and answered in each group.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F, Value

from byfolk.engines.questionnaires.ballots.models import Answer, Ballot
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mailing, SignedAnswer, Stage
from byfolk.engines.questionnaires.texts.models import FreeText, TextState
from byfolk.kernel.access.acting import acting_as_worker

_DAY = ExpressionWrapper(Value(dt.timedelta(days=1)) * F("keep_days"), output_field=DurationField())


def archive_what_is_due(now: dt.datetime) -> int:
    """Put away the campaigns whose answers have been kept for as long as was said; answers how many."""
    with acting_as_worker(why="archive_campaign"):
        due = Campaign.objects.filter(stage=Stage.CLOSED, results__isnull=False, closed_at__lte=Value(now) - _DAY)
        return due.update(stage=Stage.ARCHIVED, edition=F("edition") + 1)


def destroy_archived(now: dt.datetime) -> int:
    """Destroy what people gave to the campaigns that are put away and have their results; answers how many campaigns.

    Answers, ballots, invitations and texts that were not released are deleted, and the tables written anew, so that no
    earlier form of a row is left in them.
    """
    with acting_as_worker(why="destroy_campaign"):
        waiting = Campaign.objects.select_for_update(of=("self",)).filter(stage=Stage.ARCHIVED, destroyed_at=None)
        due = list(waiting.filter(results__isnull=False))
        for campaign in due:
            _destroy(campaign, now)
        if due:
            with connection.cursor() as cursor:
                cursor.execute("select byfolk_shuffle_urn(), byfolk_rewrite_texts()")
    return len(due)


def _destroy(campaign: Campaign, now: dt.datetime) -> None:
    for of_a_group in (Answer, Ballot):
        of_a_group.objects.filter(group__campaign=campaign).delete()
    for of_a_campaign in (SignedAnswer, Invitation, Mailing):
        of_a_campaign.objects.filter(campaign=campaign).delete()
    texts = FreeText.objects.filter(batch__campaign=campaign)
    texts.filter(batch__published_at=None).delete()
    texts.exclude(state=TextState.APPROVED).delete()
    Campaign.objects.filter(pk=campaign.pk).update(destroyed_at=now)
