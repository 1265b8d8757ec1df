"""What people say is wrong in what is registered about them, and what was answered."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Correction(models.Model):
    """A person says that something is wrong; the HR adviser or leader of the unit answers within a month (GDPR
    articles 12 and 16).

    `kind` is the code of a `rights.DataKind`, or "read_log" when it is about a look.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"]), models.Index(fields=["unit"])]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by_id=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by_id__isnull=False)),
                name="answer_with_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
