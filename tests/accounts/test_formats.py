"""Page, PDF and spreadsheet say the same, because they lay out the same content; and no format holds a hidden
number."""

from __future__ import annotations

import io

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from byfolk.accounts import drawing, pdf, web
from byfolk.accounts.content import Chart, Report
from byfolk.accounts.workbook import workbook
from byfolk.portal import frontend
from tests.accounts.reading import cells_of_workbook, chapter, plain, squeezed, words_of_html, words_of_pdf
from tests.lib.test_pdf import elements

needs_look = pytest.mark.skipif(
    not frontend.STATIC_BUILT.exists(), reason="the look is not built: `byfolk setup --no-database`"
)
BASE = "https://byfolk.example.no"


@pytest.fixture(scope="session")
def page(agency: Report) -> str:
    return render_to_string("accounts/report.html", web.context(agency, [{"label": "Les som PDF", "url": "/pdf"}]))


@pytest.fixture(scope="session")
def paper(agency: Report) -> bytes:
    return pdf.pdf(agency, base=BASE)


def test_every_figure_stands_on_the_page(agency: Report, page: str) -> None:
    words = words_of_html(page)
    for one in agency.chapters:
        assert plain(one.title) in words
        for line in one.lines:
            assert plain(line.title) in words
            assert plain(line.now.text) in words


@needs_look
def test_every_figure_stands_in_the_pdf(agency: Report, paper: bytes) -> None:
    words = words_of_pdf(paper)
    for one in agency.chapters:
        assert squeezed(one.finding) in words
        for line in one.lines:
            assert squeezed(line.title) in words
            assert squeezed(line.now.text) in words


def test_the_spreadsheet_has_the_same_numbers_a_sheet_for_each_chapter(agency: Report) -> None:
    sheets = cells_of_workbook(workbook(agency))
    rows = sheets["4 Medarbeidere og arbeidsmiljø"]
    assert rows[0][:8] == ("Tall", "Måles i", "2023", "2024", "2025", "Mål 2025", "Status", "Hele kommunen 2025")
    line = chapter(agency, "omrade-3").lines[0]
    assert rows[1][:8] == (
        line.title, "prosent", *(value.number for value in line.values), line.target_number, "Nær", line.city and
        line.city.number
    )  # fmt: skip


def test_a_hidden_number_is_in_no_cell_of_the_spreadsheet_and_the_reason_is(small: Report) -> None:
    rows = cells_of_workbook(workbook(small))["4 Medarbeidere og arbeidsmiljø"]
    row = next(row for row in rows if row[0] == "Sykefravær")
    assert row[2:5] == (None, None, None)
    assert "2023, 2024, 2025: Skjult: færre enn 10" in row


def test_the_citys_sheet_of_agencies_says_why_a_cell_is_empty(city: Report) -> None:
    rows = cells_of_workbook(workbook(city))["Virksomhetene"]
    row = next(row for row in rows if row[0] == "Vannverket")
    assert row[2] is None
    assert row[-1] == "Sykefravær: Skjult: færre enn 10"


def test_the_contents_lead_to_chapters_that_are_there(page: str, agency: Report) -> None:
    for one in agency.chapters:
        assert f'href="#{one.anchor}"' in page
        assert f'id="{one.anchor}"' in page


def test_every_figure_leads_to_its_own_page(page: str, agency: Report) -> None:
    for one in agency.chapters:
        for line in one.lines:
            assert line.path.startswith("/tall/")
            assert f'href="{line.path}"' in page


def test_the_page_has_no_style_attribute_and_no_script(page: str) -> None:
    assert "style=" not in page
    assert "<script" not in page


@needs_look
def test_the_pdf_is_tagged_titled_and_in_its_language(agency: Report, paper: bytes) -> None:
    reader = PdfReader(io.BytesIO(paper))
    assert reader.trailer["/Root"]["/Lang"] == "nb"
    assert reader.metadata is not None
    assert reader.metadata.title == "Personalregnskap 2025, Sykehjemsetaten"
    charts = sum(isinstance(block, Chart) for one in agency.chapters for block in one.blocks)
    alternatives = [element["/Alt"] for kind, element in elements(reader) if kind == "/Figure"]
    assert len(alternatives) == charts + 1
    assert all(len(text) > 20 for text in alternatives)


@needs_look
def test_the_pdfs_tables_have_heads_and_its_chapters_are_bookmarks(agency: Report, paper: bytes) -> None:
    reader = PdfReader(io.BytesIO(paper))
    kinds = [kind for kind, _ in elements(reader)]
    assert kinds.count("/THead") == kinds.count("/Table") > 5
    chapters = [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)]
    assert chapters == ["Innhold", *(one.title for one in agency.chapters)]
    assert "/TOC" in kinds


@needs_look
def test_links_in_the_pdf_lead_to_the_portal(paper: bytes) -> None:
    reader = PdfReader(io.BytesIO(paper))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    outside = {str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]}
    assert f"{BASE}/tall/sick_leave/120?til=2025-12" in outside
    assert all(address.startswith(BASE) for address in outside)


@needs_look
def test_the_same_content_gives_the_same_pdf(agency: Report, paper: bytes) -> None:
    assert pdf.pdf(agency, base=BASE) == paper


def test_few_dots_on_the_cover_make_a_small_field_and_not_large_dots(small: Report, city: Report) -> None:
    few, many = drawing.printed_cover(small.cover)[1], drawing.printed_cover(city.cover)[1]
    assert few < 0.2 < many <= 1
