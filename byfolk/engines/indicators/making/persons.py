"""Who changed between two publications of persistent values: the change rule's counts, from one row for each person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from byfolk.engines.indicators import disclosure
from byfolk.engines.indicators.disclosure import Earlier
from byfolk.engines.indicators.making.trees import UnitTree
from byfolk.kernel.time import add_months

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
States = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Population:
    """The people that a persistent value is about at a date: `frame` has person, unit (id), gender and `value`, for a
    share of persons also `inside`: whether the person is in the numerator.
    """

    tree: UnitTree
    frame: pl.DataFrame


def compared_with(period: dt.date) -> list[dt.date]:
    """The months of earlier publications that one is compared with: the last two year ends, and all quarters since."""
    year_end = dt.date(period.year - 1, 12, 1)
    quarters = [month for month in (add_months(year_end, 3 * i) for i in range(1, 4)) if month < period]
    return [add_months(year_end, -12), year_end, *quarters]


def pairs(then: Population, now: Population, seat: Callable[[Sequence[int]], Ints], group: int | None) -> pl.DataFrame:
    """One row for each person of either date: `then` and `now` (places in this period's tree, -1: not there),
    `changed`; for a share of persons also `was_inside` and `inside`, and whether a change went `toward` the numerator.
    """
    before, after = then.frame, now.frame
    if group is not None:
        before, after = before.filter(pl.col("gender") == group), after.filter(pl.col("gender") == group)
    known = before["unit"].unique().to_list()
    seats = pl.DataFrame({"unit": known, "then": seat(known)}, schema={"unit": before["unit"].dtype, "then": pl.Int64})
    mine = pl.DataFrame(
        {"unit": now.tree.ids, "now": np.arange(len(now.tree.ids))}, schema={"unit": pl.Int64, "now": pl.Int64}
    ).with_columns(pl.col("unit").cast(after["unit"].dtype))
    share = [name for name in ("inside",) if name in before.columns]
    both = (
        before.join(seats, on="unit")
        .select("person", "then", was="value", **{f"was_{name}": name for name in share})
        .join(
            after.join(mine, on="unit").select("person", "now", "value", *share), on="person", how="full", coalesce=True
        )
    )
    found = both.with_columns(
        pl.col("then", "now").fill_null(-1), changed=(pl.col("was") != pl.col("value")).fill_null(False)
    )
    if share:
        found = found.with_columns(pl.col("was_inside", "inside").fill_null(False)).with_columns(
            # A smaller part-time post moves the same way as a full one that becomes part-time.
            toward=pl.when(pl.col("was_inside") == pl.col("inside"))
            .then((pl.col("value") < pl.col("was")).fill_null(False))
            .otherwise(pl.col("inside"))
        )
    return found


def earlier(
    then: Population, states: States, now: Population, seat: Callable[[Sequence[int]], Ints], group: int | None = None
) -> Earlier:
    """An earlier publication of the same question as the next one needs it. `seat`: unit ids to places in the new
    tree.
    """
    rows = pairs(then, now, seat, group)
    certain, touched = disclosure.changes(
        rows["then"].to_numpy(), rows["now"].to_numpy(), rows["changed"].to_numpy(), len(now.tree.ids)
    )
    between = None
    if "inside" in then.frame.columns:
        # A share of persons: who was in the numerator, and whether those who changed all moved it the same way.
        between = disclosure.between(
            rows["then"].to_numpy(),
            rows["now"].to_numpy(),
            rows["was_inside"].to_numpy(),
            rows["inside"].to_numpy(),
            len(now.tree.ids),
            changed=rows["changed"].to_numpy(),
            toward=rows["toward"].to_numpy(),
        )
    return disclosure.compare(
        tree=then.tree.tree,
        states=states,
        now=seat(then.tree.ids.tolist()),
        units=len(now.tree.ids),
        certain=certain,
        touched=touched,
        between=between,
    )


def changed_cells(
    then: Population,
    before: Mapping[int, Bools],
    now: Population,
    seat: Callable[[Sequence[int]], Ints],
    column: str,
    groups: Sequence[int],
) -> Bools:
    """Cells (units, groups) of a two-way table that were shown before and have changed for too few people since.

    `before`: for each group which of this period's units were shown with a number. `column` holds a person's group.
    """
    tree = now.tree.tree
    known = then.frame["unit"].unique().to_list()
    units = dict(zip(known, seat(known).tolist(), strict=True))
    mine = now.tree.index
    sides = [
        population.frame.select("person", "value", at=pl.col("unit").replace_strict(places), column=pl.col(column))
        for population, places in ((then, units), (now, mine))
    ]
    both = sides[0].join(sides[1], on="person", how="full", coalesce=True, suffix="_now")
    size = len(now.tree.ids)
    blocked = np.zeros((size, len(groups)), dtype=np.bool_)
    for i, group in enumerate(groups):
        if group not in before or not before[group].any():
            continue
        rows = both.select(
            then=pl.when(pl.col("column") == group).then(pl.col("at")).otherwise(-1),
            now=pl.when(pl.col("column_now") == group).then(pl.col("at_now")).otherwise(-1),
            changed=(pl.col("value") != pl.col("value_now")).fill_null(False),
        ).filter((pl.col("then") >= 0) | (pl.col("now") >= 0))
        certain, touched = disclosure.changes(
            rows["then"].to_numpy(), rows["now"].to_numpy(), rows["changed"].to_numpy(), size
        )
        whole = tree.subtree_sums(np.stack([certain, touched.astype(np.int64)], axis=1))
        blocked[:, i] = before[group] & (whole[:, 1] > 0) & (whole[:, 0] < 5)
    return blocked
