"""The policy as data: its versions as they are written, heard and adopted; the adopted one's areas, goals and figures
as boards read them; yearly targets per unit; owners, and agencies' own measures.

Texts in several languages are kept as `{"nb": ..., "nn": ..., "en": ...}`; bokmål is always there
(`texts.in_language`).
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.models import Unit
from byfolk.lib.conditions import one_of


class FocusArea(models.Model):
    """One of the adopted policy's areas, as boards read it. `key` is its stable id in every version.

    Number 0 is the overarching goal that the others lead to, and has no number on the page.
    """

    key = models.TextField(unique=True)
    number = models.SmallIntegerField()
    title = models.JSONField()
    # As short as the head of a column allows.
    short = models.JSONField()
    explanation = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # Immediate, but at the end of a statement: a new version may number all areas anew at once.
            models.UniqueConstraint(fields=["number"], name="focus_area_number_once", deferrable=Deferrable.IMMEDIATE),
            models.CheckConstraint(condition=Q(number__gte=0), name="focus_area_number_from_0"),
            models.CheckConstraint(condition=Q(title__has_key="nb", short__has_key="nb"), name="focus_area_in_nb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title['nb']}"


class Goal(models.Model):
    """A goal of the adopted policy: number "3.1" in its area ("0" for the overarching one). `key` is its stable id.

    `planned` says what will be measured.
    """

    key = models.TextField(unique=True)
    area = models.ForeignKey(FocusArea, models.CASCADE, related_name="goals")
    number = models.TextField()
    order = models.SmallIntegerField()
    title = models.JSONField()
    # For the index of goals and for sentences: "Arbeidsmiljø".
    short = models.JSONField()
    planned = models.JSONField(default=dict)

    class Meta:
        ordering = ["area__number", "order"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="goal_number_once", deferrable=Deferrable.IMMEDIATE),
            models.UniqueConstraint(
                fields=["area", "order"], name="goal_place_in_its_area", deferrable=Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(condition=Q(title__has_key="nb", short__has_key="nb"), name="goal_in_nb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title['nb']}"


class Service(models.Model):
    """An indicator serves a goal: the goal is measured by it. `indicator` is the indicator's code."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="services")
    indicator = models.TextField()
    order = models.SmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["goal", "indicator"], name="indicator_serves_a_goal_once")]

    def __str__(self) -> str:
        return f"{self.indicator} > {self.goal_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Target(models.Model):
    """What an indicator should be in a unit and all below it in a year, unless a unit nearer has its own.

    `value` and `tolerance` are in the indicator's unit of measure (8.0 is eight per cent). Within the tolerance of
    the target is near.
    """

    indicator = models.TextField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="targets")
    year = models.SmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    tolerance = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "year"], name="one_target_a_year"),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="tolerance_is_not_negative"),
            models.CheckConstraint(condition=Q(year__range=(1900, 2200)), name="target_year_is_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


class VersionState(models.TextChoices):
    """Where a version of the policy stands. On hearing it cannot be changed, and adopted it never can be again."""

    DRAFT = "draft", _("Utkast")
    HEARING = "hearing", _("På høring")
    ADOPTED = "adopted", _("Vedtatt")
    RETIRED = "retired", _("Avløst")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PolicyVersion(models.Model):
    """One version of the policy. At most one is adopted; a trigger keeps an adopted or retired one as it is."""

    number = models.IntegerField(unique=True)
    title = models.JSONField()
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    made_on = models.DateField()
    hearing_from = models.DateField(null=True)
    # The first day on which nobody may comment any more.
    hearing_until = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="adopted"), name="one_adopted_policy"),
            models.CheckConstraint(condition=Q(number__gte=1), name="policy_number_from_1"),
            models.CheckConstraint(condition=Q(title__has_key="nb"), name="policy_title_in_nb"),
            models.CheckConstraint(
                condition=Q(hearing_from=None, hearing_until=None) | Q(hearing_until__gt=models.F("hearing_from")),
                name="hearing_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state="hearing") | Q(hearing_until__isnull=False), name="hearing_has_an_end"
            ),
            models.CheckConstraint(
                condition=(one_of("state", ["adopted", "retired"]) & Q(adopted_on__isnull=False))
                | (one_of("state", ["draft", "hearing"]) & Q(adopted_on=None)),
                name="adopted_on_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_on__isnull=False)
                | (one_of("state", ["draft", "hearing", "adopted"]) & Q(retired_on=None)),
                name="retired_on_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title['nb']}"


class ElementKind(models.TextChoices):
    """What a paragraph of the policy is, in the order in which the document has them."""

    PURPOSE = "purpose", _("Formål")
    VALUE = "value", _("Verdi")
    LEADERS = "leaders", _("Ledelsesprinsipp")
    EMPLOYEES = "employees", _("Medarbeiderprinsipp")
    EMPLOYER = "employer", _("Arbeidsgiverprinsipp")
    REPUTATION = "reputation", _("Ønsket omdømme")
    AREA = "area", _("Område")
    CHALLENGE = "challenge", _("Utfordring")
    GOAL = "goal", _("Mål")
    MEASURE = "measure", _("Tiltak")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Element(models.Model):
    """A paragraph of a version. `key` is its stable id: the same in every version that has it, wherever it is moved.

    `title` is the paragraph itself, one line. `short`, `text` and `planned` as `FocusArea` and `Goal` have them.
    `indicators` are the codes of the figures that serve a goal, the most telling first. `edition` counts changes, so
    that nobody overwrites what they have not seen. Which kind may lie under which is held by a trigger.
    """

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="elements")
    key = models.TextField()
    kind = models.CharField(max_length=10, choices=ElementKind.choices)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    order = models.SmallIntegerField()
    title = models.JSONField()
    short = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    planned = models.JSONField(default=dict)
    indicators = models.JSONField(default=list)
    edition = models.IntegerField(default=1)
    changed_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="element_once_in_its_version"),
            models.UniqueConstraint(
                fields=["version", "parent", "kind", "order"], name="element_place", nulls_distinct=False,
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(condition=Q(title__has_key="nb"), name="element_in_nb"),
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="element_key_is_plain"),
            models.CheckConstraint(
                condition=(one_of("kind", ["challenge", "goal", "measure"]) & Q(parent__isnull=False))
                | (
                    one_of("kind", ["purpose", "value", "leaders", "employees", "employer", "reputation", "area"])
                    & Q(parent=None)
                ),
                name="element_has_the_parent_it_needs",
            ),
            models.CheckConstraint(condition=Q(kind="goal") | Q(indicators=[]), name="only_goals_have_figures"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key}: {self.title['nb']}"


