"""How it is with the embedded database, for `byfolk doctor`: it only looks, and never raises."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from byfolk.lib.postgres import postmaster
from byfolk.lib.postgres.account import server_account
from byfolk.lib.postgres.cluster import is_durable, version
from byfolk.lib.postgres.errors import PostgresError
from byfolk.lib.postgres.place import Place
from byfolk.lib.postgres.programs import MAJOR, packaged

State = Literal["absent", "stopped", "running", "unreachable", "stale", "broken"]


@dataclass(frozen=True)
class Status:
    """What was found.

    state: `absent` no database yet; `stopped`; `running` and taking connections; `unreachable` runs, but takes none;
        `stale` was killed and will be healed at the next start; `broken` cannot be used before a person mends it.
    account: the operating-system account that the server runs as.  version: of the data.
    free: bytes free on the disk.  problem, advice: empty where all is well.
    """

    state: State
    home: Path
    data: Path
    log: Path
    socket: Path | None = None
    port: int | None = None
    pid: int | None = None
    account: str | None = None
    version: int | None = None
    programs: Path | None = None
    durable: bool | None = None
    free: int | None = None
    problem: str = ""
    advice: str = ""


def status(home: Path) -> Status:
    """Look at the database of this home without touching it."""
    place = Place(home.expanduser().absolute())
    free = _free(place.home)
    try:
        account = server_account(place.data)
        programs = packaged()
        if not place.data.exists():
            return Status(
                "absent", place.home, place.data, place.log, account=account.name, programs=programs.bin, free=free
            )
        found = postmaster.PidFile.read(place.data)
        pid = postmaster.postmaster(place)
        socket = found.socket_for(place) if found else None
        state, problem, advice = _judged(place, pid, found, socket)
        return Status(
            state,
            place.home,
            place.data,
            place.log,
            socket=socket if pid else None,
            port=found.port if pid and found else None,
            pid=pid,
            account=account.name,
            version=version(place),
            programs=programs.bin,
            durable=is_durable(place),
            free=free,
            problem=problem,
            advice=advice,
        )
    except PostgresError as error:
        return Status(
            "broken", place.home, place.data, place.log, free=free, problem=error.problem, advice=error.advice
        )
    except OSError as error:
        return Status(
            "broken",
            place.home,
            place.data,
            place.log,
            free=free,
            problem=f"{place.data} cannot be looked at: {error.strerror}.",
            advice="Run as the account that the data belong to.",
        )


def _judged(
    place: Place, pid: int | None, found: postmaster.PidFile | None, socket: Path | None
) -> tuple[State, str, str]:
    if version(place) != MAJOR:
        return (
            "broken",
            f"The data are of PostgreSQL {version(place) or 'no known version'}; this version of Byfolk uses {MAJOR}.",
            "Move the folder away and load a dump, or put the data back from a backup.",
        )
    if pid is not None:
        if found is not None and socket is not None and postmaster.answers(socket, found.port):
            return "running", "", ""
        return "unreachable", f"Process {pid} runs but takes no connections.", f"Wait, or see the log in {place.log}."
    if (place.data / "postmaster.pid").exists() or postmaster.survivors(place):
        return "stale", "The database was killed.", "Nothing: it heals itself at the next start."
    return "stopped", "", ""


def _free(folder: Path) -> int | None:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
