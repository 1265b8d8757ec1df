"""Putting figures where pages read them: one transaction, so that a reader sees the old ones or the new ones, never
half.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from byfolk.engines.indicators.disclosure import State
from byfolk.engines.indicators.models import Figure, InputCount, MonthMade, Publication
from byfolk.kernel.access.acting import acting_as_worker


@dataclass(frozen=True)
class Made:
    """A month of a fact table: what it was made from, and the rows that came of it."""

    table: str
    month: dt.date
    fingerprint: str
    content: str
    rows: int


@dataclass(frozen=True, eq=False)
class Edition:
    """All that one refresh publishes. `since`: every figure of a period from this month on is replaced."""

    since: dt.date
    figures: list[pl.DataFrame]
    inputs: pl.DataFrame
    made: list[Made]
    period_until: dt.date
    next_on: dt.date
    months: list[dt.date]
    batches: list[int]
    declared: dict[str, list[Any]]
    facts_hash: str
    fact_rows: int


def publish(edition: Edition, *, now: dt.datetime, started: dt.datetime, asked_by: int | None) -> Publication:
    """Replace the figures from `edition.since` on, and say what was done. Killed in the middle, the old ones stand."""
    figures = pl.concat(edition.figures).sort("unit", "indicator", "breakdown", "hierarchy", "kind", "period")
    published = int((figures["state"] == State.PUBLISHED).sum())
    with acting_as_worker(why="figures.publish"), connection.cursor() as cursor:
        made = Publication.objects.create(
            at=now,
            asked_by=asked_by,
            period_until=edition.period_until,
            next_on=edition.next_on,
            months=edition.months,
            batches=edition.batches,
            declared=edition.declared,
            facts_hash=edition.facts_hash,
            fact_rows=edition.fact_rows,
            published=published,
            hidden=len(figures) - published,
            seconds=(now - started).total_seconds(),
        )
        Figure.objects.filter(period__gte=edition.since).delete()
        _copy(cursor, Figure._meta.db_table, figures.with_columns(publication=pl.lit(made.pk, dtype=pl.Int32)))
        InputCount.objects.filter(year__gte=edition.since.year).delete()
        if len(edition.inputs):
            _copy(cursor, InputCount._meta.db_table, edition.inputs)
        _replace_made(edition.made)
        return made


def remember(made: Iterable[Made]) -> None:
    """Keep what the facts were made from, where that changed and the facts did not."""
    with acting_as_worker(why="figures.compare"):
        _replace_made(made)


def _replace_made(made: Iterable[Made]) -> None:
    MonthMade.objects.all().delete()
    MonthMade.objects.bulk_create(
        MonthMade(table=m.table, month=m.month, fingerprint=m.fingerprint, content=m.content, rows=m.rows) for m in made
    )


def _copy(cursor: Any, table: str, rows: pl.DataFrame) -> None:
    columns = ", ".join(f'"{name}"' for name in rows.columns)
    with cursor.copy(f'copy "{table}" ({columns}) from stdin (format csv)') as copy:
        for part in rows.iter_slices(200_000):
            copy.write(part.write_csv(include_header=False))


def made_before() -> dict[tuple[str, dt.date], Made]:
    """What the present figures were made from."""
    with acting_as_worker(why="figures.compare"):
        return {
            (row.table, row.month): Made(row.table, row.month, row.fingerprint, row.content, row.rows)
            for row in MonthMade.objects.all()
        }


def published_units(key: int, group: int, period: dt.date, kind: int) -> set[int]:
    """The units that had a number published, for a figure of a span."""
    with acting_as_worker(why="figures.compare"):
        found: Iterable[int] = Figure.objects.filter(
            indicator=key, breakdown=group, period=period, kind=kind, hierarchy=0, state=State.PUBLISHED
        ).values_list("unit", flat=True)
        return set(found)


def rows_before(key: int, period: dt.date, kind: int, schema: dict[str, Any]) -> pl.DataFrame:
    """The rows of a figure's totals that stand published, in the shape that `rows` makes them."""
    with acting_as_worker(why="figures.compare"):
        found = list(
            Figure.objects.filter(indicator=key, breakdown=0, period=period, kind=kind, hierarchy=0).values_list(
                *schema
            )
        )
    return pl.DataFrame(found, schema=schema, orient="row")
