"""Disclosure control of the full city under attack: what the export shows, and nothing else."""

from __future__ import annotations

import csv
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from byfolk.engines.indicators.disclosure.attack_bounds import OWN, Pinned, attack_bounds
from tests.bench import Result, peak_memory
from tests.bench.city import ensure_city

Row = dict[str, str]
#: They count units and what is done there, and nobody's answers.
OF_NO_PEOPLE = ("survey_units_with_plan", "survey_actions_done_share")


def run() -> list[Result]:
    """The exact check over every published figure, and the linear programme in every agency, over one year and two."""
    ensure_city()
    rows = _exported()
    return [*_residuals(rows), *_bounds(rows)]


def _exported() -> list[Row]:
    from byfolk.engines.indicators.export import export

    with tempfile.TemporaryDirectory() as folder:
        path, _ = export(Path(folder))
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def _targets() -> dict:
    from byfolk.engines.indicators import registry
    from byfolk.engines.indicators.definition import DisclosureClass as Kind
    from byfolk.engines.indicators.definition import UnitOfMeasure
    from byfolk.engines.indicators.disclosure import attack_residuals as attack

    def target(indicator) -> attack.Target:
        kind = indicator.disclosure
        # Twelve-month n is a mean of months, written as a whole number.
        rounded = kind in {Kind.FLOW, Kind.HEALTH, Kind.HEALTH_SPLIT}
        if kind is Kind.OPEN or indicator.code in OF_NO_PEOPLE:
            return attack.OPEN
        # That all of a group answered is told to everybody: ballots are counted in the open, per group.
        if kind in {Kind.MEAN, Kind.DECIDED} or indicator.unit is not UnitOfMeasure.PERCENT:
            return attack.Target(limit=5, alike=False, rounded=rounded)
        if kind in {Kind.HEALTH, Kind.HEALTH_SPLIT, Kind.HEALTH_FTE}:
            return attack.Target(limit=10, alike=True, rounded=rounded)
        return attack.Target(limit=5, alike=True, rounded=rounded)

    # A ratio of two means adds up to nothing.
    return {
        each.code: target(each) for each in registry.indicators() if each.disclosure not in {Kind.PAY, Kind.PAY_MIDDLE}
    }


def _with_sums_only(rows: list[Row]) -> list[Row]:
    """Means that were rounded where they were decided are no sums: a difference of two says something only by how many
    people it is of. Where that is nobody (all who answered are shown below), it says nothing.
    """
    from byfolk.engines.indicators import registry
    from byfolk.engines.indicators.definition import DisclosureClass

    means = {
        one.code
        for one in registry.indicators()
        if one.disclosure is DisclosureClass.DECIDED and one.denominator is None
    }
    return [row | {"numerator": "0"} if row["indicator"] in means and row["numerator"] else row for row in rows]


def _residuals(rows: list[Row]) -> list[Result]:
    from byfolk.engines.indicators.disclosure.attack_residuals import attack_residuals

    published = sum(row["state"] == "published" for row in rows)
    started = time.perf_counter()
    found = attack_residuals(_with_sums_only(rows), _targets())
    seconds = time.perf_counter() - started
    note = f"{published:,} published of {len(rows):,} exported figures, {seconds:.0f} s"
    if found:
        note += f"; first: {found[0]}"
    return [Result("exact residual check over every published figure: findings", len(found), "", "0", note)]


def _bounds(rows: list[Row]) -> list[Result]:
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_indicator[row["indicator"]].append(row)
    results, agencies = [], _agencies()
    questions = (
        ("full_time", {"full_time": ("x",)}, ["2024-12", "2025-12"], 1),
        ("temporary", {"temporary": ("x",)}, ["2024-12", "2025-12"], 1),
        ("sick_leave", {"sick_leave": ("x",)}, ["2024", "2025"], 0),
    )
    for code, kinds, periods, scale in questions:
        started, pinned, unsafe, cells = time.perf_counter(), 0, [], 0
        table = by_indicator[code] + (by_indicator["headcount"] if scale else [])
        shown = {(r["unit"], r["breakdown"], r["numerator"]) for r in by_indicator[code] if r["period"] in periods}
        # Absence is of each year anew; a post lasts, and the attacker knows who came, went, moved or changed.
        changed = _changed(code, periods) if scale else None
        for agency in agencies:
            options = {"headcount": "headcount", "full_scale": 1} if scale else {}
            for asked in ([periods[0]], [periods[1]], *([periods] if scale else [])):
                known = changed if len(asked) == 2 else None
                # Rows without any solution contradict each other: that is an error, and stops the measurement.
                found = attack_bounds(
                    table, agency, kinds, hierarchy="as_it_was", periods=asked, changes=known, **options
                )
                pinned += len(found)
                unsafe += [each for each in found if not _may_be_known(each, shown)]
                cells += 1
        note = f"{cells} programmes in all {len(agencies)} agencies, one year and two; {pinned} of safe groups or shown"
        note += f", {time.perf_counter() - started:.0f} s"
        if unsafe:
            note += f"; first: {unsafe[0]}"
        results.append(
            Result(f"linear programme on {code}: small or uniform groups pinned", len(unsafe), "", "0", note)
        )
    peak = peak_memory() / 1024**3
    return [*results, Result("peak memory of the attackers", peak, "GiB")]


_CHANGED = """
with head as (
    select d.day, e.person_id,
           (array_agg(e.unit_id order by e.main desc, e.percentage desc, lower(e.valid), e.position_id))[1] as unit,
           case when %(code)s = 'full_time' then (sum(e.percentage) >= 1000)::text
                else (array_agg(e.kind order by e.main desc, e.percentage desc, lower(e.valid), e.position_id))[1]::text
           end as value
      from people_employment e join unnest(%(days)s::date[]) d(day) on e.valid @> d.day
     group by d.day, e.person_id
), pair as (
    select a.unit was, b.unit becomes, a.unit is distinct from b.unit or a.value is distinct from b.value changed
      from (select * from head where day = (%(days)s::date[])[1]) a
      full join (select * from head where day = (%(days)s::date[])[2]) b using (person_id)
)
select u.code, count(*) from (
    select was unit from pair where changed and was is not null
    union all select becomes from pair where changed and becomes is not null and becomes is distinct from was
) moved join organisation_unit u on u.id = moved.unit group by u.code
"""


def _changed(code: str, periods: list[str]) -> dict[str, int]:
    """Per unit, how many of its own staff came, went, moved or changed value between two year ends."""
    from django.db import connections

    days = [f"{period}-31" for period in periods]
    with connections["owner"].cursor() as cursor:
        cursor.execute(_CHANGED, {"code": code, "days": days})
        return dict(cursor.fetchall())


def _may_be_known(found: Pinned, shown: set[tuple[str, str, str]]) -> bool:
    """Whether the pinned figure was itself shown the other year, or is of a group that could be: five people, mixed."""
    if (found.unit, found.breakdown or "all", str(round(found.value))) in shown:
        return True
    if found.breakdown not in ("", OWN) or not found.n:
        return False
    least = 1 if found.breakdown == OWN else 2
    return found.n >= 5 and least - 0.01 <= found.value <= found.n - least + 0.01


def _agencies() -> list[str]:
    from byfolk.kernel.organisation.models import Level, Unit

    return sorted(Unit.objects.using("owner").filter(level=Level.AGENCY).values_list("code", flat=True))
