"""`byfolk library`: guides and other documents as files that can be written, compared and read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from byfolk.config.cli.working import stop, working


@click.group("library")
def library_command() -> None:
    """Write the library's documents to files, and read them from files."""


@contextmanager
def _working(why: str) -> Iterator[None]:
    """As `working`, with every fault of a file as a sentence."""
    with working(why):
        from byfolk.engines.library.files import NotADocument

        try:
            yield
        except NotADocument as wrong:
            stop(*(f"{fault.file}, line {fault.line}: {fault.reason}" for fault in wrong.faults), "Nothing is changed.")


@library_command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--code", "codes", multiple=True, help="Only the document with this id. May be given several times.")
def export_command(folder: Path, codes: tuple[str, ...]) -> None:
    """Write every version of every document to a folder, one Markdown file a version."""
    with _working("library export"):
        from byfolk.engines.library import storing

        missing = storing.unknown(codes)
        if missing:
            stop(f"There is no document {', '.join(missing)}")
        written = storing.export(codes or None)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{len(written)} files are in {folder}")


@library_command.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def import_command(path: Path) -> None:
    """Read a file, or every `.md` file of a folder, into the library. Where one is wrong, nothing is changed."""
    with _working("library import"):
        from byfolk.engines.goals.document import walk
        from byfolk.engines.goals.storing import find, stored
        from byfolk.engines.indicators import registry
        from byfolk.engines.library import storing
        from byfolk.engines.library.files import content_of
        from byfolk.kernel.time import today

        files = sorted(path.glob("*.md")) if path.is_dir() else [path]
        adopted = find(None)
        goals = (
            {one.paragraph.key for one in walk(stored(adopted)) if one.paragraph.kind == "goal"} if adopted else None
        )
        taken = storing.take_in(
            {file.name: content_of(file) for file in files},
            indicators={one.code for one in registry.indicators()},
            goals=goals,
            on=today(),
        )
    for word, names in (("new", taken.made), ("changed", taken.changed)):
        for name in names:
            click.echo(f"{word:8} {name}")
    click.echo(f"{len(taken.made)} new, {len(taken.changed)} changed, {len(taken.same)} as they were")
