"""What people come for, from the first page to the answer, by mouse, by keyboard and without JavaScript."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from tests import server
from tests.journeys.test_every_page import faults

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


@pytest.fixture
def far_off(site: str, worker_id: str) -> None:
    """The sick leave of Amir's agency is far over its target, and nobody does anything about it."""
    with psycopg.connect(**server.where(f"byfolk_site_{worker_id}")) as connection:
        connection.execute(
            """insert into goals_target (indicator, unit_id, year, value, tolerance)
               select 'sick_leave', id, year, 2, 0.1 from organisation_unit, generate_series(2024, 2026) year
                where code = %s
               on conflict (unit_id, indicator, year) do update set value = 2, tolerance = 0.1""",
            [CARE_AGENCY_CODE],
        )
        connection.execute(
            """update actions_action set state = 'done' where indicator = 'sick_leave'
                and figure_unit_id = (select id from organisation_unit where code = %s)""",
            [CARE_AGENCY_CODE],
        )


@pytest.mark.parametrize("width", [1280, 390])
def test_amir_finds_why_the_sick_leave_is_red_and_starts_an_action_in_under_a_minute(
    open_as: OpenAs, far_off: None, width: int
):
    started = time.monotonic()
    page = open_as("amir", "/", width=width, scripts=False)
    # Either the one dark card, which is about the figure furthest off, or one of the things under it.
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("^Sykefravær er .* over målet|^Se hvorfor")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sykefravær")
    expect(page.get_by_text("Langt unna").first).to_be_visible()
    expect(page.get_by_text(re.compile("prosentpoeng over målet")).first).to_be_visible()
    expect(page.get_by_role("heading", name="Hvem det gjelder")).to_be_visible()
    page.get_by_role("link", name="Start et tiltak").first.click()
    page.get_by_label("Hva skal gjøres?").fill("Nærværsteam i hver avdeling")
    expect(page.get_by_label("Hvilket tall skal flytte seg?")).to_have_value("sick_leave")
    page.get_by_role("button", name="Start tiltaket").click()
    expect(page.get_by_role("status")).to_contain_text("Tiltaket er startet.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nærværsteam i hver avdeling")
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("width", [1280, 390])
def test_solveig_says_why_a_figure_is_as_it_is_and_jonas_reads_it_beside_the_figure(open_as: OpenAs, width: int):
    why = f"Ny turnus ga flere ledige vakter i en periode, {width}."
    page = open_as("solveig", f"/tall/sick_leave/{NURSING_HOME_CODE}", width=width, scripts=False)
    page.get_by_role("link", name=re.compile("^Forklar tallet|^Rett forklaringen")).click()
    page.get_by_label("Hva er grunnen?").fill(why)
    page.get_by_role("button", name=re.compile("^Lagre")).click()
    expect(page.get_by_text("Les gjennom teksten, og bekreft at den ikke handler om noen").first).to_be_visible()
    page.get_by_label("Jeg har ikke skrevet noe om enkeltpersoner eller noens helse").check()
    page.get_by_role("button", name=re.compile("^Lagre")).click()
    expect(page.get_by_role("status")).to_contain_text("Forklaringen er lagret.")

    read = open_as("jonas", f"/tall/sick_leave/{NURSING_HOME_CODE}", width=width, check=True)
    expect(read.get_by_role("heading", name="Forklaring fra enheten")).to_be_visible()
    expect(read.get_by_text(why).first).to_be_visible()
    assert faults(read) == []
    board = open_as("jonas", f"/enheter/{NURSING_HOME_CODE}", width=width, check=True)
    expect(board.get_by_text(why).first).to_be_visible()
    assert faults(board) == []
