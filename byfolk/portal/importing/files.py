"""Importing a file from the command line: as the background role, with the mapping of a source or the one guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.importing.guessing import SAMPLE, guess, guess_mapping
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.models import Batch, Finding, Source
from byfolk.kernel.people.importing.running import fail, read_table, receive, run
from byfolk.kernel.people.importing.telling import ImportProblem, Said
from byfolk.kernel.time import day_of
from byfolk.lib.tables import Sheet, Table, UnreadableTable, write_csv, write_xlsx
from byfolk.lib.tables.source import FILE_LIMIT, MEBIBYTE
from byfolk.portal.importing.queries import findings_table

Report = Callable[[Said], None]


def import_file(
    path: str | Path,
    *,
    now: dt.datetime,
    kind: str | None = None,
    source: str | None = None,
    sheet: str | None = None,
    constants: dict[str, str] | None = None,
    dry_run: bool = False,
    report: Report = lambda said: None,
) -> Batch:
    """Import a CSV or XLSX file. Answers the batch with its counts; what was found stands in ``batch.findings``.

    ``source`` names a saved mapping; where there is none of that name, the mapping is guessed (``kind`` says what the
    file holds), ``constants`` fill in what the file lacks, and once the file has landed it is saved under the name.
    Two imports wait for each other. Raises ``ImportProblem`` with words for the person; then nothing has changed.
    """
    path = Path(path)
    content = _content(path)
    report(Said("reading"))
    table = read_table(content, sheet)
    with acting_as_worker(why="import"):
        saved = Source.objects.filter(name=source).first() if source else None
        mapping = _mapping(table, saved, kind, constants or {})
        batch = receive(content=content, file_name=path.name, mapping=mapping, source=saved, now=now)
    try:
        with acting_as_worker(why="import"):
            run(batch, table, on=day_of(now), now=now, dry_run=dry_run, report=report)
            if source and saved is None and not dry_run:
                batch.source = Source.objects.create(
                    name=source, kind=mapping.kind, mapping=mapping.to_json(), confirmed_at=now
                )
                batch.save(update_fields=["source"])
    except ImportProblem as problem:
        with acting_as_worker(why="import"):
            fail(batch.pk, problem.said, now=now)
        raise
    return batch


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise ImportProblem.of(UnreadableTable("missing", place=path.name))
    if path.stat().st_size > FILE_LIMIT:
        raise ImportProblem.of(UnreadableTable("too_large", limit=FILE_LIMIT // MEBIBYTE))
    return path.read_bytes()


def _mapping(table: Table, saved: Source | None, kind: str | None, constants: dict[str, str]) -> Mapping:
    if saved is None:
        return guess_for(table, kind=kind).with_(constants=constants)
    if kind and kind != saved.kind:
        raise ImportProblem("other_kind", name=saved.name)
    return Mapping.from_json(saved.mapping).with_(constants=constants, sheet=table.detected.sheet)


def guess_for(table: Table, *, kind: str | None = None) -> Mapping:
    """The mapping guessed from a file's first rows and the names of the units that exist."""
    names = list(Unit.objects.values_list("name_nb", flat=True))
    sample = table.frame.head(SAMPLE)
    if kind:
        mapping = guess_mapping(kind, table.columns, sample, unit_names=names)
    else:
        _kind, mapping = guess(table.columns, sample, unit_names=names)
    return mapping.with_(sheet=table.detected.sheet)


def write_findings(batch: Batch, path: Path | None, *, shown: int) -> list[str]:
    """The first findings as lines of text, and all of them in a file (.xlsx, else CSV) where ``path`` says."""
    with acting_as_worker(why="import"):
        table = findings_table(batch, Finding.objects.filter(batch=batch).select_related("unit").order_by("line", "pk"))
    if path:
        if path.suffix == ".xlsx":
            write_xlsx(path, Sheet(batch.file_name, table))
        else:
            write_csv(path, table)
    lines = [f"{line}: {words}" for line, words in zip(table[:, 0].head(shown), table[:, 3].head(shown), strict=True)]
    return [*lines, f"... {table.height - shown:,}"] if table.height > shown else lines
