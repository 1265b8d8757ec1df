"""`byfolk import FILE`: personnel data and service results from a CSV or XLSX file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from byfolk.config.cli import say

#: The codes of `kernel.people.importing.kinds.KINDS`, written out: to ask for help must not load all of Byfolk.
KINDS = ("units", "leaders", "employments", "absences", "service-results")
SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), help="What the file holds; without it, we find out.")
@click.option("--source", help="The name of a saved mapping, or the name to save this one under once it has landed.")
@click.option("--sheet", help="Which sheet of a spreadsheet.")
@click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="A value for what the file lacks.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--findings", type=click.Path(dir_okay=False, path_type=Path), help="Write what was found, .csv or .xlsx."
)
def import_command(
    file: Path,
    kind: str | None,
    source: str | None,
    sheet: str | None,
    constants: tuple[str, ...],
    dry_run: bool,
    findings: Path | None,
) -> None:
    """Import units, leaders, employments, absences or service results.

    Bad rows are listed, good ones land, and the same file again changes nothing."""
    fixed = dict(part.partition("=")[::2] for part in constants)
    from byfolk.config.database_setup import connect

    connect(say)
    from django.utils import translation

    from byfolk.kernel.people.importing.mapping import MappingError
    from byfolk.kernel.people.importing.telling import ImportProblem
    from byfolk.kernel.time import now
    from byfolk.portal.importing.files import import_file, write_findings

    with translation.override("en"):  # what the command line says is English
        try:
            batch = import_file(
                file,
                now=now(),
                kind=kind,
                source=source,
                sheet=sheet,
                constants=fixed,
                dry_run=dry_run,
                report=lambda said: say(str(said)),
            )
        except (ImportProblem, MappingError) as problem:
            click.echo(f"byfolk: {problem}", err=True)
            sys.exit(1)
        lines = write_findings(batch, findings, shown=SHOWN)
    counts = batch.counts
    click.echo(
        f"{'Would be' if dry_run else 'Landed'}: {counts['new']:,} new, {counts['changed']:,} changed, "
        f"{counts['unchanged']:,} unchanged. Rejected: {counts['rejected']:,} of {counts['read']:,} rows. "
        f"To look at: {counts['warnings']:,}."
    )
    for line in lines:
        click.echo(line)
