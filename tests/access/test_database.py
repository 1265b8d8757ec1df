"""What the database itself gives to whom: it is the last door, and the only one that no code can forget."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, connections, transaction

from byfolk.kernel.access.policies import PUBLIC, ROLES, SCOPED, WIDE
from byfolk.kernel.rights import statements

KINDS = sorted({table.name for s in statements() for kind in s.kinds for table in kind.tables})
OWN = sorted({name for s in statements() for name in s.own_tables})
WORK = sorted({name for s in statements() for name in s.work_tables})
SIGN_IN = sorted({name for s in statements() for name in s.sign_in_tables})
OPEN = sorted({name for s in statements() for name in s.open_tables})
PARTLY = [rows for s in statements() for rows in s.public_rows]
PRIVATE_COLUMNS = [
    ("indicators_figure", "publication"),
    ("indicators_publication", "asked_by"),
    ("goals_element", "changed_by"),
    ("goals_policyversion", "made_on"),
]


@pytest.fixture
def login(django_db_setup: None):
    """A connection of the role that the application signs in as."""
    known = settings.DATABASES["owner"] | settings.LOGIN_DATABASE
    with psycopg.connect(
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        dbname=known["NAME"],
        user=known["USER"],
        password=known["PASSWORD"] or None,
        autocommit=True,
    ) as opened:
        yield opened


def _rows(opened: psycopg.Connection, table: str, role: str | None) -> int | str:
    """How many rows a role sees with no person set, or "closed" where it may not even ask."""
    try:
        with opened.transaction(force_rollback=True):
            if role:
                opened.execute(f"set local role {role}")
            return opened.execute(f"select count(*) from {table}").fetchone()[0]
    except psycopg.errors.InsufficientPrivilege:
        return "closed"


@pytest.mark.parametrize("table", [*KINDS, *OWN, *WORK])
def test_with_no_person_set_no_role_sees_a_row_of_personal_data(login, table):
    for role in (None, PUBLIC, SCOPED, WIDE):
        assert _rows(login, table, role) in (0, "closed"), f"{role} sees {table}"


@pytest.mark.parametrize("table", [*KINDS, *OWN, *WORK])
def test_the_login_role_and_visitors_may_not_even_ask(login, table):
    assert _rows(login, table, None) == "closed"
    assert _rows(login, table, PUBLIC) == "closed"


@pytest.mark.parametrize("table", SIGN_IN)
def test_what_signing_in_needs_is_closed_to_everyone_who_is_signed_in(login, table):
    for role in (PUBLIC, SCOPED, WIDE):
        assert _rows(login, table, role) == "closed"


@pytest.mark.parametrize("table", OPEN)
def test_what_is_open_to_all_who_work_here_is_closed_to_visitors(login, table):
    assert _rows(login, table, PUBLIC) == "closed"
    assert _rows(login, table, None) == "closed"


@pytest.mark.parametrize(("table", "column"), PRIVATE_COLUMNS)
def test_a_visitor_reads_no_other_column_of_a_table_that_is_public_in_part(login, table, column):
    with login.transaction(force_rollback=True):
        login.execute(f"set local role {PUBLIC}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute(f'select "{column}" from {table}')


@pytest.mark.parametrize("rows", PARTLY, ids=lambda rows: rows.table)
def test_a_visitor_reads_no_other_row_of_a_table_that_is_public_in_part(login, rows, db):
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*), count(*) filter (where {rows.where}) from {rows.table}")
        every, public = cursor.fetchone()
    assert _rows(login, rows.table, None) == "closed"
    if "goals_policyversion" not in rows.where:  # the owner sees every version: their own test is below
        assert _rows(login, rows.view or rows.table, PUBLIC) == public
    assert 0 < _rows(login, rows.view or rows.table, PUBLIC) <= every
    assert not rows.view or _rows(login, rows.table, PUBLIC) == "closed"


def test_a_visitor_reads_of_the_policy_what_is_adopted_and_nothing_else(login):
    with login.transaction(force_rollback=True):
        login.execute(f"set local role {PUBLIC}")
        assert login.execute("select distinct state from goals_policyversion").fetchall() == [("adopted",)]
        number = login.execute("select id from goals_policyversion").fetchone()
        assert login.execute("select distinct version_id from goals_element").fetchall() == [number]


def test_a_visitor_reads_no_figure_of_a_unit_below_the_agencies(login):
    with login.transaction(force_rollback=True):
        login.execute(f"set local role {PUBLIC}")
        units = login.execute("select distinct unit from indicators_openfigure").fetchall()
    known = settings.DATABASES["owner"]
    with psycopg.connect(
        host=known["HOST"] or None, port=known["PORT"] or None, dbname=known["NAME"], user=known["USER"],
        password=known["PASSWORD"] or None,
    ) as owner:  # fmt: skip
        levels = owner.execute(
            "select distinct level from organisation_unit where id = any(%s)", [[unit for (unit,) in units]]
        ).fetchall()
    assert {level for (level,) in levels} == {0, 1, 2}


def test_the_cast_is_there_so_that_the_zeros_above_mean_something(db):
    with connection.cursor() as cursor:
        for table in ("people_person", "people_employment", "people_pay", "people_absence", "people_card"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] > 100, table


def test_every_table_stands_in_exactly_one_statement(db):
    named: list[str] = []
    for s in statements():
        named += [table.name for kind in s.kinds for table in kind.tables]
        named += [
            *s.open_tables,
            *(rows.table for rows in s.public_rows),
            *s.public_tables,
            *s.sign_in_tables,
            *s.work_tables,
            *s.own_tables,
        ]
    twice = {name for name in named if named.count(name) > 1}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
    assert not twice
    assert tables == set(named)


def test_a_history_table_is_as_closed_as_what_it_records(db):
    """A record of a kind's rows stands in the same kind; every other record is for background work only."""
    of_kind = {table.name: kind.code for s in statements() for kind in s.kinds for table in kind.tables}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' and tablename like '%event'")
        histories = [name for (name,) in cursor.fetchall()]
    assert len(histories) > 5
    for history in histories:
        recorded = history.removesuffix("event")
        assert of_kind.get(history) == of_kind.get(recorded), history
        if recorded not in of_kind:
            assert history in WORK


