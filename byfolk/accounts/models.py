"""The accounts as they are written, and as they were frozen."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.models import Unit
from byfolk.lib.conditions import one_of


class State(models.TextChoices):
    """Where an edition stands. A frozen one never changes."""

    DRAFT = "draft", _("Utkast")
    FROZEN = "frozen", _("Frosset")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Edition(models.Model):
    """The accounts of a unit and a year in one version, with what people write in it. `shown`: the figures that had a
    value when it was begun, as "code/year".

    At most one of a unit and year is a draft. It is frozen by its `Snapshot`, and triggers keep it as it was then.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField(null=True)
    shown = models.JSONField(default=list)

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "version"], name="edition_once"),
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(state="draft"), name="one_draft_a_year"),
            models.CheckConstraint(condition=one_of("state", State.values), name="edition_state_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="edition_counts_from_1"),
            # What sections and comments refer to, so that they lie in the edition's own unit.
            models.UniqueConstraint(fields=["id", "unit"], name="edition_with_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}, version {self.version}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Section(models.Model):
    """What is written in one chapter of an edition, and who is asked to write it by when.

    `anchor` is the chapter's; `text` is plain text with the few marks of `marks`; `points` are the lines of its list.
    `version` counts changes of text and points, so that nobody overwrites what they have not seen.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections")
    unit_id = models.BigIntegerField()
    anchor = models.TextField()
    text = models.TextField(blank=True, default="")
    points = models.JSONField(default=list)
    contributor_id = models.BigIntegerField(null=True)
    due = models.DateField(null=True)
    version = models.IntegerField(default=1)
    changed_by = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["contributor_id"])]
        constraints = [
            models.UniqueConstraint(fields=["edition", "anchor"], name="section_once_in_its_edition"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(contributor_id__isnull=False), name="a_deadline_is_somebodys"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="section_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor}: {self.text[:40]}"

    @property
    def is_written(self) -> bool:
        """Whether it says anything."""
        return bool(self.text or self.points)


class Comment(models.Model):
    """What somebody said about a chapter while it was written. It can be neither changed nor removed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="comments")
    unit_id = models.BigIntegerField()
    anchor = models.TextField()
    author_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["edition", "anchor"])]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="accounts_comment_says_something")]
        triggers = [pgtrigger.Protect(name="said_is_said", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.anchor}: {self.text[:40]}"


class Snapshot(models.Model):
    """A frozen edition: all that its formats are made from, as canonical JSON (`snapshot`), and its SHA-256. Open to
    everybody, so that it names its unit itself, and kept as it is by triggers.

    `signer` and `signer_role` are the name and the title of that day. `files` are the SHA-256 of the files that were
    made when it was frozen, by their endings ("pdf" and "xlsx" in bokmål, "nn.pdf" and so on, "csv" of the open data).
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="snapshot")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_code = models.TextField()
    name_nb = models.TextField()
    name_nn = models.TextField(blank=True, default="")
    level = models.SmallIntegerField()
    sort_key = models.TextField()
    year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    frozen_at = models.DateTimeField()
    signer = models.TextField()
    signer_role = models.TextField()
    reason = models.TextField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)

    class Meta:
        ordering = ["-year", "-version"]
        indexes = [models.Index(fields=["unit_code", "year"])]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "version"], name="frozen_once"),
            models.CheckConstraint(condition=~Q(signer="") & ~Q(reason=""), name="frozen_by_somebody_for_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="frozen_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}, version {self.version}"
