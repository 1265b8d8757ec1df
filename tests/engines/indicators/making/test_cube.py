"""The cube against a naive sum, on random dated trees; DuckDB against polars, to the last bit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import ibis
import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.indicators.making import cube
from byfolk.engines.indicators.making.trees import FOREVER, Organisation, Placed, Succeeded
from byfolk.kernel.time import add_months

FIRST = dt.date(2025, 1, 1)
MONTHS = [add_months(FIRST, i) for i in range(6)]


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """A root and up to twelve units that open, move, close and are succeeded at the turn of a month."""
    size = draw(st.integers(1, 12))
    placed = [Placed(0, None, 0, dt.date(2000, 1, 1), FOREVER)]
    succeeded = []
    for unit in range(1, size + 1):
        parents = st.integers(0, unit - 1)
        opens = draw(st.sampled_from([dt.date(2000, 1, 1), *MONTHS[:3]]))
        closes = draw(st.sampled_from([FOREVER, FOREVER, *MONTHS[3:]]))
        moves = draw(st.sampled_from([None, *MONTHS[1:5]]))
        level = min(5, 1 + draw(st.integers(0, 4)))
        if moves and opens < moves < closes:
            placed += [
                Placed(unit, draw(parents), level, opens, moves),
                Placed(unit, draw(parents), level, moves, closes),
            ]
        else:
            placed.append(Placed(unit, draw(parents), level, opens, closes))
        if closes != FOREVER and size > 1:
            succeeded.append(
                Succeeded(unit, draw(st.integers(1, size).filter(lambda other, unit=unit: other != unit)), closes)
            )
    return Organisation(placed, succeeded)


def naive_ancestors(organisation: Organisation, unit: int, start: dt.date, stop: dt.date) -> list[int]:
    """Unit by unit upwards, each where it lay last in the span (or before it, when it was gone)."""

    def last(unit: int) -> Placed:
        rows = sorted((p for p in organisation.placed if p.unit == unit), key=lambda p: p.start)
        here = [p for p in rows if p.start < stop and p.stop > start]
        return (here or rows)[-1]

    def there(unit: int) -> bool:
        return any(p.unit == unit and p.start < stop and p.stop > start for p in organisation.placed)

    found, at = [unit], last(unit)
    while at.parent is not None:
        above = at.parent
        if there(above):
            found.append(above)
            at = last(above)
            continue
        rows = sorted((p for p in organisation.placed if p.unit == above), key=lambda p: p.start)
        before = [p for p in rows if p.start <= at.start] or rows
        at = Placed(above, before[-1].parent, 0, at.start, at.stop)
    return found


@settings(max_examples=25, deadline=None)
@given(organisations(), st.integers(0, 2**32 - 1))
def test_the_cube_is_the_naive_sum_over_each_months_tree(organisation: Organisation, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, closures, expected = [], [], defaultdict(int)
    for span, month in enumerate(MONTHS):
        tree = organisation.tree(month, add_months(month, 1))
        unit, ancestor, _ = tree.closure()
        closures.append(pl.DataFrame({"span": span, "unit": tree.ids[unit], "ancestor": tree.ids[ancestor]}))
        for each in tree.ids.tolist():
            amount = int(rng.integers(0, 10**12))
            rows.append((each, month, amount))
            for above in naive_ancestors(organisation, each, month, add_months(month, 1)):
                expected[(above, span)] += amount
    facts = pl.DataFrame(rows, schema={"unit": pl.Int64, "month": pl.Date, "amount": pl.Int64}, orient="row")
    spans = pl.DataFrame({"span": list(range(len(MONTHS))), "month": MONTHS})
    found = over_duckdb(facts, spans, pl.concat(closures))
    assert {(u, s): a for u, s, a in found.iter_rows()} == expected


BACKEND = ibis.duckdb.connect()


def over_duckdb(facts: pl.DataFrame, spans: pl.DataFrame, closure: pl.DataFrame) -> pl.DataFrame:
    own = cube.own_sums(ibis.memtable(facts), ibis.memtable(spans), [], ["amount"])
    return pl.DataFrame(pl.from_arrow(BACKEND.to_pyarrow(cube.cube(own, ibis.memtable(closure), [], ["amount"]))))


def test_duckdb_and_polars_agree_to_the_last_bit() -> None:
    rng = np.random.default_rng(7)
    size, units = 20_000, 300
    facts = pl.DataFrame(
        {
            "unit": rng.integers(0, units, size),
            "month": [MONTHS[i] for i in rng.integers(0, len(MONTHS), size)],
            "amount": rng.integers(0, 10**13, size),
        }
    )
    spans = pl.DataFrame({"span": [0] * 6 + list(range(1, 7)), "month": MONTHS * 2})
    parent = np.array([-1, *(rng.integers(0, i) for i in range(1, units))])
    pairs = [(i, i) for i in range(units)]
    for i in range(units):
        above = parent[i]
        while above >= 0:
            pairs.append((i, int(above)))
            above = parent[above]
    closure = pl.DataFrame(pairs, schema=["unit", "ancestor"], orient="row").join(
        pl.DataFrame({"span": list(range(7))}), how="cross"
    )
    by_hand = (
        facts.join(spans, on="month")
        .join(closure, on=["unit", "span"])
        .group_by("ancestor", "span")
        .agg(pl.col("amount").sum())
        .select(pl.col("ancestor").alias("unit"), "span", "amount")
        .sort("unit", "span")
    )
    found = over_duckdb(facts, spans, closure).sort("unit", "span")
    assert found.equals(by_hand.cast(dict(found.schema)))


@settings(max_examples=80, deadline=None)
@given(organisations())
def test_every_unit_there_has_ever_been_is_counted_somewhere_today(organisation: Organisation) -> None:
    today = organisation.tree(MONTHS[-1], add_months(MONTHS[-1], 1))
    units = {p.unit for p in organisation.placed}
    routes = organisation.routes(units, today, add_months(MONTHS[-1], 1))
    assert set(routes) == units
    assert all(routes[unit] == today.index[unit] for unit in units if unit in today.index)
    assert all(0 <= seat < len(today.ids) for seat in routes.values())
