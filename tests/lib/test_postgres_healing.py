"""The embedded PostgreSQL is killed, in many ways, and nothing that was committed is lost."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psutil
import psycopg
import pytest

from byfolk.lib import postgres
from byfolk.lib.postgres import PostgresError, Server, cluster, postmaster
from byfolk.lib.postgres.place import Place


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    postgres.stop(tmp_path)


@pytest.fixture(scope="module")
def open_home() -> Iterator[Path]:
    """One throw-away database for all tests that hurt it: each begins with `ensure`, which must heal what was done.

    Its folder, unlike pytest's own, is open to the server's account.
    """
    folder = Path(mkdtemp(prefix="byf", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder)


def kill(server: Server) -> None:
    """kill -9 of the whole server at once."""
    first = psutil.Process(server.pid)
    everyone = [server.pid, *(child.pid for child in first.children(recursive=True))]
    assert not postmaster.end(everyone, signal.SIGKILL, 5)


def test_committed_rows_survive_the_sudden_death_of_the_whole_server(home: Path) -> None:
    server = postgres.ensure(home)
    committed = 0
    with server.connect() as connection:
        connection.execute("CREATE TABLE rows (number int)")
        for number in range(200):
            connection.execute("INSERT INTO rows VALUES (%s)", (number,))
            committed += 1
        kill(server)
    assert postgres.status(home).state == "stale"
    again = postgres.ensure(home)
    assert again.pid != server.pid
    with again.connect() as connection:
        assert connection.execute("SELECT count(*), max(number) FROM rows").fetchone() == (committed, committed - 1)


def test_processes_that_outlive_the_first_one_are_ended_before_a_new_start(open_home: Path) -> None:
    server = postgres.ensure(open_home, durable=False)
    connection = server.connect()
    backend = connection.info.backend_pid
    busy = threading.Thread(target=_count_for_ever, args=(connection,))
    busy.start()
    while not _is_busy(server, backend):
        time.sleep(0.01)
    os.kill(server.pid, signal.SIGKILL)
    stages: list[str] = []
    again = postgres.ensure(open_home, durable=False, report=stages.append)
    busy.join()
    assert "Ending what is left of a database that was killed" in stages
    assert not postmaster.lives(backend)
    assert again.pid != server.pid


def _count_for_ever(connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT count(*) FROM generate_series(1, 1e12::bigint) AS g WHERE g % 7 = 9")


def _is_busy(server: Server, backend: int) -> bool:
    with server.connect() as looking:
        row = looking.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", (backend,)).fetchone()
    return row == ("active",)


def test_a_pid_file_whose_number_another_process_has_got_is_seen_through(open_home: Path) -> None:
    server = postgres.ensure(open_home, durable=False)
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    socket_lock = server.socket / ".s.PGSQL.5432.lock"
    stale_lock = socket_lock.read_text().split("\n")
    kill(server)
    stranger = str(os.getpid())
    pid_file.write_text("\n".join([stranger, *lines[1:]]))
    socket_lock.write_text("\n".join([stranger, *stale_lock[1:]]))
    assert postgres.ensure(open_home, durable=False).pid not in (server.pid, os.getpid())


def test_a_server_whose_socket_is_gone_is_started_again(open_home: Path) -> None:
    server = postgres.ensure(open_home, durable=False)
    (server.socket / ".s.PGSQL.5432").unlink()
    again = postgres.ensure(open_home, durable=False)
    with again.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_making_that_was_killed_halfway_leaves_nothing_in_the_way(home: Path) -> None:
    script = "import sys; from pathlib import Path; from byfolk.lib import postgres; postgres.ensure(Path(sys.argv[1]))"
    making = subprocess.Popen([sys.executable, "-c", script, str(home)])
    folder = home / "postgres"
    while not list(folder.glob("data.making-*/base/1")):
        assert making.poll() is None
        time.sleep(0.005)
    making.kill()
    making.wait()
    assert not (folder / "data").exists()
    server = postgres.ensure(home)
    with server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not list(folder.glob("data.making-*"))


def test_a_start_that_was_killed_halfway_is_adopted_or_done_again(home: Path) -> None:
    postgres.ensure(home).stop()
    script = "import sys; from pathlib import Path; from byfolk.lib import postgres; postgres.ensure(Path(sys.argv[1]))"
    starting = subprocess.Popen([sys.executable, "-c", script, str(home)])
    while not (home / "postgres" / "data" / "postmaster.pid").exists():
        assert starting.poll() is None
        time.sleep(0.001)
    starting.kill()
    starting.wait()
    server = postgres.ensure(home)
    with server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_runs_out_of_our_sight_is_not_started_beside(
    open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.ensure(open_home, durable=False).stop()
    monkeypatch.setattr(cluster, "_CLAIM_PATIENCE", 0.0)
    with Place(open_home).running.open("w") as held_elsewhere:
        deadline = time.monotonic() + 5
        while True:
            try:
                fcntl.flock(held_elsewhere, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                assert time.monotonic() < deadline
                time.sleep(0.01)
        with pytest.raises(PostgresError, match="another container"):
            postgres.ensure(open_home, durable=False)


def test_the_processes_of_the_server_hold_its_claim_as_long_as_they_live(open_home: Path) -> None:
    postgres.ensure(open_home, durable=False)
    with Place(open_home).running.open() as claim, pytest.raises(BlockingIOError):
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_socket_file_of_a_dead_server_does_not_stand_in_the_way(open_home: Path) -> None:
    server = postgres.ensure(open_home, durable=False)
    server.stop()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(server.socket / ".s.PGSQL.5432"))
    with postgres.ensure(open_home, durable=False).connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
