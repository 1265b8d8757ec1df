"""The urn: ballots that were handed in, and answers. Nothing ties the two together, and neither knows a time."""

from __future__ import annotations

import uuid

from django.db import models

from byfolk.engines.questionnaires.campaigns.models import Group


class Ballot(models.Model):
    """A ballot that was handed in, by the SHA-256 of its prepared message: it counts once."""

    digest = models.BinaryField(primary_key=True)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return "ballot"


class Answer(models.Model):
    """One whole set of answers, of nobody in particular in the group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    answers = models.JSONField()

    def __str__(self) -> str:
        return "answer"


class PaperCode(models.Model):
    """A slip of paper that can be handed in once, by the SHA-256 of its code. It is used when there is a ballot with
    the same digest. It knows neither whom it was for nor when it was made, and is gone when the campaign closes.
    """

    digest = models.BinaryField(primary_key=True)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return "paper code"