class Side(models.TextChoices):
    """For whom a comment speaks."""

    AGENCY = "agency", _("Virksomhet")
    UNION = "union", _("Tillitsvalgt")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Comment(models.Model):
    """What an agency or a union said in a hearing about one paragraph, and what the HR direction answered.

    `about` is the paragraph's text as it was then. A trigger keeps everything but the answer as it was written; whoever
    spoke may withdraw it while the hearing is open, and then it is kept and shown to nobody.
    """

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="comments")
    key = models.TextField()
    about = models.JSONField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    person_id = models.BigIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["version", "key"])]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:40]}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Owner(models.Model):
    """Who answers for a goal or a measure, by its stable id: a role in a unit, and perhaps a person. Not part of a
    version: an owner may change without a new policy.
    """

    key = models.TextField(unique=True)
    role = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.role} in {self.unit_id}"

    @property
    def person_name(self) -> str:
        """The person's name, as read by `versions.owners`; empty: no person, or not in the directory."""
        return getattr(self, "owner_card_name", None) or ""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OwnMeasure(models.Model):
    """What an agency does itself towards one of the city's goals (`goal_key` is the goal's stable id)."""

    goal_key = models.TextField(db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    person_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["unit__sort_key", "at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="own_measure_says_something"),
            models.UniqueConstraint(fields=["goal_key", "unit", "text"], name="own_measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_key}: {self.text[:40]}"
