"""A leader goes from the result to an action, without script and on a phone; those who work there see it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from byfolk.demo.cast import NURSING_HOME_CODE
from tests.journeys.test_every_page import RESULT, faults

OpenAs = Callable[..., Page]
HOME = f"{RESULT}/{NURSING_HOME_CODE}/"
SMALLEST = 320


def is_sound(page: Page, where: str) -> None:
    """Axe finds nothing in light and dark, at a desk and on a phone, and nothing overflows on the smallest."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert faults(page) == [], f"{where}, {scheme}, {width}"
    page.set_viewport_size({"width": SMALLEST, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST, where
    page.set_viewport_size({"width": 1280, "height": 844})


def test_solveig_chooses_two_areas_makes_an_action_and_jonas_sees_it(open_as: OpenAs):
    page = open_as("solveig", HOME, check=True)
    page.get_by_role("link", name="Velg områder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hva vil dere gjøre noe med?")
    is_sound(page, "choosing")
    page.locator("summary", has_text="Se de andre områdene").click()
    for place in range(3):
        page.locator(".choose-card input").nth(place).check()
    page.get_by_role("button", name="Lagre valget").click()
    expect(page.get_by_role("link", name="Velg høyst to.")).to_be_visible()
    is_sound(page, "a third area")
    page.locator(".choose-card input").nth(2).uncheck()
    page.get_by_label("Tillitsvalgt").check()
    page.get_by_role("button", name="Lagre valget").click()
    expect(page.get_by_role("status")).to_contain_text("Valget er lagret.")

    idea = page.get_by_role("list", name="Forslag").get_by_role("link").first
    idea.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hva skal dere gjøre?")).not_to_have_value("")
    expect(idea).to_have_attribute("aria-current", "true")
    is_sound(page, "making an action")
    page.get_by_label("Hva skal dere gjøre?").fill("Én time uten avbrudd hver dag")
    page.get_by_role("button", name="Lagre tiltaket").click()
    expect(page.get_by_role("status")).to_contain_text("Tiltaket er lagret.")
    is_sound(page, "made")

    seen = open_as("jonas", HOME, check=True)
    expect(seen.get_by_role("heading", name="Dette har vi valgt")).to_be_visible()
    expect(seen.get_by_role("link", name="Én time uten avbrudd hver dag")).to_be_visible()
    expect(seen.get_by_role("link", name="Velg områder")).to_have_count(0)
    is_sound(seen, "the result")


def test_without_script_an_idea_is_a_link_that_fills_the_form(open_as: OpenAs):
    page = open_as("amir", f"{RESULT}/210/velg/", scripts=False)
    page.locator(".choose-card input").first.check()
    page.get_by_role("button", name="Lagre valget").click()
    page.get_by_role("list", name="Forslag").get_by_role("link").nth(1).click()
    expect(page.get_by_label("Hva skal dere gjøre?")).not_to_have_value("")
    page.get_by_role("button", name="Lagre tiltaket").click()
    expect(page.get_by_role("status")).to_contain_text("Tiltaket er lagret.")
