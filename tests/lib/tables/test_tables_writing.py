"""Writing, and that what is written reads back the same."""

import datetime as dt
import io
import string

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from byfolk.lib.tables import Sheet, read, write_csv, write_xlsx

# Text that a person can type; "\r" alone is no line break in any spreadsheet.
cells = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@';,|\t\"\n æøåÆØÅ"),
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\ufeff"),
    ),
    max_size=12,
)
names = st.text(alphabet=string.ascii_letters + "æøåÆØÅ", min_size=1, max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    columns = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    rows = draw(st.lists(st.tuples(*[cells] * len(columns)), min_size=1, max_size=8))
    first = [(f"r{i}", *row[1:]) for i, row in enumerate(rows)]  # no row is empty
    return pl.DataFrame(first, schema=dict.fromkeys(columns, pl.String), orient="row")


@given(tables())
@settings(deadline=None, max_examples=200)
def test_what_is_written_as_csv_reads_back_the_same(frame: pl.DataFrame) -> None:
    target = io.BytesIO()
    write_csv(target, frame)
    assert read(target.getvalue()).frame.equals(frame)


@given(tables())
@settings(deadline=None, max_examples=60)
def test_what_is_written_as_xlsx_reads_back_the_same(frame: pl.DataFrame) -> None:
    target = io.BytesIO()
    write_xlsx(target, Sheet("Ark", frame))
    assert read(target.getvalue()).frame.equals(frame)


def test_csv_opens_right_in_a_norwegian_spreadsheet() -> None:
    frame = pl.DataFrame({"dag": [dt.date(2026, 2, 1), None], "sum": [1.5, -2.0], "ja": [True, False], "n": [1, None]})
    target = io.BytesIO()
    write_csv(target, frame, titles={"dag": "Dag"})
    assert target.getvalue().decode() == "\ufeffDag;sum;ja;n\r\n01.02.2026;1,5;ja;1\r\n;-2,0;nei;\r\n"


def test_text_that_looks_like_a_formula_is_never_run() -> None:
    frame = pl.DataFrame({"navn": ["=HYPERLINK(1)", "@SUM", "+47 22", "-1", "\tx"], "tall": [-1, -2, -3, -4, -5]})
    target = io.BytesIO()
    write_csv(target, frame)
    lines = target.getvalue().decode("utf-8-sig").split("\r\n")[1:-1]
    assert [line.split(";")[0].strip('"')[0] for line in lines] == ["'"] * 5
    assert lines[0].endswith(";-1")  # our own figures stay figures


def test_a_spreadsheet_has_a_frozen_heading_types_and_titles() -> None:
    frame = pl.DataFrame({"dag": [dt.date(2026, 2, 1)], "antall": [24293], "navn": ["=1+1"]})
    target = io.BytesIO()
    write_xlsx(target, [Sheet("Tall: 2026", frame, titles={"dag": "Dag"}), Sheet("To", frame)])
    book = load_workbook(io.BytesIO(target.getvalue()))
    page = book.worksheets[0]
    assert (book.sheetnames, page.freeze_panes) == (["Tall  2026", "To"], "A2")
    assert [cell.value for cell in page[1]] == ["Dag", "antall", "navn"]
    assert page["A2"].value == dt.datetime(2026, 2, 1)
    assert (page["B2"].value, page["B2"].number_format) == (24293, "#,##0")
    assert (page["C2"].value, page["C2"].data_type) == ("=1+1", "s")
