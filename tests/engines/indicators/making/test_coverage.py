"""Figures go as far as what has been brought in: a month that a source says nothing of is not counted as nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection

from byfolk.engines.indicators.making import extraction
from byfolk.engines.indicators.making import refresh as making
from byfolk.engines.indicators.making.coverage import Coverage, coverage
from byfolk.kernel.time import now
from tests.engines.indicators.making.conftest import TODAY

pytestmark = pytest.mark.usefixtures("city")
OCTOBER, NOVEMBER, JANUARY = dt.date(2026, 10, 1), dt.date(2026, 11, 1), dt.date(2027, 1, 1)


def rows(query: str, *arguments: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def _files() -> Iterator[None]:
    """Each test begins with a city that files have been brought into, and none yet."""
    rows("update organisation_municipality set known_until = null")
    yield
    rows("delete from importing_batch")
    rows("delete from importing_source")


def brought(kind: str, day: str, system: str = "") -> None:
    """A file of a kind has landed, from a system with a name or from none."""
    if system:
        rows(
            "insert into importing_source (name, kind, mapping, confirmed_at) values (%s, %s, '{}', now())"
            " on conflict do nothing",
            system,
            kind,
        )
    rows(
        """
        insert into importing_batch (source_id, kind, mapping, columns, file_name, file_hash, file_size, state, stage,
               stage_args, counts, sample, problem, problem_args, created_at)
        select (select id from importing_source where name = %s), %s, '{}', '[]', 'f', '', 0, 'landed', '', '{}', '{}',
               '[]', '', '{}', %s::timestamp at time zone 'Europe/Oslo'
        """,
        system,
        kind,
        f"{day} 10:00",
    )


def covered(over: dt.date = JANUARY) -> Coverage:
    with extraction.snapshot(extraction.address()) as looks:
        [found] = looks.together([lambda look: coverage(look, over)])
        return found


def test_a_city_that_was_loaded_as_a_whole_ends_with_the_month_before_its_day() -> None:
    rows("update organisation_municipality set known_until = %s", TODAY)
    found = covered()

    assert found.until == OCTOBER
    assert found.covers(("employments", "absences"), OCTOBER)


def test_a_file_that_is_brought_into_such_a_city_does_not_carry_it_on() -> None:
    rows("update organisation_municipality set known_until = %s", TODAY)
    brought("employments", "2027-02-01")

    assert covered().until == OCTOBER


def test_a_month_is_covered_when_a_file_came_after_it_was_over() -> None:
    brought("employments", "2026-12-01")

    assert covered().until == NOVEMBER


def test_a_file_that_came_within_a_month_does_not_cover_it() -> None:
    brought("employments", "2026-11-30")

    assert covered().until == OCTOBER


def test_figures_without_absence_do_not_wait_for_the_absences() -> None:
    brought("employments", "2026-12-03")
    brought("absences", "2026-11-05")
    found = covered()

    assert found.until == NOVEMBER
    assert found.covers(("employments", "pay"), NOVEMBER)
    assert not found.covers(("employments", "absences"), NOVEMBER)
    assert found.covers(("employments", "absences"), OCTOBER)


def test_where_several_systems_send_the_same_the_last_one_decides() -> None:
    brought("employments", "2026-12-03", "Lønn")
    brought("employments", "2026-11-03", "Skole")

    assert covered().until == OCTOBER


def test_a_system_that_has_been_replaced_is_not_waited_for() -> None:
    brought("employments", "2026-12-03", "Lønn")
    brought("employments", "2026-06-03", "Gammel lønn")

    assert covered().until == NOVEMBER


def test_a_correction_by_hand_holds_nothing_back() -> None:
    brought("employments", "2026-12-03", "Lønn")
    brought("employments", "2026-10-20")

    assert covered().until == NOVEMBER


def test_a_month_in_which_hardly_any_absence_begins_has_not_been_brought() -> None:
    found = covered()

    assert not found.covers(("absences",), dt.date(2026, 12, 1))
    assert found.covers(("employments",), dt.date(2026, 12, 1))
    assert found.covers(("absences",), OCTOBER)


def published(indicator: int, since: dt.date) -> set[dt.date]:
    found = rows(
        "select distinct period from indicators_figure where indicator = %s and kind in (0, 2) and period >= %s",
        indicator,
        since,
    )
    return {period for (period,) in found}


def test_a_later_refresh_of_a_loaded_city_does_not_let_sick_leave_fall_to_nothing() -> None:
    rows("update organisation_municipality set known_until = %s", TODAY)
    done = making.refresh(today=dt.date(2027, 2, 10), clock=now)

    assert done.publication is None
    assert rows("select max(period) from indicators_figure") == [(OCTOBER,)]


IN_NOVEMBER_AS_IN_OCTOBER = """
insert into people_absence (person_id, position_id, unit_id, kind, grade, valid)
select person_id, position_id, unit_id, kind, grade, daterange(lower(valid) + 31, upper(valid) + 31)
  from people_absence where lower(valid) >= '2026-10-01' and lower(valid) < '2026-10-31'
    on conflict do nothing
"""


def test_head_counts_go_on_where_absences_have_not_been_brought_and_what_was_counted_as_nothing_goes_again() -> None:
    rows(IN_NOVEMBER_AS_IN_OCTOBER)
    brought("employments", "2026-12-03")
    done = making.refresh(today=dt.date(2026, 12, 10), clock=now)
    assert done.covered.until == NOVEMBER
    assert published(70, NOVEMBER) == {NOVEMBER}, "a file of absences is not known to be missing"

    brought("absences", "2026-11-20")
    done = making.refresh(today=dt.date(2026, 12, 10), clock=now)
    assert done.months == [NOVEMBER]
    assert published(70, NOVEMBER) == set(), "sick leave"
    assert published(30, NOVEMBER) == {NOVEMBER}, "head counts"

    brought("absences", "2026-12-05")
    making.refresh(today=dt.date(2026, 12, 10), clock=now)
    assert published(70, NOVEMBER) == {NOVEMBER}


def test_a_month_whose_absences_were_lost_has_no_figure_and_no_twelve_months_go_over_it() -> None:
    rows("delete from people_absence where lower(valid) >= '2026-08-01' and lower(valid) < '2026-09-01'")
    rows("update organisation_municipality set known_until = %s", TODAY)
    making.refresh(today=TODAY, clock=now)

    assert published(70, dt.date(2026, 7, 1)) == {dt.date(2026, 7, 1), dt.date(2026, 9, 1), OCTOBER}
    assert rows("select max(period) from indicators_figure where indicator = 70 and kind = 2") == [
        (dt.date(2026, 7, 1),)
    ]
    assert published(30, dt.date(2026, 8, 1)) == {dt.date(2026, 8, 1), dt.date(2026, 9, 1), OCTOBER}
