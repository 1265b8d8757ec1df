"""Jobs that nobody asks for: the worker queues them by the clock, and does them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import server
from tests.config.killed.installation import Installation


@pytest.fixture
def city(template: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the small demo city."""
    name = f"byfolk_clock_{worker_id}"
    server.create(name, template)
    installation = Installation(name, tmp_path_factory.mktemp("home"))
    yield installation
    installation.end()
    server.drop(name)


def test_a_task_by_the_clock_is_queued_and_done_by_the_worker(city: Installation):
    worker = city.run("worker")
    due = "select count(*) from procrastinate_periodic_defers"
    city.until(lambda: city.one(due), "a task by the clock is queued")
    done = """select j.status::text from procrastinate_periodic_defers d join procrastinate_jobs j on j.id = d.job_id
               order by d.id limit 1"""
    city.until(lambda: city.one(done) in ("succeeded", "failed"), "it is done")
    assert city.one(done) == "succeeded"
    assert worker.is_running()
