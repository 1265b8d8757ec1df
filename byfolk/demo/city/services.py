"""What the city's services cost, gave and were worth: costs and volume each month, quality and what users say each
year.

All is invented, and drawn apart from the rest of the city, so that the people stay the same. Costs follow from who
works in the unit; those with more full-time staff have somewhat more content users, those with much sick leave
somewhat higher costs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Sort:
    """Which units give a service, and how: those of a kind whose name begins or ends so.

    `price`: kroner of one (a year, where volume is a number at a time); `over_pay`: all costs, as a multiple of pay;
    `answers`: how many users answer a year, for each employee; `satisfaction` on the scale from 1 to 6.
    """

    service: str
    kind: str
    begins: str
    ends: str
    price: float
    stock: bool
    over_pay: float
    answers: float
    satisfaction: float
    quality: float
    measured_by: str


_SORTS = (
    _Sort(
        "school", "section", "", " skole", 146_000, True, 1.55, 1.9, 4.5, 71, "Elevundersøkelsen og nasjonale prøver"
    ),
    _Sort(
        "upper_school", "section", "", " videregående skole", 178_000, True, 1.6, 1.7, 4.4, 74, "Fullført og bestått"
    ),
    _Sort(
        "kindergarten", "workplace", "", " barnehage", 231_000, True, 1.4, 1.1, 5.0, 78, "Barnehagefaglig egenvurdering"
    ),
    _Sort(
        "nursing_home", "section", "", " sykehjem", 3_900, False, 1.5, 0.5, 4.7, 69, "Nasjonale kvalitetsindikatorer"
    ),
    _Sort("home_care", "section", "Hjemmetjenesten", "", 1_020, False, 1.42, 0.7, 4.6, 66, "Tilsyn og egenkontroll"),
    _Sort(
        "child_welfare", "division", "Barn og familie", "", 415_000, True, 1.7, 0.3, 4.1, 63, "Egenkontroll av saker"
    ),
    _Sort("health_station", "workplace", "Helsestasjon", "", 1_350, False, 1.4, 0.9, 5.1, 80, "Hjemmebesøk i tide"),
    _Sort("waste", "division", "Henting", "", 1_700, False, 2.1, 2.0, 4.8, 84, "Hentet på rett dag"),
)
_PRICE_RISE = 1.045  # a year
SCHEMA: dict[str, pl.DataType] = {
    "unit_code": pl.String(),
    "service": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "cost_budget": pl.Int64(),
    "cost_accounts": pl.Int64(),
    "volume": pl.Float64(),
    "quality": pl.Float64(),
    "quality_name": pl.String(),
    "satisfaction": pl.Float64(),
    "respondents": pl.Int64(),
}


def service_rows(
    units: pl.DataFrame, employments: pl.DataFrame, absences: pl.DataFrame, first: dt.date, last: dt.date, seed: int
) -> pl.DataFrame:
    """The results of every service from `first` to and with `last`, whole months: the columns of `SCHEMA`."""
    rng = np.random.default_rng([seed, 51])
    places = _places(units)
    staffed = _staffed(places, units, employments, absences, first, last)
    if staffed.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    months = _months(first, last)
    costs = _costs(staffed, months, rng)
    return pl.concat([costs, _yearly(staffed, last, rng)]).sort("unit_code", "valid_from", "valid_to")


def _places(units: pl.DataFrame) -> dict[str, _Sort]:
    """The service of each unit that gives one, by its newest name."""
    latest = units.unique("code", keep="last", maintain_order=True)
    found: dict[str, _Sort] = {}
    for code, kind, name in latest.select("code", "kind", "name").iter_rows():
        # The last sort that fits is the narrowest: an upper secondary school is no primary school.
        for sort in _SORTS:
            if kind == sort.kind and name.startswith(sort.begins) and name.endswith(sort.ends):
                found[code] = sort
    return found


def _staffed(
    places: dict[str, _Sort],
    units: pl.DataFrame,
    employments: pl.DataFrame,
    absences: pl.DataFrame,
    first: dt.date,
    last: dt.date,
) -> pl.DataFrame:
    """Each place and year with those who worked there at mid-year: place, year, opens, closes, people, pay (kroner),
    full (share of full-time) and sick (days of absence for each)."""
    above = dict(units.unique("code", keep="last").select("code", "parent_code").iter_rows())
    seat: dict[str, str] = {}
    for code in above:
        up: str | None = code
        while up and up not in places:
            up = above.get(up)
        if up:
            seat[code] = up
    held = employments.join(pl.DataFrame({"unit_code": list(seat), "place": list(seat.values())}), on="unit_code")
    found = []
    for year in range(first.year, last.year + 1):
        day = min(dt.date(year, 6, 1), last)
        there = held.filter(pl.col("valid_from") <= day, pl.col("valid_to").is_null() | (pl.col("valid_to") > day))
        away = (
            absences.filter(
                pl.col("kind").is_in(["certified", "self_certified"]), pl.col("valid_from").dt.year() == year
            )
            .select("employee_number", days=(pl.col("valid_to") - pl.col("valid_from")).dt.total_days().clip(0, 120))
            .group_by("employee_number")
            .agg(pl.col("days").sum())
        )
        found.append(
            there.join(away, on="employee_number", how="left")
            .group_by("place")
            .agg(
                people=pl.len(),
                pay=(pl.col("annual_pay") / 100 * pl.col("percentage") / 1000).sum(),
                full=(pl.col("percentage") == 1000).mean(),
                sick=pl.col("days").fill_null(0).mean(),
            )
            .with_columns(year=pl.lit(year, dtype=pl.Int32))
        )
    lives = units.group_by("code").agg(
        opens=pl.col("valid_from").min(),
        closes=pl.when(pl.col("valid_to").is_null().any()).then(None).otherwise(pl.col("valid_to").max()),
    )
    services = pl.DataFrame({"place": list(places), "service": [sort.service for sort in places.values()]})
    return (
        pl.concat(found)
        .join(lives, left_on="place", right_on="code")
        .join(services, on="place")
        .join(_sort_columns(), on="service")
        .sort("place", "year")
    )


def _months(first: dt.date, last: dt.date) -> pl.DataFrame:
    starts = pl.date_range(first.replace(day=1), last, "1mo", eager=True)
    frame = pl.DataFrame({"valid_from": starts, "valid_to": starts.dt.offset_by("1mo")})
    return frame.filter(pl.col("valid_to").dt.offset_by("-1d") <= last).with_columns(
        year=pl.col("valid_from").dt.year().cast(pl.Int32)
    )


def _sort_columns() -> pl.DataFrame:
    names = ("service", "price", "stock", "over_pay", "answers", "satisfaction", "quality", "measured_by")
    return pl.DataFrame([{name: getattr(sort, name) for name in names} for sort in _SORTS])


def _costs(staffed: pl.DataFrame, months: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Costs and volume of every month that a place was open in."""
    rows = staffed.join(months, on="year").filter(
        pl.col("valid_from") >= pl.col("opens"), pl.col("closes").is_null() | (pl.col("valid_to") <= pl.col("closes"))
    )
    size = rows.height
    own = _for_each_place(rows, rng.normal(0, 0.05, rows["place"].n_unique()))
    year = (rows["year"] - rows["year"].min()).to_numpy().astype(np.float64)
    expected = (rows["pay"] * rows["over_pay"] / 12).to_numpy() * (1 + own)
    sick = _standard(rows, "sick")
    over = 0.008 + 0.018 * sick + _for_each_place(rows, rng.normal(0, 0.02, rows["place"].n_unique()))
    budget = expected * (1 + rng.normal(0, 0.006, size))
    accounts = budget * (1 + over + rng.normal(0, 0.025, size))
    price = rows["price"].to_numpy() * _PRICE_RISE**year
    stock = rows["stock"].to_numpy()
    efficient = 1 + _for_each_place(rows, rng.normal(0, 0.07, rows["place"].n_unique()))
    volume = expected * np.where(stock, 12, 1) / price * efficient * (1 + rng.normal(0, 0.012, size))
    return _shaped(
        rows,
        cost_budget=pl.Series((budget * 100).round().astype(np.int64)),
        cost_accounts=pl.Series((accounts * 100).round().astype(np.int64)),
        volume=pl.Series(volume.round()),
    )


