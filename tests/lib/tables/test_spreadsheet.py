"""XLSX: dates and numbers as a person sees them, and spreadsheets that cannot be trusted."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from byfolk.lib.tables import UnreadableTable, read


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        fill(book)
    return target.getvalue()


def refused(data: bytes, **options: object) -> UnreadableTable:
    with pytest.raises(UnreadableTable) as caught:
        read(data, **options)
    assert caught.value.message
    return caught.value


def two_columns(book: xlsxwriter.Workbook, name: str = "Ansatte") -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(name)
    page.write_row(0, 0, ["Nr", "Verdi"])
    page.write_row(1, 0, ["007", "x"])
    return page


def test_dates_numbers_and_text_arrive_as_they_are_seen() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = two_columns(book)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        page.write_datetime(2, 0, dt.datetime(2026, 2, 1), day)
        page.write_datetime(2, 1, dt.datetime(2026, 2, 1, 13, 30), book.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
        page.write_row(3, 0, [45000, 512000.5])
        page.write_row(4, 0, ["to\nlinjer", True])

    assert read(workbook(fill)).frame.rows() == [
        ("007", "x"),
        ("2026-02-01", "2026-02-01 13:30:00"),
        ("45000", "512000.5"),
        ("to\nlinjer", "true"),
    ]


def test_rows_keep_their_numbers_in_the_sheet() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(2, 0, ["Nr", "Verdi"])
        page.write_row(3, 0, [1, 2])
        page.write_row(6, 0, [3, 4])

    table = read(workbook(fill))
    assert (table.detected.header_line, table.lines.to_list()) == (3, [4, 7])


def test_the_only_filled_sheet_is_taken() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Tom")
        two_columns(book)

    assert read(workbook(fill)).detected.sheet == "Ansatte"


def test_two_filled_sheets_ask_which() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        two_columns(book, "Januar")
        two_columns(book, "Februar")

    error = refused(workbook(fill))
    assert error.code == "which_sheet"
    assert "Januar, Februar" in error.message
    assert read(workbook(fill), sheet="Februar").detected.sheet == "Februar"
    assert refused(workbook(fill), sheet="Mars").code == "no_sheet"


def test_formula_errors_are_named_by_cell() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = two_columns(book)
        page.write_formula(2, 0, "=A9", None, "#REF!")
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    error = refused(workbook(fill))
    assert error.code == "formula_errors"
    assert "A3 #REF!, B3 #DIV/0!" in error.message


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_spreadsheet_is_refused(share: float) -> None:
    data = workbook(two_columns)
    assert refused(data[: int(len(data) * share)]).code == "truncated"


def test_a_damaged_part_is_refused_and_named() -> None:
    data = bytearray(workbook(two_columns))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    data[part.header_offset + 30 + len(part.filename) + 20] ^= 0xFF
    error = refused(bytes(data))
    assert (error.code, error.arguments["place"]) == ("truncated", "xl/worksheets/sheet1.xml")


def test_an_archive_of_something_else_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("bilde.png", b"1")
    assert refused(target.getvalue()).code == "not_a_table"


def test_an_old_or_locked_spreadsheet_is_refused() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).code == "encrypted"


def test_a_bomb_is_refused_even_when_the_archive_lies_about_its_size() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    data = target.getvalue()
    lying = data.replace((20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != data
    assert refused(lying, unpacked_limit=5_000_000).code == "bomb"


def test_one_cell_in_the_last_corner_does_not_fill_the_memory() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        two_columns(book).write(1_048_575, 16_383, "x")

    error = refused(workbook(fill))
    assert error.code == "too_many_cells"
    assert "XFD" in error.message
