"""Deferring background jobs by name, in the transaction of whoever asks: a rolled-back write leaves no job. And what
becomes of a job that takes its worker with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from byfolk.kernel.rights import Actor

if TYPE_CHECKING:
    from procrastinate import JobContext
    from procrastinate.middleware import SyncCallNext, SyncTaskMiddleware
    from procrastinate.worker import Worker


class LostTooOften(RuntimeError):
    """The worker died each time the job was tried."""


def defer(task: str, *, actor: Actor, once: str | None = None, **ids: int | str) -> int:
    """Queue a job and give its number. Arguments are ids only; who asked is added by the database.

    `once`: a name under which only one job waits at a time. Raises `django.db.IntegrityError` where one waits already.
    """
    if actor.person_id is None:
        raise PermissionError("a visitor cannot queue a job")
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_defer(%s, %s, %s)", [task, json.dumps(ids), once])
        return int(cursor.fetchone()[0])


def not_for_ever(tell: Callable[..., None] = lambda **_: None) -> SyncTaskMiddleware:
    """For a task: a job that has lost its worker `JOB_TRIES` times fails instead, so that it does not stop all others.

    `tell` gets the job's arguments, and lets whoever asked know.
    """

    def run_or_give_up(run_task: SyncCallNext, context: JobContext, worker: Worker) -> Any:
        if context.job.attempts < settings.JOB_TRIES:
            return run_task()
        tell(**context.job.task_kwargs)
        raise LostTooOften(f"job {context.job.id} was tried {context.job.attempts} times")

    return run_or_give_up
