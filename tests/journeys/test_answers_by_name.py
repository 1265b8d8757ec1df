"""Mette reads an answer that was given by name, and Jonas sees that she did."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from byfolk.demo.cast import CARE_AGENCY_CODE
from tests.journeys.asking import close_campaign, open_campaign
from tests.journeys.test_every_page import faults

OpenAs = Callable[..., Page]


def test_answers_by_name_are_read_with_a_purpose_and_whoever_gave_them_sees_it(
    open_as: OpenAs, site: str, worker_id: str
) -> None:
    database = f"byfolk_site_{worker_id}"
    number = open_campaign(database, unit=CARE_AGENCY_CODE, mode="named")
    asked = f"/undersokelser/{number}/"
    assert faults(open_as("jonas", asked, width=390, check=True)) == []
    jonas = open_as("jonas", asked, width=320, scripts=False)
    expect(jonas.get_by_text("kan HR for Omsorgsetaten lese dem")).to_be_visible()
    jonas.get_by_text("Litt enig", exact=True).first.click()
    jonas.get_by_role("button", name="Lever svarene med navnet mitt").click()
    close_campaign(database, number)
    mette = open_as("mette", f"/undersokelser/runder/{number}/svar/", width=390, check=True)
    assert faults(mette) == []
    mette.get_by_role("link", name="Jonas Haugen").click()
    assert faults(mette) == []
    mette.get_by_label("Svare på noe personen har spurt om").click()
    mette.get_by_role("button", name="Åpne").click()
    expect(mette.get_by_text("4 Litt enig")).to_be_visible()
    for scheme in ("light", "dark"):
        page = open_as("jonas", asked, width=390, scheme=scheme, check=True)
        expect(page.get_by_text("Mette Vik")).to_be_visible()
        assert faults(page) == []


def test_a_question_that_depends_on_an_answer_comes_with_it_and_says_so_without_a_script(
    open_as: OpenAs, site: str, worker_id: str
) -> None:
    number = open_campaign(f"byfolk_site_{worker_id}", unit=CARE_AGENCY_CODE, mode="named", content="EVERY_KIND")
    plain = open_as("jonas", f"/undersokelser/{number}/", scripts=False)
    expect(plain.get_by_text("Vises bare når svaret på «Når jobber du mest?» er «Om natten».")).to_be_visible()
    page = open_as("jonas", f"/undersokelser/{number}/", width=390)
    nights = page.get_by_role("textbox", name="Hvor mange netter på rad?")
    expect(nights).to_be_hidden()
    page.get_by_label("Om natten").check()
    expect(nights).to_be_visible()
    expect(page.get_by_text("Vises bare når")).to_be_hidden()
    page.get_by_label("Om dagen").check()
    expect(nights).to_be_hidden()
