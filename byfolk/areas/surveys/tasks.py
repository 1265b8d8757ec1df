"""What surveys do by themselves, as background jobs."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app

from byfolk.areas.surveys import declaring
from byfolk.areas.surveys.shipped import load_instruments
from byfolk.engines.indicators.models import Publication
from byfolk.engines.questionnaires.results.models import Results
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.time import day_of, now, today

FIGURES = "surveys.figures"


@app.periodic(cron="40 * * * *")
@app.task(name="surveys.instruments", queueing_lock="surveys.instruments")
def load_what_ships(timestamp: int) -> None:
    """Every hour: put in use the instruments that come with Byfolk and the municipality lacks. There are some to put in
    use once: when its organisation has been read in.
    """
    with acting_as_worker(why="load_what_ships"):
        load_instruments(now())


@app.periodic(cron="40 2 * * *")
@app.task(name=FIGURES, queueing_lock=FIGURES)
def publish_what_all_may_see(timestamp: int) -> None:
    """Every night: where results became everybody's to see since figures were last published, publish them; factors
    that there was no result of before become indicators first.
    """
    if results_wait(today()):
        with acting_as_worker(why=FIGURES):
            declaring.declare(today())
        # What makes figures is large and slow to load: only when it is needed.
        from byfolk.engines.indicators.making.refresh import refresh

        refresh(today=today(), clock=now, wait=True)


def results_wait(on: dt.date) -> bool:
    """Whether results have become everybody's to see since figures were last published."""
    with acting_as_worker(why=FIGURES):
        newest = Publication.objects.order_by("-at").first()
        since = day_of(newest.at) if newest else on
        return Results.objects.filter(shown_from__gt=since, shown_from__lte=on).exists()
