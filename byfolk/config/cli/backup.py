"""`byfolk backup` and `byfolk restore`: the whole database as one file, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import click

from byfolk.config.cli import say
from byfolk.config.databases import embedded


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write the whole database to FILE. Byfolk may be in use meanwhile: the file shows one moment."""
    from byfolk.config.database_setup import connect

    connect(say)
    making = file.with_name(file.name + ".part")
    # The file holds personal data: nobody else may read it, not even while it is being written.
    os.close(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    _run("pg_dump", "--format=custom", f"--file={making}")
    making.rename(file)
    size = file.stat().st_size / 1024**2
    say(f"{file} holds everything ({size:.0f} MiB). Keep it where only the right people can read it.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Fill an empty database from FILE, all or nothing. A database that holds anything is left alone."""
    from byfolk.config.database_setup import make_roles, migrate, start_database, start_django

    start_database(say)
    start_django()
    if not _is_empty():
        raise click.ClickException("the database is not empty: restore into a new BYFOLK_HOME or a new, empty database")
    make_roles()
    _run("pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error", str(file))
    migrate(say)
    say("Everything is back")


def _is_empty() -> bool:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select not exists (select from pg_tables where schemaname = 'public')")
        return bool(cursor.fetchone()[0])


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database as the owner; its own complaint is the error."""
    from django.conf import settings

    known = settings.DATABASES["owner"]
    where = {
        "PGHOST": known["HOST"], "PGPORT": str(known["PORT"]), "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"], "PGDATABASE": known["NAME"],
    }  # fmt: skip
    target = [f"--dbname={known['NAME']}"] if program == "pg_restore" else []
    environment = os.environ | {name: value for name, value in where.items() if value}
    done = subprocess.run(
        [_find(program), *target, *arguments], env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(
            f"{program}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}"
        )


def _find(program: str) -> str:
    if embedded():
        from byfolk.lib.postgres.programs import packaged

        return str(packaged()[program])
    found = shutil.which(program)
    if found is None:
        raise click.ClickException(f"{program} is not on this machine: install PostgreSQL's client programs")
    return found
