"""How each kind of file is completed, tried and landed. Areas register kinds of their own in ``registrations.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from byfolk.kernel.people.importing.fields import FileKind
from byfolk.kernel.people.importing.kinds import KINDS

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing
    from byfolk.kernel.people.importing.mapping import Mapping as Columns
    from byfolk.kernel.people.importing.sheet import Sheet


def _nothing(on: dt.date) -> None:
    """Nothing else changes."""


@dataclass(frozen=True)
class Handling:
    """What is done with a kind of file.

    ``complete``: works out what follows from helpers, before the rules. ``check``: notes what is wrong, given what
    exists and today. ``needs``: the frames of ``Existing`` that it looks at; ``of_persons``: those of them of which it
    looks at each person alone, so that they are read of the people in the file only. ``own``: more of them by name, a
    query and the types of its columns. ``sql``: how rows land (``landing``). ``landed``: what changes with
    them, on today.
    """

    complete: Callable[[Sheet, Columns], None]
    check: Callable[[Sheet, Existing, dt.date], None]
    needs: Sequence[str]
    sql: Path
    of_persons: Sequence[str] = ()
    own: Mapping[str, tuple[str, Mapping[str, pl.DataType]]] = field(default_factory=dict)
    landed: Callable[[dt.date], None] = _nothing


HANDLING: dict[str, Handling] = {}


def register(kind: FileKind, handling: Handling) -> None:
    """Make a kind of file known. Raises ``ValueError`` for a code that is taken."""
    if kind.code in HANDLING:
        raise ValueError(f"Two kinds of file have the code {kind.code!r}")
    KINDS[kind.code] = kind
    HANDLING[kind.code] = handling
