"""Delimited text: find encoding and delimiter, and keep the line on which every row begins."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from byfolk.lib.tables.errors import UnreadableTable
from byfolk.lib.tables.table import Table, assemble

DELIMITERS = (";", "\t", ",", "|")
SAMPLE_ROWS = 200
FIELD_LIMIT = 1_000_000

# What a text file never holds: control characters other than tab, line breaks and form feed.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_UTF8_LETTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\r?\n?$', re.IGNORECASE)
_GUARDED = re.compile(r"^'+[=+\-@\t\r]")


def read_delimited(data: bytes, *, compressed: bool, set_aside: bool) -> Table:
    """Errors: ``UnreadableTable`` (binary, mixed_encoding, quote and those of ``assemble``)."""
    text, encoding = decode(data)
    skipped, delimiter = 0, None
    end = text.find("\n") + 1
    if match := _SEPARATOR_LINE.match(text[:end]):
        delimiter, skipped, text = match[1], 1, text[end:]
    if not text.strip():
        raise UnreadableTable("empty")
    if delimiter is None:
        delimiter = find_delimiter(text)
    rows, lines = _rows(text, delimiter, skipped)
    return assemble(
        rows,
        lines,
        detected={"format": "csv", "delimiter": delimiter, "encoding": encoding, "compressed": compressed},
        set_aside=set_aside,
    )


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by byte order mark, else UTF-8 if it is that, else Windows-1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in data[:1000]:
        # No mark, yet every other byte is zero: UTF-16 as some systems write it.
        encoding = "utf-16-le" if data[1:200:2].count(0) > data[0:200:2].count(0) else "utf-16-be"
        half = data[1:1000:2] if encoding == "utf-16-le" else data[0:1000:2]
        if half.count(0) * 2 < len(half):
            raise UnreadableTable("binary", line=data[: data.index(b"\x00")].count(b"\n") + 1)
    else:
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding != "utf-8":
            raise UnreadableTable("binary", line=line) from error
        if len(_UTF8_LETTERS.findall(data)) > len(re.findall(rb"[\x80-\xff]", data)) / 4:
            raise UnreadableTable("mixed_encoding", line=line) from error
        encoding = "windows-1252"
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as again:
            raise UnreadableTable("binary", line=data[: again.start].count(b"\n") + 1) from again
    if found := _BINARY.search(text):
        raise UnreadableTable("binary", line=text.count("\n", 0, found.start()) + 1)
    return text, encoding


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first rows into most columns, equally many in most rows."""
    best, best_score = ";", (0.0, 0)
    for candidate in DELIMITERS:
        try:
            sample = [row for row in islice(_reader(text, candidate), SAMPLE_ROWS) if row]
        except csv.Error:
            continue
        if not sample:
            continue
        width, count = Counter(len(row) for row in sample).most_common(1)[0]
        if width < 2:
            continue
        # A row of decimal commas splits evenly too; then the heading, which has none, tells.
        heading = max((len(row) for row in sample[:3]), default=0)
        score = (round(count / len(sample), 1) + (1.0 if heading == width else 0.0), width)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _reader(text: str, delimiter: str) -> csv._reader:  # type: ignore[name-defined]
    csv.field_size_limit(FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _rows(text: str, delimiter: str, skipped: int) -> tuple[list[list[str]], list[int]]:
    reader = _reader(text, delimiter)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 0
    guarded = "'" in text
    try:
        for row in reader:
            rows.append([c[1:] if c[:1] == "'" and _GUARDED.match(c) else c for c in row] if guarded else row)
            lines.append(line + 1 + skipped)
            line = reader.line_num
    except csv.Error as error:
        raise UnreadableTable("quote", line=line + 1 + skipped) from error
    return rows, lines
