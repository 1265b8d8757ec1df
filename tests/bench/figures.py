"""Figures: from nothing, one new month, and a million employees through the same cube."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from tests.bench import Result, peak_memory

GIB = 1024**3
_MEASURE = """
import json, sys, time
import django
django.setup()
from byfolk.engines.indicators.making.refresh import refresh
from byfolk.kernel.time import now
from tests.bench import peak_memory
from datetime import date
for day, what in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    started = time.perf_counter()
    done = refresh(today=date.fromisoformat(day), clock=now, everything=what == "all")
    took = time.perf_counter() - started
memory = peak_memory()
print(json.dumps([took, memory, done.figures, len(done.months)]))
"""


def run() -> list[Result]:
    """Measure on the full city. Leaves its figures up to date."""
    from tests.bench.city import ensure_city

    ensure_city()
    return [*city(), *million()]


def city() -> list[Result]:
    """Nothing, then 36 months of figures; the months since; one new month."""
    _forget()
    took, memory, figures, months = _refresh("2026-01-10", "all")
    found = [
        Result("figures from nothing", took, "s", "<= 60 s", f"{months} months, {figures:,} published"),
        Result("figures from nothing, memory", memory / GIB, "GiB", "<= 2 GiB"),
    ]
    # A worker that has made the months before makes the new one, too.
    took, memory, figures, months = _refresh("2026-10-22", "changed", "2026-11-22", "changed")
    found.append(Result("figures, one new month", took, "s", "<= 5 s", f"{months} month, {figures:,} published"))
    return [*found, *_stored()]


def _forget() -> None:
    from django.conf import settings
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate indicators_figure, indicators_publication, indicators_inputcount, indicators_refresh, "
            "indicators_monthmade cascade"
        )
    shutil.rmtree(Path(settings.HOME) / "facts", ignore_errors=True)


def _refresh(*asked: str) -> tuple[float, int, int, int]:
    """Refreshes one after another in one process, each a day and 'all' or 'changed'; the last one's measures."""
    import json

    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *asked], env=os.environ, capture_output=True, text=True, check=True
    )
    took, memory, figures, months = json.loads(done.stdout.splitlines()[-1])
    return took, memory, figures, months


def _stored() -> list[Result]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select count(*), pg_table_size('indicators_figure'), pg_indexes_size('indicators_figure') from "
            "indicators_figure"
        )
        count, table, indexes = cursor.fetchone()
    return [
        Result("figures stored", count, "rows"),
        Result("figures stored, table", table / 1e6, "MB"),
        Result("figures stored, indexes", indexes / 1e6, "MB"),
    ]


def million(employees: int = 1_000_000, months: int = 12, units: int = 3_000) -> list[Result]:
    """Synthetic facts of a million employees through the same cube: one row each a month, four measures."""
    folder = Path(tempfile.mkdtemp(prefix="byfolk-bench-"))
    try:
        code = f"from tests.bench.figures import through_the_cube; through_the_cube({str(folder)!r}, {months}, {units})"
        _synthetic(folder, employees, months, units)
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True)
        took = time.perf_counter() - started
        memory = int(done.stdout.splitlines()[-1])
        return [
            Result(
                "a million employees x 12 months through the cube", took, "s", "<= 30 s", "with the start of Python"
            ),
            Result("a million employees x 12 months, memory", memory / GIB, "GiB", "<= 6 GiB"),
        ]
    finally:
        shutil.rmtree(folder)


def _synthetic(folder: Path, employees: int, months: int, units: int) -> None:
    rng = np.random.default_rng(1)
    people = {
        "unit": rng.integers(0, units, employees).astype(np.int32),
        "gender": rng.integers(1, 3, employees).astype(np.int16),
        "age_band": rng.integers(10, 15, employees).astype(np.int16),
        "job_family": rng.integers(111, 140, employees).astype(np.int16),
    }
    for i in range(months):
        frame = pl.DataFrame(people).with_columns(
            month=pl.lit(dt.date(2025, i + 1, 1)),
            heads=pl.lit(1, dtype=pl.Int64),
            fte=pl.Series(rng.integers(200, 1001, employees)),
            contracted=pl.Series(rng.integers(4, 22, employees) * 1_000_000),
            lost=pl.Series(rng.integers(0, 2, employees) * 1_000_000),
        )
        frame.write_parquet(folder / f"{i:02}.parquet")


def through_the_cube(folder: str, months: int, units: int) -> None:
    """The cube of the files in a folder, totals and women and men, for every month and the year; prints its peak
    memory.
    """
    import django

    django.setup()
    from byfolk.engines.indicators.breakdowns import Dimension, PeriodKind
    from byfolk.engines.indicators.definition import Measure
    from byfolk.engines.indicators.disclosure import Tree
    from byfolk.engines.indicators.fact_tables import FactTable
    from byfolk.engines.indicators.making.spans import Span, summed
    from byfolk.engines.indicators.making.trees import UnitTree

    parent = np.array([-1, *((i - 1) // 6 for i in range(1, units))])
    level = np.array([min(5, int(np.log(i * 5 + 1) / np.log(6))) for i in range(units)], dtype=np.int8)
    tree = UnitTree(np.arange(units), Tree(parent, level))
    every = tuple(dt.date(2025, i + 1, 1) for i in range(months))
    spans = [Span(PeriodKind.MONTH, month, (month,), tree) for month in every] + [
        Span(PeriodKind.YEAR, every[-1], every, tree)
    ]
    measures = [Measure(code, Measure.__name__) for code in ("heads", "fte", "contracted", "lost")]  # type: ignore[arg-type]
    files = {month: Path(folder) / f"{i:02}.parquet" for i, month in enumerate(every)}
    found = summed(spans, [(FactTable("all", (), measures, ""), files)], {Dimension.GENDER: {m.code for m in measures}})
    assert all(sums.whole("heads")[0] == sums.own("heads").sum() for sums in found)
    print(peak_memory())


MEASUREMENTS: list[Callable[[], list[Result]]] = [city, million]
