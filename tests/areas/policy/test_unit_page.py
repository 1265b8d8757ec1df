"""The page of a unit, as those who read it see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators.breakdowns import MEN, WOMEN
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Succession, Unit
from tests.areas.policy.figures import (
    FIRST_WARD,
    SECOND_WARD,
    SECRET,
    YEAR_END,
    publish,
    publish_city,
    refuses_secrets,
    start,
)
from tests.areas.policy.test_board_page import MOST_QUERIES, As, text_of

pytestmark = pytest.mark.django_db
HOME = f"/enheter/{NURSING_HOME_CODE}"


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


def test_the_first_line_says_how_many_and_who_leads(as_persona: As) -> None:
    publish("fte", NURSING_HOME_CODE, 96.4, period=YEAR_END)

    assert "Bjerkelia sykehjem 140 ansatte i 96,4 årsverk. Solveig Aas leder enheten." in text_of(
        as_persona("jonas"), HOME
    )


def test_the_figures_stand_with_target_and_last_year(as_persona: As) -> None:
    page = text_of(as_persona("jonas"), HOME)

    assert "Sykefravær Langt unna 10,4 % Året 2025 · mål 9,6 % · i fjor 11,0" in page
    assert "Ansatte i heltid Langt unna 54,0 %" in page
    assert "Kvinners lønn i prosent av menns Skjult Vises bare for kommunen og virksomhetene" in page


def test_the_units_below_stand_in_a_table_with_the_unit_itself_as_the_total(as_persona: As) -> None:
    page = text_of(as_persona("jonas"), HOME)
    first, second = (Unit.objects.get(code=code).name for code in (FIRST_WARD, SECOND_WARD))

    assert page.index(first) < page.index(second), "hidden figures come last"
    assert "9,1 %" in page
    assert "Bjerkelia sykehjem 140" in page
    assert "Sykefraværet er for året 2025." in page


def test_hidden_figures_of_units_below_are_said_to_screen_readers_and_never_shown(as_persona: As) -> None:
    page = text_of(as_persona("jonas"), HOME)

    assert "Skjult: færre enn 10" in page
    assert "Skravert rute betyr at tallet er skjult" in page
    assert refuses_secrets(page)


def test_age_and_gender_are_told_as_far_as_they_are_published(as_persona: As) -> None:
    publish("age_under_30", NURSING_HOME_CODE, 25.0, period=YEAR_END)
    publish("age_60", NURSING_HOME_CODE, SECRET, period=YEAR_END, state=State.HIDDEN_SECONDARY)
    publish("full_time", NURSING_HOME_CODE, 50.0, period=YEAR_END, group=WOMEN.code, n=113)
    publish("full_time", NURSING_HOME_CODE, 60.0, period=YEAR_END, group=MEN.code, n=27)

    page = text_of(as_persona("jonas"), HOME)

    assert "113 kvinner og 27 menn." in page
    assert "Under 30 år 35 25,0 %" in page
    assert "60 år og over Skjult" in page
    assert refuses_secrets(page)


def test_what_the_unit_came_from_and_became_is_told(as_persona: As) -> None:
    other = Unit.objects.get(code=FIRST_WARD)
    Succession.objects.create(unit=other, successor=Unit.objects.get(code=SECOND_WARD), on="2025-01-01")

    assert f"{other.name} Overtok for, 1. januar 2025" in text_of(as_persona("jonas"), f"/enheter/{SECOND_WARD}")
    assert "Videreført i, 1. januar 2025" in text_of(as_persona("jonas"), f"/enheter/{FIRST_WARD}")


def test_a_unit_without_figures_is_still_a_unit(as_persona: As) -> None:
    start()

    page = text_of(as_persona("jonas"), HOME)

    assert "Bjerkelia sykehjem Solveig Aas leder enheten." in page
    assert "Ingen tall ennå" in page


def test_the_tabs_lead_to_the_board_and_the_people(as_persona: As) -> None:
    page = as_persona("jonas").get(HOME).content.decode()

    assert f'href="/styring/{NURSING_HOME_CODE}"' in page
    assert f'href="/kolleger/?unit={NURSING_HOME_CODE}"' in page


def test_an_unknown_unit_is_not_found(as_persona: As) -> None:
    assert as_persona("kari").get("/enheter/finnes-ikke").status_code == 404


@pytest.mark.parametrize("persona", ["kari", "solveig"])
@pytest.mark.parametrize("code", [ROOT_CODE, CARE_AGENCY_CODE, NURSING_HOME_CODE, SECOND_WARD])
def test_the_page_takes_few_queries(persona: str, code: str, as_persona: As) -> None:
    client = as_persona(persona)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/enheter/{code}").status_code == 200

    assert len(queries) <= MOST_QUERIES
