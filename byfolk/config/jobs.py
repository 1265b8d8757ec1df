"""Running background jobs with procrastinate, as the background role."""

from __future__ import annotations

import asyncio
from collections.abc import Set

import structlog
from django.conf import settings
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from byfolk.kernel.access.policies import WORKER

log = structlog.get_logger("byfolk.jobs")


def run_worker(*, until_empty: bool = False) -> None:
    """Run jobs until told to stop, those that a killed worker left half done among them."""
    parameters = connector_params("default")
    parameters["options"] = f"{parameters.get('options', '')} -c role={WORKER}".strip()
    connector = PsycopgConnector(kwargs=parameters, min_size=1, max_size=4)
    # A worker tells three times in that span that it is alive: one that has not is gone.
    often = settings.JOB_LOST_AFTER / 3
    own: set[int] = set()

    async def remember(run_job: AsyncCallNext, context: JobContext, worker: Worker) -> object:
        if worker.worker_id is not None:
            own.add(worker.worker_id)
        return await run_job()

    async def look(app: App) -> None:
        while True:
            await asyncio.sleep(often)
            try:
                await take_up_lost(app, own)
            except Exception as error:  # whatever it is, the next look may do better
                log.warning("lost jobs not looked for", error=type(error).__name__)

    async def run(app: App) -> None:
        async with app.open_async():
            await take_up_lost(app, own)
            looking = asyncio.create_task(look(app))
            try:
                await app.run_worker_async(
                    concurrency=1,
                    wait=not until_empty,
                    install_signal_handlers=True,
                    fetch_job_polling_interval=min(5, often),
                    update_heartbeat_interval=often,
                    stalled_worker_timeout=settings.JOB_LOST_AFTER,
                    worker_middleware=[remember],
                )
            finally:
                looking.cancel()

    # Tasks by the clock are queued through the app that they are declared with: it, too, needs the background role.
    with django_app.replace_connector(connector) as app:
        asyncio.run(run(app))


async def take_up_lost(app: App, own: Set[int]) -> None:
    """Put jobs whose worker is gone back in the queue, once each. `own` names ourselves: we live, however busy we were.

    Where two workers take up the same job, both run it, one after the other: each job does nothing twice.
    """
    jobs = app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=settings.JOB_LOST_AFTER):
        if job.worker_id in own:
            continue
        try:
            await jobs.retry_job(job)
            done = "taken up again"
        except UniqueViolation:
            # Another of its name waits, and will do what this one would have done.
            await jobs.finish_job(job, Status.ABORTED, delete_job=False)
            done = "left to the one that waits"
        except ConnectorException:  # another worker has just taken it up
            continue
        log.warning("lost job", job=job.id, task=job.task_name, tries=job.attempts + 1, done=done)
