"""The page of questions opens without a connection, and what was to be handed in goes when there is one again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import collect, fit, hand_in, next_one, until, urn
from tests.journeys.asking import close_campaign

OpenAs = Callable[..., Page]
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push([name, url]);
    return found;
}"""
REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))"
WAITS = "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('byfolk.ballot'))))"


def _is_kept(page: Page, survey: str) -> None:
    """Wait until the page can do without a connection: its worker is there, and old caches are looked through."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, f"caches.match('/undersokelser/urne/{survey}/')")


@pytest.fixture
def page(open_as: OpenAs, survey: str) -> Page:
    """The first question on a phone, kept on it."""
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    _is_kept(page, survey)
    page.wait_for_load_state("networkidle")
    return page


def test_reloaded_without_a_connection_the_questions_are_there_and_are_handed_in_when_there_is_one(
    page: Page, database: str, survey: str
):
    said: list[str] = []
    page.get_by_role("radio", name="Litt enig").check()
    page.context.set_offline(True)
    page.reload()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    expect(page.get_by_role("radio", name="Litt enig")).to_be_checked()
    expect(page.get_by_text("Ingen dekning akkurat nå")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.strip')).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.fonts.ready.then((fonts) => [...fonts].some((font) => font.status === 'loaded'))")
    next_one(page)
    page.get_by_role("radio", name="Helt enig").check()
    next_one(page)
    page.get_by_role("textbox").fill("Skrevet i kjelleren.")
    hand_in(page)
    expect(page.get_by_text("Svarene leveres når du er på nett igjen")).to_be_visible()
    assert urn(database, survey) == []

    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert urn(database, survey) == [{"rekker": 4, "hjelp": 5, "ord": "Skrevet i kjelleren."}]
    assert not [text for text in said if "Content Security Policy" in text]


def test_what_was_to_be_handed_in_goes_when_the_page_is_opened_next(page: Page, database: str, survey: str):
    page.get_by_role("radio", name="Helt uenig").check()
    # The connection is lost just then. (A browser that is made to be offline is online again when its page is closed.)
    page.route(re.compile("/lever$"), lambda route: route.abort())
    hand_in(page)
    expect(page.get_by_text("Vi prøver også når du åpner siden neste gang")).to_be_visible()
    context = page.context
    page.close()
    assert urn(database, survey) == []
    again = context.new_page()
    again.goto(f"/undersokelser/urne/{survey}/")
    expect(again.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert urn(database, survey) == [{"rekker": 1}]


@pytest.mark.parametrize("changes_mind", ["waits", "looks over"])
def test_who_chooses_otherwise_meanwhile_hands_nothing_in(page: Page, database: str, survey: str, changes_mind: str):
    page.get_by_role("radio", name="Helt uenig").check()
    page.context.set_offline(True)
    hand_in(page)
    expect(page.get_by_text("Svarene leveres når du er på nett igjen")).to_be_visible()
    if changes_mind == "waits":
        page.get_by_label("Senere").check()
        page.get_by_role("button", name="Vent med å levere").click()
    else:
        page.get_by_role("button", name="Se over").click()
        page.get_by_role("radio", name="Helt enig").check()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    page.reload()
    expect(page.get_by_text("Nå vet vi ikke hvem du er")).to_be_visible()
    assert not page.evaluate(WAITS)["queued"]
    assert urn(database, survey) == []


def test_only_that_survey_s_page_and_what_it_is_made_of_are_kept_and_nobody_s_name(page: Page, survey: str):
    assert [urlsplit(one).path for one in page.evaluate(REGISTERED)] == [f"/undersokelser/urne/{survey}/"]
    kept = page.evaluate(CACHED)
    assert len({name for name, _address in kept}) == 1
    paths = {urlsplit(address).path for _name, address in kept}
    assert {path for path in paths if not path.startswith("/static/")} == {f"/undersokelser/urne/{survey}/"}
    assert any(re.search(r"blindrsa/blindrsa\.js$", path) for path in paths)
    text = page.evaluate(f"caches.match('/undersokelser/urne/{survey}/').then((answer) => answer.text())")
    for named in ("Jonas", "csrfmiddlewaretoken", "Logg ut"):
        assert named not in text


def test_the_pages_where_one_is_known_are_never_kept(page: Page, survey: str):
    page.goto(f"/undersokelser/{survey}/")
    page.goto("/")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"/undersokelser/{survey}/")


def test_an_older_version_of_the_page_is_thrown_away(page: Page, survey: str):
    page.evaluate(f"caches.open('byfolk.urn.{survey}.older').then((cache) => cache.add(location.pathname))")
    page.evaluate("caches.open('byfolk.urn.987654.other')")
    page.reload()
    until(page, f"caches.keys().then((names) => !names.includes('byfolk.urn.{survey}.older'))")
    names = page.evaluate("caches.keys()")
    assert "byfolk.urn.987654.other" in names
    assert len(names) == 2


def test_handing_in_leaves_no_page_and_no_worker_behind(page: Page):
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    until(page, "caches.keys().then((names) => names.length === 0)")
    until(page, f"{REGISTERED}.then((scopes) => scopes.length === 0)")


def test_the_close_leaves_no_page_and_no_worker_behind(page: Page, database: str, survey: str):
    close_campaign(database, int(survey))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undersøkelsen er avsluttet")
    until(page, "caches.keys().then((names) => names.length === 0)")
    until(page, f"{REGISTERED}.then((scopes) => scopes.length === 0)")


def test_who_has_no_ballot_gets_no_worker(open_as: OpenAs, survey: str):
    page = open_as(None, f"/undersokelser/urne/{survey}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Her ligger det ingen stemmeseddel")
    assert page.evaluate(REGISTERED) == []
    assert page.evaluate("caches.keys()") == []


def test_the_page_opened_without_a_connection_is_accessible(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    collect(page)
    _is_kept(page, survey)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Ingen dekning akkurat nå")).to_be_visible()
    fit(page)
    assert json.loads(page.evaluate("JSON.stringify(localStorage)"))
