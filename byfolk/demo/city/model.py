"""What a synthetic city is: nine tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class City:
    """The municipality of Fjordby from `first` to and with `last`. All in it is invented.

    Dates are half-open (null `valid_to`: still running), percentages permille of a full post, money øre a year. Numbers
    and codes of persons, posts and units are text.

    units         code, kind, name, name_nn, sector, parent_code, valid_from, valid_to: one row a placement, several for
                  a unit that was renamed or moved; the nynorsk name is null where it is the same
    successions   from_code, to_code, on: the first successor of a unit is the one that took over most
    leaders       unit_code, employee_number, valid_from, valid_to
    employments   one row for each period with the same post, unit and percentage. `end_reason` is null while the row
                  runs, and where the person goes on with another percentage or in another post of the same agency.
                  Temporary rows end in the future where the term is known. `annual_pay` is for full time, at the end of
                  the row or on `last`; `supplements` are fixed and variable together, for full time too
    pay           employee_number, position_number, valid_from, valid_to, annual_pay, supplements: from `first` on, new
                  each 1 May
    absences      employee_number, position_number, kind, valid_from, valid_to, grade
    grants        employee_number, role, unit_code, valid_from; leaders have theirs from `leaders`
    targets       indicator, unit_code, year, target, tolerance, direction (up, down)
    results       unit_code, service, valid_from, valid_to, cost_budget, cost_accounts (øre), volume, quality,
    quality_name, satisfaction, respondents: costs and volume a month a row, quality and users' answers a year a row
    """

    first: date
    last: date
    seed: int
    units: pl.DataFrame
    successions: pl.DataFrame
    leaders: pl.DataFrame
    employments: pl.DataFrame
    pay: pl.DataFrame
    absences: pl.DataFrame
    grants: pl.DataFrame
    targets: pl.DataFrame
    results: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        """The tables by name."""
        names = ("units", "successions", "leaders", "employments", "pay", "absences", "grants", "targets", "results")
        return {name: getattr(self, name) for name in names}
