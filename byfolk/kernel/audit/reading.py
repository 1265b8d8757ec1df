"""Writing and reading the read log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from byfolk.kernel.audit.models import Purpose, ReadLog
from byfolk.kernel.rights import Actor, data_kind


def log_read(*, actor: Actor, person_id: int, kind: str, purpose: Purpose, details: str = "", now: dt.datetime) -> None:
    """Note that `actor` opens data of a logged kind about another person. Nothing is written about looking at oneself.

    The purpose is kept as its code, so that each reads it in their own language; `details` are the actor's words. The
    database function takes the reader from the request, not from an argument, so that no code can write another's
    name.
    """
    if not data_kind(kind).logged or person_id == actor.person_id:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select byfolk_log_read(%s, %s, %s, %s, %s)", [person_id, kind, Purpose(purpose).value, details, now]
        )


def looks_at(actor: Actor) -> QuerySet[ReadLog]:
    """Every look at the actor's own sensitive data, newest first."""
    return ReadLog.objects.filter(person_id=actor.own_id).order_by("-at", "-id")


@dataclass(frozen=True)
class AuditedRead:
    """One look as the auditor sees it: without the kind of data."""

    id: int
    reader_id: int
    person_id: int
    purpose: str
    details: str
    at: dt.datetime


def reads_for_auditors(*, limit: int, offset: int = 0) -> list[AuditedRead]:
    """Every look, newest first. The database gives none to anyone who is not an auditor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, reader_id, person_id, purpose, details, at from byfolk_read_log_for_auditors()"
            " order by at desc, id desc limit %s offset %s",
            [limit, offset],
        )
        return [AuditedRead(*row) for row in cursor.fetchall()]


def looks_since(actor: Actor, day: dt.date) -> int:
    """How many looks there have been since a day; 0 for whoever is not an auditor. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from byfolk_read_log_for_auditors() where at >= %s", [day])
        return int(cursor.fetchone()[0])
