"""Deferring background jobs by name, in the transaction of whoever asks: a rolled-back write leaves no job."""

from __future__ import annotations

import json

from django.db import connection

from byfolk.kernel.rights import Actor


def defer(task: str, *, actor: Actor, once: str | None = None, **ids: int | str) -> int:
    """Queue a job and give its number. Arguments are ids only; who asked is added by the database.

    `once`: a name under which only one job waits at a time. Raises `django.db.IntegrityError` where one waits already.
    """
    if actor.person_id is None:
        raise PermissionError("a visitor cannot queue a job")
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_defer(%s, %s, %s)", [task, json.dumps(ids), once])
        return int(cursor.fetchone()[0])
