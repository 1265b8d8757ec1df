"""XLSX: every cell as the text a person sees, with its row number. Files are measured before they are parsed."""

from __future__ import annotations

import io
import logging
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import fastexcel
import polars as pl

from byfolk.lib.tables.errors import UnreadableTable
from byfolk.lib.tables.source import MEBIBYTE
from byfolk.lib.tables.table import Table, assemble

CELL_LIMIT = 40_000_000  # the parser holds a full grid up to the last row and column
CELLS_SHOWN = 10

_CHUNK = 1 << 20
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,8})"')
_FAR_CELL = re.compile(rb'c r="([A-Z]{2,4})')  # beyond the first 26 columns
_FORMULA_ERROR = {"Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!"}

# fastexcel warns on every empty column; there is nothing to do about it.
logging.getLogger("fastexcel").setLevel(logging.ERROR)


def read_spreadsheet(data: bytes, *, sheet: str | None, set_aside: bool, unpacked_limit: int) -> Table:
    """Errors: ``UnreadableTable`` (truncated, bomb, too_many_cells, not_a_table, encrypted, which_sheet, no_sheet,
    formula_errors and those of ``assemble``)."""
    _measure(data, unpacked_limit)
    try:
        book = fastexcel.read_excel(data)
        name, loaded = _choose(book, sheet)
        batch, errors = loaded.to_arrow_with_errors()
    except UnreadableTable:
        raise
    except Exception as error:  # the parser's own errors are many, and none of them is for people
        raise UnreadableTable("truncated", place=".xlsx") from error
    if errors and errors.errors:
        cells = [_formula_error(e) for e in errors.errors[:CELLS_SHOWN]]
        raise UnreadableTable("formula_errors", place=name, count=len(errors.errors), cells=cells)
    frame = pl.DataFrame(pl.from_arrow(batch))
    # A date without time of day is a date; 24:00-rounded seconds of older files too.
    frame = frame.select(
        pl.all()
        .cast(pl.String)
        .fill_null("")
        .str.replace(r"^(\d{4}-\d{2}-\d{2}) 00:00:00(\.0+)?$", "$1")
        .str.replace_all("\r\n", "\n", literal=True)
    )
    rows = frame.rows()
    return assemble(rows, range(1, len(rows) + 1), detected={"format": "xlsx", "sheet": name}, set_aside=set_aside)


def _choose(book: fastexcel.ExcelReader, sheet: str | None) -> tuple[str, fastexcel.ExcelSheet]:
    names = book.sheet_names
    if sheet is not None:
        if sheet not in names:
            raise UnreadableTable("no_sheet", place=sheet, sheets=names)
        return sheet, _load(book, sheet)
    filled = []
    for name in names:
        loaded = _load(book, name)
        if loaded.visible == "visible" and loaded.height and loaded.width:
            filled.append((name, loaded))
    if not filled:
        raise UnreadableTable("empty")
    if len(filled) > 1:
        raise UnreadableTable("which_sheet", sheets=[name for name, _ in filled])
    return filled[0]


def _load(book: fastexcel.ExcelReader, name: str) -> fastexcel.ExcelSheet:
    return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


def _formula_error(error: fastexcel.CellError) -> str:
    row, column = error.position
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    kind = re.search(r"Error\((\w+)\)", error.detail)
    return f"{letters}{row + 1} {_FORMULA_ERROR.get(kind[1], '') if kind else ''}".strip()


def _measure(data: bytes, unpacked_limit: int) -> None:
    """Unpack every part without keeping it: sound, within the limit whatever the file claims, grid of sane size."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError) as error:
        raise UnreadableTable("truncated", place=".xlsx") from error
    names = {part.filename for part in archive.infolist()}
    if "xl/workbook.xml" not in names:
        raise UnreadableTable("not_a_table")
    total = 0
    for part in archive.infolist():
        if part.flag_bits & 1:
            raise UnreadableTable("encrypted")
        grid = _Grid(part.filename) if part.filename.startswith("xl/worksheets/") else None
        for chunk in _unpack(data, part):
            total += len(chunk)
            if total > unpacked_limit:
                raise UnreadableTable("bomb", place=part.filename, limit=unpacked_limit // MEBIBYTE)
            if grid is not None:
                grid.see(chunk)


def _unpack(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's real content in chunks. (zipfile stops at the size that the file claims; the parser does not.)"""
    head = data[part.header_offset : part.header_offset + 30]
    if len(head) < 30:
        raise UnreadableTable("truncated", place=part.filename)
    name_length, extra_length = struct.unpack("<HH", head[26:30])
    start = part.header_offset + 30 + name_length + extra_length
    packed = memoryview(data)[start : start + part.compress_size]
    if len(packed) < part.compress_size:
        raise UnreadableTable("truncated", place=part.filename)
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableTable("not_a_table")
    machine = zlib.decompressobj(-15)
    check = 0
    rest: bytes | memoryview = packed
    try:
        while True:
            chunk = machine.decompress(rest, _CHUNK)
            check = zlib.crc32(chunk, check)
            yield chunk
            rest = machine.unconsumed_tail
            if machine.eof or not rest:
                break
    except zlib.error as error:
        raise UnreadableTable("truncated", place=part.filename) from error
    if not machine.eof or check != part.CRC:
        raise UnreadableTable("truncated", place=part.filename)


class _Grid:
    """The last row and the last column that a sheet mentions."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.rows = 0
        self.columns = b"Z"
        self.tail = b""

    def see(self, chunk: bytes) -> None:
        text = self.tail + chunk
        self.rows = max([self.rows, *map(int, _ROW.findall(text))])
        letters = set(_FAR_CELL.findall(text))
        self.columns = max([self.columns, *letters], key=lambda c: (len(c), c))
        self.tail = text[-64:]
        width = 0
        for letter in self.columns:
            width = width * 26 + letter - 64
        if self.rows * width > CELL_LIMIT:
            raise UnreadableTable("too_many_cells", place=self.place, rows=self.rows, columns=self.columns.decode())
