"""`byfolk accounts`: the personnel accounts as files; freezing them; and whether what is frozen is as it was."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from byfolk.config.cli import say

LANGUAGES = ("nb", "nn", "en")


class _Accounts(click.Group):
    """`byfolk accounts 2025 --out DIR` is `byfolk accounts write 2025 --out DIR`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group("accounts", cls=_Accounts, context_settings={"help_option_names": ["-h", "--help"]})
def accounts_command() -> None:
    """The personnel accounts as files, frozen, and checked. `byfolk accounts 2025 --out DIR` writes those of 2025."""


@contextmanager
def _sentences() -> Iterator[None]:
    """Connect, and turn what a person can mend into a sentence."""
    from byfolk.config.database_setup import connect

    connect(say)
    from django.db import DatabaseError

    from byfolk.accounts.editing import AccountsRefused
    from byfolk.accounts.offline import LookMissing
    from byfolk.accounts.queries import NoAccounts
    from byfolk.accounts.snapshot import NotASnapshot
    from byfolk.lib.pdf import PdfError

    try:
        yield
    except (NoAccounts, PdfError, LookMissing, NotASnapshot, AccountsRefused, PermissionError) as error:
        click.echo(f"byfolk: {error}", err=True)
        sys.exit(1)
    except DatabaseError:
        click.echo("byfolk: The database is not ready. Run `byfolk doctor` to see why.", err=True)
        sys.exit(1)


@accounts_command.command("write")
@click.argument("year", type=int)
@click.option("--unit", "code", metavar="CODE", help="An agency by its code. Without it: the municipality.")
@click.option("--all-agencies", is_flag=True, help="The municipality and every agency.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
@click.option(
    "--address", metavar="URL", help="Where Byfolk is on the web, for the links in files that are not frozen."
)
@click.option("--version", type=int, help="This frozen version. Without it: the newest frozen one, if there is one.")
@click.option("--live", is_flag=True, help="What is published now, also where accounts are frozen.")
def write_command(
    year: int,
    code: str | None,
    all_agencies: bool,
    out: Path,
    language: str,
    address: str | None,
    version: int | None,
    live: bool,
) -> None:
    """Write the personnel accounts of YEAR as a web page, an accessible PDF and a spreadsheet."""
    if code and all_agencies:
        raise click.UsageError("Choose --unit or --all-agencies, not both")
    if version is not None and (live or all_agencies):
        raise click.UsageError("--version is of one unit, and of what is frozen")
    started = time.perf_counter()
    with _sentences():
        from django.conf import settings
        from django.utils import translation

        from byfolk.accounts import queries, writing
        from byfolk.kernel.access.acting import acting_as_worker
        from byfolk.kernel.rights import Actor

        base = (address or next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://localhost:8000")).rstrip("/")
        # No person asks: background work does, on behalf of whoever has the machine.
        nobody = Actor(person_id=0, name="byfolk accounts")
        with acting_as_worker(why="accounts"), translation.override(language):
            ground = queries.ground(nobody, year, language)
            if code:
                _check_unit(code, year)
            task = writing.prepare(
                ground, unit=code, all_agencies=all_agencies, language=language, out=out, base=base, version=version,
                live=live,
            )  # fmt: skip
        written = writing.write(task, report=say)
    size = sum(file.stat().st_size for file in written) / 1e6
    click.echo(f"{len(written)} files, {size:.1f} MB, in {out} after {time.perf_counter() - started:.1f} s")


@accounts_command.command("freeze")
@click.argument("year", type=int)
@click.option("--unit", "code", metavar="CODE", required=True, help="The municipality or an agency by its code.")
@click.option("--signer", metavar="NAME", required=True, help="The sign-in name of whoever signs, and may.")
@click.option("--reason", required=True, help="Why now: it stands in the accounts.")
def freeze_command(year: int, code: str, signer: str, reason: str) -> None:
    """Freeze the accounts of YEAR: the draft, or what is published now where nobody has begun one."""
    with _sentences():
        from byfolk.accounts import editing, queries
        from byfolk.kernel.access.acting import acting
        from byfolk.kernel.access.models import User
        from byfolk.kernel.time import now

        user = User.objects.filter(username=signer.lower(), is_active=True).first()
        if user is None or user.person_id is None:
            raise queries.NoAccounts(f"Nobody signs in as {signer}")
        with acting(user.person_id) as actor:
            unit = queries.unit_with_accounts(code)
            if unit is None:
                raise queries.NoAccounts(f"{code} is neither the municipality nor an agency")
            draft = editing.begin(actor=actor, unit=unit, year=year, now=now())
            made = editing.freeze(actor=actor, edition=draft, reason=reason, now=now())
    click.echo(f"Version {made.version} of {unit.name} {year} is frozen, signed by {made.signer}: {made.sha256}")


@accounts_command.command("verify")
@click.argument("year", type=int, required=False)
@click.option("--unit", "code", metavar="CODE", help="The municipality or an agency by its code. Without it: all.")
def verify_command(year: int | None, code: str | None) -> None:
    """Work out the hashes of frozen accounts and of their files again, and say what differs."""
    with _sentences():
        from byfolk.accounts import verifying
        from byfolk.kernel.access.acting import acting_as_worker

        with acting_as_worker(why="accounts verify"):
            checks = verifying.verify(year=year, unit=code)
    for check in checks:
        click.echo(f"{check.unit_code} {check.year} version {check.version}: {check.said}")
    wrong = sum(bool(check.differs) for check in checks)
    click.echo(f"{len(checks)} frozen, {wrong} of them differ" if wrong else f"{len(checks)} frozen, none differs")
    if wrong:
        sys.exit(1)


def _check_unit(code: str, year: int) -> None:
    """Say what is wrong with a unit that has no accounts. Raises `NoAccounts`."""
    from byfolk.accounts import queries

    level = queries.level_of(code)
    if level is None:
        raise queries.NoAccounts(f"There is no unit with the code {code}")
    if not level.has_accounts:
        raise queries.NoAccounts(
            f"{code} is neither the municipality nor an agency ({level.title}): accounts are made for those"
            + (f". It lies in the agency {level.agency}" if level.agency else "")
        )
