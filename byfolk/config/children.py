"""Processes that are started beside ours, and end when ours ends, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

_SET_PARENT_DEATH_SIGNAL = 1


def start(command: Sequence[str], **environment: str) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own: a Ctrl-C is ours to pass on. Where we are killed, it is told to stop."""
    if sys.platform.startswith("linux"):  # elsewhere a process cannot ask to be told
        command = [sys.executable, "-m", "byfolk.config.children", str(os.getpid()), *command]
    return subprocess.Popen(command, env=os.environ | environment, start_new_session=True)


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the session of a process that has ended: one that was killed leaves its own children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nothing is left (macOS says it in the second way)
        pass


def _become(parent: int, command: list[str]) -> None:
    """Ask the kernel for a SIGTERM when the parent is gone, and become the command: the wish outlives that."""
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() == parent:  # else it was gone before we asked
        os.execv(command[0], command)  # noqa: S606 - our own command line


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
