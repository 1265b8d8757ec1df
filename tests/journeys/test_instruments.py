"""An instrument made in the browser, without script and by keyboard too: built, tried as on a phone, put in use."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from byfolk.engines.questionnaires.instruments.writing import as_yaml
from tests.engines.questionnaires.instruments.instruments import EVERYTHING
from tests.journeys.test_every_page import faults

OpenAs = Callable[..., Page]
TOP = "/undersokelser/skjemaer/"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_mette_builds_an_instrument_tries_it_on_a_phone_and_puts_it_in_use(open_as: OpenAs):
    page = open_as("mette", TOP, scripts=False)
    follow(page, "Lag et nytt skjema")
    page.get_by_label("Hva heter skjemaet? (bokmål)").fill("Nye på jobb")
    press(page, "Lag utkastet")
    expect(page.get_by_role("status")).to_contain_text("Skjemaet er laget.")

    follow(page, "Ny skala")
    page.get_by_label("Trinn, bokmål").fill("Nei\nLitt\nJa")
    press(page, "Legg til")
    follow(page, "Ny del")
    page.get_by_label("Overskrift, bokmål").fill("Den første uken")
    press(page, "Legg til")
    for text in ("Jeg ble ventet", "Jeg visste hva jeg skulle gjøre"):
        page.locator("summary", has_text="Legg til et spørsmål").click()
        follow(page, "Påstand med skala")
        page.get_by_label("Spørsmål eller påstand, bokmål").fill(text)
        press(page, "Legg til")
    expect(page.get_by_role("listitem").filter(has_text="Jeg ble ventet").first).to_be_visible()
    expect(page.get_by_text("tekster mangler på nynorsk")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Opp.*Jeg visste")).click()
    expect(page.locator(".instrument-text").first).to_contain_text("Jeg visste hva jeg skulle gjøre")

    page.set_viewport_size({"width": 390, "height": 844})
    follow(page, "Se det på telefon")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Jeg visste hva jeg skulle gjøre")
    page.get_by_label("Litt", exact=True).check()
    follow(page, "Neste")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Jeg ble ventet")
    expect(page.get_by_label("Litt", exact=True)).not_to_be_checked()

    page.goto(f"{TOP}nye-pa-jobb/1/")
    changed_later = page.get_by_role("link", name=re.compile("^Endre.*Jeg ble ventet")).get_attribute("href")
    follow(page, "Ta i bruk")
    expect(page.get_by_text("Fra da av kan denne versjonen aldri endres.")).to_be_visible()
    press(page, "Ta versjon 1 i bruk")
    expect(page.get_by_role("status")).to_contain_text("Skjemaet er tatt i bruk.")
    expect(page.get_by_role("link", name=re.compile("^Endre.*Jeg ble ventet"))).to_have_count(0)
    page.goto(str(changed_later))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi fant ikke siden")


def test_an_item_is_answered_by_keyboard_alone(open_as: OpenAs):
    page = open_as("jonas", f"{TOP}pulse/1/forhandsvisning/?nr=1")
    page.get_by_label("Helt uenig").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Både og")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Neste")


def test_kari_reads_in_a_file_and_what_it_becomes_has_no_fault_that_axe_can_find(open_as: OpenAs, tmp_path: Path):
    file = tmp_path / "alt.yaml"
    file.write_text(as_yaml("everything", "pulse", EVERYTHING), encoding="utf-8")
    page = open_as("kari", f"{TOP}les-inn/", check=True)
    page.get_by_label("Hvilken fil?").set_input_files(file)
    press(page, "Vis hva som kommer")
    expect(page.get_by_text("Det blir et nytt skjema, som et utkast.")).to_be_visible()
    assert faults(page) == []
    press(page, "Lag skjemaet")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alt på ett sted")

    top = f"{TOP}everything/1/"
    for path in (
        "", "sporsmal/had-talk/", "tema/clarity/", "skala/agree/", "sporsmal/more/vilkar/?av=clear", "tema/clarity/ut/",
        *(f"forhandsvisning/?nr={number}" for number in range(4, 10)),
    ):  # fmt: skip
        page.goto(top + path)
        page.set_viewport_size({"width": 390, "height": 844})
        assert faults(page) == [], path
        page.emulate_media(color_scheme="dark")
        assert faults(page) == [], path
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
