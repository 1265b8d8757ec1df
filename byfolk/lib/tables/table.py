"""What reading gives: text cells, the line each row came from, and what was found out about the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from byfolk.lib.tables.errors import UnreadableTable

LINES_SHOWN = 20


@dataclass(frozen=True)
class Detected:
    """How the file was read. ``delimiter`` and ``encoding`` are None for a spreadsheet, ``sheet`` for text."""

    format: str
    header_line: int
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    compressed: bool = False


@dataclass(frozen=True)
class Ragged:
    """A row whose number of cells differs from the heading's."""

    line: int
    cells: int
    expected: int
    start: str


@dataclass(frozen=True)
class Table:
    """``frame``: text columns named by the heading, "" where a cell is empty, never null. ``lines``: for each row of
    ``frame``, its line in the source file (for a spreadsheet its row number), 1-based. ``ragged``: rows left out."""

    frame: pl.DataFrame
    lines: pl.Series
    detected: Detected
    ragged: list[Ragged] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        return self.frame.columns

    def __len__(self) -> int:
        return self.frame.height


def assemble(
    rows: Sequence[Sequence[str]], lines: Sequence[int], *, detected: dict[str, object], set_aside: bool
) -> Table:
    """Find the heading, drop empty rows and trailing empty columns, and check that every row is as wide as the heading.

    A heading is the first row that fills at least two cells and at least half of the usual width: report titles above
    it are passed over. Errors: ``UnreadableTable`` (empty, one_column, only_header, ragged)."""
    filled = [(line, row) for line, row in zip(lines, rows, strict=True) if any(cell.strip() for cell in row)]
    if not filled:
        raise UnreadableTable("empty")
    usual = _usual_width(filled)
    if usual < 2:
        line, row = filled[0]
        raise UnreadableTable("one_column", line=line, text=next(c for c in row if c.strip())[:60])
    start = next(i for i, (_, row) in enumerate(filled) if sum(1 for c in row if c.strip()) >= max(2, usual / 2))
    header_line, header = filled[start]
    body = filled[start + 1 :]
    if not body:
        raise UnreadableTable("only_header", line=header_line)
    names = list(header)
    while not names[-1].strip() and not any(any(row[len(names) - 1 : len(names)]) for _, row in body):
        names.pop()
    width = len(names)
    good, good_lines, ragged = [], [], []
    for line, row in body:
        if len(row) > width and not any(row[width:]):
            row = row[:width]
        if len(row) == width:
            good.append(row)
            good_lines.append(line)
        else:
            ragged.append(Ragged(line, len(row), width, " ".join(row)[:60]))
    if ragged and (not set_aside or len(ragged) * 2 > len(body)):
        shown = ", ".join(str(r.line) for r in ragged[:LINES_SHOWN]) + (" …" if len(ragged) > LINES_SHOWN else "")
        raise UnreadableTable("ragged", count=len(ragged), expected=width, lines=shown)
    columns = list(zip(*good, strict=True)) if good else [()] * width
    frame = pl.DataFrame(
        [pl.Series(name, cells, dtype=pl.String) for name, cells in zip(_unique(names), columns, strict=True)]
    )
    return Table(
        frame=frame,
        lines=pl.Series("line", good_lines, dtype=pl.UInt32),
        detected=Detected(header_line=header_line, **detected),  # type: ignore[arg-type]
        ragged=ragged,
    )


def _usual_width(filled: Sequence[tuple[int, Sequence[str]]], sample: int = 200) -> int:
    """The most common width of the first rows (the widest of the equally common), trailing empty cells not counted."""
    widths: Counter[int] = Counter()
    for _, row in filled[:sample]:
        width = len(row)
        while width and not row[width - 1].strip():
            width -= 1
        widths[width] += 1
    most = max(widths.values())
    usual = max(width for width, count in widths.items() if count == most)
    return max(usual, 2) if any(width >= 2 for width in widths) else usual


def _unique(names: Sequence[str]) -> list[str]:
    """Names of columns as a frame needs them: never empty, never twice."""
    seen: set[str] = set()
    result = []
    for number, name in enumerate(names, 1):
        base = name.strip() or f"Kolonne {number}"
        candidate, copy = base, 2
        while candidate in seen:
            candidate, copy = f"{base} ({copy})", copy + 1
        seen.add(candidate)
        result.append(candidate)
    return result
