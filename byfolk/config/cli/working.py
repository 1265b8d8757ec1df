"""What commands on the database share: connecting, and errors that a person can mend, as sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from byfolk.config.cli import say


@contextmanager
def working(why: str) -> Iterator[None]:
    """The database as background work sees it, in one transaction, in English."""
    from byfolk.config.database_setup import connect

    connect(say)
    from django.db import DatabaseError
    from django.utils import translation

    from byfolk.kernel.access.acting import acting_as_worker

    try:
        with acting_as_worker(why=why), translation.override("en"):
            yield
    except DatabaseError:
        stop("The database is not ready. Run `byfolk doctor` to see why.")


def stop(*sentences: str) -> NoReturn:
    """Say what is wrong, and end with an error. What the command wrote is rolled back."""
    for sentence in sentences:
        click.echo(f"byfolk: {sentence}", err=True)
    sys.exit(1)
