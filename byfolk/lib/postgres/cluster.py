"""The life of the embedded database: made, started, adopted and healed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from byfolk.lib.postgres import postmaster
from byfolk.lib.postgres.account import Account, name_of, server_account
from byfolk.lib.postgres.configuration import write_settings
from byfolk.lib.postgres.ending import Report, end_postmaster, end_survivors, silent
from byfolk.lib.postgres.errors import PostgresError, explain, explain_os
from byfolk.lib.postgres.lock import claimed, held
from byfolk.lib.postgres.place import PORT, Place
from byfolk.lib.postgres.programs import MAJOR, Programs, reachable
from byfolk.lib.postgres.server import SUPERUSER, Server

# A new, empty database takes 40 MB; with less than this free it would not live long.
_SPACE_NEEDED = 250 * 1024**2
# Recovery after a crash may have 2 GB of log to go through.
_START_PATIENCE = 600
# A server that was just stopped has helpers that end a moment after it.
_CLAIM_PATIENCE = 5.0
_THROWAWAY_MARK = "throwaway"
_MAKING = "data.making-"


def ensure(home: Path, *, durable: bool = True, report: Report = silent) -> Server:
    """The database of this home, running: made if there is none, started if it is not running, healed if it is stale.

    home: the folder that `home()` gives, or any other; the database is in its folder `postgres`.
    durable: False makes a throw-away database (for a test run) that trades safety for speed. A database stays what it
        was made as, and is refused where the other kind is asked for.
    report: called with one sentence at each step that takes time.
    Raises PostgresError, which says what to do. Safe to call from several processes at once.
    """
    place = Place(home.expanduser().absolute())
    account = server_account(place.data)
    place.prepare(account)
    with held(place.lock, report) as lock:
        _refuse_others(place, report)
        _clear_unfinished(place)
        if place.data.exists() and any(place.data.iterdir()):
            _check(place, durable=durable)
        else:
            _make(place, account, durable=durable, lock=lock, report=report)
        for last_try in (False, True):
            server = _adopted(place, report) or _revived(
                place, account, durable=durable, report=report, last_try=last_try
            )
            if server is not None:
                return server
    raise AssertionError("unreachable: the last try returns or raises")


def is_durable(place: Place) -> bool:
    """Whether the database was made to last."""
    return not (place.data / _THROWAWAY_MARK).exists()


def version(place: Place) -> int | None:
    """The PostgreSQL version whose data these are; None where the folder holds no database."""
    try:
        return int((place.data / "PG_VERSION").read_text().strip().split(".")[0])
    except (OSError, ValueError):
        return None


def _check(place: Place, *, durable: bool) -> None:
    found = version(place)
    if found is None:
        raise PostgresError(
            f"{place.data} is not a database of PostgreSQL.",
            "Move it away to start with an empty database, or put the data back from a backup.",
        )
    if found != MAJOR:
        raise PostgresError(
            f"The database in {place.data} is of PostgreSQL {found}; this version of Byfolk uses {MAJOR}.",
            f"Dump it with PostgreSQL {found} (pg_dumpall), move the folder away, start again and load the dump.",
        )
    if durable and not is_durable(place):
        raise PostgresError(
            f"The database in {place.data} was made for a test run and does not keep data safe.",
            "Remove it, or set BYFOLK_HOME to another folder.",
        )
    if not durable and is_durable(place):
        raise PostgresError(
            f"The database in {place.data} holds lasting data and is not for a test run.",
            "Set BYFOLK_HOME to another folder.",
        )


def _clear_unfinished(place: Place) -> None:
    """Remove what an interrupted `_make` left. Its initdb held the lock, so that none is still writing."""
    for folder in place.folder.glob(f"{_MAKING}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _make(place: Place, account: Account, *, durable: bool, lock: int, report: Report) -> None:
    """Make an empty database under another name and rename it, so that it is whole or absent."""
    programs = reachable(account, report)
    report("Making an empty database")
    try:
        free = shutil.disk_usage(place.folder).free
        if free < _SPACE_NEEDED:
            raise PostgresError(
                f"Only {free // 1024**2} MB are free on the disk of {place.folder}.",
                "Free some space, or set BYFOLK_HOME to a folder on another disk.",
            )
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=place.folder))
        try:
            account.give(making)
            _initdb(place, account, programs, making, durable=durable, lock=lock)
            if not durable:
                mark = making / _THROWAWAY_MARK
                mark.touch()
                account.give(mark)
            # An empty folder in its place (a volume made beforehand) gives way.
            making.rename(place.data)
            _sync(place.folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise explain_os(f"The database in {place.folder} could not be made", error) from error


def _initdb(place: Place, account: Account, programs: Programs, making: Path, *, durable: bool, lock: int) -> None:
    with place.seen_by(account) as (seen, doors):
        options: list[str | Path] = [
            f"--pgdata={seen / making.name}",
            f"--username={SUPERUSER}",
            "--auth=peer",
            "--encoding=UTF8",
            # PostgreSQL's own C.UTF-8 orders alike on every machine, also after an upgrade of the system.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            *([] if durable else ["--no-sync"]),
        ]
        # The system's C.UTF-8 tells letters from signs when text is split into words; very old systems lack it.
        for locale in ("C.UTF-8", "C"):
            result = account.run(
                [programs["initdb"], *options, f"--locale={locale}"],
                pass_fds=(lock, *doors),
            )
            if result.returncode == 0 or "invalid locale name" not in result.stdout:
                break
    if result.returncode != 0:
        told = result.stdout.replace(str(seen), str(place.folder))
        raise explain(f"The database in {place.folder} could not be made", told)


def _refuse_others(place: Place, report: Report) -> None:
    """Root may use a running database of an ordinary user, but does not write in that user's folders."""
    if place.is_ours() or (place.data.exists() and postmaster.postmaster(place) is not None):
        return
    owner = name_of(place.folder.stat().st_uid)
    raise PostgresError(
        f"The folder {place.folder} belongs to {owner}.",
        f"Run as {owner}, or give the folder to the account that you run as (chown).",
    )


