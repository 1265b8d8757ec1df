"""The refresh as a background job."""

from __future__ import annotations

from procrastinate.contrib.django import app

from byfolk.engines.indicators.making.refresh import refresh
from byfolk.kernel.time import now, today

#: The name under which only one refresh waits at a time (`kernel.access.jobs.defer(once=...)`).
ONCE = "figures"


@app.task(name="figures.refresh", queueing_lock=ONCE)
def refresh_figures(asked_by: int | None = None) -> None:
    """Bring the published figures up to date."""
    refresh(today=today(), clock=now, asked_by=asked_by)
