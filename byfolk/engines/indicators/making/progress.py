"""Telling how far a refresh has come: a row that a page can read while the work goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from byfolk.engines.indicators.models import Publication, Refresh, Step
from byfolk.kernel.access.acting import acting_as_worker


class Progress:
    """Writes each step in a transaction of its own, so that others see it."""

    def __init__(self, clock: Callable[[], dt.datetime], asked_by: int | None, report: Callable[[str], None]) -> None:
        self.clock, self.report = clock, report
        self._told = clock()
        with acting_as_worker(why="figures.progress"):
            # Only one runs at a time: one that seems to run still was killed.
            Refresh.objects.exclude(step=Step.DONE).filter(error="").update(error="Killed")
            self.run = Refresh.objects.create(
                started_at=self._told, changed_at=self._told, asked_by=asked_by, step=Step.CHANGES
            )

    def step(self, step: Step) -> None:
        """A new step has begun."""
        at = self.clock()
        self.report(f"{Step(step).label} ({(at - self.run.started_at).total_seconds():.1f} s)")
        self._write(step=step, done=0, of=0)

    def part(self, done: int, of: int) -> None:
        """So many parts of the step are done. Written at most twice a second."""
        if (self.clock() - self._told).total_seconds() >= 0.5:
            self._write(done=done, of=of)

    def over(self, publication: Publication | None) -> None:
        """The refresh is done."""
        self._write(step=Step.DONE, done=0, of=0, publication_id=publication and publication.pk)

    def failed(self, error: BaseException) -> None:
        """The refresh stopped: say what kind of error it was, never what it held."""
        self._write(error=type(error).__name__)

    def _write(self, **values: object) -> None:
        self._told = self.clock()
        with acting_as_worker(why="figures.progress"):
            Refresh.objects.filter(pk=self.run.pk).update(changed_at=self._told, **values)
