"""The end of the embedded database: stopped cleanly, or what is left of a killed one cleared away."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from byfolk.lib.postgres import postmaster
from byfolk.lib.postgres.account import server_account
from byfolk.lib.postgres.errors import PostgresError
from byfolk.lib.postgres.lock import held
from byfolk.lib.postgres.place import Place

Report = Callable[[str], None]

# The server writes out at most its 256 MB of shared memory before it ends.
_STOP_PATIENCE = 120


def silent(_: str) -> None:
    """The report that nobody reads."""


def stop(home: Path, *, report: Report = silent) -> bool:
    """Stop the database of this home cleanly: sessions end, everything is written. Whether it was running."""
    place = Place(home.expanduser().absolute())
    server_account(place.data)
    if not place.data.exists():
        return False
    with held(place.lock, report):
        pid = postmaster.postmaster(place)
        if pid is None:
            end_survivors(place, report)
            return False
        found = postmaster.PidFile.read(place.data)
        report("Stopping the database")
        end_postmaster(pid, place)
        if found is not None and found.socket_for(place) != place.folder / "socket":
            # The folder under /tmp is made anew at the next start.
            try:
                found.socket.rmdir()
            except OSError:
                pass
        return True


def end_postmaster(pid: int, place: Place) -> None:
    """End the server by its first process: sessions are ended, everything is written."""
    if postmaster.end([pid], signal.SIGINT, _STOP_PATIENCE):
        raise PostgresError(
            f"The database in {place.data} (process {pid}) did not stop within {_STOP_PATIENCE} seconds.",
            f"See its log in {place.log}; 'kill -QUIT {pid}' stops it at once and loses nothing that was committed.",
        )


def end_survivors(place: Place, report: Report) -> None:
    """End processes that outlived the server's first process, which was killed.

    They could still write; PostgreSQL itself refuses to start beside them.
    """
    left = postmaster.survivors(place)
    if not left:
        return
    report("Ending what is left of a database that was killed")
    left = postmaster.end(left, signal.SIGQUIT, 5)
    left = postmaster.end(left, signal.SIGKILL, 5)
    if left:
        raise PostgresError(
            f"Processes of a database that was killed do not end: {', '.join(map(str, left))}.",
            "End them (kill -9), or start the machine again.",
        )
