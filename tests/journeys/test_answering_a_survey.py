"""Jonas answers a survey on his phone, by keyboard and without a connection, and nobody can tell that it was him."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, expect

from byfolk.demo.cast import NURSING_HOME_CODE
from tests.journeys.answering import collect, fit, next_one, urn
from tests.journeys.asking import close_campaign, open_campaign

OpenAs = Callable[..., Page]
STEPS = 'input[name="rekker"]'


def test_jonas_answers_by_keyboard_without_a_connection_in_the_middle_and_checks_that_he_is_counted(
    open_as: OpenAs, database: str, survey: str
):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    expect(page.get_by_text("Akkurat nå vet vi at du er Jonas")).to_be_visible()
    fit(page)
    collect(page)
    fit(page)
    expect(page.get_by_text("Lagret hos deg. Ingenting er sendt.")).to_be_visible()
    expect(page.get_by_text("Ingen dekning akkurat nå")).to_be_hidden()
    context: BrowserContext = page.context

    context.set_offline(True)
    expect(page.get_by_text("Ingen dekning akkurat nå")).to_be_visible()
    page.locator(STEPS).first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jeg får hjelp når jeg trenger det")
    expect(page.get_by_text("2 av 3")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("textbox").fill("Vi mangler en lift.")
    fit(page)
    next_one(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vil du levere nå?")
    assert not page.get_by_label("Senere").is_checked()
    assert not page.get_by_label("Nå med en gang").is_checked()
    fit(page)
    page.get_by_label("Nå med en gang").check()
    page.get_by_role("button", name="Lever nå").click()
    expect(page.get_by_text("Svarene leveres når du er på nett igjen")).to_be_visible()
    assert urn(database, survey) == []

    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    expect(page.locator("#lies")).to_have_text("Ligger i urnen")
    fit(page)
    posted = [request for request in sent if request.method == "POST"]
    assert len(posted) == 2
    for request in posted:
        assert {"cookie", "referer", "authorization"}.isdisjoint(request.all_headers())
    assert urn(database, survey) == [{"rekker": 4, "hjelp": 1, "ord": "Vi mangler en lift."}]
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Vi mangler" not in kept
    assert "rekker" not in kept

    with page.expect_download() as saved:
        page.get_by_role("button", name="Lagre koden som bilde").click()
    assert saved.value.suggested_filename == "stemmeseddel.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    expect(page.get_by_role("link", name="Lukk")).to_be_visible()
    code = page.locator("#code").inner_text()
    close_campaign(database, int(survey))
    assert code in page.request.get(f"/undersokelser/urne/{survey}/koder.txt").text()


def test_what_is_typed_survives_that_the_page_is_closed_and_opened_again(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    page.get_by_role("radio", name="Litt enig").check()
    next_one(page)
    again = page.context.new_page()
    page.close()
    again.goto(f"/undersokelser/{survey}/")
    again.get_by_role("button", name="Fortsett å svare").click()

    expect(again.get_by_role("heading", level=1)).to_have_text("Jeg får hjelp når jeg trenger det")
    again.get_by_role("button", name="Tilbake").click()
    expect(again.get_by_role("radio", name="Litt enig")).to_be_checked()


def test_who_waits_with_handing_in_finds_the_answers_again(open_as: OpenAs, database: str, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    page.get_by_role("radio", name="Helt enig").check()
    for _number in range(3):
        next_one(page)
    expect(page.get_by_text("Du hoppet over 2 spørsmål")).to_be_visible()
    page.get_by_label("Senere").check()
    page.get_by_role("button", name="Vent med å levere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Svarene ligger hos deg")
    page.reload()
    page.get_by_role("button", name="Lever likevel nå").click()
    page.get_by_label("Nå med en gang").check()
    page.get_by_role("button", name="Lever nå").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert urn(database, survey) == [{"rekker": 5}]


def test_a_lost_answer_to_collecting_loses_no_ballot(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    # The server signs, and the answer never comes back.
    page.route(re.compile("/hent/"), lambda route: (route.fetch(), route.abort()))
    page.get_by_role("button", name="Hent stemmeseddelen min").click()
    expect(page.get_by_text("Vi fikk ikke hentet stemmeseddelen.")).to_be_visible()
    page.unroute_all()
    page.reload()
    page.get_by_role("button", name="Fortsett å svare").click()

    expect(page.get_by_text("Nå vet vi ikke hvem du er")).to_be_visible()
    expect(page.get_by_text("1 av 3")).to_be_visible()


def test_a_lost_answer_to_handing_in_counts_once_and_is_thanked_for(open_as: OpenAs, database: str, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    page.get_by_role("radio", name="Litt uenig").check()
    for _number in range(3):
        next_one(page)
    page.get_by_label("Nå med en gang").check()
    page.route(re.compile("/lever$"), lambda route: (route.fetch(), route.abort()))
    page.get_by_role("button", name="Lever nå").click()
    expect(page.get_by_text("Vi fikk ikke levert.")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Lever nå").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert urn(database, survey) == [{"rekker": 2}]


def test_who_collected_elsewhere_is_told_to_go_on_there(open_as: OpenAs, survey: str):
    collect(open_as("jonas", f"/undersokelser/{survey}/"))
    page = open_as("jonas", f"/undersokelser/{survey}/")

    expect(page.get_by_text("Du har hentet stemmeseddelen din på en annen enhet.")).to_be_visible()
    expect(page.get_by_role("button", name="Fortsett å svare")).to_be_hidden()


def test_without_javascript_the_page_says_so_and_lets_nothing_be_collected(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", scripts=False)

    expect(page.get_by_text("Nettleseren din kjører ikke JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Hent stemmeseddelen min")).to_be_hidden()


def test_the_pages_keep_to_the_content_policy(open_as: OpenAs, survey: str):
    page = open_as("jonas", "about:blank", width=1280)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"/undersokelser/{survey}/")
    collect(page)
    next_one(page)
    assert said == []


def test_a_survey_with_a_name_is_answered_without_javascript(open_as: OpenAs, database: str):
    number = open_campaign(database, unit=NURSING_HOME_CODE, mode="confidential")
    page = open_as("jonas", f"/undersokelser/{number}/", width=390, scripts=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Du svarer fortrolig")
    page.get_by_role("radio", name="Helt enig").first.check()
    page.get_by_role("button", name="Lever svarene med navnet mitt").click()
    expect(page.get_by_text("Svarene dine er levert")).to_be_visible()
