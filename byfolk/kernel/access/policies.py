"""Turns the statements of every app into database rights: roles, grants and row level security policies.

`apply(connection)` runs after each migration, as the owner of the tables. It is idempotent, and what no statement names
ends up with no rights: deny by default. Where nothing has changed since the last time it takes no locks.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

from byfolk.kernel.rights import DataKind, PublicRows, Statement, Table, WriteRule, roles_seeing, statements

SCOPED, WIDE, PUBLIC, WORKER = "byfolk_scoped", "byfolk_wide", "byfolk_public", "byfolk_worker"
PERSONAL = (SCOPED, WIDE)
ROLES = (SCOPED, WIDE, PUBLIC, WORKER)
FUNCTIONS = Path(__file__).parent / "sql" / "functions.sql"
CALLABLE = (
    "byfolk_person()",
    "byfolk_today()",
    "held_unit_set(text[])",
    "visible_unit_set(text)",
    "sees_all_units(text)",
    "visible_units(text)",
    "visible_person_set(text)",
    "visible_persons(text)",
    "worked_units()",
    "byfolk_log_read(bigint, text, text, text, timestamptz)",
    "byfolk_read_log_for_auditors()",
    "byfolk_grant_history()",
    "byfolk_defer(text, jsonb, text)",
    "_pgh_attach_context()",
)
"""What someone who is signed in may call."""
BEFORE_SIGN_IN = ("byfolk_actor(bigint)", "byfolk_known_person(text, text)")
"""What the login role may call, before it acts as anybody."""


def apply(connection: BaseDatabaseWrapper, login: str) -> bool:
    """Create the roles that are absent and set every table's rights anew, in one transaction. False: they were right
    already.

    `login` is the role that the application signs in as: it may become each of ours, and reads only what signing in
    needs.
    """
    make_roles(connection, login)
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
        wanted = [*_history(cursor), *_everything(tables, login)]
        parts = [FUNCTIONS.read_text(), *sorted(tables), *wanted, *map(str, _seen_by())]
        stamp = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        if _stands(cursor, stamp):
            return False
        cursor.execute(FUNCTIONS.read_text())
        cursor.execute("select policyname, tablename from pg_policies where schemaname = 'public'")
        for name, table in cursor.fetchall():
            cursor.execute(f'drop policy "{name}" on "{table}"')
        for statement in wanted:
            cursor.execute(statement)
        _copy_seen_by(cursor)
        cursor.execute(f"comment on function byfolk_person() is '{stamp}'")
    return True


def make_roles(connection: BaseDatabaseWrapper, login: str) -> None:
    """Create the roles that are absent: a copy that is read in names them before there is any table."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        if cursor.fetchone()[0] == login:
            raise ImproperlyConfigured(
                "DATABASE_URL and DATABASE_OWNER_URL must name two roles: see docs/operations.md"
            )
        for statement in _roles(login):
            cursor.execute(statement)


def _stands(cursor: Any, stamp: str) -> bool:
    # A restored copy may carry the stamp and lack the rights, where the roles were made after it was read in.
    cursor.execute("select obj_description(to_regprocedure('byfolk_person()')::oid, 'pg_proc')")
    if cursor.fetchone()[0] != stamp:
        return False
    cursor.execute(
        "select bool_and(has_table_privilege(role, 'access_grant', 'select')) from unnest(%s::text[]) role",
        [[*PERSONAL]],
    )
    return bool(cursor.fetchone()[0])


def _roles(login: str) -> list[str]:
    # A role belongs to the whole server: another database, or a test run beside this one, may have made it a moment
    # ago.
    create = [
        f"do $$ begin create role {role} nologin; exception when duplicate_object or unique_violation then null; end $$"
        for role in ROLES
    ]
    member = [
        f"""do $$ begin
            if not pg_has_role('{login}', '{role}', 'member') then grant {role} to "{login}"; end if;
        end $$"""
        for role in ROLES
    ]
    # The owner acts as others too, in bulk loading and in tests. Having made a role is not enough to become it.
    owner = [
        f"""do $$ begin
            begin set local role {role}; reset role;
            exception when insufficient_privilege then grant {role} to current_user; end;
        end $$"""
        for role in ROLES
    ]
    return [*create, *member, *owner]


