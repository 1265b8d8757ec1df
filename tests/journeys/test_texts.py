"""Kari goes through what people wrote, on a phone and without a script, and lets it out."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from byfolk.demo.cast import NURSING_HOME_CODE
from tests import server
from tests.journeys.test_every_page import faults

OpenAs = Callable[..., Page]
WAITS = """
with made as (
    insert into questionnaires_textbatch (campaign_id, unit_id, owner_id, written, shown_from, destroy_on)
    select c.id, u.id, c.unit_id, 3, current_date, current_date + 60
      from questionnaires_campaign c, organisation_unit u where c.id = 2 and u.code = %(code)s returning id, owner_id
)
insert into questionnaires_freetext (id, batch_id, owner_id, item, text, hidden, state, reason)
select gen_random_uuid(), made.id, made.owner_id, 'own-words', text, '{}'::integer[], 'waiting', ''
  from made, unnest(%(texts)s::text[]) text
"""
TEXTS = ["Vi mangler en lift på badet.", "Hun i tredje etasje roper på oss.", "Spør [navn] om <b>liften</b>."]


@pytest.fixture
def waiting(site: str, worker_id: str) -> str:
    """The address of three texts from the nursing home that wait, in the round of 2025."""
    with psycopg.connect(**server.where(f"byfolk_site_{worker_id}")) as connection:
        connection.execute(WAITS, {"code": NURSING_HOME_CODE, "texts": TEXTS})
    return f"/undersokelser/runder/2/tekster/{NURSING_HOME_CODE}/"


def test_texts_are_reviewed_on_a_phone_without_a_script(open_as: OpenAs, waiting: str) -> None:
    for scheme in ("light", "dark"):
        assert faults(open_as("kari", waiting, scheme=scheme, width=390, check=True)) == []
    page = open_as("kari", waiting, width=320, scripts=False)
    telling = page.locator(".own-text", has_text="tredje etasje")
    telling.locator("summary").click()
    for word in ("tredje", "etasje"):
        telling.get_by_text(word, exact=True).last.click()
    telling.get_by_role("button", name="Godkjenn").click()
    expect(page.get_by_text("Hun i [navn] roper på oss.")).to_be_visible()
    lift = page.locator(".own-text", has_text="Vi mangler")
    lift.get_by_role("button", name="Hold tilbake").click()
    expect(page.get_by_text("Velg hvorfor teksten holdes tilbake")).to_be_visible()
    lift = page.locator(".own-text", has_text="Vi mangler")
    lift.get_by_role("combobox").select_option("Den handler om en bestemt person")
    lift.get_by_role("button", name="Hold tilbake").click()
    page.locator(".own-text", has_text="Vi mangler").get_by_role("button", name="Angre").click()
    for _number in range(2):
        page.get_by_role("button", name="Godkjenn").first.click()
    expect(page.get_by_text("Spør [navn] om <b>liften</b>.")).to_be_visible()
    page.get_by_role("button", name="Frigi tekstene").click()
    expect(page.get_by_text("Tekstene frigis nå")).to_be_visible()
    assert page.get_by_role("button", name="Angre").count() == 0


def test_texts_with_a_result_have_no_faults(open_as: OpenAs, site: str, worker_id: str) -> None:
    with psycopg.connect(**server.where(f"byfolk_site_{worker_id}")) as connection:
        connection.execute(
            "update questionnaires_freetext set state = 'approved', reason = '' where batch_id in"
            " (select b.id from questionnaires_textbatch b where b.campaign_id = 3 and b.published_at is null)"
        )
        connection.execute(
            "update questionnaires_textbatch set released_at = now(), published_at = now() where campaign_id = 3"
        )
        code = connection.execute(
            "select u.code from questionnaires_textbatch b join organisation_unit u on u.id = b.unit_id"
            " where b.campaign_id = 3 order by u.level limit 1"
        ).fetchone()[0]
    for scheme in ("light", "dark"):
        page = open_as("kari", f"/undersokelser/3/resultat/{code}/", scheme=scheme, width=390, check=True)
        expect(page.get_by_role("heading", name="Med egne ord")).to_be_visible()
        assert faults(page) == []
