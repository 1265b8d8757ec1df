"""Results of surveys among the indicators: what is published, and only that."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from byfolk.areas.surveys import facts, indicators, tasks
from byfolk.demo.cast import CARE_AGENCY_CODE, ROOT_CODE
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.models import Figure, Publication
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.time import OSLO, month_start

pytestmark = pytest.mark.django_db
STAFF = indicators.STAFF


def published(code: str):
    """The figures of an indicator with a number, by unit and period."""
    rows = Figure.objects.filter(indicator=registry.indicator(code).key)
    return {(row.unit, row.period): row for row in rows if row.state == State.PUBLISHED}


def test_a_factors_figure_is_the_published_mean_to_the_decimal():
    found = published("employee_survey_time")
    assert found
    for result in Results.objects.select_related("campaign"):
        month = month_start(result.campaign.opens_at.astimezone(OSLO).date())
        means = FactorResult.objects.filter(campaign=result.campaign, factor="time", background="", mean__isnull=False)
        for row in means.filter(unit__level__lte=Level.AGENCY):
            assert found[(row.unit_id, month)].value == pytest.approx(float(row.mean))


def test_what_is_hidden_in_the_results_has_no_number_among_the_figures():
    for factor in indicators.CONTENTS[STAFF].factors:
        key = registry.indicator(indicators.code_of(STAFF, factor.code)).key
        hidden = FactorResult.objects.filter(factor=factor.code, background="", mean=None).values("unit")
        for figure in Figure.objects.filter(indicator=key, unit__in=hidden).exclude(state=State.PUBLISHED):
            assert (figure.value, figure.n, figure.numerator, figure.denominator) == (None, None, None, None)


def test_means_among_those_who_work_here_are_figures_from_agency_level_up_only():
    units = {unit for unit, _period in published("employee_survey_purpose")}
    assert Unit.objects.get(code=ROOT_CODE).pk in units
    assert {unit.level for unit in Unit.objects.filter(pk__in=units)} <= {0, 1, 2}


def test_the_response_rate_is_answers_of_invited_where_that_is_shown():
    found = published("employee_survey_response")
    city = Unit.objects.get(code=ROOT_CODE)
    newest = UnitResult.objects.filter(unit=city).order_by("-campaign__closed_at").first()
    assert newest is not None
    figure = found[(city.pk, month_start(newest.campaign.opens_at.astimezone(OSLO).date()))]
    assert figure.value == pytest.approx(100 * newest.answered / newest.invited)


def test_a_result_that_only_its_leader_may_see_is_no_figure_yet():
    Results.objects.update(shown_from=dt.date(2999, 1, 1))
    reading = facts.RESULTS.reading
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({reading.said}) r")
        assert cursor.fetchone()[0] == 0


def test_every_published_factor_of_what_ships_is_an_indicator():
    for instrument, content in indicators.CONTENTS.items():
        told = {factor.code for factor in content.factors if factor.published}
        assert told == set(indicators.KEYS[instrument])


def test_a_goal_shows_the_factors_that_tell_of_it(as_persona):
    page = as_persona("amir").get("/personalpolitikk/mal/godt-og-inkluderende-arbeidsmiljo").content.decode()
    assert "Tid og ro" in page
    assert f"/tall/employee_survey_time/{CARE_AGENCY_CODE}" in page
    assert "av 5" in page


def test_results_wait_from_the_day_on_which_everybody_may_see_them_until_figures_are_published():
    newest = Publication.objects.order_by("-at").first()
    assert newest is not None
    day = newest.at.astimezone(OSLO).date() + dt.timedelta(days=2)
    assert not tasks.results_wait(day)
    first = Results.objects.first()
    Results.objects.filter(pk=first.pk).update(shown_from=day)
    assert not tasks.results_wait(day - dt.timedelta(days=1))
    assert tasks.results_wait(day)
    Publication.objects.filter(pk=newest.pk).update(at=newest.at + dt.timedelta(days=2))
    assert not tasks.results_wait(day)
