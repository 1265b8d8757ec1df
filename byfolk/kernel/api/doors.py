"""The doors of the API: the pages' own permissions, answered with problem details, and how all of it is mounted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.operation import Operation

from byfolk.kernel.api import problems
from byfolk.kernel.rights import Actor, permission

Function = TypeVar("Function", bound=Callable[..., Any])
KEPT_BY_READERS = 300
"""Seconds that a public answer may be kept before it is asked for again."""


def behind(code: str) -> Callable[[Function], Function]:
    """Mark an operation with the permission that opens it. An operation without one is not mounted."""

    def mark(function: Function) -> Function:
        function.door = code  # type: ignore[attr-defined]
        return function

    return mark


def mounted(api: NinjaAPI) -> list[URLPattern]:
    """The addresses of the API, each behind its door. Raises `ImproperlyConfigured` for an operation without one."""
    found = []
    for pattern, operation in _operations(api):
        code = getattr(operation.view_func, "door", None)
        if code is None:
            raise ImproperlyConfigured(f"{operation.view_func.__name__} of the API has no door")
        view = _guarded(pattern.callback, code, _fields(operation))
        found.append(path(str(pattern.pattern), view, name=pattern.name))
    return found


def _operations(api: NinjaAPI) -> Iterator[tuple[URLPattern, Operation]]:
    patterns = api.urls[0]
    by_name = {
        operation.url_name: operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name in by_name:
            yield pattern, by_name[pattern.name]


def _fields(operation: Operation) -> frozenset[str]:
    """What may stand after the question mark."""
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )


def _guarded(view: Callable[..., Any], code: str, fields: Collection[str]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if request.method not in {"GET", "HEAD"}:
            return problems.problem(405, _("Her kan en bare lese."), headers={"Allow": "GET, HEAD"})
        if not actor.may(code):
            # Signed in, and yet nobody: who has left, for instance. Signing in again would not help.
            return problems.not_found() if request.user.is_authenticated else problems.not_signed_in()
        if unknown := sorted(set(request.GET) - set(fields)):
            # A misspelt filter must not pass for one that filters.
            return problems.not_understood([(name, _("finnes ikke her")) for name in unknown])
        asked, request.method = request.method, "GET"
        try:
            answer: HttpResponse = view(request, *args, **kwargs)
        except Http404:
            answer = problems.not_found()
        finally:
            request.method = asked
        return _for_all(request, answer) if permission(code).public and answer.status_code == 200 else answer

    guarded.door = code  # type: ignore[attr-defined]
    return guarded


def _for_all(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A public answer: it may be kept, and is not sent again to those who have it."""
    answer["Cache-Control"] = f"public, max-age={KEPT_BY_READERS}"
    answer["ETag"] = quote_etag(hashlib.sha256(answer.content).hexdigest()[:32])
    changed = answer.get("Last-Modified")
    at = parse_http_date_safe(changed) if changed else None
    return get_conditional_response(request, etag=answer["ETag"], last_modified=at, response=answer) or answer
