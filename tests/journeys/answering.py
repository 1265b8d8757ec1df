"""What the journeys of answering a survey have in common."""

from __future__ import annotations

import psycopg
from playwright.sync_api import Page, expect

from tests import server
from tests.journeys.test_every_page import faults


def fit(page: Page) -> None:
    """Nothing that axe finds, in light and dark, and no sideways scroll at 320."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == []
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(wide) <= 0
    assert size
    page.set_viewport_size(size)


def collect(page: Page) -> None:
    """From the promise to the first question."""
    page.get_by_role("button", name="Hent stemmeseddelen min").click()
    expect(page.get_by_text("Nå vet vi ikke hvem du er")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jeg rekker å gjøre jobben slik jeg mener den bør gjøres")


def until(page: Page, promise: str) -> None:
    """Wait until what a promise in the page gives is true. (To `wait_for_function` any promise is true already.)"""
    page.evaluate(
        f"""async () => {{
            const end = Date.now() + 20_000;
            while (!(await ({promise}))) {{
                if (Date.now() > end) throw new Error("it did not come");
                await new Promise((again) => setTimeout(again, 50));
            }}
        }}"""
    )


def next_one(page: Page) -> None:
    """To the next question."""
    page.get_by_role("button", name="Neste").click()


def hand_in(page: Page) -> None:
    """From any question to the press on the button that hands in, at once."""
    while page.get_by_role("button", name="Neste").is_visible():
        next_one(page)
    page.get_by_label("Nå med en gang").check()
    page.get_by_role("button", name="Lever nå").click()


def urn(database: str, survey: str) -> list[dict[str, object]]:
    """The answers that lie in the urn."""
    with psycopg.connect(**server.where(database)) as connection:
        found = connection.execute(
            """select a.answers from questionnaires_answer a join questionnaires_group g on g.id = a.group_id
                where g.campaign_id = %s""",
            [int(survey)],
        )
        return [answers for (answers,) in found]
