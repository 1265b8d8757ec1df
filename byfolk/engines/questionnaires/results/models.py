"""Results as they are published. What is hidden has no number here, whoever reads the tables.

Every row says from which day others than a unit's leader, and those above, may see it. There is no history: a result
that is computed again is the same.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.organisation.models import Unit

#: States that a result can have. A band would tell that all answered nearly alike, so there is none.
STATES = (State.PUBLISHED, State.HIDDEN_SMALL, State.HIDDEN_SECONDARY)


class Results(models.Model):
    """That a campaign's results are computed, and what holds for all of its units.

    `factors`: of each factor its scale's ends, how much answers vary (`spread`), and whether it is compared with
    `earlier`, the campaign before. `groups`: for each item that is broken down by, the options that are shown.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True, related_name="results")
    computed_at = models.DateTimeField()
    shown_from = models.DateField()
    earlier = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="+")
    factors = models.JSONField()
    groups = models.JSONField()

    def __str__(self) -> str:
        return f"results of {self.campaign_id}"


class UnitResult(models.Model):
    """How many of a unit, all below it included, were invited and answered. Hidden: the latter is not said."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.SmallIntegerField()
    invited = models.IntegerField()
    answered = models.IntegerField(null=True)
    shown_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_result_a_unit"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in STATES]), name="unit_result_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=0, answered__isnull=False) | (~Q(state=0) & Q(answered=None)),
                name="hidden_units_have_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id}"


class FactorResult(models.Model):
    """A unit's mean of one factor, on the factor's own scale, to one decimal; or that it is hidden.

    `background`, `option`: the group of people it is of, empty for everybody; groups that are not shown have no row.
    `low`, `middle`, `high`: whole percents of people by where their mean lies; None where that is not shown. `change`:
    since the earlier campaign, with its `uncertainty` (`rules.uncertainty`).
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    factor = models.TextField()
    background = models.TextField(default="")
    option = models.TextField(default="")
    state = models.SmallIntegerField()
    mean = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    low = models.SmallIntegerField(null=True)
    middle = models.SmallIntegerField(null=True)
    high = models.SmallIntegerField(null=True)
    change = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    uncertainty = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    shown_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "factor", "background", "option"], name="one_result_a_factor"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in STATES]), name="factor_result_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=0, mean__isnull=False) | (~Q(state=0) & Q(mean=None, low=None, change=None)),
                name="hidden_factors_have_no_number",
            ),
            models.CheckConstraint(
                condition=Q(low=None, middle=None, high=None) | Q(low=100 - F("middle") - F("high")),
                name="bands_are_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(change=None, uncertainty=None) | Q(change__isnull=False, uncertainty__gt=0),
                name="a_change_has_its_uncertainty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id} {self.factor}"
