"""Factors of an instrument that the municipality has made become indicators by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from byfolk.areas.surveys import declaring
from byfolk.areas.surveys.models import OwnFactor
from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.beginning import begin
from byfolk.engines.indicators.making.refresh import refresh
from byfolk.engines.indicators.models import Figure
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.results.models import FactorResult, Results
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.time import now
from tests.conftest import signed_in
from tests.engines.indicators.making.conftest import TODAY, city

__all__ = ["city"]
CODE = "vaare-dager"
TIME = "own_vaare_dager__time__5"


@pytest.fixture
def own_round(city: str) -> Iterator[Campaign]:
    """The newest round as if it had been asked with an instrument of the municipality's own."""
    campaign = Campaign.objects.select_related("version", "unit").order_by("-closes_at").first()
    assert campaign is not None
    before, content = campaign.version, campaign.version.parsed
    made = InstrumentVersion.objects.filter(instrument__code=CODE).first()
    if made is None:
        made = storing.new_instrument(CODE, "workplace", campaign.unit, content, now())
        storing.make_in_use(made, now())
    Campaign.objects.filter(pk=campaign.pk).update(version=made)
    yield campaign
    Campaign.objects.filter(pk=campaign.pk).update(version=before)
    OwnFactor.objects.all().delete()
    registry.know({})
    registry._SEEN.clear()


def declared() -> int:
    with acting_as_worker(why="surveys.figures"):
        return declaring.declare(TODAY)


def test_each_factor_of_an_own_instrument_gets_a_number_once(own_round: Campaign) -> None:
    factors = own_round.version.parsed.factors
    assert declared() == len(factors)
    keys = dict(OwnFactor.objects.values_list("factor", "key"))
    assert set(keys) == {factor.code for factor in factors}
    assert min(keys.values()) > 20000
    assert declared() == 0
    assert dict(OwnFactor.objects.values_list("factor", "key")) == keys


def test_a_factor_is_no_figure_before_everybody_may_see_its_result(own_round: Campaign) -> None:
    shown = Results.objects.get(campaign=own_round).shown_from
    Results.objects.filter(campaign=own_round).update(shown_from=TODAY + dt.timedelta(days=1))
    assert declared() == 0
    Results.objects.filter(campaign=own_round).update(shown_from=shown)


def test_what_is_asked_on_a_scale_that_pages_have_no_words_for_is_no_figure(own_round: Campaign) -> None:
    results = Results.objects.get(campaign=own_round)
    changed = {code: one | {"high": 9} if code == "time" else one for code, one in results.factors.items()}
    Results.objects.filter(campaign=own_round).update(factors=changed)
    declared()
    assert not OwnFactor.objects.filter(factor="time").exists()
    Results.objects.filter(campaign=own_round).update(factors=results.factors)


def test_what_ships_keeps_its_own_number_also_when_the_municipality_has_changed_it(city: str) -> None:
    assert declared() == OwnFactor.objects.exclude(instrument__in=["employee-survey", "user-survey", "pulse"]).count()
    assert registry.indicator("employee_survey_time").key == 1302


def test_its_figures_are_the_published_means_and_its_page_says_whose_it_is(own_round: Campaign) -> None:
    declared()
    done = refresh(today=TODAY, clock=now)
    assert done.publication is not None
    own = registry.indicator(TIME)
    means = FactorResult.objects.filter(campaign=own_round, factor="time", background="", mean__isnull=False)
    expected = {row.unit_id: float(row.mean or 0) for row in means.filter(unit__level__lte=Level.AGENCY)}
    rows = Figure.objects.filter(indicator=own.key, state=State.PUBLISHED, hierarchy=0)
    assert expected
    assert {row.unit: row.value for row in rows} == pytest.approx(expected)
    client = signed_in("amir")
    page = client.get(f"/tall/{TIME}/{CARE_AGENCY_CODE}").content.decode()
    assert str(own.title) in page
    assert own_round.version.parsed.title.nb in page
    goal = client.get("/personalpolitikk/mal/godt-og-inkluderende-arbeidsmiljo").content.decode()
    assert f"/tall/{TIME}/{Unit.objects.get(code=CARE_AGENCY_CODE).code}" in goal


def test_a_process_that_has_not_heard_of_it_knows_it_from_the_first_page_with_figures(own_round: Campaign) -> None:
    declared()
    refresh(today=TODAY, clock=now)
    registry.know({})
    registry._SEEN.clear()
    with pytest.raises(LookupError):
        registry.indicator(TIME)
    assert signed_in("amir").get("/").status_code == 200
    assert registry.indicator(TIME).unit == "of_five"


def test_a_process_knows_it_when_it_begins(own_round: Campaign) -> None:
    declared()
    refresh(today=TODAY, clock=now)
    registry.know({})
    registry._SEEN.clear()
    begin()
    assert registry.indicator(TIME).key > 20000
