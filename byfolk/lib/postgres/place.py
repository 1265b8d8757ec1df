"""Where the embedded database keeps its files, as we see them and as the server's account sees them."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import byfolk
from byfolk.lib.postgres.account import Account
from byfolk.lib.postgres.errors import PostgresError, explain_os

# A Unix socket's whole path holds 107 bytes.
SOCKET_PATH_BYTES = 107
PORT = 5432
_SHELL_SIGNS = frozenset('"$`\\\n')


def home() -> Path:
    """The folder of this installation's own data: BYFOLK_HOME, else `var` in the checkout, else `var` right here."""
    chosen = os.environ.get("BYFOLK_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    checkout = Path(byfolk.__file__).resolve().parent.parent
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / "var"


@dataclass(frozen=True)
class Place:
    """The files of one embedded database.

    `folder` and `settings` belong to whoever runs Byfolk; `data` and the socket's folder belong to the server's
    account. So the server cannot rewrite its own rules of who gets in, and we never write through links that it laid.
    """

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def settings(self) -> Path:
        return self.folder / "settings"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def running(self) -> Path:
        """The file that the server's processes keep locked as long as one of them lives."""
        return self.folder / "running"

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def cluster(self) -> str:
        """A name for this data folder that its processes carry in their titles; a copy of the folder has another."""
        status = self.data.stat()
        return "byfolk_" + hashlib.sha256(f"{status.st_dev}:{status.st_ino}".encode()).hexdigest()[:12]

    def prepare(self, account: Account) -> None:
        """Make the folders that are ours. Others may pass through them where the server runs as another account, but
        may not list them. Folders that belong to someone else (we are root) are left as they are."""
        if self.folder.is_dir() and not self.is_ours():
            return
        mode = 0o711 if account.switched else 0o700
        try:
            if not self.home.is_dir():
                self.home.mkdir(parents=True, exist_ok=True)
                self.home.chmod(mode)
            for folder in (self.folder, self.settings):
                folder.mkdir(exist_ok=True)
                folder.chmod(mode)
        except OSError as error:
            raise explain_os(f"The folder {self.folder} cannot be made", error) from error

    def is_ours(self) -> bool:
        """Whether the folder belongs to the account that we run as."""
        return self.folder.stat().st_uid == os.geteuid()

    def socket_folders(self) -> Iterator[Path]:
        """Folders that may hold the socket, best first: beside the data, else a short path of our own."""
        own = self.folder / "socket"
        if _fits(own):
            yield own
        name = f"byfolk-{hashlib.sha256(os.fsencode(self.home.resolve())).hexdigest()[:16]}"
        bases = ("/tmp", os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir())  # noqa: S108
        for base in dict.fromkeys(base for base in bases if base):
            if _fits(Path(base, name)):
                yield Path(base, name)

    def make_socket_folder(self, account: Account) -> Path:
        """A folder for the socket that only the server's account (and root) can enter, verified to be so."""
        refused: list[str] = []
        for folder in self.socket_folders():
            try:
                folder.mkdir(mode=0o700)
                account.give(folder)
            except FileExistsError:
                pass
            except OSError as error:
                refused.append(f"{folder} ({error.strerror})")
                continue
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700:
                return folder
            refused.append(f"{folder} (not a private folder of {account.name})")
        raise PostgresError(
            f"No private folder for the database's socket: {', '.join(refused) or 'every path is too long'}.",
            "Remove that folder if it is stale, or set BYFOLK_HOME to a folder with a shorter path.",
        )

    @contextmanager
    def seen_by(self, account: Account) -> Iterator[tuple[Path, tuple[int, ...]]]:
        """`folder` by a path that the server's account can follow, and the open files to hand down for it.

        Where a folder above is closed to the account (a home folder of mode 0700), the way in is an open file that its
        processes inherit. So the data always stay in the home folder. The same way goes around a path with signs that
        pg_ctl would hand to a shell as they are.
        """
        if not _SHELL_SIGNS & set(str(self.folder)) and account.reaches(self.folder):
            yield self.folder, ()
            return
        door = os.open(self.folder, os.O_PATH | os.O_DIRECTORY) if hasattr(os, "O_PATH") else None
        try:
            if door is None:
                raise PostgresError(
                    f"The account {account.name}, which the database runs as, cannot use {self.folder}.",
                    "Let it through (chmod o+x on the folders above), or set BYFOLK_HOME to a plainer path.",
                )
            yield Path(f"/proc/self/fd/{door}"), (door,)
        finally:
            if door is not None:
                os.close(door)


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES
