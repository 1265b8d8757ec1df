"""The cube: whole sums of facts for each unit and all below it. One Ibis expression, run on DuckDB (or any engine
that Ibis knows).
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


def own_sums(facts: ir.Table, spans: ir.Table, by: Sequence[str], measures: Sequence[str]) -> ir.Table:
    """What each unit has by itself in each span: `unit`, `span`, the columns of `by`, and the sums of the measures.

    `facts`: unit, month, dimensions, measures. `spans` (span, month): which months each span is made of.
    """
    keys = ["unit", "span", *by]
    return facts.join(spans, "month").group_by(keys).aggregate(**{m: facts[m].sum().cast("int64") for m in measures})


def cube(own: ir.Table, closure: ir.Table, by: Sequence[str], measures: Sequence[str]) -> ir.Table:
    """What each unit has with all below it: `unit` (the ancestor), `span`, the columns of `by`, sums.

    `closure` (span, unit, ancestor): each unit with each unit above it and itself, in the span's tree.
    """
    joined = own.join(closure, ["span", "unit"])
    grouped = joined.group_by(unit=joined.ancestor, span=joined.span, **{name: joined[name] for name in by})
    return grouped.aggregate(**{m: joined[m].sum().cast("int64") for m in measures})


def connect(duck: object | None = None) -> ibis.BaseBackend:
    """Ibis on DuckDB: on this connection, or one of its own."""
    return ibis.duckdb.connect() if duck is None else ibis.duckdb.from_connection(duck)