def _yearly(staffed: pl.DataFrame, last: dt.date, rng: np.random.Generator) -> pl.DataFrame:
    """Quality and users' answers of every whole year that a place was open through."""
    rows = staffed.with_columns(valid_from=pl.date("year", 1, 1), valid_to=pl.date(pl.col("year") + 1, 1, 1)).filter(
        pl.col("valid_to").dt.offset_by("-1d") <= last,
        pl.col("valid_from") >= pl.col("opens"),
        pl.col("closes").is_null() | (pl.col("valid_to") <= pl.col("closes")),
    )
    size, places = rows.height, rows["place"].n_unique()
    content = (
        rows["satisfaction"].to_numpy()
        + 0.16 * _standard(rows, "full")
        - 0.07 * _standard(rows, "sick")
        + _for_each_place(rows, rng.normal(0, 0.22, places))
        + rng.normal(0, 0.07, size)
    )
    quality = rows["quality"].to_numpy() + _for_each_place(rows, rng.normal(0, 6, places)) + rng.normal(0, 2, size)
    answers = rng.poisson(rows["people"].to_numpy() * rows["answers"].to_numpy())
    answered = pl.lit(pl.Series(answers > 0))
    return _shaped(
        rows,
        quality=pl.Series(quality.clip(20, 99).round()),
        quality_name=pl.col("measured_by"),
        satisfaction=pl.when(answered).then(pl.lit(pl.Series(content.clip(2, 5.9).round(2)))),
        respondents=pl.when(answered).then(pl.lit(pl.Series(answers.astype(np.int64)))),
    )


def _standard(rows: pl.DataFrame, name: str) -> Floats:
    """A column in standard deviations from the mean of its service and year."""
    by = ["service", "year"]
    spread = pl.col(name).std().over(by)
    centred = pl.col(name) - pl.col(name).mean().over(by)
    found = rows.select(pl.when(spread > 0).then(centred / spread).otherwise(0.0).fill_null(0.0).clip(-2.5, 2.5))
    return found.to_series().to_numpy()


def _for_each_place(rows: pl.DataFrame, drawn: Floats) -> Floats:
    places = rows["place"].unique(maintain_order=True)
    return drawn[rows["place"].replace_strict(places, list(range(len(places))), return_dtype=pl.Int64).to_numpy()]


def _shaped(rows: pl.DataFrame, **measures: pl.Series | pl.Expr) -> pl.DataFrame:
    """The rows of the table, with what was not measured empty."""
    empty = {name: pl.lit(None, dtype=kind) for name, kind in SCHEMA.items()}
    keys = {"unit_code": pl.col("place"), "service": pl.col("service")}
    days = {name: pl.col(name) for name in ("valid_from", "valid_to")}
    return rows.select(**(empty | keys | days | measures)).cast(pl.Schema(SCHEMA))
