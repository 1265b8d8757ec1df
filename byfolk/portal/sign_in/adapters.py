"""Who may come in: people that the employer knows, and nobody by signing up."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.access.models import User
from byfolk.portal.sign_in.people import known_person, may_come_in, user_of

WRONG = _("Navnet eller passordet stemmer ikke. Prøv igjen.")


def turned_away(request: HttpRequest) -> HttpResponse:
    """The page for someone who proved who they are, but does not work here."""
    return render(request, "portal/sign_in/turned_away.html", status=403)


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody makes a user by signing up, and nobody who has left comes in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": _("Du har prøvd for mange ganger. Vent fem minutter, og prøv igjen."),
        "enter_current_password": _("Dette er ikke passordet du har nå."),
        "incorrect_password": _("Passordet stemmer ikke. Prøv igjen."),
        "rate_limited": _("Du har prøvd for mange ganger. Vent litt, og prøv igjen."),
        "invalid_password_reset": _("Lenken er brukt eller for gammel. Be om en ny."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if not may_come_in(user.person_id):
            return turned_away(request)
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only when it is more than five minutes since the person last proved who they are."""
        request = self.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No passing messages: each page says how it stands."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return super().get_password_change_redirect_url(request) + "?saved=1"


class SecondStep(DefaultMFAAdapter):
    """A code from an app, with recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden stemmer ikke. Vent til appen viser en ny, og prøv igjen."),
        "unverified_email": _("Du må bekrefte e-posten din først."),
    }


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Single sign-on lets in people that the employer knows already, found by what the provider tells about them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person, each time anew: who has left or changed number since last time is turned away."""
        provider = next(p for p in settings.OIDC_PROVIDERS if p["provider_id"] == sociallogin.account.provider)
        told = _told(sociallogin.account.extra_data, provider.get("claim", "employee_number"))
        self._forget(sociallogin)
        person_id = known_person(provider.get("matches", "employee_number"), told) if told else None
        if sociallogin.state.get("process") != AuthProcess.LOGIN or person_id is None or not may_come_in(person_id):
            raise ImmediateHttpResponse(turned_away(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user_of(person_id, told))
        elif not isinstance(sociallogin.user, User) or sociallogin.user.person_id != person_id:
            raise ImmediateHttpResponse(turned_away(request))

    def _forget(self, sociallogin: SocialLogin) -> None:
        # A provider tells more than we ask for, a national identity number even: none of it is kept.
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})


def _told(data: dict[str, Any], claim: str) -> str:
    """What the provider says under `claim`, in the identity token or else among the user's details."""
    for part in ("id_token", "userinfo"):
        value = (data.get(part) or {}).get(claim)
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""