def test_every_table_with_a_person_is_guarded_or_named_as_open(db):
    """A new table that says whom a row is about cannot slip in among the open ones unseen."""
    known_open = {
        "people_card", "access_grant", "organisation_leadership",  # who works here and leads: open to all who work here
        "access_user",  # signing in
        "importing_qualityowner",  # who answers for an agency's data
        "goals_comment", "goals_owner", "goals_ownmeasure",  # who speaks for, answers for, writes for an agency
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct table_name from information_schema.columns
                where table_schema = 'public' and column_name = 'person_id'"""
        )
        about_people = {name for (name,) in cursor.fetchall()}
    guarded = {*KINDS, *OWN, *WORK}
    assert about_people - guarded <= known_open


def test_every_guarded_table_has_row_level_security_on(db):
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relrowsecurity")
        guarded = {name for (name,) in cursor.fetchall()}
    assert {*KINDS, *OWN} <= guarded


def test_no_role_of_ours_can_pass_the_policies_or_own_anything(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles where rolname = any(%s) and (rolsuper or rolbypassrls or rolcanlogin)",
            [list(ROLES)],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "select rolname from pg_roles where rolname = %s and (rolsuper or rolbypassrls)", [settings.LOGIN_ROLE]
        )
        assert cursor.fetchall() == []
        cursor.execute(
            """select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
                where r.rolname = any(%s) and c.relnamespace = 'public'::regnamespace""",
            [[*ROLES, settings.LOGIN_ROLE]],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", ["people_person", "people_pay", "audit_readlog", "access_grantevent", "access_user"])
def test_a_person_cannot_even_try_to_write_what_pages_do_not_write(as_actor, table):
    with as_actor("solveig"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"delete from {table}")


def test_a_person_without_the_role_changes_no_row_that_others_may_change(as_actor):
    with as_actor("solveig"), connection.cursor() as cursor:
        cursor.execute("update access_grant set valid = valid")
        assert cursor.rowcount == 0


def test_nobody_can_forge_a_look_in_anothers_name(as_actor, person):
    from byfolk.kernel.audit.models import ReadLog

    with as_actor("solveig") as actor, connection.cursor() as cursor:
        cursor.execute("select byfolk_log_read(%s, 'pay', 'talk', '', now())", [person("jonas").pk])
        reader = actor.person_id
    assert ReadLog.objects.latest("id").reader_id == reader


def test_applying_the_rights_again_changes_nothing(db):
    from byfolk.kernel.access import policies

    assert policies.apply(connections["default"], settings.LOGIN_ROLE) is False


def test_an_application_that_signs_in_as_the_owner_is_refused(db):
    from byfolk.kernel.access import policies

    with pytest.raises(ImproperlyConfigured):
        policies.apply(connections["default"], settings.DATABASES["owner"]["USER"])


def _sees_all(kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select sees_all_units(%s)", [kind])
        return cursor.fetchone()[0]


def test_only_a_role_at_the_top_that_sees_the_kind_sees_all_units_of_it(as_actor):
    found = {}
    for persona in ("kari", "mette", "solveig", "jonas"):
        with as_actor(persona):
            found[persona] = (_sees_all("actions"), _sees_all("action_comments"), _sees_all("absence"))

    assert found == {
        "kari": (True, True, False),
        "mette": (False, False, False),
        "solveig": (False, False, False),
        "jonas": (False, False, False),
    }
