"""Read a file into a table of text."""

from __future__ import annotations

from pathlib import Path

from byfolk.lib.tables import source as sources
from byfolk.lib.tables.delimited import read_delimited
from byfolk.lib.tables.errors import UnreadableTable
from byfolk.lib.tables.spreadsheet import read_spreadsheet
from byfolk.lib.tables.table import Table


def read(
    source: str | Path | bytes,
    *,
    sheet: str | None = None,
    set_aside_ragged: bool = False,
    file_limit: int = sources.FILE_LIMIT,
    unpacked_limit: int = sources.UNPACKED_LIMIT,
) -> Table:
    """The table in a CSV file (any common delimiter and encoding, gzip too) or an XLSX file (``sheet`` names which).

    Every cell is text as it stands in the file; dates of a spreadsheet come as ``2026-02-01`` and its numbers with a
    decimal point. Only one thing is taken off: the apostrophe that ``write_csv`` puts before text that a spreadsheet
    would run as a formula. Rows of another width than the heading are an error, or with ``set_aside_ragged`` left out
    and listed in ``Table.ragged`` as long as they are no more than half.

    Limits are in bytes, of the file and of what it unpacks to. Errors: ``UnreadableTable``.
    """
    data, compressed = sources.load(source, file_limit=file_limit, unpacked_limit=unpacked_limit)
    if data.startswith(sources.COMPOUND):
        raise UnreadableTable("encrypted")
    if data.startswith(sources.ZIP) or data.startswith(sources.ZIP_EMPTY):
        return read_spreadsheet(data, sheet=sheet, set_aside=set_aside_ragged, unpacked_limit=unpacked_limit)
    return read_delimited(data, compressed=compressed, set_aside=set_aside_ragged)
