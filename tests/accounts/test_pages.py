"""The pages of the accounts in the small demo city: who reads them, what they lead to, and what they cost."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from byfolk.accounts.queries import agencies_of, years_with_accounts
from byfolk.accounts.registrations import find_accounts
from byfolk.kernel.access.acting import acting
from byfolk.kernel.rights import VISITOR
from byfolk.portal import frontend
from tests.accounts.reading import words_of_html

pytestmark = pytest.mark.django_db
CARE = "210"
needs_look = pytest.mark.skipif(
    not frontend.STATIC_BUILT.exists(), reason="the look is not built: `byfolk setup --no-database`"
)
Sign = Callable[[str | None], Any]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["drawings"].clear()


def test_everyone_who_works_here_reads_the_accounts(as_persona: Sign) -> None:
    for key in ("kari", "jonas"):
        answer = as_persona(key).get("/personalregnskap/2025/")
        assert answer.status_code == 200
        assert "Personalregnskap 2025" in words_of_html(answer.content.decode())


def test_a_visitor_is_asked_to_sign_in(as_persona: Sign) -> None:
    for path in ("/personalregnskap/", "/personalregnskap/2025/", f"/personalregnskap/2025/{CARE}/pdf/"):
        answer = as_persona(None).get(path)
        assert answer.status_code == 302
        assert "/konto/" in answer["Location"]


@pytest.mark.parametrize(
    "path", ["2019/", "2019/pdf/", "2025/no-such/", "2025/no-such/regneark/", "2025/11/", "2025/2100001/"]
)
def test_a_year_without_data_and_a_unit_that_is_no_agency_are_not_found(as_persona: Sign, path: str) -> None:
    assert as_persona("kari").get(f"/personalregnskap/{path}").status_code == 404


def test_the_index_has_the_years_that_have_ended_and_the_agencies_of_one(as_persona: Sign) -> None:
    page = as_persona("jonas").get("/personalregnskap/?ar=2024").content.decode()
    assert "/personalregnskap/2024/210/" in page
    assert "?ar=2025" in page
    assert "2026" not in page.split("<main")[1].split("</main")[0]


def test_the_agencys_page_leads_to_its_files_and_to_the_city(as_persona: Sign) -> None:
    page = as_persona("solveig").get(f"/personalregnskap/2025/{CARE}/").content.decode()
    for path in (
        f"/personalregnskap/2025/{CARE}/pdf/",
        f"/personalregnskap/2025/{CARE}/regneark/",
        "/personalregnskap/2025/",
    ):
        assert f'href="{path}"' in page


@needs_look
def test_the_pdf_is_made_on_the_fly(as_persona: Sign) -> None:
    answer = as_persona("solveig").get(f"/personalregnskap/2025/{CARE}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="personalregnskap-2025-{CARE}.pdf"'
    assert len(PdfReader(io.BytesIO(answer.content)).pages) > 5


def test_the_spreadsheet_is_made_on_the_fly(as_persona: Sign) -> None:
    answer = as_persona("solveig").get("/personalregnskap/2025/regneark/")
    assert answer["Content-Disposition"] == 'attachment; filename="personalregnskap-2025.xlsx"'
    assert "Virksomhetene" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_a_page_takes_at_most_twenty_five_queries_and_fewer_when_it_is_kept(as_persona: Sign) -> None:
    client = as_persona("kari")
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get("/personalregnskap/2025/")
    with CaptureQueriesContext(connection) as again:
        client.get("/personalregnskap/2025/")
    assert len(first) <= 25
    assert len(again) < len(first)


def test_a_new_target_makes_the_page_anew(as_persona: Sign) -> None:
    from byfolk.engines.goals.models import Target

    client = as_persona("kari")
    before = client.get("/personalregnskap/2025/").content
    Target.objects.filter(indicator="sick_leave", unit__code="1", year=2025).update(value=1)
    assert client.get("/personalregnskap/2025/").content != before


def test_the_page_follows_the_readers_language(as_persona: Sign) -> None:
    client = as_persona("jonas")
    client.post("/sprak/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/personalregnskap/2025/").content.decode()


def test_the_search_finds_the_accounts_by_word_year_and_agency(template: str) -> None:
    from byfolk.demo.cast import CAST
    from byfolk.kernel.access.models import User

    person = User.objects.get(username=CAST["kari"].employee_number.lower()).person_id
    with acting(person) as actor:
        name = dict(agencies_of(actor, 2025))[CARE]
        assert [hit.url for hit in find_accounts(actor, "personalregnskap 2024", 5)] == ["/personalregnskap/2024/"]
        assert [hit.url for hit in find_accounts(actor, f"regnskap {name.lower()}", 5)] == [
            f"/personalregnskap/2025/{CARE}/"
        ]
        assert find_accounts(actor, "sykehjem", 5) == []
        assert years_with_accounts(actor)[0] == 2025


def test_a_visitor_may_not_ask_for_years() -> None:
    with pytest.raises(PermissionError):
        years_with_accounts(VISITOR)


def test_the_accounts_of_one_unit_are_the_same_as_among_all(as_persona: Sign) -> None:
    from byfolk.accounts import queries
    from byfolk.accounts.compose.report import report
    from byfolk.accounts.making import one_report
    from byfolk.kernel.rights import Actor

    ground = queries.ground(Actor(person_id=1), 2025, "nb")
    everything = queries.basis(ground)
    city = report(everything, everything.root, "nb", sectors=queries.sectors(2025))
    assert one_report(ground, "nb") == city
    assert one_report(ground, "nb", CARE) == report(everything, everything.agency(CARE), "nb")
