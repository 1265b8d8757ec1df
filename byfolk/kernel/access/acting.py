"""Acting as somebody in the database: one transaction, one role that cannot pass the policies, one person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

import pghistory
from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError
from psycopg.pq import TransactionStatus

from byfolk.kernel.access.policies import PUBLIC, SCOPED, WIDE, WORKER
from byfolk.kernel.organisation.names import in_language
from byfolk.kernel.rights import VISITOR, Actor, Held, Role


@contextmanager
def acting(person_id: int | None) -> Iterator[Actor]:
    """Open a transaction in which the database shows what this person may see, and nothing else; None is a visitor.

    The role is put back at the end: `SET LOCAL ROLE` outlives a released savepoint.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        actor = _become(cursor, person_id)
        try:
            yield actor
            if _is_broken() and not connection.needs_rollback:
                # PostgreSQL would answer the commit with a silent rollback, and the person would be told that all is
                # saved.
                raise TransactionManagementError("a database error was swallowed: nothing of this would be kept")
        finally:
            _put_back(cursor)


@contextmanager
def acting_as_worker(*, why: str) -> Iterator[None]:
    """Open a transaction as the background role, which passes the policies. `why` stands in the history of what it
    writes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', %s, true), set_config('app.person_id', '', true)", [WORKER])
        try:
            with pghistory.context(why=why):
                yield
        finally:
            _put_back(cursor)


def _put_back(cursor: Any) -> None:
    # In a broken transaction nothing can be run, and nothing need be: rolling back puts the role back too.
    if not connection.needs_rollback and not _is_broken():
        cursor.execute("select set_config('role', 'none', true), set_config('app.person_id', '', true)")


def _is_broken() -> bool:
    return connection.connection is None or connection.connection.info.transaction_status == TransactionStatus.INERROR


BECOME = """
select who, set_config('app.person_id', case when who is null then '' else %(person)s::text end, true),
       set_config('role', case when who is null then %(public)s
                               when (who -> 'wide')::boolean then %(wide)s else %(scoped)s end, true)
  from (select byfolk_actor(%(person)s::bigint) as who offset 0) asked
"""


def _become(cursor: Any, person_id: int | None) -> Actor:
    """Ask who it is and step into the role that fits, in one statement."""
    if person_id is None:
        cursor.execute("select set_config('role', %s, true), set_config('app.person_id', '', true)", [PUBLIC])
        return VISITOR
    cursor.execute(BECOME, {"person": person_id, "public": PUBLIC, "wide": WIDE, "scoped": SCOPED})
    return _actor(person_id, cursor.fetchone()[0])


def who(person_id: int) -> Actor:
    """Who somebody is, without acting as them: for pages that run as the login role and only name the person."""
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_actor(%s)", [person_id])
        return _actor(person_id, cursor.fetchone()[0])


def _actor(person_id: int, found: Any) -> Actor:
    if found is None:
        return VISITOR
    known = json.loads(found) if isinstance(found, str) else found
    held = tuple(Held(Role(role), unit, in_language(nb, nn), code) for role, unit, nb, nn, code in known["held"])
    return Actor(person_id, known["name"], known["title"], known["unit"], held, known["wide"])


_in_action: ContextVar[bool] = ContextVar("in_action", default=False)


def _leave_entry() -> None:
    """Write who, why, when and about what, also when no table with a history was touched."""
    with connection.cursor() as cursor:
        cursor.execute("do $$ begin perform _pgh_attach_context(); end $$")


def action(permission: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function as a write: keyword-only, atomic, open only to actors with `permission`, and with who and why
    in the history.

    The function takes `actor`. Raises `PermissionError` where the actor may not. A test goes over all functions
    marked so.
    """

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*, actor: Actor, **arguments: Any) -> Any:
            if not actor.may(permission):
                raise PermissionError(f"{function.__name__} needs {permission}")
            if _in_action.get():
                # What an action does by way of another is part of it, and stands in the history under its name.
                return function(actor=actor, **arguments)
            about = {name: value.pk for name, value in arguments.items() if isinstance(value, models.Model)}
            token = _in_action.set(True)
            try:
                with (
                    transaction.atomic(),
                    pghistory.context(person=actor.person_id, why=function.__name__, about=about),
                ):
                    result = function(actor=actor, **arguments)
                    _leave_entry()
                    return result
            finally:
                _in_action.reset(token)

        run.permission = permission  # type: ignore[attr-defined]
        ACTIONS.append(run)
        return run

    return mark


ACTIONS: list[Callable[..., Any]] = []
