"""`byfolk init` and `byfolk invite` in an empty database: a real installation's first minutes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from django.core.exceptions import ValidationError

from byfolk.kernel.access.beginning import Administrator, begin
from tests import server

EMPTY = f"byfolk_first_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
ANSWERS = {
    "BYFOLK_MUNICIPALITY": "Nyvik kommune",
    "BYFOLK_ADMIN_NUMBER": "4711",
    "BYFOLK_ADMIN_GIVEN_NAME": "Berit",
    "BYFOLK_ADMIN_FAMILY_NAME": "Aune",
    "BYFOLK_ADMIN_EMAIL": "berit.aune@nyvik.example",
    "BYFOLK_ADMIN_PASSWORD": "fem blå sommerfugler",
}


def _byfolk(*command: str, **answers: str) -> subprocess.CompletedProcess[str]:
    environment = server.environment_for(EMPTY) | answers
    return subprocess.run(
        [sys.executable, "-m", "byfolk", *command], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def begun() -> Iterator[list[subprocess.CompletedProcess[str]]]:
    """Begin, begin again, and invite: in one database, since making it takes seconds."""
    server.create(EMPTY)
    yield [
        _byfolk("init", **ANSWERS),
        _byfolk("init", **ANSWERS | {"BYFOLK_MUNICIPALITY": "En annen kommune"}),
        _byfolk("invite", "4711"),
    ]
    server.drop(EMPTY)


def _rows(sql: str) -> list[tuple]:
    with psycopg.connect(**server.where(EMPTY)) as connection:
        return connection.execute(sql).fetchall()


def test_a_weak_password_is_refused_before_anything_is_made():
    with pytest.raises(ValidationError):
        begin(
            municipality="Nyvik kommune",
            root_code="1",
            administrator=Administrator("4711", "Berit", "Aune", "berit.aune@nyvik.example", "passord1"),
            on=date(2026, 11, 22),
        )


def test_it_makes_the_municipality_its_root_and_the_first_administrator(begun):
    assert begun[0].returncode == 0, begun[0].stderr
    assert _rows("select name, demo from organisation_municipality") == [("Nyvik kommune", False)]
    assert _rows("select code, name, level from organisation_unit") == [("1", "Nyvik kommune", 0)]
    granted = "select p.given_name, g.role, u.code from access_grant g join people_person p on p.id = g.person_id"
    assert _rows(f"{granted} join organisation_unit u on u.id = g.unit_id") == [("Berit", "administrator", "1")]


def test_the_grant_stands_in_the_history(begun):
    why = "select c.metadata ->> 'why' from access_grantevent e join pghistory_context c on c.id = e.pgh_context_id"
    assert _rows(why) == [("byfolk init",)]


def test_once_begun_it_changes_nothing(begun):
    assert begun[1].returncode == 1
    assert "nothing is changed" in begun[1].stderr
    assert _rows("select count(*) from people_person") == [(1,)]


def test_an_invitation_is_a_link_where_a_password_is_chosen(begun):
    assert begun[2].returncode == 0
    assert begun[2].stdout.startswith("http://127.0.0.1:8000/konto/glemt/")
