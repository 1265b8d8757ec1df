"""Where the embedded PostgreSQL cannot work, it says what to do."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import psutil
import pytest

from byfolk.lib import postgres
from byfolk.lib.postgres import PostgresError, account, place, programs
from byfolk.lib.postgres.account import Account
from byfolk.lib.postgres.errors import explain

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")


@pytest.fixture
def stranger() -> pwd.struct_passwd:
    """An ordinary account that is not ours."""
    return pwd.getpwnam("nobody")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder with a short path that every account can enter (pytest's own are closed)."""
    folder = Path(mkdtemp(prefix="byf", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder)


def fake_data(home: Path, version: str) -> Path:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(version)
    if os.geteuid() == 0:
        os.chown(data, pwd.getpwnam("nobody").pw_uid, -1)
    return data


def test_data_of_another_version_are_left_alone(tmp_path: Path) -> None:
    fake_data(tmp_path, "16\n")
    with pytest.raises(PostgresError, match=r"PostgreSQL 16.*pg_dumpall"):
        postgres.ensure(tmp_path)
    found = postgres.status(tmp_path)
    assert (found.state, found.version) == ("broken", 16)


def test_a_folder_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    data = fake_data(tmp_path, "")
    with pytest.raises(PostgresError, match="not a database"):
        postgres.ensure(tmp_path)
    assert data.exists()


def test_a_throw_away_database_is_not_taken_for_a_lasting_one_nor_the_other_way(tmp_path: Path) -> None:
    (fake_data(tmp_path / "a", "18\n") / "throwaway").touch()
    fake_data(tmp_path / "b", "18\n")
    with pytest.raises(PostgresError, match="made for a test run"):
        postgres.ensure(tmp_path / "a")
    with pytest.raises(PostgresError, match="holds lasting data"):
        postgres.ensure(tmp_path / "b", durable=False)


def test_without_the_programs_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PostgresError, match=r"pip install.*DATABASE_URL"):
        postgres.ensure(tmp_path)
    assert postgres.status(tmp_path).state == "broken"


def test_a_disk_that_is_almost_full_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=30 * 1024**2))
    with pytest.raises(PostgresError, match="Only 30 MB are free"):
        postgres.ensure(tmp_path)
    assert not list((tmp_path / "postgres").glob("data*"))


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(PostgresError, match="A file stands where a folder is needed"):
        postgres.ensure(tmp_path / "home")


def test_settings_that_the_server_does_not_know_are_named(tmp_path: Path) -> None:
    postgres.ensure(tmp_path, durable=False).stop()
    (tmp_path / "postgres" / "settings" / "local.conf").write_text("shared_bufers = 1GB\n")
    with pytest.raises(PostgresError, match="shared_bufers"):
        postgres.ensure(tmp_path, durable=False)


def test_damaged_data_are_told_with_the_reason_from_the_log(tmp_path: Path) -> None:
    postgres.ensure(tmp_path).stop()
    for segment in (tmp_path / "postgres" / "data" / "pg_wal").glob("0*"):
        segment.unlink()
    with pytest.raises(PostgresError, match=r"checkpoint record.*backup"):
        postgres.ensure(tmp_path)


def test_an_empty_folder_made_beforehand_becomes_the_database(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    assert postgres.ensure(tmp_path, durable=False).stop() is True


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("FATAL:  could not write to file: No space left on device", "Free some space"),
        ('initdb: error: could not access directory "x": Permission denied', "Let this account write there"),
        ("FATAL:  could not bind Unix address: Address already in use", "Another server holds the socket"),
        ("initdb: error: could not look up effective user ID 1234: user does not exist", "/etc/passwd"),
        ("PANIC: could not write: No space left on device\ninitdb: error: child process ended", "could not write"),
        ("", "byfolk doctor"),
    ],
)
def test_what_a_program_complains_of_becomes_advice(output: str, advice: str) -> None:
    assert advice in str(explain("It failed", output))


def test_a_home_too_deep_for_a_socket_gets_a_private_folder_with_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    server = postgres.ensure(deep, durable=False)
    try:
        assert postgres.socket_folder(deep) == server.socket
        assert len(os.fsencode(server.socket / ".s.PGSQL.5432")) <= 107
        assert server.socket.stat().st_mode & 0o777 == 0o700
        assert server.socket.stat().st_uid == server.data.stat().st_uid
        with server.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()
    assert not server.socket.exists()


