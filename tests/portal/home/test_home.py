"""The home page: the few things that matter now, by role, and nothing that the reader may not see."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.actions.models import Action, State
from byfolk.engines.goals.models import Target
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.models import Refresh, Step
from byfolk.engines.indicators.states import State as FigureState
from byfolk.engines.questionnaires.results.models import Results
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.models import AgencyShare, Batch, QualityOwner
from byfolk.kernel.people.importing.models import State as FileState
from byfolk.kernel.time import day_of, now, today
from tests.areas.policy.figures import OCTOBER, SECRET, YEAR_END, publish, publish_city, refuses_secrets

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
SIGNED_IN = [key for key, one in CAST.items() if one.employee_number]


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()
    Action.objects.all().delete()


def page(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return unescape(answer.content.decode().partition("<main")[2].partition("</main>")[0]).replace("\u00a0", " ")


def words(client: Client) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page(client)).split())


def act(unit_code: str, owner: int, **more: object) -> Action:
    unit = Unit.objects.get(code=unit_code)
    given = {
        "title": "Nærværsteam", "unit": unit, "owner_id": owner, "started_on": dt.date(2026, 1, 2), "made_at": NOW,
        "due": dt.date(2030, 1, 1), "state": State.IN_PROGRESS, "state_at": NOW,
    }  # fmt: skip
    return Action.objects.create(**given | more)


def test_the_hr_director_is_told_which_figures_of_the_city_are_far_off_and_which_way_they_move(as_persona):
    text = words(as_persona("kari"))
    assert "Sykefravær er 0,8 prosentpoeng over målet" in text
    assert "8,4 % (12 måneder til oktober 2026), mål 7,6 %. Det er 0,2 prosentpoeng bedre enn i fjor." in text
    assert "Ingen tiltak er i gang." in text
    assert "Ingenting haster" not in text


def test_a_far_off_figure_leads_to_the_figure_and_to_a_new_action(as_persona):
    # A survey's result that waits for the leader would come first.
    Results.objects.all().delete()
    found = page(as_persona("solveig"))
    assert f'href="/tall/sick_leave/{NURSING_HOME_CODE}"' in found
    assert f'href="/enheter/{NURSING_HOME_CODE}/tiltak/nytt?tall=' in found


def test_a_figure_that_something_is_done_about_is_not_the_first_thing(as_persona, person):
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    for code, way in (("sick_leave", "down"), ("full_time", "up")):
        act(NURSING_HOME_CODE, person("jonas").pk, indicator=code, figure_unit=home, direction=way)
    text = words(as_persona("solveig"))
    assert "Et tiltak er i gang." in text
    assert f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt" not in page(as_persona("solveig"))


def test_representatives_are_told_and_asked_to_take_it_up_with_the_leader(as_persona):
    found = page(as_persona("lise"))
    assert "Spør lederen hva dere gjør med det." in found
    assert "/tiltak/nytt" not in found


def test_an_employee_is_not_told_that_the_unit_is_behind_but_what_it_does_about_it(as_persona, person):
    on = today()
    act(CAST["jonas"].unit_code, person("solveig").pk, title="Ønsketurnus", started_on=on)
    text = words(as_persona("jonas"))
    assert "over målet" not in text
    assert "har startet et tiltak" in text
    assert "Ønsketurnus" in text


def test_a_hidden_figure_is_never_told(as_persona):
    publish("sick_leave", NURSING_HOME_CODE, SECRET, period=YEAR_END.replace(year=2026), kind=PeriodKind.YEAR,
            state=FigureState.HIDDEN_SMALL)  # fmt: skip
    for key in SIGNED_IN:
        assert refuses_secrets(words(as_persona(key))), key


def test_a_target_that_changes_is_told_at_once(as_persona):
    client = as_persona("kari")
    assert "Sykefravær er 0,8 prosentpoeng over målet" in words(client)
    Target.objects.filter(unit__code=ROOT_CODE, indicator="sick_leave", year=2026).update(value=Decimal("8.4"))
    assert "over målet" not in words(client)


def test_late_actions_below_are_told_to_those_who_follow_them(as_persona, person):
    act(NURSING_HOME_CODE, person("jonas").pk, due=dt.date(2026, 2, 1))
    for key in ("kari", "amir", "mette", "solveig", "per"):
        assert "Ett tiltak er over fristen i" in words(as_persona(key)), key
    for key in ("tor", "ingrid", "anne"):
        assert "over fristen" not in words(as_persona(key)), key


def test_a_safety_representative_is_told_of_the_actions_that_she_takes_part_in(as_persona, person):
    act(NURSING_HOME_CODE, person("jonas").pk, safety_representative=True)
    assert "Du er med på ett tiltak" in words(as_persona("lise"))
    assert "Du er med på" not in words(as_persona("tor"))


def test_those_who_may_speak_in_a_hearing_are_told_how_long_it_lasts(as_persona):
    for key in ("amir", "tor"):
        assert "Personalpolitikken er på høring til" in words(as_persona(key)), key
    for key in ("solveig", "jonas", "per"):
        assert "er på høring til" not in words(as_persona(key)), key


def test_the_hr_director_is_told_of_comments_that_wait_for_an_answer(as_persona):
    assert "om personalpolitikken venter på svar" in words(as_persona("kari"))


def test_the_owner_of_an_agencys_data_is_told_of_rows_that_were_not_taken_in(as_persona, person):
    unit = Unit.objects.get(code=CARE_AGENCY_CODE)
    AgencyShare.objects.create(
        batch=_file(FileState.LANDED), kind="employments", landed_at=NOW, unit=unit, read=100, rejected=7, warned=0
    )
    QualityOwner.objects.update_or_create(unit=unit, defaults={"person": person("mette"), "since": day_of(NOW)})
    assert "7 rader ble ikke tatt inn Du eier datakvaliteten i Omsorgsetaten." in words(as_persona("mette"))
    assert "ble ikke tatt inn" not in words(as_persona("amir"))


def _file(state: FileState) -> Batch:
    return Batch.objects.create(
        kind="employments", file_name="lonn.csv", file_hash="0", file_size=1, created_at=now(),
        state=state, unit=Unit.objects.get(code=ROOT_CODE),
    )  # fmt: skip


def test_the_administrator_is_told_of_a_file_that_stopped_and_of_figures_that_could_not_be_made(as_persona):
    _file(FileState.FAILED)
    at = now()
    Refresh.objects.create(started_at=at, changed_at=at, step=Step.CUBE, error="MemoryError")
    text = words(as_persona("anne"))
    assert "Importen stoppet lonn.csv ble ikke hentet inn." in text
    assert "Tallene ble ikke oppdatert" in text
    assert "MemoryError" not in text
    assert "Importen stoppet" not in words(as_persona("kari"))


def test_those_who_tell_of_figures_and_those_whose_unit_has_them_are_told_that_they_have_come(as_persona):
    assert "Tallene til og med oktober 2026 er klare" in words(as_persona("nora"))
    assert "Tallene til og med oktober 2026 er klare" in words(as_persona("jonas"))


@pytest.mark.parametrize("key", SIGNED_IN)
def test_home_has_at_most_five_things_in_at_most_twenty_five_queries(key, as_persona, person):
    for number in range(7):
        act(NURSING_HOME_CODE, person("solveig").pk, title=f"Tiltak {number}", due=dt.date(2026, 2, 1))
    client = as_persona(key)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/")
    assert len(asked) <= 25
    things = answer.content.decode().partition('class="list-end')[0]
    assert things.count("now-card") <= 1
    assert things.count('class="row row-link"') <= 4
    # Whose work is the system itself has nothing to do while it works.
    assert key == "anne" or "Ingenting haster nå" not in things


def test_what_is_kept_for_one_unit_is_not_shown_in_another(as_persona):
    assert "Omsorgsetaten" not in words(as_persona("ingrid"))
    publish("sick_leave", CARE_AGENCY_CODE, 9.9, period=OCTOBER.replace(year=2025), kind=PeriodKind.ROLLING)
    assert words(as_persona("amir")) != words(as_persona("solveig"))


def test_where_there_is_more_than_five_things_nobody_is_told_that_it_was_all(as_persona, person):
    _file(FileState.FAILED)
    assert "Det var alt." in words(as_persona("anne"))
    for code in ("full_time", "temporary", "turnover_external"):
        publish(code, ROOT_CODE, 40.0, period=YEAR_END, kind=PeriodKind.YEAR)
        Target.objects.update_or_create(
            unit=Unit.objects.get(code=ROOT_CODE), indicator=code, year=2025,
            defaults={"value": Decimal(90 if code == "full_time" else 1), "tolerance": Decimal("0.5")},
        )  # fmt: skip
    act(NURSING_HOME_CODE, person("jonas").pk, due=OCTOBER)
    text = words(as_persona("kari"))
    assert "Fem ting er viktige for deg nå." in text
    assert "Dette er det viktigste. Resten kan vente." in text
