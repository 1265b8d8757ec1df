"""The embedded PostgreSQL: a real server of one's own where nothing is installed.

`ensure` makes, starts, adopts or heals the database of a home folder; `stop` stops it; `status` looks at it.
"""

from byfolk.lib.postgres.cluster import ensure
from byfolk.lib.postgres.databases import LOGIN, OWNER, bootstrap_roles, create_database, drop_database
from byfolk.lib.postgres.ending import stop
from byfolk.lib.postgres.errors import PostgresError
from byfolk.lib.postgres.place import PORT, home
from byfolk.lib.postgres.postmaster import socket_folder
from byfolk.lib.postgres.server import SUPERUSER, Server
from byfolk.lib.postgres.status import Status, status

__all__ = [
    "LOGIN",
    "OWNER",
    "PORT",
    "SUPERUSER",
    "PostgresError",
    "Server",
    "Status",
    "bootstrap_roles",
    "create_database",
    "drop_database",
    "ensure",
    "home",
    "socket_folder",
    "status",
    "stop",
]
