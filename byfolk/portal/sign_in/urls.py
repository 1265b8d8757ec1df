"""Sign-in: only what Byfolk uses of allauth, so that nothing else is open."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path

from byfolk.portal.sign_in import views

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", views.change_password, name="account_change_password"),
    path("forgotten/", account.password_reset, name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("code/", mfa.index, name="mfa_index"),
    path("code/sign-in/", mfa.authenticate, name="mfa_authenticate"),
    path("code/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("code/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("code/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("code/recovery/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("code/recovery/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("code/recovery/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("oidc/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", socialaccount.login_error, name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", openid_connect.callback, name="openid_connect_callback"),
]
