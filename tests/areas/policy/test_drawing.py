"""Pages are drawn once and kept, and never shown when they are no longer true, or to whom they are not meant for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import Target
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.models import Publication
from tests.areas.policy.figures import OCTOBER, publish, publish_city
from tests.areas.policy.test_board_page import As, text_of

pytestmark = pytest.mark.django_db
BOARD = f"/styring/{ROOT_CODE}"


@pytest.fixture(autouse=True)
def _city() -> None:
    publish_city()


@pytest.mark.parametrize("address", [BOARD, f"/enheter/{ROOT_CODE}", f"/tall/sick_leave/{ROOT_CODE}"])
def test_a_page_that_was_drawn_is_answered_with_fewer_queries_and_the_same_words(address: str, as_persona: As) -> None:
    client = as_persona("kari")
    with CaptureQueriesContext(connection) as first:
        drawn = text_of(client, address)
    with CaptureQueriesContext(connection) as second:
        kept = text_of(client, address)

    assert len(second) < len(first)
    assert kept == drawn


def test_a_target_that_changes_is_seen_at_once(as_persona: As) -> None:
    client = as_persona("kari")
    assert "8,4 % Mål 7,6 % −0,2 bedre Langt unna" in text_of(client, BOARD)

    Target.objects.filter(unit__code=ROOT_CODE, year=2026).update(value=Decimal("8.4"))

    assert "8,4 % Mål 8,4 % −0,2 bedre Nådd" in text_of(client, BOARD)


def test_new_figures_are_seen_at_once(as_persona: As) -> None:
    client = as_persona("kari")
    text_of(client, BOARD)

    newest = Publication.objects.get()
    publish("turnover_external", ROOT_CODE, 9.4, period=OCTOBER.replace(year=2025, month=12), kind=PeriodKind.YEAR)
    newest.pk = None
    newest.at = newest.at.replace(day=21)
    newest.save()

    assert "Sluttet i kommunen året 2025 9,4 %" in text_of(client, BOARD)


def test_each_reader_sees_the_own_unit_marked_and_not_that_of_the_one_before(as_persona: As) -> None:
    address = f"/styring/{ROOT_CODE}?apne=210"
    marked = 'class="level-2 chosen"'

    assert marked in as_persona("solveig").get(address).content.decode()
    assert marked not in as_persona("kari").get(address).content.decode()


def test_each_reader_gets_the_own_head_and_language(as_persona: As) -> None:
    kari, solveig = as_persona("kari"), as_persona("solveig")
    address = f"/enheter/{NURSING_HOME_CODE}"

    assert "Kari Nordahl" in kari.get(address).content.decode()
    assert "Kari Nordahl" not in solveig.get(address).content.decode()
    english = solveig.get(address, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en"' in english
    assert "10.4" in english
