"""What `byfolk doctor` says about background jobs."""

from __future__ import annotations

import pytest
from django.db import connections

from byfolk.config.cli.doctor import _queue

pytestmark = pytest.mark.django_db(databases=["owner"])

FAILED = """
with job as (
    insert into procrastinate_jobs (queue_name, task_name, status) values ('default', 'x', 'failed') returning id
)
insert into procrastinate_events (job_id, type, at) select id, 'failed', now() - %s::interval from job
"""
WAITING = """
insert into procrastinate_jobs (queue_name, task_name, scheduled_at) values ('default', 'x', now() - interval '2 hours')
"""


def failed(ago: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(FAILED, [ago])


def test_a_job_that_failed_this_week_is_something_to_mend():
    failed("6 days")

    assert not _queue().well
    assert "1 failed" in _queue().found


def test_a_job_that_was_given_up_long_ago_is_not():
    failed("8 days")

    assert _queue().well


def test_a_job_that_has_waited_for_more_than_an_hour_is_something_to_mend():
    with connections["owner"].cursor() as cursor:
        cursor.execute(WAITING)

    assert not _queue().well
