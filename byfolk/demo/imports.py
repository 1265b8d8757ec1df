"""The last months' files of absences, as they would have come: through the importer, with the faults that such files
have, fewer of them for each month.

The rows that are right stand in the city already, so all that a file adds is what was found wrong, agency by agency.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from django.db import connections

from byfolk.demo.city.files import absence_table
from byfolk.kernel.people.importing.models import QualityOwner
from byfolk.kernel.time import OSLO, add_months
from byfolk.lib.tables import write_csv
from byfolk.portal.importing.files import import_file

SOURCE = "Lønnssystemet, fravær"
MONTHS = 5
ROWS = 2_400
# Of a hundred rows in the first file, so many have a fault.
FAULTY = 7.0
LESS_EACH_MONTH = 0.8

SPELLS = """
select p.employee_number, o.number as position_number, a.kind, a.grade, lower(a.valid) as valid_from,
       upper(a.valid) as valid_to, g.code as agency
  from people_absence a join people_person p on p.id = a.person_id join people_position o on o.id = a.position_id
  join organisation_closure c on c.descendant_id = a.unit_id
  join organisation_unit g on g.id = c.ancestor_id and g.level = 2
 where lower(a.valid) >= %s and lower(a.valid) < %s and upper(a.valid) is not null
 order by md5(a.id::text || %s) limit %s
"""
# HR advisers answer for their own agencies, leaders for the others; every eighth agency has not chosen anyone yet.
OWNERS = """
select u.id as unit_id, coalesce(
         (select min(g.person_id) from access_grant g
           where g.unit_id = u.id and g.role = 'hr_adviser' and g.valid @> %(on)s::date),
         (select min(l.person_id) from organisation_leadership l where l.unit_id = u.id and l.valid @> %(on)s::date))
       as person_id
  from organisation_unit u where u.level = 2 and u.valid @> %(on)s::date order by u.code
"""


def load_imports(*, seed: int, today: dt.date, report: Callable[[str], None]) -> int:
    """Import a file of absences for each of the last months, and choose who answers for each agency's data; answers
    how many files. Needs the loaded city.
    """
    rng = np.random.default_rng([seed, 1_177])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(MONTHS):
            start, after = (add_months(today, number - MONTHS + more) for more in (0, 1))
            spells = _spells(start, after, seed)
            if spells.is_empty():
                continue
            path = Path(folder) / f"fravaer-{start:%Y-%m}.csv"
            write_csv(path, faulty(spells, rng, FAULTY * LESS_EACH_MONTH**number))
            came = dt.datetime.combine(after.replace(day=6), dt.time(6, 15), OSLO)
            batch = import_file(path, now=came, kind="absences", source=SOURCE)
            report(f"{path.name}: {batch.counts['rejected']} of {batch.counts['read']} rows rejected")
    _choose_owners(today)
    return MONTHS


def faulty(spells: pl.DataFrame, rng: np.random.Generator, percent: float) -> pl.DataFrame:
    """Spells as a payroll system writes them, about `percent` of the rows with one fault; agencies differ in care.

    `spells` has the importer's columns and `agency`. The faults: an unknown employee, a last day before the first, a
    grade above a hundred, and no first day.
    """
    agencies = spells["agency"].unique().sort()
    care = pl.DataFrame({"agency": agencies, "care": rng.gamma(2.0, 0.5, len(agencies))})
    rows = spells.join(care, on="agency", how="left", maintain_order="left").with_columns(
        bad=pl.Series(rng.random(spells.height) * 100) < percent * pl.col("care"),
        which=pl.Series(rng.integers(0, 4, spells.height)),
    )

    def fault(number: int) -> pl.Expr:
        return pl.col("bad") & (pl.col("which") == number)

    table = absence_table(
        rows.with_columns(
            employee_number=pl.when(fault(0))
            .then(pl.lit("9") + pl.col("employee_number"))
            .otherwise("employee_number"),
            valid_to=pl.when(fault(1)).then(pl.col("valid_from").dt.offset_by("-3d")).otherwise("valid_to"),
            grade=pl.when(fault(2)).then(pl.lit(1800)).otherwise("grade"),
            valid_from=pl.when(fault(3)).then(None).otherwise("valid_from"),
        )
    )
    return table


def _spells(start: dt.date, until: dt.date, seed: int) -> pl.DataFrame:
    with connections["owner"].cursor() as cursor:
        cursor.execute(SPELLS, [start, until, str(seed), ROWS])
        names = [column.name for column in cursor.description or ()]
        return pl.DataFrame(cursor.fetchall(), schema=names, orient="row")


def _choose_owners(today: dt.date) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNERS, {"on": today})
        found = [row for number, row in enumerate(cursor.fetchall()) if row[1] and number % 8 != 5]
    QualityOwner.objects.using("owner").bulk_create(
        QualityOwner(unit_id=unit, person_id=person, since=today.replace(month=1, day=8)) for unit, person in found
    )
