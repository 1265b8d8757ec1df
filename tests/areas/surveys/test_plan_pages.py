"""From result to action on its page: choosing, making actions, and who is told what."""

from __future__ import annotations

import datetime as dt
import html
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.areas.surveys.plans.ideas import ideas_for
from byfolk.areas.surveys.results import registered
from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.actions.models import Action
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign, FrozenUnit
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.results import queries as results
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.registry import HomeAsk
from byfolk.kernel.time import OSLO, now, today

pytestmark = pytest.mark.django_db
As = Callable[[str | None], Client]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["drawings"].clear()


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def earlier() -> Campaign:
    """The round before, with the same instrument."""
    found = Results.objects.get(campaign=newest()).earlier
    assert found is not None
    return found


def address(code: str = NURSING_HOME_CODE, campaign: Campaign | None = None) -> str:
    return f"/undersokelser/{(campaign or newest()).pk}/resultat/{code}/velg/"


def result_of(code: str = NURSING_HOME_CODE) -> str:
    return address(code).removesuffix("velg/")


def choice(*factors: str, **otherwise: Any) -> dict[str, Any]:
    return {"factors": factors, "parts": ["union"], "met_on": today().isoformat(), "version": 0} | otherwise


def planned(campaign: Campaign, unit: int) -> None:
    """That a unit chose one area, whatever it chose before."""
    Plan.objects.filter(campaign=campaign, unit=unit).delete()
    Plan.objects.create(
        campaign=campaign, unit_id=unit, first="time", met_on=today(), shown_from=today(), made_at=now()
    )  # fmt: skip


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
    before = earlier()
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


def _cards(as_actor: Any, who: str, day: dt.date) -> list[str]:
    with as_actor(who) as actor:
        asked = HomeAsk(actor, day)
        return [card.title for source in (registered.cards, registered.plan_cards) for card in source(asked)]


def test_a_leader_who_has_chosen_nothing_after_two_weeks_is_told_until_two_months_have_passed(as_actor):
    first = Results.objects.get(campaign=newest()).computed_at.astimezone(OSLO).date()
    days = {days: _cards(as_actor, "solveig", first + dt.timedelta(days=days)) for days in (13, 14, 60, 61)}
    assert days == {
        13: ["Resultatet er klart"], 14: ["Velg hva dere vil gjøre noe med"],
        60: ["Velg hva dere vil gjøre noe med"], 61: [],
    }  # fmt: skip
    assert _cards(as_actor, "jonas", first + dt.timedelta(days=20)) == ["Resultatet er klart"]


def test_once_something_is_chosen_the_card_tells_how_it_goes(as_persona, as_actor):
    made(chosen(as_persona, "time"))
    day = Results.objects.get(campaign=newest()).shown_from
    with as_actor("solveig") as actor:
        (card,) = registered.plan_cards(HomeAsk(actor, day))
    assert "0 av 1 tiltak" in card.text


def test_both_kinds_of_card_cost_one_query(as_actor):
    with as_actor("solveig") as actor:
        asked = HomeAsk(actor, today())
        with CaptureQueriesContext(connection) as queries:
            _told = [*registered.cards(asked), *registered.plan_cards(asked)]
    assert len(queries) == 1


def test_what_was_chosen_last_time_is_told_with_then_and_now_and_no_cause(as_persona):
    before, home = earlier(), Unit.objects.get(code=NURSING_HOME_CODE)
    planned(before, home.pk)
    FactorResult.objects.filter(campaign=newest(), unit=home, factor="time", background="").update(
        mean="3.4", change="0.4", uncertainty="0.20"
    )
    page = text_of(as_persona("solveig").get(result_of()))
    assert "Det dere valgte i 2025" in page
    assert "Fra 3,0 til 3,4: klart høyere enn i 2025." in page
    assert "Vi kan ikke vite at det var tiltakene som gjorde det." in page


