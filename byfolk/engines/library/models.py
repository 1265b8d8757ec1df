"""Documents of the library, their versions, who has confirmed that they read one, and what is searched.

Texts are kept as `{"nb": ..., "nn": ..., "en": ...}`; bokmål is always there (`lib.texts.in_language`).
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.models import Unit, norwegian_order, same
from byfolk.kernel.people.models import Person
from byfolk.lib.conditions import one_of


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Document(models.Model):
    """What has versions: a guide, later an agreement. `code` is its stable id, `kind` one that an area has registered.

    `unit` owns it. On `review_on` the owner looks at it again.
    """

    code = models.TextField(unique=True)
    kind = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    made_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="document_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.code


class State(models.TextChoices):
    """Whether a version is being written or published. Published it never changes again."""

    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Publisert")


class Asks(models.TextChoices):
    """Whom a version asks to confirm that they have read it, in a unit and all below it."""

    NOBODY = "", _("Ingen")
    LEADERS = "leaders", _("Alle ledere")
    EVERYONE = "everyone", _("Alle ansatte")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Version(models.Model):
    """What a document says in a half-open period (`valid`); a draft has none. A trigger keeps a published one as it is,
    but that its period may be ended once.

    `text` is Markdown as `lib.markdown` renders it. `goals` are stable ids of the policy's goals, `indicators` codes of
    figures. `unit` is the document's owner; a trigger sees to that. `edition` counts changes of a draft, so that nobody
    overwrites what they have not seen.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.IntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    valid = DateRangeField(null=True)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    goals = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    asks = models.CharField(max_length=8, choices=Asks.choices, default=Asks.NOBODY, blank=True)
    asked_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    edition = models.IntegerField(default=1)
    changed_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="draft"), name="one_draft_of_a_document"),
            ExclusionConstraint(
                name="one_version_at_a_time",
                expressions=[(same("document"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_1"),
            models.CheckConstraint(condition=Q(title__has_key="nb"), name="document_title_in_nb"),
            models.CheckConstraint(
                condition=Q(state="draft", valid=None)
                | Q(state="published", valid__isempty=False, valid__lower_inf=False, text__has_key="nb"),
                name="published_for_a_period",
            ),
            models.CheckConstraint(
                condition=Q(asks="", asked_unit=None)
                | (one_of("asks", ["leaders", "everyone"]) & Q(asked_unit__isnull=False)),
                name="asked_in_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"


class Receipt(models.Model):
    """A person says that they have read a version. It is only added to: a trigger and the rights see to that."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.person_id} has read {self.version_id}"


class Entry(models.Model):
    """What lists and search read of a published version. A trigger writes it, and it needs no policy: nothing in it is
    anybody's own. The words are weighted: title before summary before text; nynorsk and English hold bokmål, too.
    """

    # What is published is never deleted, and nobody may delete here.
    version = models.OneToOneField(Version, models.DO_NOTHING, primary_key=True, related_name="+")
    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.TextField()
    kind = models.TextField()
    valid = DateRangeField()
    name = models.TextField()
    title = models.JSONField()
    summary = models.JSONField()
    goals = ArrayField(models.TextField())
    indicators = ArrayField(models.TextField())
    words_nb = SearchVectorField()
    words_nn = SearchVectorField()
    words_en = SearchVectorField()
    sort_key = norwegian_order("name")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "sort_key"]),
            GinIndex(fields=["goals"]),
            GinIndex(fields=["indicators"]),
            GinIndex(fields=["words_nb"]),
            GinIndex(fields=["words_nn"]),
            GinIndex(fields=["words_en"]),
        ]

    def __str__(self) -> str:
        return self.name
