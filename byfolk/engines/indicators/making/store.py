"""Facts on disk: one Parquet file for each table and month, named by what it holds, so that a new one never harms an
old one.

The database says which files are the current ones (`MonthMade.content`); what it does not name is swept away. Only
the owner of the
folder may read it: facts of small units are about few people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Store:
    """A folder of facts."""

    folder: Path

    def write(self, table: str, month: dt.date, rows: pa.Table) -> str:
        """Keep the rows of a month and answer their content hash: the same rows in the same order give the same."""
        content = digest(rows)
        path = self.path(table, month, content)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = path.with_suffix(f".{os.getpid()}.half")
            pq.write_table(rows, half, compression="zstd")
            half.chmod(0o600)
            half.rename(path)
        return content

    def path(self, table: str, month: dt.date, content: str) -> Path:
        """Where a month's rows lie."""
        return self.folder / table / f"{month:%Y-%m}-{content[:16]}.parquet"

    def has(self, table: str, month: dt.date, content: str) -> bool:
        """Whether the rows are still there: a lost folder is made anew, not an error."""
        return self.path(table, month, content).exists()

    def read(self, table: str, contents: Mapping[dt.date, str]) -> pa.Table | None:
        """The rows of these months, one after another; None where there are none."""
        paths = [self.path(table, month, content) for month, content in sorted(contents.items())]
        return pa.concat_tables([pq.read_table(path) for path in paths]) if paths else None

    def sweep(self, keep: Iterable[tuple[str, dt.date, str]]) -> int:
        """Remove every file but these; answers how many went."""
        wanted = {self.path(*key) for key in keep}
        gone = [path for path in self.folder.glob("*/*") if path not in wanted]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def digest(rows: pa.Table) -> str:
    """A hash of a table's values and column names, the same on every machine."""
    combined = rows.combine_chunks()
    found = hashlib.sha256(",".join(combined.column_names).encode())
    for column in combined.columns:
        for chunk in column.chunks:
            values = chunk.cast(pa.int32()) if pa.types.is_date32(chunk.type) else chunk
            found.update(values.to_numpy(zero_copy_only=False).tobytes())
    return found.hexdigest()
