"""Loading a policy from its Markdown file, and targets in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, transaction

from byfolk.engines.goals import markdown
from byfolk.engines.goals.document import Document
from byfolk.engines.goals.models import PolicyVersion, Target, VersionState
from byfolk.engines.goals.storing import make_adopted, new_version, stored
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.organisation.models import Unit


@dataclass(frozen=True)
class TargetRow:
    """A target as a file has it: the unit by its code, value and tolerance in the indicator's unit of measure."""

    indicator: str
    unit_code: str
    year: int
    value: Decimal
    tolerance: Decimal


def load_policy(path: Path, on: dt.date, *, using: str = DEFAULT_DB_ALIAS) -> PolicyVersion:
    """Read a policy from its Markdown file and adopt it; where the adopted one says the same, nothing is done.

    Raises `NotAPolicy` for a file that is wrong. Runs as background work (`kernel.access.acting.acting_as_worker`), or
    over the owner's connection while a city is loaded.
    """
    document = read_policy(path)
    with transaction.atomic(using=using):
        adopted = PolicyVersion.objects.using(using).filter(state=VersionState.ADOPTED).first()
        if adopted is not None and markdown.write(stored(adopted, using=using)) == markdown.write(document):
            return adopted
        version = new_version(document, on, using=using)
        make_adopted(version, on, using=using)
    return version


def read_policy(path: Path) -> Document:
    """The policy in a Markdown file. Raises `NotAPolicy`."""
    return markdown.read(content_of(path), figures={one.code for one in registry.indicators()})


def content_of(path: Path) -> bytes:
    """What a file holds, as far as it can be a policy: of a larger one only so much that it is refused for its size."""
    with path.open("rb") as file:
        content = file.read(markdown.LARGEST + 1)
    return content


def load_targets(rows: Iterable[TargetRow], *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Write targets in bulk, replacing those of the same unit, indicator and year; answers how many. Background work.

    Raises `LookupError` for an unknown unit or indicator, `ValueError` for an indicator that has no better way.
    """
    stated = list(rows)
    ids = dict(Unit.objects.using(using).filter(code__in={row.unit_code for row in stated}).values_list("code", "id"))
    for row in stated:
        if registry.indicator(row.indicator).direction is Direction.NEITHER:
            raise ValueError(f"{row.indicator} has no better way, so it can have no target")
        if row.unit_code not in ids:
            raise LookupError(f"No unit has the code {row.unit_code!r}")
    made = [
        Target(
            indicator=row.indicator, unit_id=ids[row.unit_code], year=row.year, value=row.value, tolerance=row.tolerance
        )
        for row in stated
    ]
    Target.objects.using(using).bulk_create(
        made, batch_size=2000, update_conflicts=True, unique_fields=["unit", "indicator", "year"],
        update_fields=["value", "tolerance"],
    )  # fmt: skip
    return len(made)
