"""The refresh as a background job."""

from __future__ import annotations

from procrastinate.contrib.django import app

from byfolk.engines.indicators.actions import ONCE
from byfolk.kernel.access.jobs import not_for_ever
from byfolk.kernel.time import now, today


@app.task(name="figures.refresh", queueing_lock=ONCE, task_middleware=[not_for_ever()])
def refresh_figures(asked_by: int | None = None) -> None:
    """Bring the published figures up to date, once another refresh that runs now is over: it may not have seen all."""
    # What makes figures is large and slow to load: only the process that runs the job needs it.
    from byfolk.engines.indicators.making.refresh import refresh

    refresh(today=today(), clock=now, asked_by=asked_by, wait=True)
