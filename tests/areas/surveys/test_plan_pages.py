"""From result to action on its page: choosing, making actions, and who is told what."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.areas.surveys.plans.ideas import ideas_for
from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from byfolk.engines.actions.models import Action
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.results.models import UnitResult
from byfolk.kernel.time import today

pytestmark = pytest.mark.django_db
As = Callable[[str | None], Client]


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def address(code: str = NURSING_HOME_CODE, campaign: Campaign | None = None) -> str:
    return f"/undersokelser/{(campaign or newest()).pk}/resultat/{code}/velg/"


def result_of(code: str = NURSING_HOME_CODE) -> str:
    return address(code).removesuffix("velg/")


def choice(*factors: str, **otherwise: Any) -> dict[str, Any]:
    return {"factors": factors, "parts": ["union"], "met_on": today().isoformat(), "version": 0} | otherwise


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def chosen(as_persona: As, *factors: str, code: str = NURSING_HOME_CODE) -> Client:
    client = as_persona("solveig")
    assert client.post(address(code), choice(*factors)).status_code == 302
    return client


def made(client: Client, factor: str = "time", **otherwise: Any) -> Any:
    sent = {
        "title": "Én time uten avbrudd hver dag", "due": (today() + dt.timedelta(days=90)).isoformat(),
        "owner": Plan.objects.get(campaign=newest()).made_by_id, "sign": "Færre avbrudd",
    }  # fmt: skip
    return client.post(f"{address()}{factor}/tiltak", sent | otherwise)


def test_the_result_leads_to_choosing_and_two_areas_are_suggested(as_persona):
    client = as_persona("solveig")
    assert address() in client.get(result_of()).content.decode()
    page = text_of(client.get(address()))
    assert "Lavest av alt" in page
    assert page.count('class="choose-card"') == len(newest().version.parsed.factors)
    assert 'aria-current="step"' in page


def test_what_is_chosen_stands_on_the_result_for_everybody_who_sees_it(as_persona):
    chosen(as_persona, "time", "room")
    for who in ("jonas", "tor", "kari"):
        page = text_of(as_persona(who).get(result_of()))
        assert "Dette har vi valgt" in page
        assert "Med var tillitsvalgt." in page
        assert address() not in page


def test_a_third_area_is_refused_with_a_sentence_and_what_was_ticked_stays(as_persona):
    answer = as_persona("solveig").post(address(), choice("time", "room", "seen"))
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Velg høyst to." in page
    assert page.count("checked") >= 4
    assert not Plan.objects.filter(campaign=newest()).exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"factors": []}, "Velg ett eller to områder"),
        ({"factors": ["no-such"]}, "Velg blant områdene"),
        ({"met_on": "2999-01-01"}, "til og med i dag"),
        ({"met_on": ""}, "Velg dagen dere snakket sammen"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(as_persona, sent, says):
    answer = as_persona("solveig").post(address(), choice("time") | sent)
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_a_unit_that_is_not_shown_is_sent_to_the_unit_above(as_persona):
    hidden = UnitResult.objects.filter(
        campaign=newest(), state=State.HIDDEN_SMALL, unit__above__ancestor__code=CARE_AGENCY_CODE
    )
    page = text_of(as_persona("mette").get(address(hidden.select_related("unit")[0].unit.code)))
    assert "Velg ut fra resultatet for enheten over" in page
    assert "choose-card" not in page


def test_posted_fields_set_neither_owner_nor_unit_nor_shown_from(as_persona):
    as_persona("solveig").post(
        address(), choice("time", unit="1", campaign="1", made_by_id="1", shown_from="2000-01-01", version=0)
    )
    plan = Plan.objects.get(campaign=newest())
    assert plan.unit.code == NURSING_HOME_CODE
    assert plan.shown_from == UnitResult.objects.get(campaign=newest(), unit=plan.unit).shown_from


def test_a_choice_that_was_just_saved_is_taken_back_with_one_press(as_persona):
    client = as_persona("solveig")
    saved = client.post(address(), choice("time"), follow=True)
    assert "Angre" in text_of(saved)
    back = client.post(f"{address()}angre/1", follow=True)
    assert "Valget er angret." in text_of(back)
    assert not Plan.objects.filter(campaign=newest()).exists()


def test_whoever_was_too_late_sees_what_was_chosen_and_keeps_what_was_ticked(as_persona):
    chosen(as_persona, "time")
    answer = as_persona("mette").post(address(), choice("room"))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Noen andre valgte «Tid og ro»" in page
    assert 'name="version" value="1"' in page


def test_an_action_is_made_under_an_area_with_who_was_there(as_persona):
    client = chosen(as_persona, "time")
    assert made(client).status_code == 302
    action = Action.objects.latest("pk")
    assert (action.source_kind, action.source_reference) == ("survey", f"{newest().pk}:time")
    assert (action.union, action.safety_representative, action.sign) == (True, False, "Færre avbrudd")
    page = text_of(client.get(address()))
    assert "Én time uten avbrudd hver dag" in page
    assert "Én time uten avbrudd hver dag" in text_of(as_persona("jonas").get(result_of()))
    own = text_of(client.get(f"/tiltak/{action.pk}"))
    assert "Medarbeiderundersøkelsen 2026: Tid og ro" in own
    assert "Færre avbrudd" in own


def test_no_action_is_made_under_what_is_not_chosen(as_persona):
    client = chosen(as_persona, "time")
    assert made(client, "room").status_code == 404
    assert made(client, "no-such").status_code == 404


def test_an_action_that_lacks_something_says_so_and_keeps_the_rest(as_persona):
    client = chosen(as_persona, "time")
    answer = made(client, title="", due="2001-01-01", sign="Vi merker det")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Skriv hva dere skal gjøre" in page
    assert "Velg en dag som ikke er før i dag" in page
    assert "Vi merker det" in page


def test_an_idea_fills_the_text_without_any_script(as_persona):
    client = chosen(as_persona, "time")
    idea = ideas_for("employee-survey", "time")[1]
    page = text_of(client.get(f"{address()}?omrade=time&ide={idea.code}"))
    assert f">\n{idea.text.nb}</textarea>" in page
    assert page.count('aria-current="true"') >= 1


def test_at_agency_level_an_action_is_tied_to_the_areas_figure(as_persona):
    client = as_persona("amir")
    assert client.post(address(CARE_AGENCY_CODE), choice("time")).status_code == 302
    sent = {
        "title": "Felles vaktplan", "due": (today() + dt.timedelta(days=90)).isoformat(),
        "owner": Plan.objects.get(campaign=newest()).made_by_id,
    }  # fmt: skip
    assert client.post(f"{address(CARE_AGENCY_CODE)}time/tiltak", sent).status_code == 302
    assert Action.objects.latest("pk").indicator == "employee_survey_time"


def test_an_earlier_rounds_plan_stands_as_it_is(as_persona):
    before = Campaign.objects.order_by("-closes_at")[1]
    answer = as_persona("solveig").post(address(campaign=before), choice("time"))
    assert answer.status_code == 422
    assert "Neste undersøkelse har fått resultat" in text_of(answer)


@pytest.mark.parametrize("query", ["", "?endre=1", "?omrade=room"])
def test_choosing_and_making_cost_few_queries(as_persona, query):
    client = chosen(as_persona, "time", "room")
    made(client)
    client.get(address() + query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address() + query).status_code == 200
    assert len(queries) <= 25


def test_a_result_with_a_plan_costs_few_queries(as_persona):
    client = chosen(as_persona, "time", "room")
    made(client)
    client.get(result_of())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(result_of()).status_code == 200
    assert len(queries) <= 25
