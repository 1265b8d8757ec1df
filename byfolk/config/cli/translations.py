"""`byfolk translations`: bring the catalogues up to date, or say what is missing."""

from __future__ import annotations

import os
import sys

import click


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a text is not translated.")
def translations_command(check: bool) -> None:
    """Bring nynorsk and English up to date with the texts in the code."""
    os.environ.setdefault("BYFOLK_SECRET_KEY", "unused: no page is served")
    from django.conf import settings

    from byfolk.config import texts

    if not settings.configured:
        settings.USE_I18N  # noqa: B018 - loads the settings, which taking templates apart needs
    missing = 0
    for language in texts.TARGETS:
        if not check:
            texts.update(language)
        lacking = texts.untranslated(language)
        missing += len(lacking)
        for text in lacking[:20]:
            click.echo(f"{language}: {text}")
        click.echo(f"{language}: {len(lacking)} texts are not translated")
    if check and missing:
        sys.exit(1)
