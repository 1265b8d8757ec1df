"""Reviewing texts before anybody else reads them: each is approved, with more masked or not, or withheld.

Open to HR of the campaign's own unit, and closed to whoever leads or works where the texts are from (the database holds
that). All can be undone until the batch is released. Whoever reviews changes no word; they hide words, or the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from byfolk.engines.questionnaires.campaigns.editing import wake
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState
from byfolk.engines.questionnaires.texts.words import words
from byfolk.kernel.access.acting import action
from byfolk.kernel.rights import Actor


class ReviewRefused(ValueError):
    """It may not be, or not any more. Nothing was written."""


@action("texts.review")
def approve_text(*, actor: Actor, text: FreeText, hidden: Collection[int]) -> FreeText:
    """Let a text be shown, without the words at these places. Raises `ReviewRefused` where its batch is released."""
    number = len(words(text.text))
    if any(not 0 <= place < number for place in hidden):
        raise ReviewRefused("words that the text does not have")
    return _decide(text, {"state": TextState.APPROVED, "reason": "", "hidden": sorted(set(hidden))})


@action("texts.review")
def withhold_text(*, actor: Actor, text: FreeText, reason: Reason) -> FreeText:
    """Let nobody see a text, for a reason that is told. Raises `ReviewRefused` where its batch is released."""
    return _decide(text, {"state": TextState.WITHHELD, "reason": reason, "hidden": []})


@action("texts.review")
def undo_review(*, actor: Actor, text: FreeText) -> FreeText:
    """Let a text wait again, as it was. Raises `ReviewRefused` where its batch is released."""
    return _decide(text, {"state": TextState.WAITING, "reason": "", "hidden": []})


@action("texts.review")
def release_texts(*, actor: Actor, batch: TextBatch, now: dt.datetime) -> TextBatch:
    """Say that all texts of a unit are reviewed; the clock then makes them final. Raises `ReviewRefused`."""
    waits = FreeText.objects.filter(batch=batch, state=TextState.WAITING).exists()
    if waits or not TextBatch.objects.filter(pk=batch.pk, released_at=None).update(released_at=now):
        raise ReviewRefused("texts wait, or they are released already")
    wake(actor)
    return TextBatch.objects.get(pk=batch.pk)


def _decide(text: FreeText, fields: dict[str, object]) -> FreeText:
    if not FreeText.objects.filter(pk=text.pk, batch__released_at=None).update(**fields):
        raise ReviewRefused("the texts are released")
    return FreeText.objects.get(pk=text.pk)
