"""How many imported rows stand behind a unit's figures of a year, by source and batch: the end of the line of sight.

Rows of absence and pay would tell of the few people of a small unit: they are counted from agency level up, in
hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from byfolk.engines.indicators.definition import AGENCY
from byfolk.engines.indicators.making.spans import Span
from byfolk.engines.indicators.making.workspace import Workspace
from byfolk.engines.indicators.sources import SOURCES, readings

# A row belongs to the unit of the employment that it lay in.
_ROWS = {
    "employments": (
        "select unit, batch, count(*) as rows from employments where start < $stop and stop > $start group by all"
    ),
    "absences": """
        select e.unit, a.batch, count(*) as rows from absences a
          join employments e on e.person = a.person and e.position = a.position and e.start < a.stop and e.stop >
          a.start
         where a.start < $stop and a.stop > $start group by all
    """,
    "pay": """
        select e.unit, p.batch, count(*) as rows from pay p
          join employments e on e.person = p.person and e.position = p.position and e.start < p.stop and e.stop >
          p.start
         where p.start < $stop and p.stop > $start group by all
    """,
    "leaders": "select unit, batch, count(*) as rows from leaders where start < $stop and stop > $start group by all",
}
#: An area's own table: its rows name their unit.
_OF_UNITS = "select unit, batch, count(*) as rows from {code} where start < $stop and stop > $start group by all"


def counted(work: Workspace, years: Iterable[Span]) -> pl.DataFrame:
    """Rows of `InputCount` for these years: unit, year, source, batch, rows."""
    counted = _ROWS | {code: _OF_UNITS.format(code=code) for code in readings()}
    found = [_counted(work, span, code, query) for span in years for code, query in counted.items()]
    return pl.concat(found) if found else pl.DataFrame()


def _counted(work: Workspace, span: Span, code: str, query: str) -> pl.DataFrame:
    start, stop = span.months[0], span.stop
    own = work.duck.execute(query, {"start": start, "stop": stop}).pl()
    routes = work.organisation.routes(own["unit"].unique().to_list(), span.tree, stop)
    seat = np.array([routes[unit] for unit in own["unit"].to_list()], dtype=np.int64)
    unit, ancestor, _ = span.tree.closure()
    closure = pl.DataFrame({"at": unit, "above": ancestor})
    whole = (
        pl.DataFrame({"at": seat, "batch": own["batch"], "rows": own["rows"]})
        .join(closure, on="at")
        .group_by("above", "batch")
        .agg(pl.col("rows").sum())
    )
    level = span.tree.tree.level[whole["above"].to_numpy()]
    whole = whole.with_columns(unit=pl.Series(span.tree.ids[whole["above"].to_numpy()]), level=pl.Series(level))
    if SOURCES[code].sensitive:
        whole = whole.filter(pl.col("level") <= AGENCY).with_columns(rows=(pl.col("rows") + 50) // 100 * 100)
    return whole.filter(pl.col("rows") > 0).select(
        pl.col("unit").cast(pl.Int32),
        pl.lit(span.period.year, dtype=pl.Int16).alias("year"),
        pl.lit(SOURCES[code].key, dtype=pl.Int16).alias("source"),
        pl.col("batch").cast(pl.Int64),
        pl.col("rows").cast(pl.Int32),
    )
