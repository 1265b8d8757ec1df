"""A backup is worth what its restore is worth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from byfolk.demo.cast import CAST
from tests import server

SHAPE = """
select 'policy ' || tablename || '.' || policyname, md5(coalesce(qual, '') || coalesce(with_check, ''))
  from pg_policies
union all select 'constraint ' || conrelid::regclass || '.' || conname, md5(pg_get_constraintdef(oid))
  from pg_constraint where connamespace = 'public'::regnamespace
union all select 'trigger ' || tgrelid::regclass || '.' || tgname, tgenabled::text from pg_trigger
          where not tgisinternal
order by 1
"""
TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"


@pytest.fixture(scope="module")
def original(template: str):
    """A copy of the template to make backups of."""
    name = "byfolk_original"
    server.create(name, template)
    yield name
    server.drop(name)


@pytest.fixture(scope="module")
def dump(original: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup, made by the command that a person would use."""
    file = tmp_path_factory.mktemp("backup") / "city.dump"
    _byfolk(original, "backup", str(file))
    return file


@pytest.fixture(scope="module")
def restored(dump: Path):
    """A new database restored from the backup."""
    name = "byfolk_restored"
    server.create(name)
    _byfolk(name, "restore", str(dump))
    yield name
    server.drop(name)


def _byfolk(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = server.environment_for(database)
    done = subprocess.run([sys.executable, "-m", "byfolk", *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def _counts(database: str) -> dict[str, int]:
    with psycopg.connect(**server.where(database)) as connection:
        names = [name for (name,) in connection.execute(TABLES)]
        return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def _all(database: str, sql: str) -> list[tuple]:
    with psycopg.connect(**server.where(database)) as connection:
        return connection.execute(sql).fetchall()


def test_a_restored_database_has_every_row_policy_constraint_and_trigger_of_the_original(original: str, restored: str):
    assert _all(restored, SHAPE) == _all(original, SHAPE)
    assert _counts(restored) == _counts(original)


def test_a_restored_database_shows_a_leader_the_same_people(original: str, restored: str):
    assert _seen_by_solveig(restored) == _seen_by_solveig(original)
    assert _seen_by_solveig(restored)


def test_a_backup_is_readable_by_its_owner_only(dump: Path):
    assert oct(dump.stat().st_mode & 0o777) == "0o600"


def test_a_database_that_holds_anything_is_never_restored_over(original: str, dump: Path):
    command = [sys.executable, "-m", "byfolk", "restore", str(dump)]
    done = subprocess.run(command, env=server.environment_for(original), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "not empty" in done.stderr


def _seen_by_solveig(database: str) -> list[tuple]:
    number = CAST["solveig"].employee_number
    with psycopg.connect(**server.where(database)) as connection:
        (person,) = connection.execute("select id from people_person where employee_number = %s", [number]).fetchone()
        connection.execute(
            "select set_config('role', 'byfolk_scoped', true), set_config('app.person_id', %s, true)", [str(person)]
        )
        return connection.execute("select employee_number from people_person order by 1").fetchall()
