"""Signing in: password with a second step, or OpenID Connect (Entra ID, ID-porten, Ansattporten) by configuration."""

from __future__ import annotations

import json
import os

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "byfolk.portal.sign_in.adapters.ClosedSignUp"
SOCIALACCOUNT_ADAPTER = "byfolk.portal.sign_in.adapters.KnownPeopleOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# Five wrong tries a name and twenty an address, then a pause of five minutes.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/5m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Byfolk"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# A JSON list of providers: [{"provider_id", "name", "client_id", "secret", "server_url", "claim"}], see docs/operations.md.
OIDC_PROVIDERS = json.loads(os.environ.get("BYFOLK_OIDC", "[]"))
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
