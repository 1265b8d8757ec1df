"""The demo city's policy and its yearly targets, loaded beside the organisation."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from byfolk.engines.goals.policy import TargetRow, load_policy, load_targets


def load_policy_with_targets(targets: pl.DataFrame, *, using: str) -> int:
    """Load the policy and the city's `targets` (see `City`); answers how many targets there are."""
    load_policy(using=using)
    rows = [
        TargetRow(indicator, unit_code, year, Decimal(str(target)), Decimal(str(tolerance)))
        for indicator, unit_code, year, target, tolerance in targets.select(
            "indicator", "unit_code", "year", "target", "tolerance"
        ).iter_rows()
    ]
    return load_targets(rows, using=using)
