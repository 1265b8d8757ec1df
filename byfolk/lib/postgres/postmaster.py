"""The server's processes: found, told apart from strangers with the same number, and ended."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg import pq

from byfolk.lib.postgres.place import Place


@dataclass(frozen=True)
class PidFile:
    """What the server writes of itself in `postmaster.pid`: its number, its socket and how far it has come."""

    pid: int
    port: int
    socket: Path
    state: str

    @classmethod
    def read(cls, data: Path) -> PidFile | None:
        """The file's contents; None where there is none, or where it is not whole (being written, or cut short)."""
        try:
            lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
            return cls(int(lines[0]), int(lines[3]), Path(lines[4]), lines[7].strip())
        except (OSError, ValueError, IndexError):
            return None

    def socket_for(self, place: Place) -> Path:
        """The socket's folder by a path of ours: the server may have been told of it by its own way in."""
        return place.folder / "socket" if str(self.socket).startswith("/proc/self/fd/") else self.socket


def socket_folder(home: Path) -> Path:
    """The folder of the socket: of the server that runs, or else (as for one not yet started) the likeliest."""
    place = Place(home.expanduser().absolute())
    found = PidFile.read(place.data)
    return found.socket_for(place) if found else next(place.socket_folders(), place.folder / "socket")


def socket_file(folder: Path, port: int) -> Path:
    """The socket by which the server in this folder is reached."""
    return folder / f".s.PGSQL.{port}"


def postmaster(place: Place) -> int | None:
    """The number of the running server's first process, however far it has come; None if there is none.

    The number in `postmaster.pid` proves nothing: after a crash or in a new container another process may have it, and
    a process that ended but was not waited for still answers. So the process itself is looked at.
    """
    try:
        pid = int((place.data / "postmaster.pid").read_text(errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _is_postmaster(pid, place) else None


def survivors(place: Place) -> list[int]:
    """Processes of this database that outlived its first process; call only where `postmaster` finds none."""
    mark = f"{place.cluster}: "
    owner = place.data.stat().st_uid
    found = []
    for process in psutil.process_iter():
        words = _command(process)
        if words.startswith("postgres: ") and mark in words and _owner(process) == owner:
            found.append(process.pid)
    return found


def answers(socket: Path, port: int) -> bool:
    """Whether the server takes connections (being full counts as taking them)."""
    target = f"host='{_escaped(socket)}' port={port} dbname=postgres user=postgres connect_timeout=5"
    return pq.PGconn.ping(target.encode()) == pq.Ping.OK


def end(pids: list[int], how: signal.Signals, patience: float) -> list[int]:
    """Send the signal and wait, at most `patience` seconds; gives those that still live."""
    for pid in pids:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            pass
    deadline = time.monotonic() + patience
    pause = 0.005
    left = [pid for pid in pids if lives(pid)]
    while left and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
        left = [pid for pid in left if lives(pid)]
    return left


def lives(pid: int) -> bool:
    """Whether the process runs; one that ended and was not waited for does not."""
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _is_postmaster(pid: int, place: Place) -> bool:
    if pid <= 0 or not lives(pid):
        return False
    process = psutil.Process(pid)
    words = _command(process)
    ours = f"cluster_name={place.cluster}" in words or f"-D {place.data}" in words
    return ours and _owner(process) == place.data.stat().st_uid


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.Error, OSError):
        return ""


def _owner(process: psutil.Process) -> int | None:
    try:
        return int(process.uids().effective)
    except (psutil.Error, OSError):
        return None


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")
