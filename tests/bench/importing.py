"""60,000 employment rows, some wrong, into a city of 50,000: tried, landed, and the same file again."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import Result

ROWS = 60_000
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def run() -> list[Result]:
    """In the bench's own city, rolled back at the end: the next run finds it as it was."""
    from byfolk.config.database_setup import prepare

    prepare(lambda _: None)
    from django.db import connection, transaction

    from byfolk.demo.city.messy import messy_employments
    from byfolk.demo.loading import is_loaded, load_city
    from byfolk.lib.tables import read
    from byfolk.portal.importing.files import import_file

    if not is_loaded():
        load_city(employees=50_000, today=NOW.date(), report=lambda _: None)

    def land() -> None:
        import_file(path, now=NOW, kind="employments")
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")  # what a commit would check

    with TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "employments.csv"
        path.write_bytes(messy_employments(ROWS, 7).content)
        floor = _timed(lambda: read(path))
        tried = _timed(lambda: import_file(path, now=NOW, kind="employments", dry_run=True))
        landed = _timed(land)
        again = _timed(land)
        transaction.set_rollback(True)
    note = f"{landed / floor:.0f} times reading the file ({floor:.1f} s)"
    return [
        Result("import of 60,000 employment rows with validation, into a city of 50,000", landed, "s", "20 s", note),
        Result("the same file again, nothing changed", again, "s", "10 s"),
        Result("dry run", tried, "s"),
    ]


def _timed(call) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
