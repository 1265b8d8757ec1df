"""Rules of service results: a known unit, one period at a time that is over, and results that can be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from byfolk.areas.services.catalogue import OTHER, SERVICES
from byfolk.areas.services.importing.kind import RESULTS
from byfolk.areas.services.importing.periods import months_of, parse_period
from byfolk.kernel.people.importing.fields import normalise
from byfolk.kernel.people.importing.findings import WARNING
from byfolk.kernel.people.importing.mapping import Mapping
from byfolk.kernel.people.importing.periods import day, too_much
from byfolk.kernel.people.importing.rules.rows import beside, check_dates, check_unit, drop_duplicates
from byfolk.kernel.people.importing.sheet import RAW, Sheet

if TYPE_CHECKING:
    from byfolk.kernel.people.importing.checking import Existing

KEY = ("unit_code", "service", "valid_from", "valid_to")
MEASURED = ("cost_budget", "cost_accounts", "volume", "quality", "satisfaction", "respondents")
#: What is told once for a time: costs may come each month, and what users say once a year.
TOLD_ONCE = ("cost_budget", "cost_accounts", "volume", "quality", "satisfaction")
UNUSUAL = 10  # times the median cost of a unit in the file, or a tenth of it

#: What stands in the database, as far as a file must fit it.
STANDING = (
    """
    select u.code as unit_code, r.service, lower(r.valid) as valid_from, upper(r.valid) as valid_to,
           r.cost_budget, r.cost_accounts, r.volume, r.quality, r.satisfaction
      from services_result r join organisation_unit u on u.id = r.unit_id
    """,
    {"unit_code": pl.String(), "service": pl.String(), "valid_from": pl.Date(), "valid_to": pl.Date()}
    | dict.fromkeys(TOLD_ONCE, pl.Int64()),
)


def complete(sheet: Sheet, mapping: Mapping) -> None:
    """The period's days from its words, where the days themselves are not told."""
    texts = {text: parse_period(text) for text in sheet.rows["period"].unique().to_list() if text}
    if not texts:
        return
    for part, name in enumerate(("valid_from", "valid_to")):
        days = {text: span[part] if span else None for text, span in texts.items()}
        made = pl.col("period").replace_strict(list(days), list(days.values()), default=None, return_dtype=pl.Date)
        told = pl.col(RAW + name) != ""
        sheet.rows = sheet.rows.with_columns(pl.when(told).then(name).otherwise(made).alias(name))
    unread = pl.Series([text for text, span in texts.items() if not span], dtype=pl.String).implode()
    needed = pl.col("valid_from").is_null() | pl.col("valid_to").is_null()
    sheet.note(pl.col("period").is_in(unread) & needed, "period", "not_a_period")


def check(sheet: Sheet, existing: Existing, on: dt.date) -> None:
    """All rules of a file of service results."""
    sheet.drop_rejected()
    check_dates(sheet, on)
    sheet.drop_rejected()
    _check_period(sheet, on)
    check_unit(sheet, "unit_code", existing.units)
    _check_measures(sheet)
    _check_volume_unit(sheet)
    sheet.drop_rejected()
    drop_duplicates(sheet, KEY)
    _check_told_once(sheet, existing.own["results"])
    _warn_of_cost(sheet)


def _check_period(sheet: Sheet, on: dt.date) -> None:
    spans = sheet.rows.select("valid_from", "valid_to").unique()
    wrong = [span for span in spans.iter_rows() if None not in span and months_of(*span) is None]
    frame = pl.DataFrame(wrong, schema={"valid_from": pl.Date, "valid_to": pl.Date}, orient="row")
    sheet.note(sheet.rows.join(frame, on=["valid_from", "valid_to"]), "valid_from", "period_shape")
    last = pl.col("valid_to").dt.offset_by("-1d")
    sheet.note(pl.col("valid_to") > on, "valid_to", "period_not_over", ends=day(last))


def _check_measures(sheet: Sheet) -> None:
    said = [pl.col(RAW + name) != "" for name in MEASURED]
    sheet.note(~pl.any_horizontal(said), "", "nothing_measured")
    satisfaction, respondents = pl.col("satisfaction"), pl.col("respondents")
    sheet.note(respondents != respondents.floor(), "respondents", "not_whole")
    sheet.note(satisfaction.is_not_null() & (respondents.fill_null(0) == 0), "respondents", "satisfaction_of_nobody")
    sheet.note(satisfaction.is_null() & (respondents > 0), "satisfaction", "satisfaction_of_nobody")
    # Nobody was asked: that is no result, but no fault either.
    nobody = satisfaction.is_null() & (respondents == 0)
    sheet.rows = sheet.rows.with_columns(respondents=pl.when(nobody).then(None).otherwise(respondents))


def _check_volume_unit(sheet: Sheet) -> None:
    """A volume that counts something else than its service does would make every figure wrong."""
    unit, volume = pl.col("volume_unit"), pl.col("volume")
    for service in SERVICES:
        names = {normalise(name) for name in (str(service.unit), *service.unit_synonyms)}
        texts = sheet.rows.filter(pl.col("service") == service.code)["volume_unit"].unique().to_list()
        wrong = pl.Series([text for text in texts if text and normalise(text) not in names], dtype=pl.String)
        other = (pl.col("service") == service.code) & unit.is_in(wrong.implode())
        sheet.note(other, "volume_unit", "other_unit", unit=str(service.unit))
    sheet.note((pl.col("service") == OTHER) & volume.is_not_null() & (unit == ""), "volume_unit", "unit_of_volume")


def _check_told_once(sheet: Sheet, standing: pl.DataFrame) -> None:
    """Nothing is told twice of the same time: a month and its year would be counted together."""
    left = None
    # A row that is out replaces nothing that stands: those that are left are held against it once more.
    while left != sheet.rows.height:
        left = sheet.rows.height
        for name in TOLD_ONCE:
            _note_told_twice(sheet, standing, name)
        sheet.drop_rejected()


def _note_told_twice(sheet: Sheet, standing: pl.DataFrame, name: str) -> None:
    by = ["unit_code", "service"]
    told = Sheet(sheet.kind, sheet.rows.filter(pl.col(name).is_not_null()))
    periods = beside(told, standing.filter(pl.col(name).is_not_null()), KEY, by)
    found = too_much(periods.with_columns(amount=pl.lit(1)), by, limit=1)
    what = str(RESULTS.by_name[name].title)
    sheet.note_lines(found, name, "result_overlap", other=pl.col("other"), what=pl.lit(what))


def _warn_of_cost(sheet: Sheet) -> None:
    of_one = pl.when(pl.col("volume") > 0).then(pl.col("cost_accounts") / pl.col("volume"))
    medians = sheet.rows.group_by("service").agg(median=of_one.median())
    rows = sheet.rows.join(medians, on="service").with_columns(of_one=of_one).filter(pl.col("median") > 0)
    far = (pl.col("of_one") > pl.col("median") * UNUSUAL) | (pl.col("of_one") < pl.col("median") / UNUSUAL)
    shown = (pl.col("median") / 100).round().cast(pl.Int64).cast(pl.String)
    sheet.note(rows.filter(far), "cost_accounts", "unusual_cost", severity=WARNING, median=shown)
