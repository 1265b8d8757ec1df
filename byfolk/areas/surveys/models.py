"""Which factors of a municipality's own instruments are indicators."""

from __future__ import annotations

from django.db import models

#: Tops of scales that pages have words for; what is asked on another scale stands on the pages of results only.
TOPS = (5, 6, 7, 10, 100)


class OwnFactor(models.Model):
    """A factor of an instrument that the municipality has made (or changed), as an indicator since its first result.

    `key` is the indicator's number, from 20001 on, and never changes. `titles` and `abouts` are the factor's own texts,
    `instrument_titles` the instrument's, in three languages, as they were asked last. `top`: of its scale. `of_users`:
    users of a service answered, and not those who work here. `goals`: stable ids of the policy's goals.
    """

    key = models.SmallAutoField(primary_key=True)
    instrument = models.TextField()
    factor = models.TextField()
    top = models.SmallIntegerField()
    of_users = models.BooleanField()
    titles = models.JSONField()
    abouts = models.JSONField()
    instrument_titles = models.JSONField()
    goals = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "factor", "top"], name="one_indicator_a_factor"),
            models.CheckConstraint(condition=models.Q(top__in=TOPS), name="factor_on_a_known_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.factor}"
