"""Who has looked at sensitive data about whom, and why. Written by the database function `byfolk_log_read` only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why sensitive data is opened. The same for every kind: the auditor sees it, and must not learn from it what kind
    it was.
    """

    TALK = "talk", _("Forberede en samtale med personen")
    DUTY = "duty", _("Følge opp personen, slik loven eller avtalen krever")
    ASKED = "asked", _("Svare på noe personen har spurt om")
    MEND = "mend", _("Rette en feil")
    OTHER = "other", _("Noe annet")


def in_words(purpose: str, details: str) -> str:
    """A purpose in the reader's language, with what whoever looked wrote beside it."""
    known = "" if purpose == Purpose.OTHER and details else str(dict(Purpose.choices).get(purpose, purpose))
    return ". ".join(part for part in (known, details) if part)


class ReadLog(models.Model):
    """One look at sensitive data about a person. The person sees all of it; nobody can change or remove a line.

    `kind` is the code of a `rights.DataKind`. `details` is in the words of whoever looked; in lines from before there
    were codes, all of it stands in `purpose`. The auditor reads by way of `reading.reads_for_auditors`, which leaves
    `kind` out: that something was read, by whom and why, not what it was.
    """

    reader_id = models.BigIntegerField(db_index=True)
    person_id = models.BigIntegerField()
    kind = models.TextField()
    purpose = models.TextField(choices=Purpose.choices)
    details = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.reader_id} looked at {self.person_id}"
