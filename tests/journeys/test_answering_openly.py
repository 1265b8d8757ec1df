"""A user of a service answers at the address on a poster, without scripts; HR plans it and finds the posters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import fit, urn
from tests.journeys.asking import address_for_all

OpenAs = Callable[..., Page]


@pytest.fixture(scope="module")
def address(site: str, worker_id: str) -> tuple[int, str]:
    """The number of a survey that anyone may answer, and the address of one place."""
    return address_for_all(f"byfolk_site_{worker_id}")


def test_a_user_answers_on_a_phone_and_the_pages_are_for_everybody(open_as: OpenAs, address, database: str):
    number, path = address
    page = open_as(None, path, width=390, check=True)
    fit(page)
    page.get_by_role("radio", name="Litt enig").first.check()
    page.get_by_role("textbox").fill("Fint her.")
    page.get_by_role("button", name="Lever svarene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    fit(page)
    assert {"rekker": 4, "ord": "Fint her."} in urn(database, str(number))


def test_a_user_answers_without_javascript_in_another_language(open_as: OpenAs, address, database: str):
    number, path = address
    page = open_as(None, path, scripts=False)
    page.get_by_role("link", name="English").click()
    page.get_by_role("radio", name="Helt uenig (en)").first.check()
    page.get_by_role("button", name="Hand in the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers are handed in.")
    assert {"rekker": 1} in urn(database, str(number))


def test_hr_plans_one_for_users_and_sees_only_what_concerns_it(open_as: OpenAs, address):
    page = open_as("mette", "/undersokelser/runder/ny", width=390, check=True)
    expect(page.get_by_text("Hvordan er de ansatt?")).to_be_visible()
    expect(page.get_by_text("Bare steder med dette i navnet")).to_be_hidden()
    fit(page)
    page.get_by_label("Brukere og innbyggere. Alle med adressen kan svare").check()
    expect(page.get_by_text("Hvordan er de ansatt?")).to_be_hidden()
    expect(page.get_by_text("Bare steder med dette i navnet")).to_be_visible()
    fit(page)
    page.goto(f"/undersokelser/runder/{address[0]}/")
    expect(page.get_by_role("link", name="Alle plakatene")).to_be_visible()
    fit(page)
    page.goto("/undersokelser/papir/")
    fit(page)