def _history(cursor: Any) -> list[str]:
    """The history triggers write as the owner: who makes a change has no right to its history and cannot forge it."""
    cursor.execute(
        """select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace
              and prorettype in ('trigger'::regtype, 'uuid'::regtype) and proname ~ '^(pgtrigger_|_pgh_attach_context)'
            order by 1"""
    )
    return [
        f"alter function {name} security definer set search_path = public, pg_temp" for (name,) in cursor.fetchall()
    ]


def _everything(tables: set[str], login: str) -> list[str]:
    everyone = ", ".join((*ROLES, f'"{login}"'))
    personal = ", ".join(PERSONAL)
    sql = [
        f"grant usage on schema public to {everyone}",
        f"revoke all on all tables in schema public from {everyone}, public",
        f"revoke all on all functions in schema public from {everyone}, public",
        f'grant usage on all sequences in schema public to {personal}, {WORKER}, "{login}"',
        f"grant select, insert, update, delete on all tables in schema public to {WORKER}",
        f"grant execute on all functions in schema public to {WORKER}",
    ]
    sql += [f"alter table {table} disable row level security" for table in sorted(tables)]
    sql += [f'grant execute on function {name} to "{login}"' for name in BEFORE_SIGN_IN]
    sql += [f"grant execute on function {name} to {personal}" for name in CALLABLE]
    for statement in statements():
        sql += _statement(statement, tables, login)
    for number, rule in enumerate(rule for statement in statements() for rule in statement.writes):
        sql += _write(rule, number, login)
    return sql


def _statement(statement: Statement, tables: set[str], login: str) -> list[str]:
    sql: list[str] = []
    personal = ", ".join(PERSONAL)
    for name in statement.open_tables:
        sql.append(f"grant select on {name} to {personal}")
        if name in statement.open_where and not _is_written(name):
            sql += [*_protect(name), *_policy(name, "open", personal, "select", using=statement.open_where[name])]
    for rows in statement.public_rows:
        sql += [f"grant select on {rows.table} to {personal}", *_public(rows, personal)]
    for name in statement.public_tables:
        sql.append(f'grant select on {name} to {personal}, {PUBLIC}, "{login}"')
    for name in statement.sign_in_tables:
        if name in tables:
            sql.append(f'grant select, insert, update, delete on {name} to "{login}"')
    sql += [f"grant execute on function {name} to {personal}" for name in statement.functions]
    sql += [f"grant execute on function {name} to {personal}, {PUBLIC}" for name in statement.public_functions]
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
    return sql


def _is_guarded(table: str) -> bool:
    return any(table in s.own_tables or any(t.name == table for k in s.kinds for t in k.tables) for s in statements())


def _public(rows: PublicRows, personal: str) -> list[str]:
    columns = ", ".join(f'"{column}"' for column in rows.columns)
    if rows.view:
        return [
            f"drop view if exists {rows.view}",
            f"create view {rows.view} with (security_barrier) as select {columns} from {rows.table}"  # noqa: S608
            f" where {rows.where}",
            f"grant select on {rows.view} to {personal}, {PUBLIC}, {WORKER}",
        ]
    sql = [] if _is_written(rows.table) else _protect(rows.table)
    if sql:
        sql += _policy(rows.table, "open", personal, "select", using="true")
    sql += _policy(rows.table, "public", PUBLIC, "select", using=rows.where)
    return [*sql, f"grant select ({columns}) on {rows.table} to {PUBLIC}"]


