"""The bytes of a file: from disk or memory, unpacked if compressed, never more than is safe to hold."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from byfolk.lib.tables.errors import UnreadableTable

MEBIBYTE = 1024 * 1024
FILE_LIMIT = 200 * MEBIBYTE
UNPACKED_LIMIT = 1024 * MEBIBYTE

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
ZIP_EMPTY = b"PK\x05\x06"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx with a password


def load(
    source: str | Path | bytes, *, file_limit: int = FILE_LIMIT, unpacked_limit: int = UNPACKED_LIMIT
) -> tuple[bytes, bool]:
    """The bytes, and whether gzip had compressed them. Errors: missing, empty, too_large, truncated, bomb."""
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        if not path.is_file():
            raise UnreadableTable("missing", place=path.name)
        if path.stat().st_size > file_limit:
            raise UnreadableTable("too_large", limit=file_limit // MEBIBYTE)
        data = path.read_bytes()
    if len(data) > file_limit:
        raise UnreadableTable("too_large", limit=file_limit // MEBIBYTE)
    if not data:
        raise UnreadableTable("empty")
    if not data.startswith(GZIP):
        return data, False
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(unpacked_limit + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableTable("truncated", place=".gz") from error
    if len(unpacked) > unpacked_limit:
        raise UnreadableTable("bomb", place=".gz", limit=unpacked_limit // MEBIBYTE)
    if not unpacked:
        raise UnreadableTable("empty")
    return unpacked, True
