"""`byfolk doctor`: checks what Byfolk needs, and says how to mend what is wrong."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from byfolk.config.databases import embedded
from byfolk.lib import postgres

GIB = 1024**3


@dataclass(frozen=True)
class Check:
    """One thing looked at. `mend` says what to do when it is not well."""

    what: str
    well: bool
    found: str
    mend: str = ""


@click.command()
def doctor_command() -> None:
    """Check database, versions, queue, disk and settings; say how to mend what is wrong."""
    ill = 0
    for check in examine():
        mark = click.style("ok  ", fg="green") if check.well else click.style("MEND", fg="red")
        click.echo(f"{mark} {check.what}: {check.found}")
        if not check.well:
            ill += 1
            click.echo(f"     {check.mend}")
    sys.exit(1 if ill else 0)


def examine() -> Iterator[Check]:
    """Every check in order. A check that cannot run because an earlier one failed is left out."""
    yield _python()
    yield _disk()
    database = _server()
    yield database
    if not database.well:
        return
    from byfolk.config.database_setup import connect

    connect(lambda _: None)
    for look in (_version, _migrations, _rights, _login, _queue, _figures, _settings, _backups):
        yield _safely(look)


def _safely(look: Callable[[], Check]) -> Check:
    from django.db import DatabaseError

    try:
        return look()
    except DatabaseError as error:
        return Check(look.__name__.strip("_"), False, type(error).__name__, "Run: byfolk setup")


def _python() -> Check:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Check("Python", sys.version_info >= (3, 11), found, "Install Python 3.11 or newer, then: make clean setup")


def _disk() -> Check:
    home = postgres.home()
    while not home.exists():
        home = home.parent
    free = shutil.disk_usage(home).free
    mend = "Free some space, or set BYFOLK_HOME to a folder on another disk."
    return Check("Disk", free > 5 * GIB, f"{free / GIB:.0f} GiB free for {postgres.home()}", mend)


def _server() -> Check:
    if not embedded():
        return Check("Database server", True, "your own (DATABASE_URL)")
    state = postgres.status(postgres.home())
    mend = state.advice or "Run: byfolk setup. It starts the server, and heals one that was killed."
    found = f"embedded, {state.state}" + (f", process {state.pid}" if state.pid else "") + f", data in {state.data}"
    return Check("Database server", state.state == "running", found, f"{state.problem} {mend}".strip())


def _one(sql: str, alias: str = "owner") -> tuple:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def _all(sql: str, alias: str = "owner") -> list[tuple]:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _version() -> Check:
    (number,) = _one("select current_setting('server_version_num')::int")
    return Check("PostgreSQL", number >= 150_000, f"version {number // 10_000}", "Use PostgreSQL 15 or newer.")


def _migrations() -> Check:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Check("Migrations", left == 0, f"{left} to run" if left else "all have run", "Run: byfolk setup")


def _rights() -> Check:
    """Personal data must be closed to whoever has not said who they are."""
    (closed,) = _one(
        """select count(*) from pg_class c join access_seenby s on true
            where c.relname in ('people_person', 'people_employment', 'people_pay', 'people_absence')
              and not c.relrowsecurity"""
    )
    (known,) = _one("select count(*) from access_seenby")
    well = closed == 0 and known > 0
    return Check("Access rules", well, "in the database" if well else "missing", "Run: byfolk setup")


def _login() -> Check:
    from django.conf import settings

    user = settings.DATABASES["default"]["USER"]
    rolsuper, bypass, owned = _one(
        f"""select rolsuper, rolbypassrls, (select count(*) from pg_tables where tableowner = rolname)
              from pg_roles where rolname = '{user}'"""  # noqa: S608 - the name is the installation's own setting
    )
    well = not rolsuper and not bypass and owned == 0
    mend = (
        "DATABASE_URL must name a role that is no superuser, has no BYPASSRLS and owns no table (docs/operations.md)."
    )
    return Check("Application's role", well, f"{user} owns {owned} tables", mend)


def _queue() -> Check:
    """Jobs that were given up long ago are past mending: they count for a week."""
    waiting, oldest, failed = _one(
        """select count(*), coalesce(extract(epoch from now() - min(scheduled_at)), 0)::int,
                  (select count(distinct job_id) from procrastinate_events
                    where type = 'failed' and at > now() - interval '7 days')
             from procrastinate_jobs where status = 'todo'"""
    )
    mend = "See the log for why jobs failed; start a worker with: byfolk worker"
    found = f"{waiting} wait, {failed} failed in the last week"
    return Check("Background jobs", failed == 0 and oldest < 3600, found, mend)


def _figures() -> Check:
    (rows,) = _one("select coalesce((select reltuples::bigint from pg_class where relname = 'indicators_figure'), 0)")
    return Check("Published figures", True, f"about {max(rows, 0):,} rows")


def _backups() -> Check:
    """Backups made while an anonymous campaign was open hold the order in which answers came."""
    from django.conf import settings

    if not settings.BACKUPS:
        return Check("Backups", True, "lie elsewhere (BYFOLK_BACKUPS names no folder)")
    folder = Path(settings.BACKUPS)
    mend = "Make the folder, or set BYFOLK_BACKUPS to the one where backups lie."
    if not folder.is_dir():
        return Check("Backups", False, f"{folder} is no folder", mend)
    days = settings.BACKUP_DAYS
    late = [
        file.name
        for opened, closed in _all(_OVER.format(days=int(days)))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and opened <= file.stat().st_mtime <= closed
    ]
    found = f"{len(late)} from while an anonymous campaign was open, {days} days after its close: {', '.join(late[:5])}"
    mend = "Delete them: they hold the order in which answers came (docs/operations.md). Keep one from after the close."
    return Check("Backups", not late, found if late else "none that should be gone", mend)


_OVER = """
select extract(epoch from opens_at), extract(epoch from closed_at) from questionnaires_campaign
 where mode = 'anonymous' and closed_at < now() - interval '{days} days'
"""


def _settings() -> Check:
    from django.conf import settings

    well = not settings.DEBUG
    return Check("Settings", well, "DEBUG is on" if settings.DEBUG else "fit for use", "Unset BYFOLK_DEBUG.")
