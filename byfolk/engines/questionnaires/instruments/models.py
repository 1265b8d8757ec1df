"""Instruments and their versions, as they are stored. What a version asks is JSON (`writing.plain`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from byfolk.engines.questionnaires.instruments import reading
from byfolk.engines.questionnaires.instruments.content import Content, Texts
from byfolk.kernel.organisation.models import Unit
from byfolk.lib.conditions import one_of


class InstrumentKind(models.TextChoices):
    """What an instrument is for. It changes nothing of how it is asked."""

    WORKPLACE = "workplace", _("Arbeidsplassen")
    PULSE = "pulse", _("Pulsmåling")
    USERS = "users", _("Brukere av en tjeneste")
    CITIZENS = "citizens", _("Innbyggere")
    LEADERSHIP = "leadership", _("Ledelse")
    SELF_ASSESSMENT = "self-assessment", _("Egenvurdering")
    ARRIVAL = "arrival", _("De som er nye")
    EXIT = "exit", _("De som slutter")


class State(models.TextChoices):
    """Where a version stands. Only a draft can be changed; one in use, or retired, never changes again."""

    DRAFT = "draft", _("Utkast")
    IN_USE = "in_use", _("I bruk")
    RETIRED = "retired", _("Tatt ut av bruk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Instrument(models.Model):
    """A questionnaire, whatever its versions ask. Those who build for its unit, or for one above, may change it.

    `title` is the title of its version in use, of its draft as long as it has never been in use.
    """

    code = models.TextField(unique=True)
    kind = models.CharField(max_length=20, choices=InstrumentKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.JSONField()
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="instrument_code_is_plain"
            ),
            models.CheckConstraint(condition=one_of("kind", InstrumentKind.values), name="instrument_kind_is_known"),
            models.CheckConstraint(condition=Q(title__has_key="nb"), name="instrument_title_in_nb"),
        ]
        triggers = [pgtrigger.ReadOnly(name="whose_it_is", fields=["code", "unit", "made_by_id", "made_at"])]

    def __str__(self) -> str:
        return self.code

    @property
    def titles(self) -> Texts:
        """Its title in three languages."""
        return Texts(**self.title)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class InstrumentVersion(models.Model):
    """What an instrument asks, from when it was put in use until it was retired.

    At most one is a draft and one in use; putting the draft in use retires the one before. A trigger keeps one that is
    not a draft as it is. `digest` is the SHA-256 of its content (`writing.digest`). `edition` counts the changes of a
    draft, so that nobody overwrites what they have not seen. `unit_id` is the instrument's own, kept alike by a
    trigger, so that who may see a draft is known from the row.
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions")
    unit_id = models.BigIntegerField()
    number = models.IntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    edition = models.IntegerField(default=1)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    changed_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    used_by_id = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(null=True)
    retired_by_id = models.BigIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.UniqueConstraint(fields=["instrument"], condition=Q(state="draft"), name="one_draft_an_instrument"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="in_use"), name="one_version_in_use_an_instrument"
            ),
            models.CheckConstraint(condition=one_of("state", State.values), name="instrument_state_is_known"),
            models.CheckConstraint(condition=Q(number__gte=1, edition__gte=1), name="instrument_version_counts_from_1"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="instrument_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(state="draft", used_at=None) | (~Q(state="draft") & Q(used_at__isnull=False)),
                name="instrument_in_use_since",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False) | (~Q(state="retired") & Q(retired_at=None)),
                name="instrument_retired_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} version {self.number}"

    @property
    def parsed(self) -> Content:
        """What it asks. Taking it apart costs some milliseconds, so each digest is taken apart once a process."""
        return _taken_apart(_Stored(self.digest, self.content))


@dataclass(frozen=True)
class _Stored:
    """A content as it is stored, known by its digest."""

    digest: str
    content: dict[str, Any] = field(compare=False)


@lru_cache(maxsize=128)
def _taken_apart(stored: _Stored) -> Content:
    return reading.content_of(stored.content)
