"""What people come for, from the first page to the answer, by mouse, by keyboard and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]


def test_kari_goes_from_the_city_to_a_workplace_in_two_clicks(open_as: OpenAs):
    page = open_as("kari", "/styring")
    page.get_by_role("link", name=re.compile("^Åpne Omsorgsetaten|^Omsorgsetaten")).first.click()
    page.get_by_role("link", name=re.compile("^Bjerkelia sykehjem")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bjerkelia sykehjem")


def test_kari_opens_what_lies_behind_the_sick_leave(open_as: OpenAs):
    page = open_as("kari", "/styring")
    page.get_by_role("link", name="Sykefravær", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sykefravær")
    expect(page.get_by_role("heading", name="Hva tallet er")).to_be_visible()
    expect(page.get_by_role("heading", name="Fra mål til kilde")).to_be_visible()


def test_jonas_sees_who_may_see_what_about_him(open_as: OpenAs):
    page = open_as("jonas", "/")
    page.get_by_role("link", name="Hvem kan se hva om meg?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem ser opplysningene mine?")
    expect(page.get_by_text("Solveig Aas").first).to_be_attached()


def test_the_one_search_finds_a_colleague_without_javascript(open_as: OpenAs):
    page = open_as("jonas", "/", scripts=False)
    page.get_by_role("searchbox", name="Søk i Byfolk").first.fill("solv aas")
    page.get_by_role("searchbox", name="Søk i Byfolk").first.press("Enter")
    page.get_by_role("link", name="Solveig Aas").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Solveig Aas")


def test_the_keyboard_skips_to_the_content(open_as: OpenAs):
    page = open_as("kari", "/styring")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hopp til innholdet")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_follows_the_choice_in_the_footer(open_as: OpenAs):
    page = open_as("jonas", "/", scripts=False)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_a_page_that_is_not_yours_looks_like_one_that_does_not_exist(open_as: OpenAs):
    page = open_as("jonas", "/roller/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi fant ikke siden")


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_page(open_as: OpenAs):
    page = open_as(None, "/styring")
    assert "/konto/inn/" in page.url
    assert "next=/styring" in page.url
