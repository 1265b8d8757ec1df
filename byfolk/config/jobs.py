"""Running background jobs with procrastinate, as the background role."""

from __future__ import annotations

import asyncio

from django.conf import settings
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params

from byfolk.kernel.access.policies import WORKER


def run_worker(*, until_empty: bool = False) -> None:
    """Run jobs until told to stop. A job that a killed worker left half done is taken up again first."""
    parameters = connector_params("default")
    parameters["options"] = f"{parameters.get('options', '')} -c role={WORKER}".strip()
    app = django_app.with_connector(PsycopgConnector(kwargs=parameters, min_size=1, max_size=4))

    async def run() -> None:
        async with app.open_async():
            # A worker tells every ten seconds that it is alive: one that has not for half a minute is gone.
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=settings.JOB_LOST_AFTER):
                await app.job_manager.retry_job(job)
            await app.run_worker_async(concurrency=1, wait=not until_empty, install_signal_handlers=True)

    asyncio.run(run())
