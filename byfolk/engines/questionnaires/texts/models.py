"""Texts, apart from the answers that they came in: nothing ties a text to an answer, a person or another text.

They have no history. What was written as it was written stands nowhere: a text is masked before it is kept here.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.organisation.models import Unit
from byfolk.lib.conditions import one_of


class TextState(models.TextChoices):
    """What whoever reviewed a text has decided."""

    WAITING = "waiting", _("Venter")
    APPROVED = "approved", _("Godkjent")
    WITHHELD = "withheld", _("Holdt tilbake")


class Reason(models.TextChoices):
    """Why a text is withheld."""

    RECOGNISED = "recognised", _("Den forteller hvem som har skrevet den")
    SOMEBODY = "somebody", _("Den handler om en bestemt person")
    HEALTH = "health", _("Den forteller om noens helse eller privatliv")
    OFFENSIVE = "offensive", _("Den er trakasserende")


class TextBatch(models.Model):
    """The texts of one unit in one campaign, which are reviewed and shown together.

    `written`: how many were placed here, by people of whom at least `smallest_texts` answered the same item. `owner`:
    the campaign's unit, whose HR reviews. `shown_from`: as of a result. `destroy_on`: when texts that still wait are
    destroyed. `released_at`: the review is done; `published_at`: it is final, what was masked or withheld is gone.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    written = models.IntegerField()
    shown_from = models.DateField()
    destroy_on = models.DateField()
    released_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_batch_of_texts_a_unit"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(released_at__isnull=False), name="texts_are_published_when_released"
            ),
        ]

    def __str__(self) -> str:
        return f"texts of {self.unit_id} in {self.campaign_id}"


class FreeText(models.Model):
    """One text, masked. `item`: the code of the question. `hidden`: the places of words that the reviewer masked too
    (`words.words`); they are taken out of the text when it is published, and a withheld text is emptied.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    batch = models.ForeignKey(TextBatch, models.CASCADE, related_name="texts")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    item = models.TextField()
    text = models.TextField(blank=True)
    hidden = ArrayField(models.IntegerField(), default=list)
    state = models.CharField(max_length=10, choices=TextState.choices, default=TextState.WAITING)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["batch", "state"])]
        constraints = [
            models.CheckConstraint(condition=one_of("state", TextState.values), name="text_state_is_known"),
            models.CheckConstraint(condition=one_of("reason", ["", *Reason.values]), name="text_reason_is_known"),
            models.CheckConstraint(
                condition=Q(state="withheld") & ~Q(reason="") | ~Q(state="withheld") & Q(reason=""),
                name="withheld_texts_have_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"text in {self.batch_id}"
