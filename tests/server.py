"""The one PostgreSQL of a test run, embedded or your own, and databases copied from a template."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

HOME = "BYFOLK_TEST_HOME"


def prepare_environment(database: str) -> None:
    """Point the environment at a test database of this name, before Django's settings are read."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["BYFOLK_SECRET_KEY"] = "only for tests"
    os.environ["BYFOLK_LOG_LEVEL"] = "CRITICAL"
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if url := os.environ.get(name):
            os.environ[name] = urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
    os.environ["BYFOLK_DATABASE"] = database
    os.environ.setdefault(HOME, tempfile.mkdtemp(prefix="byfolk-test-"))
    os.environ["BYFOLK_HOME"] = os.environ[HOME]


def start() -> None:
    """Start the run's server. Nothing in it has to survive, so it does not wait for the disk."""
    if "DATABASE_URL" in os.environ:
        return
    from byfolk.lib import postgres

    server = postgres.ensure(Path(os.environ[HOME]), durable=False)
    postgres.bootstrap_roles(server)
    os.environ["BYFOLK_SOCKET"] = str(server.socket)


def stop() -> None:
    """Stop the run's server."""
    if "DATABASE_URL" not in os.environ:
        from byfolk.lib import postgres

        postgres.stop(Path(os.environ[HOME]))
        shutil.rmtree(os.environ[HOME], ignore_errors=True)


def environment_for(database: str) -> dict[str, str]:
    """The environment of a process that is to use this database with the ordinary settings."""
    environment = os.environ | {"BYFOLK_DATABASE": database, "DJANGO_SETTINGS_MODULE": "byfolk.config.settings"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if url := environment.get(name):
            environment[name] = urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
    return environment


def where(database: str) -> dict[str, str | None]:
    """What psycopg needs to connect to a database as the owner."""
    from django.conf import settings

    known = settings.DATABASES["owner"]
    connection = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    return {name: value or None for name, value in connection.items()} | {"dbname": database}


@contextmanager
def maintenance():
    """A connection as the owner to the server's maintenance database, for making and dropping databases."""
    name = os.environ.get("BYFOLK_MAINTENANCE_DATABASE", "postgres")
    with psycopg.connect(**where(name), autocommit=True) as connection:
        yield connection


def create(name: str, template: str | None = None) -> None:
    """Make a database anew, empty or copied from a template."""
    drop(name)
    with maintenance() as connection:
        copied = f'template "{template}"' if template else "encoding 'UTF8' template template0"
        connection.execute(f'create database "{name}" {copied}')


def drop(name: str) -> None:
    """Drop a database, whoever of the product's roles is in it.

    Without `with (force)`: that is refused while PostgreSQL itself is at work in the database, and it gives way alone.
    """
    with maintenance() as connection:
        connection.execute(
            """select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = %s and pg_has_role(current_user, usesysid, 'usage')""",
            [name],
        )
        connection.execute(f'drop database if exists "{name}"')
