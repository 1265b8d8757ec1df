"""Bringing a database to today's form: server, roles, database, migrations, rights. Safe to run again and again."""

from __future__ import annotations

import os
from collections.abc import Callable

from byfolk.config.databases import DATABASE, NAME, SOCKET, embedded
from byfolk.lib import postgres

Report = Callable[[str], None]


def start_database(report: Report) -> None:
    """Start the embedded server if it is not running. Does nothing with your own server. Raises `PostgresError`.

    A process that was started by one of ours is told where the server is.
    """
    if not embedded() or SOCKET in os.environ:
        return
    server = postgres.ensure(postgres.home(), report=report)
    os.environ[SOCKET] = str(server.socket)
    postgres.bootstrap_roles(server)
    postgres.create_database(server, os.environ.get(DATABASE, NAME), postgres.OWNER)


def start_django() -> None:
    """Load Django. The database must run first."""
    import django

    django.setup()


def migrate(report: Report) -> None:
    """Run what migrations there are, as the owner, then set rights and policies anew."""
    from django.db import connections

    owner = connections["owner"]
    with owner.cursor() as cursor:
        # One at a time: a server and a command that start together would wait for each other's locks for ever.
        cursor.execute("select pg_advisory_lock(hashtext('byfolk.migrate'))")
    try:
        _migrate(report)
    finally:
        with owner.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtext('byfolk.migrate'))")


def _migrate(report: Report) -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        report(f"Running {len(plan)} database migrations")
    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    apply_policies(report)


def apply_policies(report: Report) -> None:
    """Set every table's rights from the statements, in one transaction."""
    from django.conf import settings
    from django.db import connections, transaction

    from byfolk.kernel.access import policies

    with transaction.atomic(using="owner"):
        policies.apply(connections["owner"], settings.DATABASES["default"]["USER"])
    report("Access rules are in the database")


def make_roles() -> None:
    """Make the roles that policies name, without any table yet: what a restored database needs first."""
    from django.conf import settings
    from django.db import connections, transaction

    from byfolk.kernel.access import policies

    with transaction.atomic(using="owner"):
        policies.make_roles(connections["owner"], settings.DATABASES["default"]["USER"])


def prepare(report: Report) -> None:
    """Server, Django, migrations, what comes with Byfolk: what every command that needs the database calls first."""
    start_database(report)
    start_django()
    migrate(report)
    load_instruments(report)


def load_instruments(report: Report) -> None:
    """Put the instruments that come with Byfolk in use, where there is an organisation that lacks them."""
    from django.db import transaction

    from byfolk.areas.surveys import shipped
    from byfolk.kernel.time import now

    with transaction.atomic(using="owner"):
        if made := shipped.load_instruments(now(), using="owner"):
            report(f"Ready to be asked: {', '.join(made)}")


def connect(report: Report) -> None:
    """Server and Django without migrations: for commands that only read or that run beside a server."""
    start_database(report)
    start_django()
