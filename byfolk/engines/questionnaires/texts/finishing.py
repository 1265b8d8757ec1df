"""What happens to texts by themselves, as background work: reviewed ones are made final, and old ones destroyed."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch, TextState
from byfolk.engines.questionnaires.texts.words import without
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.time import day_of


def publish_released(now: dt.datetime) -> int:
    """Take out what was masked, empty what was withheld, and show the rest; answers how many batches.

    The unit's leader has them first, for the days that the campaign sets. The table is then written anew, so that
    nothing of what was taken out is left in it.
    """
    with acting_as_worker(why="publish_texts"):
        released = TextBatch.objects.select_for_update().filter(released_at__isnull=False, published_at=None)
        batches = list(released.select_related("campaign"))
        for batch in batches:
            _finish(batch, now)
        if batches:
            _rewrite()
    return len(batches)


def _finish(batch: TextBatch, now: dt.datetime) -> None:
    texts = FreeText.objects.filter(batch=batch)
    # One whose review was undone just as the batch was released is not shown.
    texts.filter(state=TextState.WAITING).delete()
    texts.filter(state=TextState.WITHHELD).update(text="", hidden=[])
    for text in texts.filter(state=TextState.APPROVED).exclude(hidden=[]):
        text.text, text.hidden = without(text.text, text.hidden), []
        text.save(update_fields=["text", "hidden"])
    first = day_of(now) + dt.timedelta(days=batch.campaign.leader_days)
    TextBatch.objects.filter(pk=batch.pk).update(published_at=now, shown_from=max(batch.shown_from, first))


def destroy_waiting(now: dt.datetime) -> int:
    """Destroy texts that nobody has reviewed in time; answers how many."""
    with acting_as_worker(why="destroy_texts"):
        late = FreeText.objects.filter(
            state=TextState.WAITING, batch__destroy_on__lte=day_of(now), batch__released_at=None
        )
        number, _each = late.delete()
        if number:
            _rewrite()
    return number


def _rewrite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_rewrite_texts()")