def _revived(place: Place, account: Account, *, durable: bool, report: Report, last_try: bool) -> Server | None:
    """Clear away what a killed server left, and start; None where another start was faster."""
    end_survivors(place, report)
    with claimed(place.running, patience=_CLAIM_PATIENCE) as claim:
        if claim is not None:
            _clear_files(place)
            return _started(place, account, durable=durable, claim=claim, report=report, last_try=last_try)
    if last_try:
        raise PostgresError(
            f"Another server holds the database in {place.data}, out of our sight.",
            "It may run in another container that shares this folder: stop it there.",
        )
    return None


def _adopted(place: Place, report: Report) -> Server | None:
    """The server if it runs and can be reached; one that runs but cannot be reached is stopped."""
    deadline = time.monotonic() + _START_PATIENCE
    told = False
    while (pid := postmaster.postmaster(place)) is not None:
        found = postmaster.PidFile.read(place.data)
        if found is not None and found.pid == pid and found.state == "ready":
            socket = found.socket_for(place)
            if postmaster.answers(socket, found.port):
                return Server(place.home, place.data, socket, found.port, pid)
            if not postmaster.socket_file(socket, found.port).exists():
                report("The database runs but its socket is gone; starting it again")
                end_postmaster(pid, place)
                return None
        if time.monotonic() > deadline:
            raise PostgresError(
                f"The database in {place.data} runs (process {pid}) but takes no connections.",
                f"See its log in {place.log}, or stop it: 'kill -QUIT {pid}'.",
            )
        if not told:
            report("Waiting for the database, which is starting or stopping")
            told = True
        time.sleep(0.02)
    return None


def _clear_files(place: Place) -> None:
    """Remove what a server that was killed left behind: its pid file, its socket and the socket's lock.

    Called only where none of its processes lives. PostgreSQL removes them too, but not where another process has got
    the number in them since (after a restart of the machine or container).
    """
    stale = [place.data / "postmaster.pid"]
    for folder in place.socket_folders():
        if folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == place.data.stat().st_uid:
            socket = postmaster.socket_file(folder, PORT)
            stale += [socket, socket.with_name(socket.name + ".lock")]
    try:
        for path in stale:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise explain_os("What is left of a database that was killed cannot be removed", error) from error


def _started(
    place: Place, account: Account, *, durable: bool, claim: int, report: Report, last_try: bool
) -> Server | None:
    """Start the server; None where it failed because another was faster (a start whose caller was killed)."""
    programs = reachable(account, report)
    report("Starting the database")
    log = place.log / "start.log"
    try:
        socket = place.make_socket_folder(account)
        if not place.log.is_dir():
            place.log.mkdir(mode=0o700)
            account.give(place.log)
        log.unlink(missing_ok=True)
        before = _sizes(place.log)
        with place.seen_by(account) as (seen, doors):
            beside = socket.parent == place.folder
            write_settings(place, seen=seen, socket=seen / socket.name if beside else socket, durable=durable)
            data = seen / place.data.name
            result = account.run(
                [
                    programs["pg_ctl"],
                    "start",
                    "--wait",
                    f"--timeout={_START_PATIENCE}",
                    f"--pgdata={data}",
                    f"--log={data / 'log' / 'start.log'}",
                    f"--options=-c config_file={_word(seen / 'settings' / 'postgresql.conf')}"
                    f" -c cluster_name={place.cluster}",
                ],
                # The server's processes inherit the claim, and hold it as long as one of them lives.
                pass_fds=(claim, *doors),
            )
    except OSError as error:
        raise explain_os(f"The database in {place.data} could not be started", error) from error
    if result.returncode != 0:
        if postmaster.postmaster(place) is not None and not last_try:
            return None
        told = (result.stdout + _written_since(before, place.log)).replace(str(seen), str(place.folder))
        raise explain(f"The database in {place.data} could not be started", told)
    found = postmaster.PidFile.read(place.data)
    if found is None or not postmaster.answers(socket, found.port):
        raise explain(f"The database in {place.data} started but cannot be reached", _written_since(before, place.log))
    return Server(place.home, place.data, socket, found.port, found.pid)


def _word(path: Path) -> str:
    """The path as one word of pg_ctl's options, which the shell reads and then the server splits."""
    return "'" + str(path).replace("'", "'\\''") + "'"


def _sizes(folder: Path) -> dict[Path, int]:
    """How far each log is written."""
    try:
        return {path: path.stat().st_size for path in folder.iterdir()}
    except OSError:
        return {}


def _written_since(before: dict[Path, int], folder: Path) -> str:
    """What the logs have got since; a log that has shrunk was begun anew."""
    written = []
    for path, size in sorted(_sizes(folder).items()):
        start = before.get(path, 0)
        with path.open("rb") as log:
            log.seek(start if start <= size else 0)
            written.append(log.read(100_000).decode(errors="replace"))
    return "\n".join(written)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
