"""Asking for new figures from a page."""

from __future__ import annotations

from byfolk.kernel.access.acting import action
from byfolk.kernel.access.jobs import defer
from byfolk.kernel.rights import Actor

#: The name under which only one refresh waits at a time (`kernel.access.jobs.defer(once=...)`).
ONCE = "figures"


@action("figures.refresh")
def ask_for_refresh(*, actor: Actor) -> int:
    """Queue a refresh and answer the job's number. Raises `PermissionError`, or `IntegrityError` where one waits
    already.
    """
    return defer("figures.refresh", actor=actor, once=ONCE)
