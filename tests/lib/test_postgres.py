"""The embedded PostgreSQL: how it is made, reached, shared and stopped."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from byfolk.lib import postgres
from byfolk.lib.postgres import LOGIN, OWNER, Server
from byfolk.lib.postgres.account import server_account
from byfolk.lib.postgres.programs import reachable


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = postgres.ensure(tmp_path_factory.mktemp("home"), durable=False)
    postgres.bootstrap_roles(running)
    postgres.create_database(running, "city", OWNER)
    yield running
    running.stop()


def show(server: Server, name: str) -> str:
    with server.connect() as connection:
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    assert row
    return str(row[0])


def test_a_second_call_adopts_the_server_that_runs(server: Server) -> None:
    assert postgres.ensure(server.home, durable=False) == server


def test_the_server_listens_on_no_network(server: Server) -> None:
    assert show(server, "listen_addresses") == ""


def test_the_socket_is_in_a_folder_that_only_the_server_account_may_enter(server: Server) -> None:
    found = server.socket.stat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert found.st_uid == server.data.stat().st_uid


def test_the_server_never_runs_as_root(server: Server) -> None:
    assert server.data.stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_an_account_that_is_not_in_the_map_is_refused_even_where_it_reaches_the_socket(server: Server) -> None:
    account = server_account(server.data)
    refused = subprocess.run(
        # The folders above are closed to it; where it stands it can reach.
        [reachable(account, print)["psql"], "--host=/proc/self/cwd", "--username=postgres", "--command=SELECT 1"],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd=server.socket,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Peer authentication failed" in refused.stderr


def test_text_is_utf8_with_the_same_order_on_every_machine(server: Server) -> None:
    with server.connect() as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = 'postgres'"
        ).fetchone()
    assert row == ("UTF8", "b", "C.UTF-8")


def test_norwegian_words_are_found_whatever_their_case_and_quotation_marks(server: Server) -> None:
    with server.connect() as connection:
        row = connection.execute("SELECT to_tsvector('norwegian', '«ÅRSTADENE» – øl')::text").fetchone()
    assert row == ("'årstad':1 'øl':2",)


def test_damaged_pages_are_noticed(server: Server) -> None:
    assert show(server, "data_checksums") == "on"


def test_the_settings_for_django_reach_the_database(server: Server) -> None:
    settings = server.settings("city", LOGIN)
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
    ) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == (LOGIN, "city")


def test_the_owner_role_may_make_databases_and_roles_but_is_no_superuser(server: Server) -> None:
    with server.connect() as connection:
        row = connection.execute(
            "SELECT rolcanlogin, rolcreatedb, rolcreaterole, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s",
            (OWNER,),
        ).fetchone()
    assert row == (True, True, True, False, False)


def test_the_login_role_inherits_nothing_and_may_make_nothing(server: Server) -> None:
    with server.connect() as connection:
        row = connection.execute(
            "SELECT rolcanlogin, rolinherit, rolcreatedb, rolcreaterole, rolsuper, rolbypassrls"
            " FROM pg_roles WHERE rolname = %s",
            (LOGIN,),
        ).fetchone()
    assert row == (True, False, False, False, False, False)


def test_the_owner_can_make_a_role_and_let_the_login_role_step_into_it(server: Server) -> None:
    with server.connect("city", OWNER) as connection:
        connection.execute(f"CREATE ROLE city_scoped; GRANT city_scoped TO {LOGIN}")
    with server.connect("city", LOGIN) as connection:
        connection.execute("SET ROLE city_scoped")
        assert connection.execute("SELECT current_user").fetchone() == ("city_scoped",)


def test_roles_that_grew_too_strong_are_put_right(server: Server) -> None:
    with server.connect() as connection:
        connection.execute(f"ALTER ROLE {LOGIN} SUPERUSER")
    postgres.bootstrap_roles(server)
    with server.connect() as connection:
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (LOGIN,)).fetchone() == (False,)


def test_making_a_database_that_is_there_changes_nothing(server: Server) -> None:
    assert postgres.create_database(server, "city", OWNER) is False


def test_a_database_is_copied_from_a_template_and_removed_while_someone_is_connected(server: Server) -> None:
    postgres.create_database(server, "pattern", OWNER)
    with server.connect("pattern", OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS units AS SELECT 1 AS unit")
    assert postgres.create_database(server, "copy", OWNER, template="pattern") is True
    with server.connect("copy", OWNER) as connection:
        assert connection.execute("SELECT unit FROM units").fetchone() == (1,)
        assert postgres.drop_database(server, "copy") is True
    assert postgres.drop_database(server, "copy") is False


def test_the_databases_of_postgresql_itself_are_not_removed(server: Server) -> None:
    with pytest.raises(ValueError, match="template1"):
        postgres.drop_database(server, "template1")


def test_a_value_in_an_error_does_not_reach_the_log(server: Server) -> None:
    secret = "31129956715"
    with server.connect("city", OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS people (number text PRIMARY KEY)")
        for statement in (f"INSERT INTO people VALUES ('{secret}'), ('{secret}')", f"SELECT 'n{secret}'::int"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    written = [path.read_text(errors="replace") for path in (server.data / "log").iterdir()]
    assert written
    assert not any(secret in text for text in written)


def test_the_state_of_a_running_server_is_told(server: Server) -> None:
    found = postgres.status(server.home)
    assert (found.state, found.pid, found.socket, found.version) == ("running", server.pid, server.socket, 18)
    assert found.durable is False
    assert found.problem == ""


def test_stopping_tells_whether_the_server_ran_and_starting_again_finds_the_data(tmp_path: Path) -> None:
    stages: list[str] = []
    first = postgres.ensure(tmp_path, report=stages.append)
    with first.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert postgres.stop(tmp_path) is True
    assert postgres.stop(tmp_path) is False
    assert postgres.status(tmp_path).state == "stopped"
    second = postgres.ensure(tmp_path)
    with second.connect() as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert second.stop() is True
    assert stages == ["Making an empty database", "Starting the database"]


def test_processes_that_start_the_database_at_once_get_the_same_server(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from byfolk.lib import postgres;"
        "print(postgres.ensure(Path(sys.argv[1]), durable=False).pid)"
    )
    starting = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        answers = {process.communicate(timeout=60)[0].strip() for process in starting}
        assert answers == {str(postgres.ensure(tmp_path, durable=False).pid)}
    finally:
        postgres.stop(tmp_path)


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BYFOLK_HOME", str(tmp_path / "city"))
    assert postgres.home() == tmp_path / "city"


def test_the_home_of_a_checkout_is_its_var_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BYFOLK_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert postgres.home() == Path(postgres.__file__).parents[3] / "var"
