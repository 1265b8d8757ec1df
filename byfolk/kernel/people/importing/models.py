"""What is kept of an import: the sources with their mapping, every batch, what was found, and who answers for the
quality."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.kinds import title_of_kind
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.telling import Said
from byfolk.kernel.people.models import Person


class State(models.TextChoices):
    """Where a batch stands. One that runs and whose worker died is taken up again from the start: nothing of it has
    landed."""

    RECEIVED = "received", _("Mottatt")
    CHECKING = "checking", _("Sjekkes")
    CHECKED = "checked", _("Prøvekjørt")
    RUNNING = "running", _("Hentes inn")
    LANDED = "landed", _("Hentet inn")
    FAILED = "failed", _("Stoppet")


class Source(models.Model):
    """A system that files come from, with the mapping that a person has confirmed."""

    name = models.TextField(unique=True)
    kind = models.CharField(max_length=30)
    mapping = models.JSONField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One file on its way in, or landed. ``kind`` is a code of ``kinds.KINDS``.

    ``counts``: read, good, rejected, warnings, new, changed, unchanged (rows). ``sample``: some changed rows, before
    and after, until it lands. ``columns``: the file's columns with some values of each, until it lands. ``stage`` and
    ``problem``: how far it has come, and why it stopped, as codes with arguments (`telling`). ``unit`` is the top of
    the tree: who holds a role there sees the batch.
    """

    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="batches")
    kind = models.CharField(max_length=30)
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    file_name = models.TextField()
    file_hash = models.CharField(max_length=64)
    file_size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    stage = models.TextField(blank=True, default="")
    stage_args = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    sample = models.JSONField(default=list)
    problem = models.TextField(blank=True, default="")
    problem_args = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    by_person_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"]), models.Index(fields=["file_hash"])]

    def __str__(self) -> str:
        return f"{self.file_name} {self.created_at:%Y-%m-%d}"

    @property
    def kind_title(self) -> str:
        """What the file holds, in words."""
        return title_of_kind(self.kind)

    @property
    def told(self) -> Said:
        """How far it has come; empty while it waits, and when it is over."""
        return Said(self.stage, self.stage_args)

    @told.setter
    def told(self, said: Said) -> None:
        self.stage, self.stage_args = said.code, dict(said.args)

    @property
    def stopped_by(self) -> Said:
        """Why it stopped; empty where it has not."""
        return Said(self.problem, self.problem_args)

    @stopped_by.setter
    def stopped_by(self, said: Said) -> None:
        self.problem, self.problem_args = said.code, dict(said.args)

    @property
    def parsed_mapping(self) -> Mapping:
        """The mapping that this file is read with. Raises ``MappingError``."""
        return Mapping.from_json(self.mapping)


class Upload(models.Model):
    """The file itself, kept only until the batch has landed or is thrown away."""

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="upload")
    content = models.BinaryField()
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"file of {self.batch_id}"


class Finding(models.Model):
    """Something wrong with a row. ``unit`` is the agency that the row concerns, or the top of the tree."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="findings")
    line = models.IntegerField()
    field = models.TextField(blank=True, default="")
    value = models.TextField(blank=True, default="")
    code = models.TextField()
    args = models.TextField(blank=True, default="")
    severity = models.CharField(max_length=7)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["batch", "line"]), models.Index(fields=["batch", "code"])]

    def __str__(self) -> str:
        return f"{self.code} on line {self.line}"


class AgencyShare(models.Model):
    """How one agency's rows of a landed batch did. It names nobody, so everyone who works here may read it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="shares")
    kind = models.CharField(max_length=30)
    landed_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    read = models.IntegerField()
    rejected = models.IntegerField()
    warned = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "unit"], name="one_share_of_a_batch")]
        indexes = [models.Index(fields=["unit", "landed_at"])]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.batch_id}"


class QualityOwner(models.Model):
    """Who answers for the quality of an agency's personnel data."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateField()

    def __str__(self) -> str:
        return f"{self.person_id} for {self.unit_id}"
