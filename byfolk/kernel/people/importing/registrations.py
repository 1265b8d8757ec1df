"""The kernel's own kinds of file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from byfolk.kernel.organisation.tree import rebuild_closure
from byfolk.kernel.people.cards import refresh_cards
from byfolk.kernel.people.importing import completing, kinds
from byfolk.kernel.people.importing.handling import Handling, register
from byfolk.kernel.people.importing.rules import absences, employments, leaders, units

_SQL = Path(__file__).parent / "landing" / "sql"


def _units_landed(on: dt.date) -> None:
    rebuild_closure()
    refresh_cards(on)


register(
    kinds.UNITS,
    Handling(
        complete=completing.units, check=units.check, needs=("units",), sql=_SQL / "units.sql", landed=_units_landed
    ),
)
register(
    kinds.LEADERS,
    Handling(
        complete=completing.nothing,
        check=leaders.check,
        needs=("units", "employees", "employments", "leaders"),
        sql=_SQL / "leaders.sql",
        of_persons=("employees", "employments"),
    ),
)
register(
    kinds.EMPLOYMENTS,
    Handling(
        complete=completing.employments,
        check=employments.check,
        needs=("units", "employees", "employments"),
        sql=_SQL / "employments.sql",
        landed=refresh_cards,
    ),
)
register(
    kinds.ABSENCES,
    Handling(
        complete=completing.absences,
        check=absences.check,
        needs=("units", "employees", "employments", "absences"),
        sql=_SQL / "absences.sql",
        of_persons=("employees", "employments", "absences"),
    ),
)
