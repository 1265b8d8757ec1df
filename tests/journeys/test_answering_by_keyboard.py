"""Every kind of item by keyboard alone, as a screen reader hears it, and enlarged four times."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from byfolk.demo.cast import NURSING_HOME_CODE
from tests.journeys.answering import fit, urn
from tests.journeys.asking import open_campaign

OpenAs = Callable[..., Page]
QUESTIONS = [
    "Jeg rekker det jeg skal", "Når jobber du mest?", "Hvor mange netter på rad?", "Hva mangler dere?",
    "Hva mener du om dette?", "Er det noe mer du vil si?",
]  # fmt: skip


@pytest.fixture
def survey(database: str) -> str:
    """The number of a survey with an item of every kind."""
    return str(open_campaign(database, unit=NURSING_HOME_CODE, content="EVERY_KIND"))


@pytest.fixture
def page(open_as: OpenAs, survey: str) -> Page:
    """The first question, on a phone, come to by keyboard."""
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    _tab_to(page, "Hent stemmeseddelen min")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[0])
    return page


def _focused(page: Page) -> str:
    return str(
        page.evaluate("""() => {
            const one = document.activeElement;
            return (one.labels?.[0] ?? one).innerText?.trim() || one.value || "";
        }""")
    )


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what has focus says so; every stop on the way can be seen."""
    for _stop in range(40):
        page.keyboard.press("Tab")
        if _focused(page).startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab; focus is on {_focused(page)!r}")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _is_asked(page: Page, place: int, of: int) -> None:
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(QUESTIONS[place])
    expect(heading).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=f"{place + 1} av {of}")).to_be_visible()


def test_every_kind_of_item_is_answered_by_keyboard_and_no_step_loses_the_focus(page: Page, database: str, survey: str):
    _press(page, "Tab")
    page.locator('input[name="rekker"]').first.focus()
    _press(page, "ArrowDown", "ArrowUp", "ArrowDown", "Enter")
    _is_asked(page, 1, 5)
    _press(page, "Tab", "Space", "ArrowDown", "Enter")
    _is_asked(page, 2, 6)
    _press(page, "Tab")
    page.keyboard.type("4")
    _press(page, "Enter")
    _is_asked(page, 3, 6)
    _press(page, "Tab", "Space", "Tab", "Tab", "Space")
    _tab_to(page, "Neste")
    _press(page, "Enter")
    _is_asked(page, 4, 6)
    _press(page, "Tab", "Space", "Tab", "ArrowDown", "ArrowDown")
    _tab_to(page, "Neste")
    _press(page, "Enter")
    _is_asked(page, 5, 6)
    _press(page, "Tab")
    page.keyboard.type("Vi vil ha en lift.")
    _tab_to(page, "Tilbake")
    _press(page, "Enter")
    _is_asked(page, 4, 6)
    _tab_to(page, "Neste")
    _press(page, "Enter")
    _tab_to(page, "Neste")
    _press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vil du levere nå?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _press(page, "Tab", "Space", "ArrowDown")
    _tab_to(page, "Lever nå")
    _press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert urn(database, survey) == [
        {
            "rekker": 2, "vakt": "natt", "uro": 4, "mangler": ["lift", "bil"], "om": {"plass": 1, "ro": 3},
            "ord": "Vi vil ha en lift.",
        }
    ]  # fmt: skip


SKIP = "Vet ikke, eller vil ikke svare"


def test_a_screen_reader_hears_the_question_as_the_name_of_the_group_and_the_words_of_each_answer(page: Page):
    view = page.locator("#questions")
    group = view.get_by_role("group", name=QUESTIONS[0], exact=True)
    expect(group.get_by_role("heading", level=1, name=QUESTIONS[0])).to_be_visible()
    expect(group.get_by_role("radio")).to_have_count(6)
    for label in ("Helt uenig", "Litt uenig", "Både og", "Litt enig", "Helt enig", SKIP):
        expect(group.get_by_role("radio", name=label, exact=True, checked=False)).to_be_visible()
    group.get_by_role("radio", name="Litt enig", exact=True).check()
    expect(group.get_by_role("radio", checked=True)).to_have_accessible_name("Litt enig")
    expect(view.get_by_role("progressbar", name="1 av 5")).to_be_visible()

    page.get_by_role("button", name="Neste").click()
    page.get_by_role("radio", name="Om natten").check()
    page.get_by_role("button", name="Neste").click()
    number = page.get_by_role("textbox", name=QUESTIONS[2], exact=True)
    expect(number).to_have_accessible_description("Et helt tall.")
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("group", name=QUESTIONS[3], exact=True).get_by_role("checkbox")).to_have_count(3)
    page.get_by_role("button", name="Neste").click()
    row = page.get_by_role("group", name="Vi har ro nok", exact=True)
    expect(row.get_by_role("radio", name="Både og", exact=True)).to_be_visible()
    page.get_by_role("button", name="Neste").click()
    words = page.get_by_role("textbox", name=QUESTIONS[5], exact=True)
    hint = re.compile(r"^Høyst 300 tegn\. Skriv ikke navn på noen\. .*HR leser den")
    expect(words).to_have_accessible_description(hint)


@pytest.mark.parametrize("times", [2, 4])
def test_enlarged_every_answer_can_be_read_and_what_has_focus_is_never_covered(page: Page, times: int):
    page.set_viewport_size({"width": 1280 // times, "height": 1024 // times})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    covered = """() => {
        const box = document.activeElement.closest("label, button, h1, summary, .ds-input").getBoundingClientRect();
        const middle = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
        const over = document.elementFromPoint(...middle);
        return !over || !(over.closest("label, button, h1, summary, .ds-input, .survey-foot") ?? over).contains(
            document.activeElement) && !document.activeElement.contains(over);
    }"""
    for place in range(4):
        assert page.evaluate(wide) <= 0
        for _stop in range(5):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#questions') !== null"):
                assert not page.evaluate(covered), (place, _focused(page))
        page.get_by_role("button", name="Neste").click()


def test_the_pages_of_every_kind_are_accessible_on_a_phone(page: Page):
    for place in range(5):
        if place == 1:
            page.get_by_role("radio", name="Om natten").check()
        fit(page)
        page.get_by_role("button", name="Neste").click()
    fit(page)


def test_on_a_phone_the_button_that_goes_on_takes_the_width_that_is_left(page: Page):
    first = page.get_by_role("button", name="Neste").bounding_box()
    assert first
    assert first["width"] > 340
    page.get_by_role("button", name="Neste").click()
    back, on = (page.get_by_role("button", name=name).bounding_box() for name in ("Tilbake", "Neste"))
    assert back
    assert on
    assert back["x"] + back["width"] + on["width"] > 330
    assert on["width"] > 2 * back["width"]
    assert on["y"] + on["height"] <= 900
