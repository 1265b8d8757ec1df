"""A second step at sign-in, for roles that see much: a stolen password alone must not open the whole city.

What counts is written in the session at sign-in (allauth's records of how the person proved who they are): a code
from an app or a recovery code; single sign-on with a provider that asks for a second step itself (`second_step` in
BYFOLK_OIDC, true where nothing is said); and stepping in as one of the demo's cast, whose people are invented.
"""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from byfolk.kernel.rights import Actor, Role

ROLES = frozenset({Role.HR_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR})
DEMO = "demo"
"""The method under which stepping in as one of the cast is recorded."""


def is_missing(request: HttpRequest, actor: Actor) -> bool:
    """Whether this actor holds a role that wants a second step and has not taken one in this session."""
    return bool(actor.roles & ROLES) and not is_taken(request)


def is_taken(request: HttpRequest) -> bool:
    """Whether this session was opened with a second step."""
    return any(_counts(record) for record in get_authentication_records(request, request.user))


def _counts(record: dict[str, str]) -> bool:
    method = record.get("method")
    if method == "socialaccount":
        return record.get("provider") in settings.OIDC_WITH_SECOND_STEP
    return method in {"mfa", DEMO}
