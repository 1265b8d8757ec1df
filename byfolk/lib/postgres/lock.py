"""One process at a time starts, heals or stops a database."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from byfolk.lib.postgres.errors import explain_os


@contextmanager
def held(path: Path, report: Callable[[str], None]) -> Iterator[int]:
    """Hold the lock file, waiting for whoever has it; gives its open file.

    The system lets go of the lock when the last process that has the open file ends, however it ends. A program that
    must not outlive the lock unnoticed is handed the open file.
    """
    with _opened(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Waiting for another process that starts or stops the database")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle


@contextmanager
def claimed(path: Path, patience: float) -> Iterator[int | None]:
    """The same, but None if nobody lets go of the lock within `patience` seconds."""
    deadline = time.monotonic() + patience
    with _opened(path) as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    yield None
                    return
                time.sleep(0.01)
            else:
                yield handle
                return


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise explain_os(f"The lock file {path} cannot be opened", error) from error
    try:
        yield handle
    finally:
        os.close(handle)
