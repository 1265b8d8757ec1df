"""PDFs that assistive technology can read: what PDF/UA-1 asks for, looked up in the file itself."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from byfolk.lib import charts
from byfolk.lib.pdf import PdfError, Press, fonts
from byfolk.portal import frontend

FONTS = frontend.STATIC_BUILT / "vendor" / "inter" / "files"
pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the look is not built: `byfolk setup --no-database`")
AT = dt.datetime(2026, 3, 12, 9, 30, 0, 250, tzinfo=dt.timezone(dt.timedelta(hours=1)))
START = """
#import "/lib/pdf/look.typ": *
#let d = json(bytes(sys.inputs.data))
#show: document-look.with(title: d.title, author: "Storvik kommune", lang: d.lang, running: d.title)
#title(d.title)
"""
WHOLE = (
    START
    + """
= Arbeidsmiljø
#image(bytes(d.picture), format: "svg", alt: d.alt)
#pdf.artifact(image(bytes(d.picture), format: "svg"))
#status("near", "Nær") #link("https://byfolk.example.no/tall")[Sykefravær]
== Tallene
#table(columns: 2, table.header[Tall][2025], [Sykefravær], [8,7 %])
"""
)


@pytest.fixture(scope="session")
def inter(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Inter for Typst, unpacked once."""
    return fonts([FONTS / "inter-latin-opsz-normal.woff2"], tmp_path_factory.mktemp("fonts"))


def data(**more: str) -> dict[str, str]:
    picture = charts.light(charts.sparkline([1.0, 3.0, 2.0], label="Sykefraværet"))
    return {"title": "Prøve", "lang": "nb", "picture": picture, "alt": "Sykefraværet gikk opp og ned"} | more


@pytest.fixture(scope="session")
def made(inter: Any) -> PdfReader:
    return PdfReader(io.BytesIO(Press(WHOLE.encode(), inter).pdf(data(), at=AT)))


def elements(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Every structure element with its type, from the top down."""

    def walk(node: Any) -> Iterator[tuple[str, DictionaryObject]]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield str(node["/S"]), node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"])


def test_a_pdf_says_that_it_is_pdf_ua_and_in_which_language_it_is(made: PdfReader) -> None:
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nb"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()


def test_a_pdf_shows_its_title_instead_of_its_file_name(made: PdfReader) -> None:
    assert made.metadata is not None
    assert made.metadata.title == "Prøve"
    assert made.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_picture_is_a_figure_with_its_alternative_text_and_decoration_is_none(made: PdfReader) -> None:
    figures = [element for kind, element in elements(made) if kind == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Sykefraværet gikk opp og ned"]


def test_a_table_has_a_head_whose_cells_say_what_they_head(made: PdfReader) -> None:
    kinds = [kind for kind, _ in elements(made)]
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 2
    heads = [element for kind, element in elements(made) if kind == "/TH"]
    assert all("/A" in head for head in heads)


def test_headings_make_bookmarks(made: PdfReader) -> None:
    kinds = {kind for kind, _ in elements(made)}
    assert {"/H1", "/H2"} <= kinds
    assert [entry["/Title"] for entry in made.outline if not isinstance(entry, list)] == ["Arbeidsmiljø"]


def test_a_link_is_tagged_and_has_words_of_its_own(made: PdfReader) -> None:
    assert "/Link" in {kind for kind, _ in elements(made)}
    links = [note.get_object() for page in made.pages for note in page.get("/Annots", [])]
    assert [link["/A"]["/URI"] for link in links] == ["https://byfolk.example.no/tall"]
    assert all(link.get("/Contents") for link in links)


def test_every_font_is_our_own_and_lies_in_the_file(made: PdfReader) -> None:
    found = {}
    for page in made.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(below["/BaseFont"])] = below["/FontDescriptor"].get_object()
    assert found
    assert all("Inter" in name for name in found)
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in found.values())


def test_the_same_data_at_the_same_time_give_the_same_bytes(inter: Any) -> None:
    press = Press(WHOLE.encode(), inter)
    assert press.pdf(data(), at=AT) == press.pdf(data(), at=AT)


def test_a_picture_without_alternative_text_is_refused(inter: Any) -> None:
    without = START + '= Side\n#image(bytes(d.picture), format: "svg")\n'
    with pytest.raises(PdfError, match="alt"):
        Press(without.encode(), inter).pdf(data(), at=AT)


def test_a_heading_that_skips_a_level_is_refused(inter: Any) -> None:
    with pytest.raises(PdfError, match="level"):
        Press((START + "= En\n=== Tre\n").encode(), inter).pdf(data(), at=AT)


def test_a_font_that_is_missing_is_refused(inter: Any) -> None:
    with pytest.raises(PdfError, match="font"):
        Press((START + '= Side\n#text(font: "Ukjent skrift")[Hei]\n').encode(), inter).pdf(data(), at=AT)


def test_fonts_are_unpacked_once(tmp_path: Path) -> None:
    source = FONTS / "inter-latin-opsz-normal.woff2"
    fonts([source], tmp_path)
    (kept,) = tmp_path.rglob("*.ttf")
    before = kept.stat().st_mtime_ns
    assert {font.family for font in fonts([source], tmp_path).fonts()} == {"Inter"}
    assert kept.stat().st_mtime_ns == before
