"""Results on their pages: who sees them from which day, and what they say."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.areas.surveys.results import registered
from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.results import queries
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.registry import HomeAsk
from byfolk.kernel.time import OSLO

pytestmark = pytest.mark.django_db
As = Callable[[str | None], Client]


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def address(code: str, campaign: Campaign | None = None) -> str:
    return f"/undersokelser/{(campaign or newest()).pk}/resultat/{code}/"


def withhold(campaign: Campaign) -> None:
    """As if the leaders have had the results for no day yet."""
    later = dt.date.today() + dt.timedelta(days=7)
    for table in (Results, UnitResult, FactorResult):
        table.objects.filter(campaign=campaign).update(shown_from=later)


@pytest.mark.parametrize(
    ("who", "may"),
    [("solveig", True), ("amir", True), ("mette", True), ("kari", True), ("jonas", False), ("lise", False),
     ("tor", False), ("per", False)],
)  # fmt: skip
def test_until_its_day_only_the_leader_those_above_and_hr_see_a_result(as_persona: As, who: str, may: bool) -> None:
    withhold(newest())
    assert as_persona(who).get(address(NURSING_HOME_CODE)).status_code == (200 if may else 404)


def test_until_its_day_a_leader_does_not_see_the_unit_above(as_persona: As) -> None:
    withhold(newest())
    client = as_persona("solveig")
    assert client.get(address(CARE_AGENCY_CODE)).status_code == 404
    page = client.get(address(NURSING_HOME_CODE)).content.decode()
    assert "Omsorgsetaten" not in page.split("<main")[1]


@pytest.mark.parametrize("who", ["jonas", "lise", "tor"])
def test_from_its_day_those_who_work_there_and_their_representatives_see_it(as_persona: As, who: str) -> None:
    assert as_persona(who).get(address(NURSING_HOME_CODE)).status_code == 200


def test_the_database_gives_no_row_of_a_unit_that_one_has_no_part_in(as_actor: Any) -> None:
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    with as_actor("ingrid"):
        assert not UnitResult.objects.filter(unit=home).exists()
        assert not FactorResult.objects.filter(unit=home).exists()
        assert UnitResult.objects.filter(unit__code=ROOT_CODE).exists()


def test_a_page_says_three_things_first_and_then_every_factor(as_persona: As) -> None:
    page = as_persona("solveig").get(address(NURSING_HOME_CODE)).content.decode()
    for words in ("Det dere er best på", "Det som er blitt bedre", "Det dere bør snakke om"):
        assert words in page
    assert page.index("Det dere bør snakke om") < page.index("Alt dere svarte på")
    for factor in newest().version.parsed.factors:
        assert factor.title.nb in page


def test_the_words_of_a_change_follow_the_rule(as_persona: As) -> None:
    home = FactorResult.objects.filter(campaign=newest(), unit__code=NURSING_HOME_CODE, background="")
    home.filter(factor="time").update(change="0.3", uncertainty="0.20")
    home.filter(factor="room").update(change="-0.2", uncertainty="0.20")
    home.exclude(factor__in=["time", "room"]).update(change="0.1", uncertainty="0.20")
    page = as_persona("solveig").get(address(NURSING_HOME_CODE)).content.decode()
    assert page.count("Klart høyere enn i 2025") >= 1
    assert "Kan være litt lavere" in page
    assert "Som i 2025" in page
    assert "Klart lavere" not in page


def test_few_answers_are_warned_of(as_persona: As) -> None:
    rows = UnitResult.objects.filter(campaign=newest(), unit__code=NURSING_HOME_CODE)
    number = rows.get().answered
    for invited, words in ((number * 2 + 10, "under 50 prosent"), (int(number / 0.55), "under 60 prosent")):
        rows.update(invited=invited)
        assert words in as_persona("solveig").get(address(NURSING_HOME_CODE)).content.decode()
    rows.update(invited=number)
    page = as_persona("solveig").get(address(NURSING_HOME_CODE)).content.decode()
    assert "Det er nok til å stole på bildet." in page


def test_a_unit_that_is_not_shown_says_why_and_where_to_look(as_persona: As) -> None:
    hidden = UnitResult.objects.filter(campaign=newest(), state=State.HIDDEN_SMALL).select_related("unit").first()
    page = as_persona("kari").get(address(hidden.unit.code)).content.decode()
    assert "vises ikke" in page
    assert "Færre enn fem svarte" in page
    assert "Se resultatet for" in page
    assert "result-table" not in page


def test_units_below_that_are_not_shown_are_listed_with_the_reason(as_persona: As) -> None:
    hidden = UnitResult.objects.filter(campaign=newest(), state=State.HIDDEN_SMALL).select_related("unit__parent")
    one = next(row for row in hidden if row.unit.parent is not None)
    page = as_persona("kari").get(address(one.unit.parent.code)).content.decode()
    assert one.unit.name_nb in page
    assert "Hvorfor vises ikke" in page


def test_a_factor_that_is_hidden_among_others_has_no_number(as_persona: As) -> None:
    rows = FactorResult.objects.filter(campaign=newest(), unit__code=NURSING_HOME_CODE)
    rows.filter(factor="time", background="").update(
        state=State.HIDDEN_SECONDARY, mean=None, low=None, middle=None, high=None, change=None, uncertainty=None
    )
    page = as_persona("solveig").get(address(NURSING_HOME_CODE)).content.decode()
    assert "kunne man regnet seg fram" in page


@pytest.mark.parametrize(
    ("who", "code"), [("kari", ROOT_CODE), ("solveig", NURSING_HOME_CODE), ("amir", CARE_AGENCY_CODE)]
)
def test_a_result_page_costs_few_queries(as_persona: As, who: str, code: str) -> None:
    client, where = as_persona(who), address(code)
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as queries_made:
        assert client.get(where).status_code == 200
    assert len(queries_made) <= 25


def test_the_same_is_shown_on_a_wall_without_any_script(as_persona: As) -> None:
    page = as_persona("solveig").get(address(NURSING_HOME_CODE) + "skjerm").content.decode()
    assert page.count('class="slide') >= 6
    assert "Tilbake til resultatet" in page
    assert "<script>" not in page


def test_a_spreadsheet_holds_the_means_as_numbers_and_says_what_is_not_shown(as_persona: As) -> None:
    rows = FactorResult.objects.filter(campaign=newest(), unit__code=NURSING_HOME_CODE, background="")
    rows.filter(factor="time").update(
        state=State.HIDDEN_SECONDARY, mean=None, low=None, middle=None, high=None, change=None, uncertainty=None
    )
    answer = as_persona("solveig").get(address(NURSING_HOME_CODE)[:-1] + ".xlsx")
    sheets = pl.read_excel(io.BytesIO(answer.content), sheet_id=0)
    first = next(iter(sheets.values()))
    found = dict(zip(first.to_series(0).to_list(), first.to_series(1).to_list(), strict=True))
    known = {factor.code: factor.title.nb for factor in newest().version.parsed.factors}
    for row in rows.all():
        assert found[known[row.factor]] == (None if row.mean is None else float(row.mean))
    assert "Vises ikke" in first.get_column("Merknad").to_list()
    assert "Enhetene under" in sheets


def test_the_pdf_is_one(as_persona: As) -> None:
    answer = as_persona("solveig").get(address(NURSING_HOME_CODE)[:-1] + ".pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"


def test_of_what_is_not_shown_there_is_no_file(as_persona: As) -> None:
    hidden = UnitResult.objects.filter(campaign=newest(), state=State.HIDDEN_SMALL).select_related("unit").first()
    for end in ("/skjerm", ".pdf", ".xlsx"):
        assert as_persona("kari").get(address(hidden.unit.code)[:-1] + end).status_code == 404


def test_the_list_leads_to_the_nearest_unit_that_is_shown(as_persona: As) -> None:
    page = as_persona("solveig").get("/undersokelser/").content.decode()
    assert address(NURSING_HOME_CODE) in page
    assert "Medarbeiderundersøkelsen 2024" in page


def test_a_new_result_is_on_the_home_page_for_a_month_and_first_for_the_leader(as_actor: Any) -> None:
    results = Results.objects.get(campaign=newest())
    first, later = results.computed_at.astimezone(OSLO).date(), results.shown_from

    def cards(who: str, day: dt.date) -> list[str]:
        with as_actor(who) as actor:
            return [card.text for card in registered.cards(HomeAsk(actor, day))]

    assert "De andre i enheten ser det fra" in cards("solveig", first)[0]
    assert cards("jonas", first) == []
    assert len(cards("jonas", later)) == 1
    assert cards("solveig", first + dt.timedelta(days=31)) == []


def test_an_action_can_come_of_a_result_that_one_may_see(as_persona: As, as_actor: Any) -> None:
    number = str(newest().pk)
    page = as_persona("solveig").get(f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt?kilde=survey:{number}")
    assert "Medarbeiderundersøkelsen 2026" in page.content.decode()
    with as_actor("ingrid") as actor:
        assert registered.describe(actor, number, NURSING_HOME_CODE) is None
    with as_actor("solveig") as actor:
        assert registered.describe(actor, number, NURSING_HOME_CODE).url == address(NURSING_HOME_CODE)
        for strange in ("", "x", "9" * 30, "0"):
            assert registered.describe(actor, strange, NURSING_HOME_CODE) is None


def test_a_visitor_is_not_asked_for_results() -> None:
    from byfolk.kernel.rights import VISITOR

    with pytest.raises(PermissionError):
        queries.result(VISITOR, newest().pk, ROOT_CODE)
    assert queries.ready(VISITOR, 1) == []