def _siblings(number: int) -> tuple[Unit, list[int]]:
    """A unit with a result, and as many made alike it, with 4.0 for time each; others are made unlike."""
    rows = FactorResult.objects.filter(campaign=newest(), factor="time", background="", mean__isnull=False)
    own = rows.get(unit__code=NURSING_HOME_CODE).unit
    frozen = FrozenUnit.objects.get(campaign=newest(), unit=own)
    apart = rows.exclude(unit__above__ancestor=own).exclude(unit__below__descendant=own)
    others = list(apart.order_by("unit").values_list("unit", flat=True)[:number])
    Unit.objects.filter(pk__in=FrozenUnit.objects.filter(parent=frozen.parent_id).values("unit")).exclude(
        pk=own.pk
    ).update(sector="")
    Unit.objects.filter(pk__in=others).update(sector=own.sector)
    FrozenUnit.objects.filter(campaign=newest(), unit__in=others).update(parent=frozen.parent_id, level=frozen.level)
    rows.filter(unit__in=others).update(mean="4.0", change=None, uncertainty=None)
    return own, others


def test_a_result_stands_beside_the_mean_of_three_like_units_though_the_reader_sees_none_of_them(as_persona, as_actor):
    own, others = _siblings(3)
    with as_actor("solveig") as actor:
        like = results.alike(actor, newest().pk, own.pk)
        assert like is not None
        assert (like.units, like.means["time"]) == (3, Decimal("4.0"))
        assert not FactorResult.objects.filter(campaign=newest(), unit__in=others).exists()
    page = text_of(as_persona("solveig").get(result_of()))
    assert "snittet av tre lignende enheter" in page
    assert "Lignende enheter" in page
    file = as_persona("solveig").get(result_of()[:-1] + ".xlsx").content
    factors = pl.read_excel(io.BytesIO(file), sheet_id=1)
    row = factors.filter(pl.col("Område") == newest().version.parsed.factor("time").title.nb)
    assert row["Lignende enheter"].to_list() == [4.0]


def test_of_two_like_units_or_of_some_that_are_not_everybodys_yet_nothing_is_told(as_actor):
    own, _others = _siblings(2)
    with as_actor("solveig") as actor:
        assert results.alike(actor, newest().pk, own.pk) is None
    own, others = _siblings(3)
    FactorResult.objects.filter(unit=others[0]).update(shown_from=today() + dt.timedelta(days=1))
    with as_actor("solveig") as actor:
        assert results.alike(actor, newest().pk, own.pk) is None


def _since(code: str = ROOT_CODE) -> str:
    return result_of(code) + "siden-sist/"


def test_with_few_plans_nothing_is_compared(as_persona):
    Plan.objects.all()._raw_delete("default")
    page = text_of(as_persona("kari").get(_since()))
    assert "Ennå har for få enheter valgt det samme" in page


def test_what_moved_where_it_was_chosen_is_told_with_its_uncertainty(as_persona):
    before = earlier()
    rows = FactorResult.objects.filter(campaign=newest(), factor="time", background="")
    rows.update(change=None, uncertainty=None)
    parents = FrozenUnit.objects.filter(campaign=newest(), parent__isnull=False).values("parent")
    leaves = FrozenUnit.objects.filter(campaign=newest()).exclude(unit__in=parents).order_by("unit")
    units = list(leaves.values_list("unit", flat=True)[:40])
    assert len(units) >= 24
    for place, unit in enumerate(units):
        is_chosen, start = place % 2 == 0, Decimal("3.0") + Decimal(place % 5) / 10
        change = Decimal("0.5" if is_chosen else "0.0") + Decimal(place % 3 - 1) / 10
        FactorResult.objects.update_or_create(
            campaign=newest(), unit_id=unit, factor="time", background="", option="",
            defaults={
                "state": State.PUBLISHED, "mean": start + change, "change": change, "uncertainty": "0.30",
                "shown_from": today(),
            },
        )  # fmt: skip
        if is_chosen:
            planned(before, unit)
        else:
            Plan.objects.filter(campaign=before, unit=unit)._raw_delete("default")
    client = as_persona("kari")
    page = text_of(client.get(_since()))
    assert "Disse områdene gikk mer opp der de var valgt: Tid og ro" in page
    assert "+0,5" in page
    assert "Ikke noe av dette viser at tiltakene var årsaken." in page
    with CaptureQueriesContext(connection) as queries:
        client.get(_since())
    assert len(queries) <= 25


def test_what_moved_is_told_of_agencies_and_above_only(as_persona):
    assert as_persona("solveig").get(_since(NURSING_HOME_CODE)).status_code == 404
    first = Results.objects.filter(earlier=None, campaign__version__instrument__code="employee-survey")[0].campaign
    assert as_persona("kari").get(f"/undersokelser/{first.pk}/resultat/{ROOT_CODE}/siden-sist/").status_code == 404
