"""The job that tries a file or lets it land. Killed halfway, it has changed nothing, and is taken up again from the
start."""

from __future__ import annotations

import json
from contextlib import suppress

from django.db import DEFAULT_DB_ALIAS, connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from byfolk.engines.indicators.actions import ONCE
from byfolk.engines.indicators.tasks import refresh_figures
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.access.jobs import not_for_ever
from byfolk.kernel.access.policies import WORKER
from byfolk.kernel.people.importing.landing.staging import lock_imports
from byfolk.kernel.people.importing.models import Batch, State, Upload
from byfolk.kernel.people.importing.running import fail, read_table, run
from byfolk.kernel.people.importing.telling import ImportProblem, Said
from byfolk.kernel.time import now, today


def _lost(batch: int, **others: int) -> None:
    _stop(batch, Said("lost"))


@app.task(name="import_batch", task_middleware=[not_for_ever(_lost)])
def import_batch(batch: int, landing: int, asked_by: int) -> None:
    """Try (``landing`` 0) or land (1) the file of a batch, in the name of who asked."""
    try:
        landed = _carry_out(batch, bool(landing), asked_by)
    except ImportProblem as problem:
        _stop(batch, problem.said)
    except Exception:
        _stop(batch, Said("our_fault"))
        raise
    else:
        if landed:
            _figures_anew(asked_by)


def _carry_out(batch: int, landing: bool, asked_by: int) -> bool:
    """Answers whether the file has landed: now, or before a worker was killed that had yet to ask for new figures."""
    with Progress(batch) as tell, acting_as_worker(why="import"):
        lock_imports()
        upload = Upload.objects.select_related("batch__source", "batch__unit").filter(pk=batch).first()
        if upload is None:
            return landing and Batch.objects.filter(pk=batch, state=State.LANDED).exists()
        found = upload.batch
        found.by_person_id = asked_by
        tell(Said("reading"))
        table = read_table(bytes(upload.content), found.parsed_mapping.sheet)
        run(found, table, on=today(), now=now(), dry_run=not landing, report=tell)
        if landing:
            upload.delete()
        return landing


def _figures_anew(asked_by: int) -> None:
    """Queue a refresh of the figures, unless one waits already: it takes in whatever has landed when it starts."""
    with suppress(AlreadyEnqueued), acting_as_worker(why="import"):
        refresh_figures.configure(queueing_lock=ONCE).defer(asked_by=asked_by)


def _stop(batch: int, problem: Said) -> None:
    with acting_as_worker(why="import"):
        fail(batch, problem, now=now())


class Progress:
    """Tells how far a batch has come, on a connection of its own: the page sees it while the import's transaction is
    open."""

    def __init__(self, batch: int) -> None:
        self.batch = batch
        self.connection = connections.create_connection(DEFAULT_DB_ALIAS)

    def __enter__(self) -> Progress:
        with self.connection.cursor() as cursor:
            cursor.execute(f"set role {WORKER}")
        return self

    def __call__(self, said: Said) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "update importing_batch set stage = %s, stage_args = %s where id = %s",
                [said.code, json.dumps(said.args), self.batch],
            )

    def __exit__(self, *error: object) -> None:
        self.connection.close()
