"""Turns the statements of every app into database rights: roles, grants and row level security policies.

`apply(connection)` runs after each migration, as the owner of the tables. It is idempotent, and what no statement names
ends up with no rights: deny by default.
"""

from __future__ import annotations

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from byfolk.kernel.rights import DataKind, Statement, Table, WriteRule, roles_seeing, statements

SCOPED, WIDE, PUBLIC, WORKER = "byfolk_scoped", "byfolk_wide", "byfolk_public", "byfolk_worker"
PERSONAL = (SCOPED, WIDE)
FUNCTIONS = Path(__file__).parent / "sql" / "functions.sql"
CALLABLE = {
    (SCOPED, WIDE): (
        "byfolk_person()",
        "byfolk_today()",
        "held_unit_set(text[])",
        "visible_unit_set(text)",
        "visible_units(text)",
        "visible_person_set(text)",
        "visible_persons(text)",
        "works_in_visible(bigint, text)",
        "byfolk_log_read(bigint, text, text, timestamptz)",
        "byfolk_defer(text, jsonb, text)",
    ),
}


def apply(connection: BaseDatabaseWrapper, login: str) -> None:
    """Create the roles that are absent and set every table's rights anew, in one transaction.

    `login` is the role that the application signs in as: it may become each of ours, and reads only what signing in needs.
    """
    with connection.cursor() as cursor:
        for statement in _roles(login):
            cursor.execute(statement)
        cursor.execute(FUNCTIONS.read_text())
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
        for statement in _everything(tables, login):
            cursor.execute(statement)
        _copy_seen_by(cursor)


def _roles(login: str) -> list[str]:
    # A role belongs to the whole server: another database, or a test run beside this one, may have made it a moment ago.
    create = [
        f"do $$ begin create role {role} nologin; exception when duplicate_object or unique_violation then null; end $$"
        for role in (SCOPED, WIDE, PUBLIC, WORKER)
    ]
    member = [
        f"""do $$ begin if not pg_has_role('{login}', '{role}', 'member') then grant {role} to "{login}"; end if; end $$"""
        for role in (SCOPED, WIDE, PUBLIC, WORKER)
    ]
    # The owner loads and tests on behalf of others, so it may take each role too.
    owner = [f"grant {role} to current_user" for role in (SCOPED, WIDE, PUBLIC, WORKER)]
    return [*create, *member, *owner]


def _everything(tables: set[str], login: str) -> list[str]:
    everyone = ", ".join((SCOPED, WIDE, PUBLIC, WORKER, f'"{login}"'))
    sql = [
        f"grant usage on schema public to {everyone}",
        f"revoke all on all tables in schema public from {everyone}, public",
        f"revoke all on all functions in schema public from {everyone}, public",
        f"grant usage on all sequences in schema public to {everyone}",
        f"grant select, insert, update, delete on all tables in schema public to {WORKER}",
        f"grant execute on all functions in schema public to {WORKER}",
        f'grant execute on function byfolk_actor(bigint) to "{login}"',
    ]
    for roles, functions in CALLABLE.items():
        sql += [f"grant execute on function {name} to {', '.join(roles)}" for name in functions]
    sql += [f"grant select on audit_read_log_for_auditors to {', '.join(PERSONAL)}"]
    sql += ["grant execute on function _pgh_attach_context() to " + ", ".join(PERSONAL)]
    for statement in statements():
        sql += _statement(statement, tables, login)
    return sql


def _statement(statement: Statement, tables: set[str], login: str) -> list[str]:
    sql: list[str] = []
    personal = ", ".join(PERSONAL)
    for name in statement.open_tables:
        sql.append(f"grant select on {name} to {personal}")
    for name in statement.public_tables:
        sql.append(f'grant select on {name} to {personal}, {PUBLIC}, "{login}"')
    for name in statement.sign_in_tables:
        if name in tables:
            sql.append(f'grant select, insert, update, delete on {name} to "{login}"')
    for name, column in statement.own_tables.items():
        own = f"{column} = (select byfolk_person())"
        sql += _protect(name)
        sql += _policy(name, "own", personal, "all", using=own, check=own)
        sql.append(f"grant select, insert, update, delete on {name} to {personal}")
    for kind in statement.kinds:
        for table in kind.tables:
            sql += _protect(table.name)
            sql.append(f"grant select on {table.name} to {personal}")
            for role in PERSONAL:
                sql += _policy(table.name, f"see_{role}", role, "select", using=_seen(kind, table, wide=role == WIDE))
    for rule in statement.writes:
        sql += _write(rule, tables, guarded=_is_guarded(rule.table))
    return sql


def _is_guarded(table: str) -> bool:
    return any(table in s.own_tables or any(t.name == table for k in s.kinds for t in k.tables) for s in statements())


def _protect(table: str) -> list[str]:
    return [
        f"alter table {table} enable row level security",
        *_policy(table, "worker", WORKER, "all", using="true", check="true"),
    ]


def _policy(table: str, name: str, role: str, command: str, *, using: str = "", check: str = "") -> list[str]:
    clauses = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    return [
        f"drop policy if exists {name} on {table}",
        f"create policy {name} on {table} for {command} to {role}{clauses}",
    ]


def _seen(kind: DataKind, table: Table, *, wide: bool) -> str:
    """The condition under which a row of this kind is seen. The inner selects are what makes it computed once a query."""
    ways = [f"{table.person} = (select byfolk_person())"] if kind.own else []
    if any(True for _ in roles_seeing(kind)):
        if table.staff:
            ways.append(_among(table.person, "person", kind.code, wide=wide))
        elif table.unit:
            seen = _among(table.unit, "unit", kind.code, wide=wide)
            if table.valid:
                still = f"works_in_visible({table.person}, '{kind.code}')"
                seen = f"({seen} and ({table.valid} @> (select byfolk_today()) or {still}))"
            ways.append(seen)
    return " or ".join(ways) or "false"


def _among(column: str, what: str, kind: str, *, wide: bool) -> str:
    if wide:
        return f"{column} in (select visible_{what}_set('{kind}'))"
    return f"{column} = any ((select visible_{what}s('{kind}'))::bigint[])"


def _write(rule: WriteRule, tables: set[str], *, guarded: bool) -> list[str]:
    personal = ", ".join(PERSONAL)
    roles = ", ".join(f"'{role.value}'" for role in rule.roles)
    allowed = f"exists (select from held_unit_set(array[{roles}]))"
    if rule.unit:
        allowed = f"{rule.unit} in (select held_unit_set(array[{roles}]))"
    sql = [] if guarded else [*_protect(rule.table), *_policy(rule.table, "open", personal, "select", using="true")]
    for command in rule.commands:
        using = "" if command == "INSERT" else allowed
        check = "" if command == "DELETE" else allowed
        name = f"write_{command.lower()}"
        sql += _policy(rule.table, name, personal, command.lower(), using=using, check=check)
        sql.append(f"grant {command.lower()} on {rule.table} to {personal}")
    if f"{rule.table}event" in tables:
        # The history triggers run as the one who writes: they may add an event and its context, and read neither.
        sql.append(f"grant insert on {rule.table}event to {personal}")
        sql.append(f"grant insert, update on pghistory_context to {personal}")
    return sql


def _copy_seen_by(cursor: object) -> None:
    rows = [(kind.code, role.value) for s in statements() for kind in s.kinds for role in roles_seeing(kind)]
    cursor.execute("delete from access_seenby")  # type: ignore[attr-defined]
    cursor.executemany("insert into access_seenby (kind, role) values (%s, %s)", rows)  # type: ignore[attr-defined]
