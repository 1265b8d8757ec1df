"""The running database server, and how to reach it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from byfolk.lib.postgres.ending import stop

SUPERUSER = "postgres"


@dataclass(frozen=True)
class Server:
    """A running embedded PostgreSQL, reached by a Unix socket in a private folder.

    Who you are is asked of the operating system (peer authentication): there is no password anywhere. The account that
    Byfolk runs as, and root, may be any role.
    """

    home: Path
    data: Path
    socket: Path
    port: int
    pid: int

    def dsn(self, database: str, user: str) -> str:
        """A libpq connection string (keywords) for the database as the role."""
        return make_conninfo(host=str(self.socket), port=self.port, dbname=database, user=user)

    def settings(self, database: str, user: str) -> dict[str, Any]:
        """The same as an entry of Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": str(self.socket),
            "PORT": str(self.port),
            "NAME": database,
            "USER": user,
            "PASSWORD": "",
        }

    def connect(self, database: str = SUPERUSER, user: str = SUPERUSER) -> psycopg.Connection[Any]:
        """A connection in autocommit mode, as the superuser unless told otherwise."""
        return psycopg.connect(self.dsn(database, user), autocommit=True)

    def stop(self) -> bool:
        """Stop the server cleanly; whether it ran."""
        return stop(self.home)
