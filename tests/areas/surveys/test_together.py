"""What goes together among units: told only where it is hardly chance, and never as a cause."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from byfolk.areas.surveys.results.together import related, together
from byfolk.demo.cast import NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.results import queries
from byfolk.engines.questionnaires.results.models import FactorResult
from byfolk.lib.ranks import LEAST


def _means(columns: dict[str, Any]) -> dict[int, dict[str, Decimal]]:
    units = len(next(iter(columns.values())))
    return {unit: {name: Decimal(f"{values[unit]:.1f}") for name, values in columns.items()} for unit in range(units)}


def test_what_rises_with_the_outcome_is_found_and_what_falls_too() -> None:
    x = np.linspace(2, 4.5, 25)
    noise = np.random.default_rng(1).uniform(2, 4.5, 25)
    found = related(_means({"out": x, "up": x, "down": 6 - x, "noise": noise}), "out", ["up", "down", "noise"])
    assert {one.factor: one.relation.rho > 0 for one in found} == {"up": True, "down": False}


def test_where_all_is_chance_nothing_is_told() -> None:
    rng = np.random.default_rng(7)
    columns = {name: rng.uniform(2, 4.5, 20) for name in ("out", "a", "b", "c")}
    assert related(_means(columns), "out", ["a", "b", "c"]) == []


def test_too_few_units_tell_nothing() -> None:
    x = np.linspace(2, 4.5, LEAST - 1)
    assert related(_means({"out": x, "up": x}), "out", ["up"]) == []


@pytest.mark.django_db
def test_it_is_looked_at_for_the_city_and_agencies_with_enough_units_only(as_actor: Any) -> None:
    campaign = Campaign.objects.order_by("-closes_at")[0]
    with as_actor("kari") as actor:
        home = queries.result(actor, campaign.pk, NURSING_HOME_CODE)
        assert home is not None
        assert together(actor, home, "time") is None
        city = queries.result(actor, campaign.pk, ROOT_CODE)
        assert city is not None
        means = queries.means_below(actor, campaign.pk, city.place.pk, city.place.level)
        assert (together(actor, city, "time") is None) == (len(means) < LEAST)


@pytest.mark.django_db
def test_only_what_the_reader_sees_is_looked_at(as_actor: Any) -> None:
    campaign = Campaign.objects.order_by("-closes_at")[0]
    with as_actor("jonas") as actor:
        city = queries.result(actor, campaign.pk, ROOT_CODE)
        assert city is not None
        # Jonas sees his own agency, and no other.
        assert len(queries.means_below(actor, campaign.pk, city.place.pk, city.place.level)) <= 1
        assert together(actor, city, "time") is None


@pytest.mark.django_db
def test_a_page_says_what_goes_together_and_that_it_is_no_cause(as_persona: Any) -> None:
    campaign = Campaign.objects.order_by("-closes_at")[0]
    rows = FactorResult.objects.filter(campaign=campaign, background="", mean__isnull=False, unit__level=2)
    units = rows.filter(factor="time").count()
    page = as_persona("kari").get(f"/undersokelser/{campaign.pk}/resultat/{ROOT_CODE}/").content.decode()
    assert ("Hva henger sammen med" in page) == (units >= LEAST)
    assert ("Det viser ikke hva som er årsak." in page) == (units >= LEAST)
