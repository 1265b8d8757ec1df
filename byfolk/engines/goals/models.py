"""The policy as data: focus areas, goals, which indicators serve a goal, and yearly targets per unit.

Texts in several languages are kept as `{"nb": ..., "nn": ..., "en": ...}`; bokmål is always there
(`texts.in_language`).
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from byfolk.kernel.organisation.models import Unit


class FocusArea(models.Model):
    """One of the policy's areas.

    Number 0 is the overarching goal that the others lead to, and has no number on the page.
    """

    number = models.SmallIntegerField(unique=True)
    title = models.JSONField()
    # As short as the head of a column allows.
    short = models.JSONField()
    explanation = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=0), name="focus_area_number_from_0"),
            models.CheckConstraint(condition=Q(title__has_key="nb", short__has_key="nb"), name="focus_area_in_nb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title['nb']}"


class Goal(models.Model):
    """A goal of the policy: number "3.1" in its area ("0" for the overarching one).

    `planned` says what will be measured.
    """

    area = models.ForeignKey(FocusArea, models.CASCADE, related_name="goals")
    number = models.TextField(unique=True)
    order = models.SmallIntegerField()
    title = models.JSONField()
    # For the index of goals and for sentences: "Arbeidsmiljø".
    short = models.JSONField()
    planned = models.JSONField(default=dict)

    class Meta:
        ordering = ["area__number", "order"]
        constraints = [
            models.UniqueConstraint(fields=["area", "order"], name="goal_once_in_its_area"),
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