def _is_written(table: str) -> bool:
    return any(rule.table == table for statement in statements() for rule in statement.writes)


def _protect(table: str) -> list[str]:
    return [
        f"alter table {table} enable row level security",
        *_policy(table, "worker", WORKER, "all", using="true", check="true"),
    ]


def _policy(table: str, name: str, role: str, command: str, *, using: str = "", check: str = "") -> list[str]:
    clauses = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    return [f"create policy {name} on {table} for {command} to {role}{clauses}"]


def _seen(kind: DataKind, table: Table, *, wide: bool) -> str:
    """The condition under which a row of this kind is seen. The inner selects are what makes it computed once a
    query.
    """
    ways = [f"{table.person} = (select byfolk_person())"] if kind.own and table.person else []
    if any(True for _ in roles_seeing(kind)):
        if table.person is None:
            ways += [_among(table.unit, "unit", kind.code, wide=wide)] if table.unit else []
        elif table.staff:
            ways.append(_among(table.person, "person", kind.code, wide=wide))
        elif table.unit:
            seen = _among(table.unit, "unit", kind.code, wide=wide)
            there = "" if table.work else f" and {_works_there(table.person, table.valid, kind.code, wide=wide)}"
            ways.append(f"({seen}{there})")
    if table.everyone_there:
        ways.append(f"{table.unit} = any ((select worked_units())::bigint[])")
    return " or ".join(ways) or "false"


def _works_there(person: str, valid: str | None, kind: str, *, wide: bool) -> str:
    """That the person of the row works where the reader sees. The set is hashed once a query, when it is first asked
    for.
    """
    still = _among(person, "person", kind, wide=True)
    if not valid:
        return still
    lasts = f"{valid} @> (select byfolk_today())"
    # To gather everybody in a whole city for the sake of rows that are over takes longer than the question itself.
    return lasts if wide else f"({lasts} or {still})"


def _among(column: str, what: str, kind: str, *, wide: bool) -> str:
    if wide and what == "unit":
        return f"((select sees_all_units('{kind}')) or {column} in (select visible_unit_set('{kind}')))"
    if wide:
        return f"{column} in (select visible_{what}_set('{kind}'))"
    return f"{column} = any ((select visible_{what}s('{kind}'))::bigint[])"


def _write(rule: WriteRule, number: int, login: str) -> list[str]:
    personal = ", ".join(PERSONAL)
    roles = ", ".join(f"'{role.value}'" for role in rule.roles)
    allowed = f"exists (select from held_unit_set(array[{roles}]::text[]))"
    if rule.own:
        allowed = f"{rule.own} = (select byfolk_person())"
    elif rule.unit:
        allowed = f"{rule.unit} in (select held_unit_set(array[{roles}]::text[]))"
    sql = []
    if not _is_guarded(rule.table) and rule is next(r for s in statements() for r in s.writes if r.table == rule.table):
        public = any(rule.table in s.public_tables for s in statements())
        readers = f'{personal}, {PUBLIC}, "{login}"' if public else personal
        which = next((s.open_where[rule.table] for s in statements() if rule.table in s.open_where), "true")
        sql += [*_protect(rule.table), *_policy(rule.table, "open", readers, "select", using=which)]
    for command in rule.commands:
        using = "" if command == "INSERT" else allowed
        check = "" if command == "DELETE" else allowed
        sql += _policy(
            rule.table, f"write_{command.lower()}_{number}", personal, command.lower(), using=using, check=check
        )
        sql.append(f"grant {command.lower()} on {rule.table} to {personal}")
    return sql


def _seen_by() -> list[tuple[str, str]]:
    return [(kind.code, role.value) for s in statements() for kind in s.kinds for role in roles_seeing(kind)]


def _copy_seen_by(cursor: Any) -> None:
    cursor.execute("delete from access_seenby")
    cursor.executemany("insert into access_seenby (kind, role) values (%s, %s)", _seen_by())
