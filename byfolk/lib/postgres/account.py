"""The operating-system account that the database server runs as.

PostgreSQL refuses to run as root. Started by an ordinary user it runs as that user; started by root it runs as an
unprivileged account that owns the data and nothing else of ours.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from byfolk.lib.postgres.errors import OWN_SERVER, PostgresError, explain_os

# In order of preference. An account made for Byfolk or for PostgreSQL shares its files with nobody else.
UNPRIVILEGED = ("byfolk", "postgres", "nobody")

_SHELL = "/bin/sh"


@dataclass(frozen=True)
class Account:
    """An account with a name; `switched` says that we are root and must become it for the server's programs."""

    uid: int
    gid: int
    name: str
    switched: bool

    def run(
        self, arguments: Sequence[str | Path], *, pass_fds: Sequence[int] = (), timeout: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, with a clean environment and standing in the root folder.

        Nothing of ours in the environment (PGDATA, PGHOST, a language) may reach the server's programs, and our
        current folder may be one that the account cannot enter. Output and complaints come together in `stdout`.
        """
        return subprocess.run(
            [str(argument) for argument in arguments],
            cwd="/",
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=pass_fds,
            timeout=timeout,
            check=False,
            user=self.uid if self.switched else None,
            group=self.gid if self.switched else None,
            extra_groups=[] if self.switched else None,
        )

    def works(self) -> bool:
        """Whether we can become this account at all (not so in every container)."""
        try:
            return self.run([_SHELL, "-c", "exit 0"]).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def reaches(self, path: Path) -> bool:
        """Whether this account can enter the folder (or run the file); asked of the system, which knows about ACLs."""
        return self.run([_SHELL, "-c", 'test -x "$1"', "sh", path]).returncode == 0

    def give(self, path: Path) -> None:
        """Make this account the owner of a file or folder (a link is not followed)."""
        if self.switched:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def current_name() -> str:
    """The name of the account that we run as; peer authentication needs one."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise PostgresError(
            f"The account with number {os.geteuid()} has no name on this machine.",
            f"Add it to /etc/passwd, or run as an account that has a name. {OWN_SERVER}",
        ) from None


def server_account(data: Path) -> Account:
    """The account to run the server as: the owner of the data if there are any, else ourselves, else (root) the
    first unprivileged account that we can become."""
    name = current_name()
    uid = os.geteuid()
    try:
        owner = data.stat().st_uid if data.exists() else None
    except OSError as error:
        raise explain_os(f"The database in {data} cannot be looked at", error) from error
    if uid != 0:
        if owner is not None and owner != uid:
            raise PostgresError(
                f"The database in {data} belongs to {name_of(owner)}, not to {name}.",
                f"Run as {name_of(owner)} or root, or set BYFOLK_HOME to a folder of your own.",
            )
        return Account(uid, os.getegid(), name, switched=False)
    if owner == 0 and not any(data.iterdir()):
        owner = None
    if owner == 0:
        raise PostgresError(
            f"The database in {data} belongs to root, and PostgreSQL never runs as root.",
            f"Give it to an unprivileged account: chown -R {UNPRIVILEGED[-1]} {data}",
        )
    for candidate in _entries(owner):
        account = Account(candidate.pw_uid, candidate.pw_gid, candidate.pw_name, switched=True)
        if account.works():
            return account
    if owner is not None:
        raise PostgresError(
            f"The database in {data} belongs to {name_of(owner)}, which root cannot become here.",
            "Make that account on this machine, or give the folder to one that exists (chown -R).",
        )
    raise PostgresError(
        "PostgreSQL never runs as root, and no unprivileged account can be used here.",
        f"Make one (useradd --system byfolk), or run as an ordinary user. {OWN_SERVER}",
    )


def _entries(owner: int | None) -> list[pwd.struct_passwd]:
    found = []
    try:
        if owner is not None:
            return [pwd.getpwuid(owner)]
    except KeyError:
        return []
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            found.append(entry)
    return found


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"the account with number {uid}"