def test_a_folder_that_another_has_laid_for_the_socket_is_not_used(tmp_path: Path) -> None:
    found = place.Place(tmp_path / ("d" * 60) / ("e" * 60))
    ours = Account(os.geteuid(), os.getegid(), "ours", switched=False)
    laid = next(found.socket_folders())
    laid.mkdir(mode=0o755)
    laid.chmod(0o755)
    try:
        with pytest.raises(PostgresError, match="not a private folder"):
            found.make_socket_folder(ours)
    finally:
        laid.rmdir()


@as_root
def test_root_without_any_account_to_run_as_is_told_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "UNPRIVILEGED", ("there-is-no-such-account",))
    with pytest.raises(PostgresError, match="useradd"):
        postgres.ensure(tmp_path)


@as_root
def test_programs_in_a_closed_folder_are_copied_to_where_the_account_can_run_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stranger: pwd.struct_passwd, open_folder: Path
) -> None:
    package = programs.packaged().bin.parent.parent
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    for name in (package.name, f"{package.name}.libs"):
        (closed / name).symlink_to(package.parent / name)
    # Copied by their real place, so that what they need is found beside them as in the package.
    shutil.copytree(closed, tmp_path / "closed", symlinks=False, ignore=shutil.ignore_patterns("pginstall", "include"))
    found = programs.Programs(tmp_path / "closed" / package.name / "pginstall18" / "bin")
    (tmp_path / "closed").chmod(0o700)
    monkeypatch.setattr(programs, "packaged", lambda: found)
    monkeypatch.setattr(programs, "_COPIES", open_folder / "programs")
    stages: list[str] = []
    unprivileged = Account(stranger.pw_uid, stranger.pw_gid, stranger.pw_name, switched=True)
    copy = programs.reachable(unprivileged, stages.append)
    assert copy.bin.is_relative_to(open_folder)
    assert "Copying" in stages[0]
    assert "18" in unprivileged.run([copy["psql"], "--version"]).stdout
    assert programs.reachable(unprivileged, stages.append) == copy
    assert len(stages) == 1


def run_as(user: pwd.struct_passwd, home: Path, work: str) -> subprocess.CompletedProcess[str]:
    """Run Python lines as another account; Python itself may be in a folder closed to it, so it starts as root."""
    script = (
        "import os, sys; from pathlib import Path; from byfolk.lib import postgres; import encodings.idna\n"
        f"os.setgroups([]); os.setgid({user.pw_gid}); os.setuid({user.pw_uid})\n"
        f"home = Path(sys.argv[1])\n{work}\n"
    )
    return subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, text=True, check=False)


@as_root
def test_an_ordinary_user_runs_a_database_of_their_own_and_root_may_use_it(
    open_folder: Path, stranger: pwd.struct_passwd
) -> None:
    home = open_folder / "home"
    home.mkdir()
    os.chown(home, stranger.pw_uid, stranger.pw_gid)
    work = (
        "server = postgres.ensure(home, durable=False); postgres.bootstrap_roles(server)\n"
        "with server.connect('postgres', postgres.LOGIN) as connection:\n"
        "    print(server.pid, *connection.execute('SELECT current_user').fetchone())\n"
    )
    ran = run_as(stranger, home, work)
    assert ran.returncode == 0, ran.stderr
    pid, role = ran.stdout.split()
    assert role == postgres.LOGIN
    assert psutil.Process(int(pid)).username() == stranger.pw_name
    adopted = postgres.ensure(home, durable=False)
    assert adopted.pid == int(pid)
    with adopted.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert adopted.stop() is True
    with pytest.raises(PostgresError, match=f"belongs to {stranger.pw_name}"):
        postgres.ensure(home, durable=False)
    again = run_as(stranger, home, work + "server.stop()")
    assert again.returncode == 0, again.stderr
    assert postgres.status(home).state == "stopped"


@as_root
def test_a_database_of_another_account_is_refused_with_the_name_of_its_owner(
    open_folder: Path, stranger: pwd.struct_passwd
) -> None:
    owner = pwd.getpwnam("daemon")
    data = fake_data(open_folder, "18\n")
    os.chown(data, owner.pw_uid, owner.pw_gid)
    ran = run_as(stranger, open_folder, "postgres.ensure(home)")
    assert f"belongs to {owner.pw_name}, not to {stranger.pw_name}" in ran.stderr


@as_root
def test_a_home_that_may_not_be_written_to_is_refused(open_folder: Path, stranger: pwd.struct_passwd) -> None:
    ran = run_as(stranger, open_folder, "postgres.ensure(home)")
    assert "set BYFOLK_HOME to a folder that it may write to" in ran.stderr
