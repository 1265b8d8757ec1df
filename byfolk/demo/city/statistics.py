"""What the city looks like in figures, to see that it is realistic: from the tables, apart from the engines."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from byfolk.demo.city.model import City

ENDLESS = date(2100, 1, 1)


def employed(city: City, on: date) -> pl.DataFrame:
    """The employment rows that run on a day."""
    return city.employments.filter(pl.col("valid_from") <= on, pl.col("valid_to").is_null() | (pl.col("valid_to") > on))


def sectors(city: City) -> dict[str, str]:
    """The sector of each unit."""
    return dict(zip(city.units["code"], city.units["sector"], strict=True))


def sick_leave(city: City, begin: date, end: date) -> pl.DataFrame:
    """sector, contracted and lost weekdays of full posts, rate in per cent and the share in spells over 56 days.

    From `begin` to before `end`; public holidays count as weekdays. The last row is the whole city."""
    sector = sectors(city)
    posts = city.employments.select(
        "employee_number",
        "position_number",
        "percentage",
        sector=pl.col("unit_code").replace_strict(sector),
        low=pl.max_horizontal("valid_from", pl.lit(begin)),
        high=pl.min_horizontal(pl.col("valid_to").fill_null(ENDLESS), pl.lit(end)),
    ).filter(pl.col("high") > pl.col("low"))
    contracted = (
        posts.with_columns(days=_weekdays(posts["low"], posts["high"]) * posts["percentage"])
        .group_by("sector")
        .agg(contracted=pl.col("days").sum() / 1000)
    )
    spells = (
        city.absences.filter(pl.col("kind").is_in(["self_certified", "certified"]))
        .join(posts, on=["employee_number", "position_number"])
        .with_columns(
            low=pl.max_horizontal("valid_from", "low"),
            high=pl.min_horizontal(pl.col("valid_to").fill_null(ENDLESS), "high"),
        )
        .filter(pl.col("high") > pl.col("low"))
    )
    length = (pl.col("valid_to").fill_null(ENDLESS) - pl.col("valid_from")).dt.total_days()
    spells = spells.with_columns(
        days=_weekdays(spells["low"], spells["high"]) * spells["percentage"] * spells["grade"] / 1_000_000,
        length=length,
    )
    lost = spells.group_by("sector").agg(
        lost=pl.col("days").sum(), long=pl.col("days").filter(pl.col("length") > 56).sum()
    )
    total = contracted.join(lost, on="sector", how="left").sort("sector")
    whole = total.select(pl.lit("all").alias("sector"), pl.col("contracted", "lost", "long").sum())
    return pl.concat([total, whole]).with_columns(
        rate=100 * pl.col("lost") / pl.col("contracted"), long_share=pl.col("long") / pl.col("lost")
    )


def _weekdays(low: pl.Series, high: pl.Series) -> pl.Series:
    return pl.Series(np.busday_count(low.to_numpy().astype("datetime64[D]"), high.to_numpy().astype("datetime64[D]")))


def turnover(city: City, year: int) -> dict[str, float]:
    """Per cent of the year's mean head count: who left the employer, changed agency, and went with a pension."""
    begin, end = date(year, 1, 1), min(date(year + 1, 1, 1), city.last + timedelta(days=1))
    months = range(1, (end - timedelta(days=1)).month + 1)
    heads = [employed(city, date(year, month, 1))["employee_number"].n_unique() for month in months]
    mean = sum(heads) / len(heads)
    share = (end - begin).days / 365
    last_day = city.employments.group_by("employee_number").agg(
        gone=pl.col("valid_to").fill_null(ENDLESS).max(),
        reason=pl.col("end_reason").sort_by(pl.col("valid_to").fill_null(ENDLESS)).last(),
    )
    left = last_day.filter(pl.col("gone") > begin, pl.col("gone") <= end)
    moved = city.employments.filter(
        pl.col("end_reason") == "moved_agency", pl.col("valid_to") > begin, pl.col("valid_to") <= end
    )
    pension = left.filter(pl.col("reason").str.starts_with("pension"))
    return {
        "headcount": mean,
        "external": 100 * left.height / mean / share,
        "internal": 100 * moved.height / mean / share,
        "pension": 100 * pension.height / mean / share,
    }
