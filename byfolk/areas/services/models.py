"""What a unit's service cost, gave and was worth in a period, as another system tells it."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import before_images


@before_images
class Result(models.Model):
    """A unit's results of one service in a month, a quarter or a year.

    `service` is a code of `catalogue.SERVICES`, or "other". Costs are øre. `volume`, `quality` (0-100) and
    `satisfaction` (1-6) are hundredths; `quality_name` says what the quality is measured by; `respondents` is how many
    users the satisfaction is the mean of. What was not told is null; rows of several periods may overlap, but no
    measure is told twice of the same time. Only background work reads the rows: everybody
    reads the figures that are published of them.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    service = models.CharField(max_length=30)
    valid = DateRangeField()
    cost_budget = models.BigIntegerField(null=True)
    cost_accounts = models.BigIntegerField(null=True)
    volume = models.BigIntegerField(null=True)
    volume_unit = models.TextField(blank=True, default="")
    quality = models.IntegerField(null=True)
    quality_name = models.TextField(blank=True, default="")
    satisfaction = models.IntegerField(null=True)
    respondents = models.IntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "service", "valid"], name="one_result_of_a_service_and_period"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__upper_inf=False, valid__lower_inf=False),
                name="result_of_a_period_that_ends",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True, respondents__isnull=True)
                | Q(satisfaction__range=(100, 600), respondents__gte=1),
                name="satisfaction_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(quality__isnull=True) | Q(quality__range=(0, 10_000)), name="quality_to_a_hundred"
            ),
            models.CheckConstraint(condition=Q(volume__isnull=True) | Q(volume__gte=0), name="volume_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service} of {self.unit_id} in {self.valid}"
