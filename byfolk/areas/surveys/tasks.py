"""What surveys do by themselves, as background jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from byfolk.areas.surveys.shipped import load_instruments
from byfolk.kernel.access.acting import acting_as_worker
from byfolk.kernel.time import now


@app.periodic(cron="40 * * * *")
@app.task(name="surveys.instruments", queueing_lock="surveys.instruments")
def load_what_ships(timestamp: int) -> None:
    """Every hour: put in use the instruments that come with Byfolk and the municipality lacks. There are some to put in
    use once: when its organisation has been read in.
    """
    with acting_as_worker(why="load_what_ships"):
        load_instruments(now())
