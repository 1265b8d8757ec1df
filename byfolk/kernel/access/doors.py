"""The doors in the code: every view stands behind one, and a view without a door is not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from byfolk.kernel.rights import Actor, permission

View = Callable[..., HttpResponse]


def door(code: str) -> Callable[[View], View]:
    """Let only actors with the permission `code` into a view. What one may not see is 404; a visitor is asked to sign
    in.
    """

    def put(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if not actor.may(code):
                if actor.person_id is None and request.method in {"GET", "HEAD"}:
                    return _to_sign_in(request)
                raise Http404
            return view(request, *args, **kwargs)

        guarded.door = code  # type: ignore[attr-defined]
        return guarded

    return put


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        # Signed in, and yet nobody: who has left, for instance. The sign-in page would only send them back here.
        raise Http404
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect_to_login(request.get_full_path())
    # A part of a page that was opened before the session ran out: the whole page goes to sign in, and comes back to
    # where it was.
    page = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(redirect_to_login(page).url)


def may_in(actor: Actor, code: str, unit_id: int) -> bool:
    """Whether the actor may do this in a certain unit: by a role held for it or for a unit above it. One query."""
    wanted = permission(code)
    if wanted.public or (wanted.everyone and actor.person_id is not None):
        return True
    roles = [role.value for role in wanted.roles]
    if not actor.may(code):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s in (select held_unit_set(%s))", [unit_id, roles])
        return bool(cursor.fetchone()[0])
