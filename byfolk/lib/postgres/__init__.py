"""The embedded PostgreSQL: a real server of one's own where nothing is installed.

`ensure` makes, starts, adopts or heals the database of a home folder; `stop` stops it; `status` looks at it.
"""

from byfolk.lib.postgres.cluster import ensure, stop
from byfolk.lib.postgres.databases import LOGIN, OWNER, bootstrap_roles, create_database, drop_database
from byfolk.lib.postgres.errors import PostgresError
from byfolk.lib.postgres.place import home
from byfolk.lib.postgres.server import SUPERUSER, Server
from byfolk.lib.postgres.status import Status, status

__all__ = [
    "LOGIN",
    "OWNER",
    "SUPERUSER",
    "PostgresError",
    "Server",
    "Status",
    "bootstrap_roles",
    "create_database",
    "drop_database",
    "ensure",
    "home",
    "status",
    "stop",
]
