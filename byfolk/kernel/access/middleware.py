"""Every request is one transaction in which the database knows who asks, from the view to the last streamed byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url

from byfolk.kernel.access.acting import acting
from byfolk.kernel.access.second_step import is_missing
from byfolk.kernel.rights import VISITOR

CLOSED = 400
"""From this status on an answer shows nothing and keeps nothing: what was written for it is rolled back."""


class ActorMiddleware:
    """Sets `request.actor` and runs the view and its rendering as that person.

    The sign-in pages run as the login role, which can read sign-in tables and nothing else. A view without a door is
    not found, whatever it is. Whoever must take a second step and has not, gets nowhere else first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = VISITOR  # type: ignore[attr-defined]
        if request.path_info.startswith(settings.WITHOUT_ACTOR):
            return self.get_response(request)
        # The public face is the same for everybody: what a visitor sees, whoever asks, and no session is read for it.
        as_visitor = request.path_info.startswith(settings.AS_VISITOR)
        person_id = None if as_visitor else getattr(request.user, "person_id", None)
        with acting(person_id) as actor:
            if is_missing(request, actor):
                return HttpResponseRedirect(resolve_url(settings.SECOND_STEP_URL))
            request.actor = actor  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= CLOSED:
                transaction.set_rollback(True)
        if response.streaming:
            response.streaming_content = _as(person_id, response.streaming_content)  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Deny by default: a forgotten door is a closed one."""
        if not hasattr(view, "door") and not request.path_info.startswith(settings.WITHOUT_ACTOR):
            raise Http404


def _as(person_id: int | None, content: Iterator[bytes]) -> Iterator[bytes]:
    with acting(person_id):
        yield from content
