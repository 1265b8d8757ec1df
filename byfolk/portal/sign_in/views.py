"""allauth's views where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST

sign_out = require_POST(account.logout)


def change_password(request: HttpRequest) -> HttpResponseBase:
    """A new password. Whoever signs in by single sign-on has none to change."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise Http404
    return account.password_change(request)


class ConnectApp(ActivateTOTPView):
    """Connect an app. The code that does it counts as the second step of this session, and nobody is asked twice."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


connect_app = ConnectApp.as_view()
