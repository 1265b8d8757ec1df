"""The refresh on a real database: what changed is found, nothing is half published, and nothing hidden has a number."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from byfolk.engines.indicators.export import export
from byfolk.engines.indicators.making import refresh as making
from byfolk.engines.indicators.models import Publication, Refresh, Step
from byfolk.engines.indicators.states import State
from byfolk.kernel.time import now
from tests.engines.indicators.making.conftest import TODAY

pytestmark = pytest.mark.usefixtures("city")


def refresh(**options: bool) -> making.Outcome:
    return making.refresh(today=TODAY, clock=now, **options)


def rows(query: str, *arguments: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall() if cursor.description else []


def content() -> str:
    """A hash of every published figure, whatever publication it came by."""
    found = rows(
        "select unit, indicator, breakdown, hierarchy, kind, period, state, n, numerator, denominator, value, bound "
        "from indicators_figure order by 1, 2, 3, 4, 5, 6"
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_nothing_changed_so_nothing_is_published() -> None:
    refresh()
    before = content()
    assert refresh().publication is None
    assert content() == before


def test_a_late_correction_three_months_back_is_found_and_only_what_follows_is_made_anew() -> None:
    refresh()
    before = dict(rows(CITY_MONTHS))
    old = rows("select max(publication) from indicators_figure where period < '2026-06-01'")
    rows(
        """
        insert into people_absence (person_id, position_id, unit_id, kind, grade, valid)
        select e.person_id, e.position_id, e.unit_id, 'certified', 1000, daterange('2026-07-06', '2026-07-11')
          from people_employment e
         where e.valid @> daterange('2025-01-01', '2026-11-01') and e.percentage = 1000 and not exists (
            select from people_absence a where a.person_id = e.person_id and a.valid && daterange('2026-06-01',
            '2026-09-01'))
         order by e.id limit 1
        """
    )
    done = refresh()
    after = dict(rows(CITY_MONTHS))
    assert done.months[0] >= dt.date(2026, 5, 1)
    assert dt.date(2026, 7, 1) in done.months
    # Five working days of a full post, in millionths.
    assert after[dt.date(2026, 7, 1)] - before[dt.date(2026, 7, 1)] == 5_000_000
    assert {m: v for m, v in after.items() if m < dt.date(2026, 7, 1)} == {
        m: v for m, v in before.items() if m < dt.date(2026, 7, 1)
    }
    assert rows("select max(publication) from indicators_figure where period < '2026-05-01'") <= old


CITY_MONTHS = """
select f.period, f.numerator from indicators_figure f join organisation_unit u on u.id = f.unit and u.parent_id is null
 where f.indicator = 70 and f.breakdown = 0 and f.hierarchy = 0 and f.kind = 0 and f.numerator is not null
"""


def test_killed_in_the_middle_of_publishing_the_old_figures_stand_and_again_nothing_is_doubled(
    in_a_process: Callable[[str], subprocess.CompletedProcess[str]],
) -> None:
    refresh()
    before = content()
    code = f"""
import datetime, os
from byfolk.engines.indicators.making import publishing, refresh
from byfolk.engines.indicators.states import State
from byfolk.kernel.time import now
copy = publishing._copy
def halfway(cursor, table, rows):
    copy(cursor, table, rows.head(len(rows) // 2))
    os.kill(os.getpid(), 9)
publishing._copy = halfway
refresh.refresh(today=datetime.date({TODAY.year}, {TODAY.month}, {TODAY.day}), clock=now, everything=True)
"""
    assert in_a_process(code).returncode == -signal.SIGKILL
    assert content() == before
    done = refresh(everything=True)
    assert content() == before
    assert done.publication is not None
    assert done.figures == rows("select count(*) from indicators_figure")[0][0]


def test_progress_is_told_step_by_step() -> None:
    refresh()
    newest = Refresh.objects.order_by("-started_at").first()
    assert newest is not None
    assert (newest.step, newest.error) == (Step.DONE, "")


def test_a_second_refresh_at_the_same_time_is_refused() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtext('byfolk.figures'))")
        with pytest.raises(making.AlreadyRunning):
            refresh()
    finally:
        other.close()


def test_the_export_holds_no_number_of_what_is_hidden_and_no_more_rows_than_pages_may_show(tmp_path: Path) -> None:
    refresh()
    path, count = export(tmp_path)
    with path.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == count == rows("select count(*) from indicators_figure")[0][0]
    hidden = [row for row in found if row["state"] != "published"]
    assert hidden
    assert all(row[column] == "" for row in hidden for column in ("numerator", "denominator", "value", "n"))


def test_the_database_holds_no_number_of_what_is_hidden() -> None:
    refresh()
    assert rows(
        "select count(*) from indicators_figure where state <> 0 and (n, numerator, denominator, value) is "
        "distinct from (null, null, null, null)"
    ) == [(0,)]


def test_a_publication_says_what_it_was_made_from() -> None:
    refresh()
    newest = Publication.objects.order_by("-at").first()
    assert newest is not None
    assert newest.period_until == dt.date(2026, 10, 1)
    assert newest.published > 0
    assert len(newest.facts_hash) == 64


# Who had their main post where at the end of 2025, counted from the posts and the tree of today's date then.
BANDS = """
with recursive placed as (
    select unit_id, parent_id from organisation_placement where valid @> '2025-12-31'::date
), tree as (
    select unit_id as top, unit_id from placed
    union all
    select tree.top, p.unit_id from tree join placed p on p.parent_id = tree.unit_id
), heads as (
    select person_id, sum(percentage) as permille,
           (array_agg(unit_id order by main desc, percentage desc, lower(valid), position_id))[1] as unit,
           (array_agg(kind order by main desc, percentage desc, lower(valid), position_id))[1] as kind
      from people_employment where valid @> '2025-12-31'::date group by person_id
), counted as (
    select t.top, count(*) as n, count(*) filter (where permille < 1000) as part_time,
           count(*) filter (where permille >= 1000) as full_time,
           count(*) filter (where kind in ('temporary', 'substitute')) as temporary
      from tree t join heads h on h.unit = t.unit_id group by t.top
)
select f.indicator, f.state, f.bound, c.n, c.part_time, c.full_time, c.temporary
  from indicators_figure f join counted c on c.top = f.unit
 where f.period = '2025-12-01' and f.kind = 0 and f.hierarchy = 0 and f.breakdown = 0 and f.state in (1, 2)
"""


def test_what_a_band_says_is_true_of_the_unit() -> None:
    seen = set()
    for key, state, bound, n, part_time, full_time, temporary in rows(BANDS):
        of = {140: part_time, 150: full_time, 180: temporary}.get(key)
        if of is None:
            continue
        seen.add((key, state))
        share = 100 * of / n
        assert share <= bound if state == State.BAND_LOW else share >= bound, (key, state, bound, of, n)
    # Nobody or almost nobody works part time: then all or almost all work full time.
    assert {(140, State.BAND_LOW), (150, State.BAND_HIGH), (180, State.BAND_LOW)} <= seen
