"""What row level security costs: the same questions under the policies and without them, in the city of 50,000.

Without: as the background role, which passes the policies, with the reader's units written into the question.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from tests.bench import Result

TIMES = 15
EMPLOYEES = 50_000


@dataclass(frozen=True)
class Question:
    """What is asked: `asked` under the policies, `bare` without them, where `%(units)s` stands for the reader's
    units.
    """

    name: str
    asked: str
    bare: str


QUESTIONS = (
    Question(
        "employments that last",
        "select count(*) from people_employment where valid @> %(on)s::date",
        "select count(*) from people_employment where valid @> %(on)s::date and unit_id in %(units)s",
    ),
    Question(
        "absences of twelve months",
        "select count(*), sum(grade) from people_absence where valid && daterange(%(on)s::date - 365, %(on)s::date)",
        """select count(*), sum(grade) from people_absence a
            where valid && daterange(%(on)s::date - 365, %(on)s::date) and unit_id in %(units)s
              and exists (select from people_employment e where e.person_id = a.person_id and e.valid @> %(on)s::date
                             and e.unit_id in %(units)s)""",
    ),
    Question(
        "one person's pay",
        "select * from people_pay where person_id = %(person)s",
        "select * from people_pay where person_id = %(person)s and unit_id in %(units)s",
    ),
)
READERS = {"kari": "the whole city", "mette": "an agency", "solveig": "a nursing home"}
SEEN_BY = {"kari": {"employments that last"}}
UNITS = "(select descendant_id from organisation_closure where ancestor_id = %(top)s)"


def run() -> list[Result]:
    """Median milliseconds of each question under the policies, and how many times that without them."""
    from byfolk.config.database_setup import prepare

    prepare(lambda _: None)
    from byfolk.demo.cast import CAST, EMPLOYED
    from byfolk.demo.loading import is_loaded, load_city
    from byfolk.kernel.access.acting import acting, acting_as_worker
    from byfolk.kernel.organisation.models import Unit
    from byfolk.kernel.people.models import Person
    from byfolk.kernel.time import today

    if not is_loaded():
        load_city(employees=EMPLOYEES, today=today(), report=lambda _: None)
    with acting_as_worker(why="benchmark"):
        tops = {"kari": Unit.objects.get(level=0).pk}
        for key in ("mette", "solveig"):
            persona = CAST[key]
            tops[key] = Unit.objects.get(code=persona.role_unit_code or persona.leads).pk
        persons = {p.key: Person.objects.get(employee_number=p.employee_number).pk for p in EMPLOYED}

    def as_reader(key: str) -> AbstractContextManager[Any]:
        return acting(persons[key])

    def as_worker(key: str) -> AbstractContextManager[Any]:
        return acting_as_worker(why="benchmark")

    results = [_overhead(lambda: acting(persons["solveig"]))]
    for key, scope in READERS.items():
        values = {"on": today(), "top": tops[key], "person": persons["jonas"]}
        for question in QUESTIONS:
            if key in SEEN_BY and question.name not in SEEN_BY[key]:
                continue
            under = _median(partial(as_reader, key), partial(_fetch, question.asked, values))
            bare = _median(partial(as_worker, key), partial(_fetch, question.bare.replace("%(units)s", UNITS), values))
            results.append(_compared(f"{question.name}, {CAST[key].given_name} ({scope})", under, bare))
        page = partial(_staff_page, tops[key], today())
        under, bare = _median(partial(as_reader, key), page), _median(partial(as_worker, key), page)
        results.append(_compared(f"first page of the staff list, {CAST[key].given_name} ({scope})", under, bare))
    return results


def _compared(name: str, under: float, bare: float) -> Result:
    return Result(name, round(under, 2), "ms", note=f"{under / bare:.1f} x without policies ({bare:.2f} ms)")


def _fetch(sql: str, values: dict[str, Any]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def _staff_page(unit_id: int, on: date) -> None:
    from byfolk.kernel.organisation.models import Unit
    from byfolk.portal.staff.queries import MOST, StaffQuery, count, rows

    wanted = StaffQuery(unit=Unit(pk=unit_id), on=on)
    rows(wanted, limit=50, long=count(wanted) > MOST)


def _median(become: Callable[[], AbstractContextManager[Any]], ask: Callable[[], None]) -> float:
    taken = []
    for _ in range(TIMES + 2):
        with become():
            started = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[2:])


def _overhead(become: Callable[[], AbstractContextManager[Any]]) -> Result:
    """What it costs to open a request as somebody and close it again."""
    taken = []
    for _ in range(TIMES * 4):
        started = time.perf_counter()
        with become():
            pass
        taken.append((time.perf_counter() - started) * 1000)
    return Result("becoming Solveig and back: transaction, who, role", round(statistics.median(taken), 2), "ms")
