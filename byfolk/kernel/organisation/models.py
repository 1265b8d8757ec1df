"""The dated organisation: units, where they lay and what they were called when, their successors and leaders."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.names import in_language


class Level(models.IntegerChoices):
    """The levels of a Norwegian municipality, from the top. A unit may skip levels, never go upwards."""

    MUNICIPALITY = 0, _("Kommune")
    DEPARTMENT = 1, _("Byrådsavdeling")
    AGENCY = 2, _("Virksomhet")
    DIVISION = 3, _("Avdeling")
    SECTION = 4, _("Seksjon")
    WORKPLACE = 5, _("Tjenestested")


def same(column: str) -> Func:
    """`column` as a range of one number: the binaries we ship carry no btree_gist, and gist knows ranges by itself."""
    return Func(F(column), F(column), models.Value("[]"), function="int8range")


def norwegian_order(*columns: str) -> models.GeneratedField:
    """A generated column that sorts the Norwegian way (æ, ø, å last) by plain byte order: the binaries carry no ICU."""
    joined = " || ' ' || ".join(f'"{column}"' for column in columns)
    return models.GeneratedField(
        expression=models.expressions.RawSQL(  # noqa: S611 - the columns are named in code
            f"translate(lower({joined}), 'æäøöåÆÄØÖÅéèêüÉÈÊÜ', '{{{{||}}{{{{||}}eeeueeeu')", ()
        ),
        output_field=models.TextField(),
        db_persist=True,
    )


class Municipality(models.Model):
    """The one municipality of this installation. `demo` opens the page to step in as one of the cast. `known_until`:
    the first day that is not known, where people and absences were loaded as a whole and no files carry them on.
    """

    name = models.TextField()
    demo = models.BooleanField(default=False)
    known_until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_municipality")]

    def __str__(self) -> str:
        return self.name


class Named(models.Model):
    """What has a name in bokmål and may have one in nynorsk. Queries name the columns; readers are shown `name`."""

    name_nb = models.TextField(db_column="name")
    name_nn = models.TextField(blank=True, default="", db_default="")

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_nb, self.name_nn)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Unit(Named):
    """A unit by its lasting code. Name, level and parent are today's, or the last; `Placement` holds the history."""

    code = models.TextField(unique=True)
    level = models.SmallIntegerField(choices=Level.choices)
    sector = models.TextField(blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid = DateRangeField()
    sort_key = norwegian_order("name")

    class Meta:
        indexes = [models.Index(fields=["parent", "sort_key"]), models.Index(fields=["level", "sector"])]
        constraints = [
            models.CheckConstraint(condition=Q(valid__isempty=False), name="unit_opens_before_it_closes"),
            models.UniqueConstraint(
                fields=["level"], condition=Q(parent__isnull=True, level=0), name="one_root_of_the_tree"
            ),
            models.CheckConstraint(condition=Q(parent__isnull=False) | Q(level=0), name="only_the_root_has_no_parent"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Placement(Named):
    """Where a unit lay, and what it was called, in a period. The periods of a unit never overlap."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    level = models.SmallIntegerField(choices=Level.choices)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_placement_at_a_time",
                expressions=[(same("unit"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="placement_starts_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Succession(models.Model):
    """`unit` was succeeded by `successor` on a date: history is shown in today's tree by way of it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "successor"], name="one_succession_between_two_units"),
            models.CheckConstraint(condition=~Q(unit=F("successor")), name="no_unit_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} > {self.successor_id}"


class Closure(models.Model):
    """Today's tree, every unit with each unit above it and itself (depth 0). Rebuilt when the tree changes."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="above")
    depth = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="closure_once")]
        indexes = [models.Index(fields=["descendant", "depth"])]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Leadership(models.Model):
    """A person leads a unit in a period. A unit has one leader at a time; the leader's grant follows from it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="leaderships")
    # A number, not a foreign key: people lie on the floor above. The database holds the reference (people migration).
    person_id = models.BigIntegerField(db_index=True)
    valid = DateRangeField()
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_leader_at_a_time",
                expressions=[(same("unit"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="leadership_starts_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} leads {self.unit_id}"
