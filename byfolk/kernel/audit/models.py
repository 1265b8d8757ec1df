"""Who has looked at sensitive data about whom, and why. Written by the database function `byfolk_log_read` only."""

from __future__ import annotations

from django.db import models


class ReadLog(models.Model):
    """One look at sensitive data about a person. The person sees all of it; nobody can change or remove a line.

    `kind` is the code of a `rights.DataKind`. The auditor reads by way of `reading.reads_for_auditors`, which leaves
    `kind` out: that something was read, by whom and why, not what it was.
    """

    reader_id = models.BigIntegerField(db_index=True)
    person_id = models.BigIntegerField()
    kind = models.TextField()
    purpose = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.reader_id} looked at {self.person_id}"
