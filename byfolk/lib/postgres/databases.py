"""Databases and roles of the cluster, made by its superuser."""

from __future__ import annotations

from psycopg import errors, sql

from byfolk.lib.postgres.server import Server

OWNER = "byfolk_owner"
LOGIN = "byfolk_login"

_ROLES = {
    # Owns the schema and runs migrations; may make databases (for tests) and the roles that people act under.
    OWNER: "LOGIN CREATEDB CREATEROLE INHERIT NOSUPERUSER NOREPLICATION NOBYPASSRLS",
    # The application: owns nothing, and has no right but those of the role that it steps into.
    LOGIN: "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION NOBYPASSRLS",
}
_SYSTEM = ("postgres", "template0", "template1")
# Any number: whoever makes roles at the same time waits for the other.
_ROLES_LOCK = 6_207_715_430


def bootstrap_roles(server: Server) -> None:
    """Make the roles `byfolk_owner` and `byfolk_login` if they are absent, and see that they can do no more than they
    should. Their errors are not written to the server's log, since an error may quote a value; the application,
    which gets them, has its own log."""
    with server.connect() as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ROLES_LOCK,))
        for name, rights in _ROLES.items():
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
            verb = "ALTER" if found else "CREATE"
            role = sql.Identifier(name)
            connection.execute(sql.SQL("{} ROLE {} {}").format(sql.SQL(verb), role, sql.SQL(rights)))
            connection.execute(sql.SQL("ALTER ROLE {} SET log_min_messages = 'fatal'").format(role))


def create_database(server: Server, name: str, owner: str, template: str | None = None) -> bool:
    """Make a database that the role owns, as a copy of `template` if one is named; False if it is there already.

    Nobody may be connected to the template. Raises psycopg.Error if the owner or the template does not exist.
    """
    with server.connect() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return False
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template or "template1")
        )
        try:
            connection.execute(statement)
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            return False
        return True


def drop_database(server: Server, name: str) -> bool:
    """Remove a database, ending whoever is connected to it; False if it is not there."""
    if name in _SYSTEM:
        raise ValueError(f"{name} belongs to PostgreSQL itself")
    with server.connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        return found is not None
