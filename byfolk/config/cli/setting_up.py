"""`byfolk setup` and `byfolk manage`."""

from __future__ import annotations

import sys

import click

from byfolk.config.cli import say
from byfolk.config.database_setup import connect, prepare


@click.command()
@click.option("--no-database", is_flag=True, help="Only what pages need: style, script, fonts and texts.")
def setup_command(no_database: bool) -> None:
    """Make ready what is fetched or built once: pages' style and script, texts in three languages, and the database."""
    build_pages()
    if not no_database:
        prepare(say)


def build_pages() -> None:
    """Build the style and script, compile the texts, and gather the static files. Quick when nothing has changed."""
    from django.core.management import call_command

    from byfolk.config.database_setup import start_django
    from byfolk.config.texts import compile_texts
    from byfolk.portal import frontend

    frontend.build(say)
    compile_texts(say)
    start_django()
    call_command("collectstatic", interactive=False, verbosity=0)
    say("Static files are gathered and compressed")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(arguments: tuple[str, ...]) -> None:
    """Run a Django command, such as `byfolk manage makemigrations`."""
    from django.core.management import execute_from_command_line

    connect(say)
    execute_from_command_line(["byfolk manage", *arguments])
    sys.exit(0)
