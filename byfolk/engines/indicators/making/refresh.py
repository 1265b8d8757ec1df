"""The refresh: finds what changed, makes those facts and figures anew, and publishes them. Safe to kill and to run
again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
from django.conf import settings
from django.db import connection

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.fact_tables import ApartTable, FactTable
from byfolk.engines.indicators.making import extraction, fingerprints, inputs, rerouting, rows, spans
from byfolk.engines.indicators.making.coverage import Coverage, NothingToCount, coverage
from byfolk.engines.indicators.making.deciding import Decider, Decision, Past
from byfolk.engines.indicators.making.extraction import Looks, Snapshot
from byfolk.engines.indicators.making.persons import Population
from byfolk.engines.indicators.making.progress import Progress
from byfolk.engines.indicators.making.publishing import (
    Edition,
    Made,
    made_before,
    publish,
    published_units,
    remember,
    rows_before,
)
from byfolk.engines.indicators.making.spans import Span, Sums
from byfolk.engines.indicators.making.store import Store
from byfolk.engines.indicators.making.workspace import Workspace
from byfolk.engines.indicators.models import Publication, Step
from byfolk.engines.indicators.sources import readings
from byfolk.kernel.time import add_months, month_start, months_between

#: How far before the first month the sources are looked at for changes: the longest look back of any fact.
_REACH = 14
#: Figures of a month come out about three weeks after it ended, when the absences have been registered.
_NEXT_AFTER_DAYS = 21
_QUARTERS = (3, 6, 9, 12)
#: So many fact tables are made at once.
_AT_ONCE = 2


class AlreadyRunning(RuntimeError):
    """Another refresh runs now."""


__all__ = ["AlreadyRunning", "NothingToCount", "Outcome", "refresh"]


@dataclass(frozen=True)
class Outcome:
    """What a refresh did. `publication` is None where nothing had changed. `months`: those whose facts differ.
    `covered`: which months the sources reach to.
    """

    publication: Publication | None
    months: list[dt.date]
    figures: int
    seconds: float
    covered: Coverage


def refresh(
    *,
    today: dt.date,
    clock: Callable[[], dt.datetime],
    asked_by: int | None = None,
    everything: bool = False,
    wait: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Bring the published figures up to date with what has been imported, up to the last month that is over and that
    the sources cover.

    Makes anew from the first month whose facts changed; `everything`: from the first month there is. Where another
    refresh runs, `wait`s until it is over or raises `AlreadyRunning`. Raises `NothingToCount`, or `NoTreeError` for an
    organisation without a top.
    """
    with _alone(wait):
        progress = Progress(clock, asked_by, report)
        try:
            return _Run(today, clock, asked_by, everything, progress).run()
        except BaseException as error:
            progress.failed(error)
            raise


@contextmanager
def _alone(wait: bool) -> Iterator[None]:
    # Held by the connection: it is gone when the process is, however it ended.
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("select pg_advisory_lock(hashtext('byfolk.figures'))")
        else:
            cursor.execute("select pg_try_advisory_lock(hashtext('byfolk.figures'))")
            if not cursor.fetchone()[0]:
                raise AlreadyRunning("A refresh of the figures runs already")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('byfolk.figures'))")


