"""Somebody with a slip of paper answers on any device, without scripts too, and leaves nothing on a shared machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import fit, urn
from tests.journeys.asking import slips_of_paper

OpenAs = Callable[..., Page]
START = "/undersokelser/kode/"
LEFT = """async () => ({
    local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length,
})"""
NOTHING = {"local": 0, "session": 0, "cookies": "", "workers": 0, "caches": 0, "databases": 0}


@pytest.fixture(scope="module")
def pile(site: str, worker_id: str) -> tuple[int, list[str]]:
    """The number of a survey, and codes that nobody has used."""
    return slips_of_paper(f"byfolk_site_{worker_id}")


def _enter(page: Page, code: str) -> None:
    page.get_by_label("Kode", exact=True).fill(code)
    page.get_by_role("button", name="Vis spørsmålene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik har vi det 2026")


def _deliver(page: Page) -> None:
    page.get_by_role("button", name="Lever svarene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")


def test_a_slip_is_answered_on_a_phone_by_keyboard_and_every_page_is_for_everybody(
    open_as: OpenAs, pile, database: str
):
    number, codes = pile
    page = open_as(None, START, width=390, check=True)
    fit(page)
    page.get_by_label("Kode", exact=True).fill("7KM 2QX")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Koden er ikke skrevet slik den står på lappen.")).to_be_visible()
    fit(page)
    _enter(page, codes.pop().lower())
    fit(page)
    page.get_by_role("radio", name="Litt enig").first.check()
    page.get_by_role("textbox").fill("Vi mangler en lift.")
    _deliver(page)
    fit(page)
    assert {"rekker": 4, "ord": "Vi mangler en lift."} in urn(database, str(number))
    assert page.evaluate(LEFT) == NOTHING


def test_a_slip_is_answered_without_javascript(open_as: OpenAs, pile, database: str):
    number, codes = pile
    page = open_as(None, START, width=390, scripts=False)
    _enter(page, codes.pop())
    page.get_by_role("radio", name="Helt uenig").first.check()
    _deliver(page)
    assert {"rekker": 1} in urn(database, str(number))


def test_who_has_no_javascript_is_led_from_the_survey_to_the_slip(open_as: OpenAs, pile):
    page = open_as(None, f"/undersokelser/urne/{pile[0]}/", scripts=False)
    page.get_by_role("link", name="Har du en lapp med kode? Svar med den.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra lappen")


def test_a_scanned_code_is_filled_in_and_taken_out_of_the_address(open_as: OpenAs, pile):
    code = pile[1][0]
    page = open_as(None, f"{START}#{code.replace(' ', '')}")
    expect(page.get_by_label("Kode", exact=True)).to_have_value(code.replace(" ", ""))
    assert page.url.endswith(START)


def test_a_shared_machine_keeps_nothing_and_the_back_button_shows_nothing(open_as: OpenAs, pile):
    page = open_as(None, f"{START}?delt=1", check=True)
    _enter(page, pile[1].pop())
    page.get_by_role("textbox").fill("Vi mangler en lift.")
    _deliver(page)
    fit(page)
    page.get_by_role("link", name="Ferdig, neste person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra lappen")
    assert page.evaluate(LEFT) == NOTHING
    for _step in range(2):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra lappen")
        expect(page.get_by_label("Kode", exact=True)).to_have_value("")
        assert "lift" not in page.content()
    assert page.evaluate(LEFT) == NOTHING


def test_who_leaves_a_shared_machine_is_asked_and_then_nothing_is_left(open_as: OpenAs, pile):
    page = open_as(None, "about:blank", check=True)
    page.clock.install()
    page.goto(f"{START}?delt=1")
    _enter(page, pile[1][0])
    page.get_by_role("textbox").fill("Vi mangler en lift.")
    page.clock.run_for(61_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    fit(page)
    page.get_by_role("button", name="Ja, gi meg mer tid").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    expect(page.get_by_role("textbox")).to_have_value("Vi mangler en lift.")

    page.clock.run_for(61_000)
    page.clock.run_for(21_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra lappen")
    expect(page.get_by_label("Kode", exact=True)).to_have_value("")
    page.go_back()
    assert "lift" not in page.content()
    assert page.evaluate(LEFT) == NOTHING


def test_the_pages_keep_to_the_content_policy(open_as: OpenAs, pile):
    page = open_as(None, "about:blank")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{START}?delt=1")
    _enter(page, pile[1][0])
    assert said == []
