"""`byfolk policy`: the personnel policy as a file that can be written, compared and read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from byfolk.config.cli.working import stop, working

if TYPE_CHECKING:
    from byfolk.engines.goals.comparison import Difference
    from byfolk.engines.goals.document import Document


@click.group("policy")
def policy_command() -> None:
    """Write the personnel policy to a file, and read it from one."""


@contextmanager
def _working(why: str) -> Iterator[None]:
    """As `working`, with every fault of a file as a sentence."""
    with working(why):
        from byfolk.engines.goals.markdown import NotAPolicy

        try:
            yield
        except NotAPolicy as wrong:
            stop(*(f"line {fault.line}: {fault.reason}" for fault in wrong.faults), "Nothing is changed.")


@policy_command.command("export")
@click.option("--version", "number", type=int, help="Which version. Without it: the adopted one.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write. Without it: the screen."
)
def export_command(number: int | None, out: Path | None) -> None:
    """Write a version of the policy as Markdown with stable ids."""
    with _working("policy export"):
        from byfolk.engines.goals import markdown
        from byfolk.engines.goals.storing import find, stored

        version = find(number)
        if version is None:
            stop(f"There is no version {number}" if number else "No version is adopted")
        text = markdown.write(stored(version)).encode()
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_bytes(text)
        click.echo(f"Version {version.number} is in {out}")


@policy_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would differ from the adopted version, and change nothing.")
def import_command(file: Path, dry_run: bool) -> None:
    """Read a policy from Markdown as a new draft. A file that is wrong changes nothing."""
    with _working("policy import"):
        from byfolk.engines.goals.policy import read_policy

        _take_in(read_policy(file), dry_run)


@policy_command.command("draft-from-text")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what was found, and change nothing.")
def draft_from_text_command(file: Path, dry_run: bool) -> None:
    """Find areas, goals and measures in the plain text of a policy, as a new draft for a person to correct."""
    with _working("policy draft-from-text"):
        from byfolk.engines.goals.from_text import draft_from_text
        from byfolk.engines.goals.policy import content_of

        found = draft_from_text(content_of(file))
        _take_in(found.document, dry_run)
        if found.left:
            click.echo(f"Not understood, {len(found.left)} lines; put them in place by hand:")
        for line, text in found.left:
            click.echo(f"  {line}: {text}")


def _take_in(document: Document, dry_run: bool) -> None:
    from byfolk.engines.goals.comparison import compare
    from byfolk.engines.goals.document import count, untranslated
    from byfolk.engines.goals.storing import find, new_version, stored
    from byfolk.kernel.time import today

    adopted = find(None)
    if adopted is not None:
        for difference in compare(stored(adopted), document):
            click.echo(_told(difference))
    if dry_run:
        click.echo("Nothing is changed: this was a dry run.")
    else:
        made = new_version(document, today())
        click.echo(f"Version {made.number} is a draft now.")
    kinds = ("area", "goal", "measure", "challenge")
    click.echo(", ".join(f"{count(document, kind)} {kind}s" for kind in kinds))
    lacking = untranslated(document)
    if lacking:
        click.echo(f"{len(lacking)} texts are not translated; that stops nothing.")


def _told(difference: Difference) -> str:
    placed = difference.placed
    words = [str(difference.what)] if difference.what != "changed" or not difference.moved else ["moved"]
    return f"{'/'.join(words):8} {placed.paragraph.key}: {placed.paragraph.title['nb']}"
