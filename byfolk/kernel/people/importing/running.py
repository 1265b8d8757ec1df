"""A file from bytes to the database: received, tried, landed; in the transaction, and as the role, of the caller."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pghistory
import polars as pl
from django.db import connection

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.people.importing import findings
from byfolk.kernel.people.importing.checking import Checked, check_typed, typed
from byfolk.kernel.people.importing.existing import read_existing, read_units
from byfolk.kernel.people.importing.handling import HANDLING
from byfolk.kernel.people.importing.landing import staging
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.models import AgencyShare, Batch, Finding, Source, State
from byfolk.kernel.people.importing.telling import ImportProblem, Said
from byfolk.lib.tables import Table, UnreadableTable, read

Report = Callable[[Said], None]

AGENCIES = """
select u.code, a.id from organisation_closure c
  join organisation_unit u on u.id = c.descendant_id join organisation_unit a on a.id = c.ancestor_id
 where a.level = 2
"""


def receive(
    *,
    content: bytes,
    file_name: str,
    mapping: Mapping,
    now: dt.datetime,
    source: Source | None = None,
    by_person_id: int | None = None,
    columns: list[dict[str, Any]] | None = None,
) -> Batch:
    """Write down that a file has come. Its content is not kept here. ``columns``: its columns, with some values of
    each."""
    return Batch.objects.create(
        source=source,
        kind=mapping.kind,
        mapping=mapping.to_json(),
        columns=columns or [],
        file_name=file_name,
        file_hash=hashlib.sha256(content).hexdigest(),
        file_size=len(content),
        unit=root(),
        by_person_id=by_person_id,
        created_at=now,
    )


def read_table(content: bytes, sheet: str | None = None) -> Table:
    """The table of a file; rows of another width are set aside as findings. Raises ``ImportProblem`` that says what
    to do."""
    try:
        return read(content, sheet=sheet, set_aside_ragged=True)
    except UnreadableTable as error:
        raise ImportProblem.of(error) from error


def require_fit(table: Table, mapping: Mapping) -> None:
    """Raises ``ImportProblem`` where the mapping reads columns that the table lacks, or leaves out what must be
    there."""
    if absent := mapping.absent_columns(table.columns):
        raise ImportProblem("absent_columns", columns=absent)
    if missing := mapping.missing():
        raise ImportProblem("missing_fields", kind=mapping.kind, fields=[field.name for field in missing])


def run(
    batch: Batch,
    table: Table,
    *,
    on: dt.date,
    now: dt.datetime,
    dry_run: bool,
    report: Report = lambda said: None,
) -> Checked:
    """Check a file against what stands in the database, and land its good rows unless ``dry_run``.

    The batch holds the counts, the findings are kept with it, and every row that is written carries its number. Raises
    ``ImportProblem``; then nothing has been written. The same file again changes nothing.
    """
    mapping = batch.parsed_mapping
    require_fit(table, mapping)
    staging.lock_imports()
    report(Said("checking", {"count": len(table)}))
    units = read_units()
    sheet = typed(table, mapping, units, on=on)
    checked = check_typed(sheet, read_existing(sheet, units), on=on, read=len(table) + len(table.ragged))
    report(Said("comparing"))
    parameters = staging.match(mapping, checked.good, batch_id=batch.pk, on=on)
    batch.counts = {
        "read": checked.read,
        "good": checked.good.height,
        "rejected": checked.rejected,
        "warnings": checked.findings.filter(pl.col("severity") == findings.WARNING)["line"].n_unique(),
    } | staging.count()
    batch.sample = staging.sample()
    if not dry_run and batch.counts["new"] + batch.counts["changed"]:
        report(Said("writing"))
        with pghistory.context(batch=batch.pk, person=batch.by_person_id, why="import"):
            staging.land(batch.kind, parameters)
            HANDLING[batch.kind].landed(on)
    _keep(batch, checked, now=now, landed=not dry_run)
    return checked


def _keep(batch: Batch, checked: Checked, *, now: dt.datetime, landed: bool) -> None:
    top: Unit | None = root()
    agencies = _agencies(checked, top)
    Finding.objects.filter(batch=batch).delete()
    frame = checked.findings.join(agencies, on="line", how="left", maintain_order="left").with_columns(
        batch_id=pl.lit(batch.pk), unit_id=pl.col("unit_id").fill_null(top.pk if top else None)
    )
    staging.insert_rows("importing_finding", [*findings.SCHEMA, "batch_id", "unit_id"], frame)
    batch.unit = batch.unit or top
    batch.state = State.LANDED if landed else State.CHECKED
    batch.told, batch.stopped_by, batch.finished_at = Said(), Said(), now
    if landed:
        batch.sample, batch.columns = [], [{"name": column["name"], "examples": []} for column in batch.columns]
        _share(batch, checked, agencies, now)
        # A row that was found wrong before has been mended or found again: older values are not kept.
        Finding.objects.filter(batch__kind=batch.kind, batch__source=batch.source, batch__pk__lt=batch.pk).delete()
    batch.save()


def _agencies(checked: Checked, top: Unit | None) -> pl.DataFrame:
    """Which agency each row concerns: line, unit_id (the top of the tree for rows above the agencies or unknown)."""
    with connection.cursor() as cursor:
        cursor.execute(AGENCIES)
        found = pl.DataFrame(cursor.fetchall(), schema={"unit_code": pl.String, "unit_id": pl.Int64}, orient="row")
    joined = checked.origin.join(found, on="unit_code", how="left").select(pl.col("line").cast(pl.UInt32), "unit_id")
    return joined.with_columns(pl.col("unit_id").fill_null(top.pk if top else None))


def _share(batch: Batch, checked: Checked, agencies: pl.DataFrame, now: dt.datetime) -> None:
    worst = checked.findings.group_by("line").agg(rejected=(pl.col("severity") == findings.ERROR).any())
    counts = (
        agencies.filter(pl.col("unit_id").is_not_null())
        .join(worst, on="line", how="left")
        .group_by("unit_id")
        .agg(
            read=pl.len(),
            rejected=pl.col("rejected").fill_null(False).sum(),
            warned=(pl.col("rejected") == False).sum(),  # noqa: E712 - null means nothing was found
        )
    )
    AgencyShare.objects.filter(batch=batch).delete()
    AgencyShare.objects.bulk_create(
        AgencyShare(batch=batch, kind=batch.kind, landed_at=now, **row) for row in counts.iter_rows(named=True)
    )


def fail(batch: int, problem: Said, *, now: dt.datetime) -> None:
    """Write down why a file was stopped, unless it has landed after all. For a transaction of its own, after the other
    was rolled back."""
    Batch.objects.filter(pk=batch).exclude(state=State.LANDED).update(
        state=State.FAILED, stage="", problem=problem.code, problem_args=problem.args, finished_at=now
    )
