"""The plan that a unit makes of its result: one or two factors, and who chose them together."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.organisation.models import Unit

models.TextField.register_lookup(Length)
#: As many factors as a unit chooses.
MOST = 2
LONGEST_LINE = 200


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Plan(models.Model):
    """What a unit does something about after a campaign: one a campaign and unit.

    `first` and `second` (empty: one only) are codes of factors. `staff_representative`, `safety_representative`,
    `union` and `participants` (in short) say who was there when it was chosen, on `met_on`. `shown_from` is the
    result's own: who sees that, sees this. `version` grows with each change, so that two who change the same are told
    apart.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.TextField()
    second = models.TextField(blank=True, default="")
    staff_representative = models.BooleanField(default=False)
    safety_representative = models.BooleanField(default=False)
    union = models.BooleanField(default=False)
    participants = models.TextField(blank=True, default="")
    met_on = models.DateField()
    shown_from = models.DateField()
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["unit", "campaign"])]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_plan_a_campaign_and_unit"),
            models.CheckConstraint(condition=~Q(first="") & ~Q(first=F("second")), name="plan_is_of_factors_once_each"),
            models.CheckConstraint(
                condition=Q(participants__length__lte=LONGEST_LINE), name="plan_participants_in_short"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_version_counts_from_1"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="plan_of_what", fields=["campaign", "unit", "shown_from", "made_by_id", "made_at"])
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id} {', '.join(self.factors)}"

    @property
    def factors(self) -> tuple[str, ...]:
        """The codes of what is chosen, in the order in which they were."""
        return (self.first, self.second) if self.second else (self.first,)
