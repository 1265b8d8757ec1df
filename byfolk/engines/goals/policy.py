"""Reading a policy from its YAML file into the tables: areas, goals and which indicators serve them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import DEFAULT_DB_ALIAS, transaction

from byfolk.engines.goals.models import FocusArea, Goal, Service, Target
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.organisation.models import Unit

DEMO = Path(__file__).parent / "policies" / "demo.yaml"


@dataclass(frozen=True)
class TargetRow:
    """A target as a file has it: the unit by its code, value and tolerance in the indicator's unit of measure."""

    indicator: str
    unit_code: str
    year: int
    value: Decimal
    tolerance: Decimal


def load_policy(path: Path = DEMO, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Make the tables say what the file says, and nothing else; answers how many goals there are.

    Raises `LookupError` for an indicator that nobody has declared: a misspelt code would be a goal without figures.
    Runs as background work (`kernel.access.acting.acting_as_worker`), or over the owner's connection while a city is
    loaded.
    """
    stated = yaml.safe_load(path.read_text(encoding="utf-8"))["areas"]
    with transaction.atomic(using=using):
        FocusArea.objects.using(using).exclude(number__in=[area["number"] for area in stated]).delete()
        for area in stated:
            _load_area(area, using)
    return Goal.objects.using(using).count()


def _load_area(stated: dict[str, Any], using: str) -> None:
    texts = {"title": stated["title"], "short": stated["short"], "explanation": stated.get("explanation", {})}
    area, _ = FocusArea.objects.using(using).update_or_create(number=stated["number"], defaults=texts)
    area.goals.all().delete()
    for order, goal in enumerate(stated["goals"], start=1):
        made = Goal.objects.using(using).create(
            area=area, number=goal["number"], order=order, title=goal["title"], short=goal["short"],
            planned=goal.get("planned", {}),
        )  # fmt: skip
        codes = [registry.indicator(code).code for code in goal["indicators"]]
        Service.objects.using(using).bulk_create(
            Service(goal=made, indicator=code, order=i) for i, code in enumerate(codes)
        )


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
