"""The instruments that come with Byfolk, in the municipality's own wording from the day they are loaded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS

from byfolk.engines.questionnaires.instruments import shipped
from byfolk.kernel.organisation.models import Level, Unit

#: Our own statements: employees, a pulse, users of any service, and those who leave.
FILES = tuple(sorted((Path(__file__).parent / "data").glob("*.yaml")))


def load_instruments(now: dt.datetime, *, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put in use those that the municipality does not have; answers their codes. Nothing before there is an
    organisation to own them. Runs as the owner of the tables.
    """
    top = Unit.objects.using(using).filter(parent=None, level=Level.MUNICIPALITY).first()
    return shipped.load(FILES, top, now, using=using) if top else []
