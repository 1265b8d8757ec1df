"""`byfolk figures refresh` and `byfolk figures export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from byfolk.config.cli import say


@click.group("figures")
def figures_command() -> None:
    """Make the published figures, or write them out."""


@figures_command.command()
@click.option("--all", "everything", is_flag=True, help="Make every month anew, not only those that changed.")
def refresh(everything: bool) -> None:
    """Bring the published figures up to date with what has been imported."""
    from byfolk.config.database_setup import connect

    connect(say)
    from django.utils import translation

    from byfolk.engines.indicators.making.refresh import AlreadyRunning, NothingToCount
    from byfolk.engines.indicators.making.refresh import refresh as run
    from byfolk.kernel.time import now, today

    try:
        with translation.override("en"):  # what the command line says is English
            done = run(today=today(), clock=now, everything=everything, report=say)
    except (AlreadyRunning, NothingToCount) as error:
        click.echo(f"byfolk: {error}", err=True)
        sys.exit(1)
    for source, month in sorted(done.covered.last.items()):
        say(f"{source}: brought in up to {month:%Y-%m}; figures made of them go no further")
    for source, months in done.covered.silent.items():
        if months:
            say(f"{source}: nothing brought in for {', '.join(f'{month:%Y-%m}' for month in sorted(months))}")
    if done.publication is None:
        click.echo("Nothing has changed since the last publication.")
        return
    published, hidden = done.publication.published, done.publication.hidden
    click.echo(
        f"{published:,} figures published, {hidden:,} hidden, {len(done.months)} months anew, {done.seconds:.1f} s"
    )


@figures_command.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
def export(out: Path) -> None:
    """Write everything that pages may show, and nothing more, as CSV."""
    from byfolk.config.database_setup import connect

    connect(say)
    from byfolk.engines.indicators.export import export as run

    path, rows = run(out)
    click.echo(f"{rows:,} rows in {path}")