class _Run:
    """One run, step by step."""

    def __init__(
        self,
        today: dt.date,
        clock: Callable[[], dt.datetime],
        asked_by: int | None,
        everything: bool,
        progress: Progress,
    ) -> None:
        self.clock, self.asked_by, self.everything, self.progress = clock, asked_by, everything, progress
        self.started = clock()
        self.over = add_months(month_start(today), -1)
        self.store = Store(Path(settings.HOME) / "facts")
        self.declared = registry.read_declared()
        self.tables: list[FactTable | ApartTable] = [*registry.fact_tables(), *registry.apart_tables()]
        self.indicators = registry.indicators()

    def run(self) -> Outcome:
        with extraction.snapshot(extraction.address()) as looks:
            self.progress.step(Step.CHANGES)
            needs = self._needs(self._look(looks))
            before = {} if self.everything else made_before()
            stale = [n for n in needs if not self._stands(n, before)]
            kept = {(n.table.code, n.month): before[(n.table.code, n.month)] for n in needs if self._stands(n, before)}
            gone = set(before) - {(n.table.code, n.month) for n in needs}
            if not stale and not gone and not self.everything:
                return self._over(None, [], 0)
            work = self._workspace(looks, [n.month for n in stale] or [self.until])
        with work:
            made = kept | self._facts(work, stale)
            changed = sorted(
                {
                    month
                    for (table, month), m in made.items()
                    if (table, month) not in before or before[(table, month)].content != m.content
                }
                | {min(month, self.until) for _, month in gone if self.first <= month}
            )
            if self.everything:
                changed = months_between(self.first, self.until)
            if not changed:
                # Other rows, the same facts: what they were made from is kept, and there is nothing to publish.
                remember(made.values())
                return self._over(None, [], 0)
            return self._publish(work, made, changed)

    def _look(self, looks: Looks) -> dict[str, fingerprints.Sums]:
        """Read the organisation and which months are covered; answers what the rows of each source come to."""
        first, *others = fingerprints.sources()
        found: dict[str, fingerprints.Sums] = {}

        def summed(source: str) -> Callable[[Snapshot], None]:
            return lambda look: found.update({source: fingerprints.sums(look, source)})

        def covered(look: Snapshot) -> None:
            self.organisation = look.organisation()
            self.covered = coverage(look, self.over)

        looks.together([summed(first), covered, *map(summed, others)])
        self.first, self.until = self.covered.first, self.covered.until
        return found

    def _needs(self, rows: Mapping[str, fingerprints.Sums]) -> list[fingerprints.Needs]:
        reach, beyond = add_months(self.first, -_REACH), add_months(self.until, 2)
        sources = {code: fingerprints.of_source(found, reach, beyond) for code, found in rows.items()}
        today = self.organisation.tree(self.until, add_months(self.until, 1)).digest
        trees = {}
        for month in months_between(self.first, self.until):
            trees[month] = self.organisation.tree(month, add_months(month, 1)).digest
        sources["tree"] = trees
        found = []
        for table in self.tables:
            months = months_between(add_months(self.first, table.needs_past), self.until)
            counted = [month for month in months if self.covered.covers(table.sources, month)]
            found += fingerprints.of_facts([table], counted, sources)
        # Who was where at each quarter's end, for the change rule; and the trees themselves.
        quarters = [m for m in months_between(self.first, self.until) if m.month in _QUARTERS]
        found += fingerprints.of_facts([PERSONS, LEADERS], quarters, sources)
        found += [fingerprints.Needs(TREE, month, digest + today) for month, digest in trees.items()]
        return found

    def _stands(self, need: fingerprints.Needs, before: dict[tuple[str, dt.date], Made]) -> bool:
        old = before.get((need.table.code, need.month))
        if old is None or old.fingerprint != need.fingerprint[:64]:
            return False
        return need.table is TREE or self.store.has(need.table.code, need.month, old.content)

    def _workspace(self, looks: Looks, months: Sequence[dt.date]) -> Workspace:
        self.progress.step(Step.FACTS)
        # The calendar year of the first month, and what an unbroken spell may have lasted before it.
        start = add_months(min(months).replace(month=1), -3)
        stop = add_months(max(months), 4)
        codes = workspace_sources()
        tables = looks.together([partial(Snapshot.source, code=code, start=start, stop=stop) for code in codes])
        return Workspace(dict(zip(codes, tables, strict=True)), self.organisation)

    def _facts(self, work: Workspace, stale: Sequence[fingerprints.Needs]) -> dict[tuple[str, dt.date], Made]:
        if not stale:
            return {}
        months = {n.month for n in stale}
        for need in stale:
            if isinstance(need.table, FactTable):
                months.update(add_months(need.month, -back) for back in need.table.heads_before)
        work.prepare(sorted(months))
        tables = {n.table.code: n.table for n in stale}

        def make(table: FactTable | ApartTable) -> list[Made]:
            mine = {n.month: n.fingerprint[:64] for n in stale if n.table.code == table.code}
            made = []
            for month, found in self._rows(work, table, sorted(mine)):
                content = found if isinstance(found, str) else self.store.write(table.code, month, found)
                size = 0 if isinstance(found, str) else found.num_rows
                made.append(Made(table.code, month, mine[month], content, size))
            return made

        every: dict[tuple[str, dt.date], Made] = {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done, made in enumerate(pool.map(make, (tables[code] for code in sorted(tables)))):
                self.progress.part(done, len(tables))
                every |= {(one.table, one.month): one for one in made}
        return every

    def _rows(
        self, work: Workspace, table: FactTable | ApartTable, months: list[dt.date]
    ) -> Iterator[tuple[dt.date, pa.Table | str]]:
        if table is TREE:
            # Kept as its hash alone: the tree is read from the organisation each time.
            yield from ((month, work.organisation.tree(month, add_months(month, 1)).digest) for month in months)
        elif table is PERSONS:
            yield from ((month, work.persons(month)) for month in months)
        elif table is LEADERS:
            yield from ((month, work.leaders(month)) for month in months)
        else:
            yield from work.facts(table, months)

    def _publish(self, work: Workspace, made: dict[tuple[str, dt.date], Made], changed: list[dt.date]) -> Outcome:
        self.progress.step(Step.CUBE)
        since = changed[0]
        wanted = spans.due(self.organisation, self.indicators, self.first, since, self.until)
        sums = self._sums(wanted, made)
        self.progress.step(Step.DISCLOSURE)
        decider = Decider(self.indicators, self.organisation, Past(self._published_before, self._population(made)))
        self._remember_months(decider, since)
        decisions: list[Decision] = []
        for done, each in enumerate(sums):
            self.progress.part(done, len(sums))
            decisions += decider.decide(each)
        frames = rows.all_rows(decisions)
        frames += self._rolling(frames, since)
        today = self.organisation.tree(self.until, add_months(self.until, 1))
        frames += rerouting.rerouted(decisions, self.organisation, today)
        return self._published(
            work, made, since, changed, frames, spans.years(self.organisation, self.first, since.year, self.until)
        )

    def _sums(self, wanted: list[Span], made: dict[tuple[str, dt.date], Made]) -> list[Sums]:
        files = [
            (table, {m: self.store.path(code, m, x.content) for (code, m), x in made.items() if code == table.code})
            for table in registry.fact_tables()
        ]
        found = spans.summed(wanted, files, spans.broken_down(self.indicators))
        for table in registry.apart_tables():
            for each in found:
                key = (table.code, each.span.period)
                if each.span.kind is PeriodKind.MONTH and key in made:
                    spans.put_apart(each, table.measures, self.store.read(table.code, {key[1]: made[key].content}))
        return found

    def _published_before(self, code: str, group: int, period: dt.date) -> set[int]:
        return published_units(registry.indicator(code).key, group, period, PeriodKind.MONTH)

    def _population(self, made: dict[tuple[str, dt.date], Made]) -> Callable[[Indicator, dt.date], Population | None]:
        def population(indicator: Indicator, period: dt.date) -> Population | None:
            table = LEADERS if indicator.watched == "leader" else PERSONS
            key = (table.code, period)
            if not indicator.watched or key not in made:
                return None
            frame = pl.DataFrame(pl.from_arrow(self.store.read(table.code, {period: made[key].content})))
            column = "gender" if table is LEADERS else indicator.watched
            frame = frame.with_columns(value=pl.col(column).cast(pl.Int64))
            if column == "pay":
                frame = frame.filter((pl.col("pay") >= 0) & pl.col("gender").is_in([1, 2]))
            if (held := indicator.watched_in) is not None:
                frame = frame.with_columns(inside=pl.col("value").is_between(held.start, held.stop, closed="left"))
            return Population(self.organisation.tree(period, add_months(period, 1)), frame)

        return population

    def _remember_months(self, decider: Decider, since: dt.date) -> None:
        for i in self.indicators:
            if not i.persons_in_month or since.month == 1:
                continue
            for month in months_between(since.replace(month=1), add_months(since, -1)):
                if month >= self.first:
                    shown = published_units(i.key, 0, month, PeriodKind.MONTH)
                    decider.months.remember(month, shown, self.organisation.tree(month, add_months(month, 1)))

    def _rolling(self, frames: list[pl.DataFrame], since: dt.date) -> list[pl.DataFrame]:
        found = []
        for i in self.indicators:
            if not any(c.kind is PeriodKind.ROLLING for c in i.upper) or spans.rolling_ends(i):
                continue
            mine = {
                f["period"][0]: f
                for f in frames
                if len(f) and f["indicator"][0] == i.key and f["breakdown"][0] == 0 and f["kind"][0] == PeriodKind.MONTH
            }
            for month in months_between(since, self.until):
                span = months_between(add_months(month, -11), month)
                if span[0] < self.first:
                    continue
                for earlier in span:
                    if earlier not in mine and earlier < since:
                        mine[earlier] = rows_before(i.key, earlier, PeriodKind.MONTH, rows.SCHEMA)
                if all(m in mine and len(mine[m]) for m in span):
                    found.append(rows.rolling(i, [mine[m] for m in span], month))
        return found

    def _published(
        self,
        work: Workspace,
        made: dict[tuple[str, dt.date], Made],
        since: dt.date,
        changed: list[dt.date],
        frames: list[pl.DataFrame],
        years: Sequence[Span] = (),
    ) -> Outcome:
        self.progress.step(Step.PUBLISH)
        counts = inputs.counted(work, years)
        batches = [] if not len(counts) else sorted(set(counts["batch"].unique().to_list()) - {0})
        contents = "".join(made[key].content for key in sorted(made))
        edition = Edition(
            since=since,
            figures=frames,
            inputs=counts,
            made=list(made.values()),
            period_until=self.until,
            next_on=add_months(self.until, 2) + dt.timedelta(days=_NEXT_AFTER_DAYS - 1),
            months=changed,
            batches=batches,
            declared=self.declared,
            facts_hash=hashlib.sha256(contents.encode()).hexdigest(),
            fact_rows=sum(m.rows for m in made.values()),
        )
        publication = publish(edition, now=self.clock(), started=self.started, asked_by=self.asked_by)
        self.store.sweep((m.table, m.month, m.content) for m in made.values())
        return self._over(publication, changed, sum(len(f) for f in frames))

    def _over(self, publication: Publication | None, changed: list[dt.date], figures: int) -> Outcome:
        self.progress.over(publication)
        seconds = (self.clock() - self.started).total_seconds()
        return Outcome(publication, changed, figures, seconds, self.covered)


def workspace_sources() -> tuple[str, ...]:
    """The sources that are read."""
    return (*extraction.WHOLE, *extraction.IN_SPAN, *readings())


#: What is kept beside the facts: who was where at each quarter's end, and the hash of each month's tree.
PERSONS = ApartTable("persons", ("employments", "pay", "tree"), (), "persons")
LEADERS = ApartTable("leaders", ("employments", "leaders", "tree"), (), "leaders")
TREE = ApartTable("tree", ("tree",), (), "tree")
