"""The demo's files of absences: brought in by the importer, with faults that become fewer."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from byfolk.demo.imports import MONTHS, SOURCE, faulty, load_imports
from byfolk.demo.loading import DAY
from byfolk.kernel.people.importing.models import AgencyShare, Batch, QualityOwner
from byfolk.kernel.people.models import Absence

SPELLS = pl.DataFrame(
    {
        "employee_number": [str(100_000 + number) for number in range(4_000)],
        "position_number": ["1"] * 4_000,
        "kind": ["certified"] * 4_000,
        "grade": [1000] * 4_000,
        "valid_from": [dt.date(2026, 10, 5)] * 4_000,
        "valid_to": [dt.date(2026, 10, 9)] * 4_000,
        "agency": [str(number % 20) for number in range(4_000)],
    }
)


def faults(percent: float) -> int:
    table = faulty(SPELLS, np.random.default_rng(1), percent)
    return sum(
        int(table.select(fault.sum()).item())
        for fault in (
            pl.col("Ansattnummer").str.len_chars() > 6,
            pl.col("Siste fraværsdag") < pl.col("Første fraværsdag"),
            pl.col("Fraværsgrad") > 100,
            pl.col("Første fraværsdag").is_null(),
        )
    )


def test_about_so_many_rows_in_a_hundred_have_a_fault():
    assert faults(0) == 0
    assert 100 < faults(5) < 300


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_files_land_and_change_nothing_but_what_is_known_of_their_quality():
    before = Absence.objects.count()

    load_imports(seed=2026, today=DAY, report=lambda _: None)

    batches = list(Batch.objects.order_by("created_at"))
    assert [(batch.state, batch.source.name if batch.source else "") for batch in batches] == [
        ("landed", SOURCE)
    ] * MONTHS
    assert all(batch.counts["new"] + batch.counts["changed"] == 0 < batch.counts["rejected"] for batch in batches)
    assert Absence.objects.count() == before
    assert AgencyShare.objects.filter(batch=batches[-1]).exists()
    assert QualityOwner.objects.using("owner").exists()
