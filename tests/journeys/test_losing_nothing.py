"""Nothing that was typed is lost: not by a closed tab, another tab, or a browser that has no room."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.answering import collect, fit, hand_in, next_one, urn

OpenAs = Callable[..., Page]
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BLOCKED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("blocked", "SecurityError"); },
});"""


def test_a_text_is_kept_while_it_is_written(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    next_one(page)
    next_one(page)
    page.get_by_role("textbox").press_sequentially("Vi mangler en li")
    again = page.context.new_page()
    page.close()
    again.goto(f"/undersokelser/urne/{survey}/")
    expect(again.get_by_role("textbox")).to_have_value("Vi mangler en li")


def test_two_tabs_of_one_survey_keep_each_others_answers(open_as: OpenAs, database: str, survey: str):
    first = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(first)
    second = first.context.new_page()
    second.goto(f"/undersokelser/urne/{survey}/")
    first.get_by_role("radio", name="Litt enig").check()
    next_one(second)
    second.get_by_role("radio", name="Helt uenig").check()
    next_one(first)
    expect(first.get_by_role("radio", name="Helt uenig")).to_be_checked()
    next_one(first)
    first.get_by_role("textbox").fill("Fra den første.")
    hand_in(first)

    expect(first.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    expect(second.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert urn(database, survey) == [{"rekker": 4, "hjelp": 1, "ord": "Fra den første."}]
    assert first.evaluate("Object.keys(localStorage)") == [f"byfolk.code.{survey}"]


def test_a_second_tab_that_collects_takes_the_ballot_that_is_there(open_as: OpenAs, survey: str):
    first = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    second = first.context.new_page()
    second.goto(f"/undersokelser/{survey}/")
    collect(first)
    first.get_by_role("radio", name="Litt enig").check()
    collect(second)

    expect(second.get_by_role("radio", name="Litt enig")).to_be_checked()


def test_a_browser_without_room_collects_nothing_and_says_what_to_do(open_as: OpenAs, survey: str):
    for trouble in (FULL, BLOCKED):
        page = open_as("jonas", "/om/personvern/", width=390, check=True)
        page.add_init_script(trouble)
        sent: list[str] = []
        page.on("request", lambda request, sent=sent: sent.append(request.url))
        page.goto(f"/undersokelser/{survey}/")
        expect(page.get_by_text("Bruk et vanlig vindu eller en annen enhet.")).to_be_visible()
        expect(page.get_by_role("button", name="Hent stemmeseddelen min")).to_be_hidden()
        assert not [address for address in sent if "/hent/" in address]
        fit(page)
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)


def test_where_room_runs_out_on_the_way_the_page_says_so_and_the_answers_can_still_be_handed_in(
    open_as: OpenAs, database: str, survey: str
):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    collect(page)
    expect(page.get_by_text("Nettleseren har ikke plass til svarene")).to_be_hidden()
    page.evaluate(f"() => {{ {FULL} }}")
    page.get_by_role("radio", name="Litt enig").check()
    expect(page.get_by_text("Nettleseren har ikke plass til svarene")).to_be_visible()
    fit(page)
    next_one(page)
    page.get_by_role("radio", name="Helt enig").check()
    page.get_by_role("button", name="Tilbake").click()
    expect(page.get_by_role("radio", name="Litt enig")).to_be_checked()
    hand_in(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    expect(page.locator("#code")).to_have_text(re.compile(r"\w{4} \w{4} \w{4}"))
    assert urn(database, survey) == [{"rekker": 4, "hjelp": 5}]
