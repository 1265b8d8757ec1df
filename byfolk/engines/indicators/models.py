"""The one table of figures that pages read, and what there is to know about how they were made."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.kernel.organisation.models import Unit

models.TextField.register_lookup(Length)
LONGEST_NOTE = 600


class Publication(models.Model):
    """One run of the refresh that changed figures: when, who asked, what it was made from, and how much came of it.

    `months` are the months of facts that had changed; `batches` the imports that wrote the rows they were made from.
    `declared`: the indicators that were declared in the database then (`registry.read_declared`).
    """

    at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    period_until = models.DateField()
    next_on = models.DateField()
    months = ArrayField(models.DateField())
    batches = ArrayField(models.BigIntegerField())
    declared = models.JSONField(default=dict, db_default={})
    facts_hash = models.CharField(max_length=64)
    fact_rows = models.IntegerField()
    published = models.IntegerField()
    hidden = models.IntegerField()
    seconds = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"publication {self.pk} until {self.period_until:%Y-%m}"


class Figure(models.Model):
    """One published or hidden figure. A hidden one holds no number.

    Units, indicators and groups are small numbers without foreign keys: the rows come by the hundred thousand and
    are always
    written together by one job. `bound` belongs to a band: 'at most' or 'at least' that many percent.
    """

    pk = models.CompositePrimaryKey("unit", "indicator", "breakdown", "hierarchy", "kind", "period")
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    value = models.FloatField(null=True)
    unit = models.IntegerField()
    n = models.IntegerField(null=True)
    publication = models.IntegerField()
    period = models.DateField()
    indicator = models.SmallIntegerField()
    breakdown = models.SmallIntegerField(default=0)
    hierarchy = models.SmallIntegerField(choices=Hierarchy.choices)
    kind = models.SmallIntegerField(choices=PeriodKind.choices)
    state = models.SmallIntegerField()
    bound = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "period", "kind", "breakdown", "hierarchy"], name="figure_of_all_units")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.unit} in {self.period:%Y-%m}"


class OpenFigure(models.Model):
    """A figure that anyone may see (`permissions.STATEMENT`): the same columns, of the view that the rights make."""

    pk = models.CompositePrimaryKey("unit", "indicator", "breakdown", "hierarchy", "kind", "period")
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    value = models.FloatField(null=True)
    unit = models.IntegerField()
    n = models.IntegerField(null=True)
    period = models.DateField()
    indicator = models.SmallIntegerField()
    breakdown = models.SmallIntegerField()
    hierarchy = models.SmallIntegerField(choices=Hierarchy.choices)
    kind = models.SmallIntegerField(choices=PeriodKind.choices)
    state = models.SmallIntegerField()
    bound = models.SmallIntegerField(null=True)

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.indicator} of {self.unit} in {self.period:%Y-%m}"


class InputCount(models.Model):
    """How many rows of a source, from which import, stand behind a unit's figures of a year: the line of sight's
    last step.
    """

    pk = models.CompositePrimaryKey("unit", "year", "source", "batch")
    unit = models.IntegerField()
    year = models.SmallIntegerField()
    source = models.SmallIntegerField()
    batch = models.BigIntegerField()
    rows = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.rows} rows of {self.source} for {self.unit}"


class Step(models.IntegerChoices):
    """The steps of a refresh, in order."""

    CHANGES = 0, _("Finner hva som er endret")
    FACTS = 1, _("Henter grunnlaget")
    CUBE = 2, _("Regner ut tallene")
    DISCLOSURE = 3, _("Finner ut hva som kan vises")
    PUBLISH = 4, _("Publiserer")
    DONE = 5, _("Ferdig")


class Refresh(models.Model):
    """One run of the refresh, as it goes: what a page shows while one waits. `error` is empty unless it failed."""

    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    step = models.SmallIntegerField(choices=Step.choices)
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    error = models.TextField(blank=True, default="")
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-started_at"])]

    def __str__(self) -> str:
        return f"refresh {self.pk} at step {self.step}"


class MonthMade(models.Model):
    """Which facts of a month the published figures were made from: a refresh compares, and makes anew what differs.

    `fingerprint`: of the rows that the facts were made from. `content`: of the facts, which names their file.
    """

    month = models.DateField()
    table = models.TextField()
    fingerprint = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    rows = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "month"], name="month_of_a_table_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.month:%Y-%m}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Note(models.Model):
    """What a unit says of why its figure of a period is as it is. `kind` and `period` are the figure's own.

    A correction changes the row, and the history keeps what it said before; `version` counts, so that two who write at
    once are told apart. A note that is withdrawn is shown to nobody but those who may write one, and stays withdrawn.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.TextField()
    kind = models.SmallIntegerField(choices=PeriodKind.choices)
    period = models.DateField()
    text = models.TextField()
    author_id = models.BigIntegerField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "kind", "period"],
                condition=Q(withdrawn_at=None),
                name="one_note_of_a_figure",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(text__length__lte=LONGEST_NOTE), name="note_says_something_in_short"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="note_version_counts_from_1"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="about_this_figure", fields=["unit", "indicator", "kind", "period", "written_at"]),
            pgtrigger.Protect(
                name="withdrawn_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.unit_id} in {self.period:%Y-%m}"

    @property
    def author_name(self) -> str:
        """Who wrote it last, as read by `notes`; empty: not in the directory."""
        return getattr(self, "author_card_name", None) or ""
