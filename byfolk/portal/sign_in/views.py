"""allauth's views where ours differ."""

from __future__ import annotations

from allauth.account import views as account
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

sign_out = require_POST(account.logout)


def change_password(request: HttpRequest) -> HttpResponseBase:
    """A new password. Whoever signs in by single sign-on has none to change."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise Http404
    return account.password_change(request)
