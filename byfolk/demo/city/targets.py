"""Yearly targets for the city, and for agencies by their sector."""

from __future__ import annotations

import polars as pl

from byfolk.demo.cast import ROOT_CODE
from byfolk.demo.city.sources import rows


def target_rows(units: pl.DataFrame) -> pl.DataFrame:
    """The rows of `targets.csv` by unit: those without a sector hold for the city, the others for its agencies.

    Targets and tolerances are in the indicator's own unit of measure."""
    table = pl.DataFrame(list(rows("targets"))).with_columns(
        pl.col("target", "tolerance").cast(pl.Float64), pl.col("year").cast(pl.Int32)
    )
    agencies = (
        units.filter(pl.col("kind") == "agency")
        .unique("code", keep="last", maintain_order=True)
        .select(unit_code="code", sector="sector")
    )
    city = pl.DataFrame({"unit_code": [ROOT_CODE], "sector": [""]})
    return (
        table.join(pl.concat([city, agencies]), on="sector", how="inner", maintain_order="left_right")
        .select("indicator", "unit_code", "year", "target", "tolerance", "direction")
        .sort("indicator", "unit_code", "year")
    )
