"""Signing in: password with a second step, or OpenID Connect (Entra ID, ID-porten, Ansattporten) by configuration."""

from __future__ import annotations

import json
import os

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "byfolk.portal.sign_in.adapters.ClosedSignUp"
SOCIALACCOUNT_ADAPTER = "byfolk.portal.sign_in.adapters.KnownPeopleOnly"
MFA_ADAPTER = "byfolk.portal.sign_in.adapters.SecondStep"
ACCOUNT_FORMS = {
    "login": "byfolk.portal.sign_in.forms.SignInForm",
    "reauthenticate": "byfolk.portal.sign_in.forms.PasswordAgainForm",
    "change_password": "byfolk.portal.sign_in.forms.ChangePasswordForm",
    "reset_password": "byfolk.portal.sign_in.forms.ForgottenPasswordForm",
    "reset_password_from_key": "byfolk.portal.sign_in.forms.NewPasswordForm",
}
MFA_FORMS = {
    "authenticate": "byfolk.portal.sign_in.forms.CodeForm",
    "reauthenticate": "byfolk.portal.sign_in.forms.CodeAgainForm",
    "activate_totp": "byfolk.portal.sign_in.forms.ConnectAppForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Five wrong tries a name, then a pause of five minutes. By address the limit is wide: a whole city hall may share one.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "100/5m/ip,5/5m/key", "reset_password": "20/m/ip,3/5m/key"}
# How many proxies of your own stand before Byfolk: they tell the address that the limits count by.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BYFOLK_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Byfolk"
MFA_REAUTHENTICATION_REQUIRED = True
# A link, not a form: the content policy would stop a form that ends at the provider.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False

# A JSON list of providers, see docs/operations.md: [{"provider_id", "name", "client_id", "secret", "server_url",
# "claim": what the provider calls it, "matches": "employee_number" (else "email"), "second_step": true (else false)}]
OIDC_PROVIDERS = json.loads(os.environ.get("BYFOLK_OIDC", "[]"))
# Providers that ask for a second step themselves; the others' people take it here, where their role wants one.
OIDC_WITH_SECOND_STEP = frozenset(
    provider["provider_id"] for provider in OIDC_PROVIDERS if provider.get("second_step", True)
)
SECOND_STEP_URL = "mfa_activate_totp"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider["provider_id"],
                "name": provider["name"],
                "client_id": provider["client_id"],
                "secret": provider["secret"],
                "settings": {"server_url": provider["server_url"], "fetch_userinfo": True},
            }
            for provider in OIDC_PROVIDERS
        ],
    }
}
