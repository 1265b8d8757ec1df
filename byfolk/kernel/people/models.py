"""People and what they hold: a public directory card, private data apart, posts, dated employments, pay and absences.

Percentages are permille of a full post (1000 is full time), money is øre a year. Every date range is half-open.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.organisation.models import Unit, norwegian_order


def before_images(model: type[models.Model]) -> type[models.Model]:
    """Keep a row's earlier form, with who and why, when it is changed or deleted.

    Rows come by the ten thousand from imports and carry the batch that wrote them, so their first form needs no event.
    """
    # Trackers hold state: each model has its own.
    trackers = (pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
    return pghistory.track(*trackers, level=pghistory.Statement)(model)


def person_in_post() -> models.expressions.RawSQL:
    """A person in a post in a period as a box: across, the two numbers as one; upwards, the days. Two that
    overlap touch.

    A sixth of the time of three ranges, row by row (imports write 60,000). Exact while each number is below 67 million
    (2^26); beyond that the constraint would refuse too much, never too little.
    """
    corner = "point(person_id * 67108864::float8 + position_id, {} - date '1900-01-01')"
    first = "coalesce(lower(valid), date '0001-01-01')"
    last = "coalesce(upper(valid), date '9999-01-01') - 1"
    box = f"box({corner.format(first)}, {corner.format(last)})"
    return models.expressions.RawSQL(box, ())  # noqa: S611 - no input in it


class Gender(models.TextChoices):
    """Legal gender as payroll systems have it."""

    WOMAN = "K", _("Kvinne")
    MAN = "M", _("Mann")


class EmploymentKind(models.TextChoices):
    """How a person is appointed."""

    PERMANENT = "permanent", _("Fast")
    TEMPORARY = "temporary", _("Midlertidig")
    SUBSTITUTE = "substitute", _("Vikar")
    APPRENTICE = "apprentice", _("Lærling")


class EndReason(models.TextChoices):
    """Why an employment ended."""

    RESIGNED = "resigned", _("Sa opp")
    PENSION_OLD_AGE = "pension_old_age", _("Alderspensjon")
    PENSION_AFP = "pension_afp", _("AFP")
    PENSION_DISABILITY = "pension_disability", _("Uførepensjon")
    TERM_ENDED = "term_ended", _("Perioden var over")
    MOVED_AGENCY = "moved_agency", _("Byttet virksomhet")
    REORGANISED = "reorganised", _("Omorganisering")
    DISMISSED = "dismissed", _("Oppsagt")


class AbsenceKind(models.TextChoices):
    """What an absence is. Only the first two are sick leave."""

    SELF_CERTIFIED = "self_certified", _("Egenmelding")
    CERTIFIED = "certified", _("Sykmelding")
    PARENTAL = "parental", _("Foreldrepermisjon")
    CHILD_SICK = "child_sick", _("Sykt barn")
    OTHER = "other", _("Annet fravær")


@before_images
class Person(models.Model):
    """A person as the employer knows them. Private: what colleagues may see stands on the `Card`.

    `protected`: a confidential address (kode 6/7); such a person is in no list but those that must have them.
    `unit` is where
    the person's main post lies now; None for one who has left.
    """

    employee_number = models.TextField(unique=True)
    given_name = models.TextField()
    family_name = models.TextField()
    birth_date = models.DateField(null=True)
    gender = models.CharField(max_length=1, choices=Gender.choices, null=True)  # noqa: DJ001 - unknown is not ''
    protected = models.BooleanField(default=False)
    work_email = models.TextField(blank=True, default="")
    work_phone = models.TextField(blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    batch_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Card(models.Model):
    """What anyone who works here may see of a colleague. A protected person, and one who has left, has none.

    It needs no policy, so that a text search can use its index.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True)
    given_name = models.TextField()
    family_name = models.TextField()
    title = models.TextField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="cards")
    email = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    sort_key = norwegian_order("family_name", "given_name")
    search = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "person"]),
            models.Index(fields=["unit", "sort_key"]),
            GinIndex(fields=["search"]),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def name(self) -> str:
        """Given name first, as people say it."""
        return f"{self.given_name} {self.family_name}"


@before_images
class Address(models.Model):
    """A person's private address and telephone. `protection` 6 or 7 is a confidential address (folkeregisterloven)."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="address")
    lines = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    protection = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(protection__isnull=True) | Q(protection__in=[6, 7]), name="known_protection"
            )
        ]

    def __str__(self) -> str:
        return f"address of {self.person_id}"


@before_images
class Position(models.Model):
    """A post: its number, title and occupation (STYRK-08) in a unit."""

    number = models.TextField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.TextField()
    styrk = models.CharField(max_length=4, blank=True, default="")
    percentage = models.IntegerField(default=1000)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percentage__range=(1, 1000)), name="post_within_full_time")]

    def __str__(self) -> str:
        return self.title


@before_images
class Employment(models.Model):
    """A person holds a post in a period: several posts at a time are normal, the same post twice at once is refused."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="employments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments")
    kind = models.CharField(max_length=12, choices=EmploymentKind.choices)
    percentage = models.IntegerField()
    main = models.BooleanField(default=True)
    valid = DateRangeField()
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True, default="")
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "person"])]
        constraints = [
            ExclusionConstraint(
                name="same_post_once_at_a_time",
                expressions=[(person_in_post(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(percentage__range=(1, 1000)), name="employment_within_full_time"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="employment_starts_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.position_id}"


@before_images
class Pay(models.Model):
    """A person's yearly pay in a post for full time, in øre, and fixed and variable supplements, in a period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="pay")
    position = models.ForeignKey(Position, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    annual_pay = models.BigIntegerField()
    supplements = models.BigIntegerField(default=0)
    valid = DateRangeField()
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_pay_at_a_time",
                expressions=[(person_in_post(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(annual_pay__gte=0, supplements__gte=0), name="pay_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"pay of {self.person_id}"


@before_images
class Absence(models.Model):
    """A spell away from one post. `grade` is how much of the post, in permille. No diagnosis, ever."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AbsenceKind.choices)
    grade = models.IntegerField(default=1000)
    valid = DateRangeField()
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit"])]
        constraints = [
            models.UniqueConstraint(
                models.F("person"),
                models.F("position"),
                models.F("kind"),
                models.Func(models.F("valid"), function="lower"),
                name="one_absence_of_a_kind_from_a_day",
            ),
            models.CheckConstraint(condition=Q(grade__range=(1, 1000)), name="absence_within_full_time"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="absence_starts_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"absence of {self.person_id}"
