"""`byfolk accounts`: the personnel accounts of a year as files."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from byfolk.config.cli import say

LANGUAGES = ("nb", "nn", "en")


@click.command()
@click.argument("year", type=int)
@click.option("--unit", "code", metavar="CODE", help="An agency by its code. Without it: the municipality.")
@click.option("--all-agencies", is_flag=True, help="The municipality and every agency.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
@click.option("--address", metavar="URL", help="Where Byfolk is on the web, for the links in the files.")
def accounts_command(
    year: int, code: str | None, all_agencies: bool, out: Path, language: str, address: str | None
) -> None:
    """Write the personnel accounts of YEAR as a web page, an accessible PDF and a spreadsheet."""
    if code and all_agencies:
        raise click.UsageError("Choose --unit or --all-agencies, not both")
    started = time.perf_counter()
    from byfolk.config.database_setup import connect

    connect(say)
    from django.conf import settings
    from django.db import DatabaseError
    from django.utils import translation

    from byfolk.accounts import queries, writing
    from byfolk.accounts.offline import LookMissing
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.rights import Actor
    from byfolk.lib.pdf import PdfError

    base = (address or next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://localhost:8000")).rstrip("/")
    # No person asks: background work does, on behalf of whoever has the machine.
    nobody = Actor(person_id=0, name="byfolk accounts")
    try:
        with acting_as_worker(why="accounts"), translation.override(language):
            ground = queries.ground(nobody, year, language)
            if code:
                _check_unit(code, year)
            task = writing.prepare(ground, unit=code, all_agencies=all_agencies, language=language, out=out, base=base)
        written = writing.write(task, report=say)
    except (queries.NoAccounts, PdfError, LookMissing) as error:
        click.echo(f"byfolk: {error}", err=True)
        sys.exit(1)
    except DatabaseError:
        click.echo("byfolk: The database is not ready. Run `byfolk doctor` to see why.", err=True)
        sys.exit(1)
    size = sum(file.stat().st_size for file in written) / 1e6
    click.echo(f"{len(written)} files, {size:.1f} MB, in {out} after {time.perf_counter() - started:.1f} s")


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
