"""Instruments that come with Byfolk: put in use once, and left to the municipality from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS

from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.instruments.reading import read
from byfolk.kernel.organisation.models import Unit


def load(
    files: Iterable[Path], unit: Unit, now: dt.datetime, *, by: int | None = None, using: str = DEFAULT_DB_ALIAS
) -> list[str]:
    """Make the instruments in these files and put them in use, for a unit; answers the codes of those that were not
    there. An instrument with the same code is left as it is, whatever it asks.
    """
    found = [read(path.read_bytes(), kinds=InstrumentKind.values) for path in files]
    taken = storing.taken_codes([one.code for one in found], using=using)
    new = [one for one in found if one.code not in taken]
    for one in new:
        version = storing.new_instrument(one.code, one.kind, unit, one.content, now, by=by, using=using)
        storing.make_in_use(version, now, by=by, using=using)
    return [one.code for one in new]
