"""The signed accounts, for anyone: as a page, on one page, as files, and as open data that never changes."""

from __future__ import annotations

import csv
import hashlib
import io
import re

import pytest
from django.core.cache import caches
from pypdf import PdfReader

from byfolk.accounts import frozen
from byfolk.accounts.models import Snapshot
from byfolk.demo.cast import CARE_AGENCY_CODE, ROOT_CODE
from byfolk.engines.indicators.models import Figure, Publication
from byfolk.kernel.organisation.models import Unit

YEAR = 2024
PAGE = f"/regnskap/{YEAR}/{ROOT_CODE}/"
FILES = f"/regnskap/filer/{YEAR}/{ROOT_CODE}/1/"
DATA = f"/apne-data/filer/regnskap-{YEAR}-{ROOT_CODE}-v1.csv"


@pytest.fixture
def visitor(as_persona):
    return as_persona(None)


def _rows(client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(DATA).content.decode())))


def test_anyone_finds_the_signed_accounts_and_who_signed_them(visitor):
    page = visitor.get("/regnskap/").content.decode()
    assert f'href="{PAGE}"' in page
    assert Snapshot.objects.get(year=YEAR).signer in page


def test_anyone_reads_the_whole_accounts_with_contents_that_lead_to_chapters(visitor):
    page = visitor.get(PAGE).content.decode()
    chapters = re.findall(r'<section class="accounts-chapter" id="([\w-]+)"', page)
    assert len(chapters) > 5
    assert all(f'href="#{anchor}"' in page for anchor in chapters)


def test_no_link_of_the_page_leads_a_visitor_to_a_closed_door(visitor):
    body = re.search(r"<main.*</main>", visitor.get(PAGE).content.decode(), re.S).group(0)
    for address in set(re.findall(r'href="(/[^"#]*)', body)):
        assert visitor.get(address).status_code == 200, address


def test_a_figure_leads_to_its_definition(visitor):
    assert 'href="/apne-data/definisjoner/#sick_leave"' in visitor.get(PAGE).content.decode()


def test_a_draft_is_not_found(visitor):
    assert visitor.get(f"/regnskap/2025/{ROOT_CODE}/").status_code == 404
    assert visitor.get(f"{PAGE}versjon/2/").status_code == 404
    assert visitor.get(f"/regnskap/{YEAR}/{CARE_AGENCY_CODE}/").status_code == 404


def test_the_files_are_those_whose_hashes_were_kept_when_it_was_frozen(visitor):
    kept = Snapshot.objects.get(year=YEAR, unit_code=ROOT_CODE).files
    addresses = {"csv": DATA}
    for ending in ("pdf", "xlsx"):
        addresses[ending] = f"{FILES}regnskap.{ending}"
        addresses |= {f"{one}.{ending}": f"{FILES}regnskap.{ending}?sprak={one}" for one in ("nn", "en")}
    assert set(kept) == set(addresses)
    for ending, sha256 in kept.items():
        content = visitor.get(addresses[ending]).content
        assert hashlib.sha256(content).hexdigest() == sha256


def test_the_open_data_is_the_same_bytes_after_everything_else_has_changed(visitor):
    made = [DATA, f"{FILES}regnskap.pdf", f"{FILES}sammendrag.pdf"]
    before = [visitor.get(address).content for address in made]
    Figure.objects.update(value=1.0)
    Unit.objects.filter(code=ROOT_CODE).update(name_nb="Et annet navn")
    Publication.objects.filter(pk=Publication.objects.latest("at").pk).update(period_until="2030-01-01")
    for name in ("drawings", "open_data"):
        caches[name].clear()
    assert [visitor.get(address).content for address in made] == before


def test_a_hidden_figure_of_the_accounts_has_no_number(visitor):
    rows = _rows(visitor)
    assert len(rows) > 50
    assert all(not row["value"] for row in rows if row["state"] != "published")
    assert all(row["value"] for row in rows if row["state"] == "published")


def test_the_open_data_has_every_figure_of_the_report(visitor):
    report = frozen.frozen(ROOT_CODE, YEAR).report("nb")
    told = [
        (chapter.anchor, line.code, value.year)
        for chapter in report.chapters
        for line in chapter.lines
        for value in line.values
    ]
    assert [(row["chapter"], row["indicator"], int(row["figure_year"])) for row in _rows(visitor)] == told


def test_signed_accounts_stand_in_the_descriptor_and_the_catalogue(visitor):
    package = visitor.get("/apne-data/filer/datapackage.json").json()
    assert f"regnskap-{YEAR}-{ROOT_CODE}-v1" in {one["name"] for one in package["resources"]}
    graph = visitor.get("/apne-data/filer/katalog.jsonld").json()["@graph"]
    (dataset,) = [one for one in graph if one.get("dct:identifier") == f"personalregnskap-{YEAR}"]
    assert dataset["dcatap:applicableLegislation"]
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == f"{YEAR}-12-31"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_summary_is_one_page_in_every_language(visitor, language):
    content = visitor.get(f"{FILES}sammendrag.pdf?sprak={language}").content
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_the_summary_says_the_verdict_and_what_each_chapter_found(visitor):
    report = frozen.frozen(ROOT_CODE, YEAR).report("nb")
    page = visitor.get(f"{PAGE}sammendrag/").content.decode()
    paper = PdfReader(io.BytesIO(visitor.get(f"{FILES}sammendrag.pdf").content)).pages[0].extract_text()
    assert report.verdict in page
    told = [chapter for chapter in report.chapters if chapter.key_figures]
    assert len(told) > 4
    for chapter in told:
        assert chapter.finding in page
        assert chapter.title in paper


def test_a_visitor_gets_the_page_from_what_is_kept_and_does_not_get_it_again(visitor):
    first = visitor.get(PAGE)
    assert first["Cache-Control"] == "public, max-age=300"
    assert visitor.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_page_that_is_kept_costs_next_to_no_queries(visitor, django_assert_max_num_queries):
    visitor.get(PAGE)
    with django_assert_max_num_queries(8):
        visitor.get(PAGE)
