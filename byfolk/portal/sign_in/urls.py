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
    path("inn/", account.login, name="account_login"),
    path("ut/", views.sign_out, name="account_logout"),
    path("stengt/", account.account_inactive, name="account_inactive"),
    path("bekreft/", account.reauthenticate, name="account_reauthenticate"),
    path("passord/", views.change_password, name="account_change_password"),
    path("glemt/", account.password_reset, name="account_reset_password"),
    path("glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("glemt/ferdig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("kode/", mfa.index, name="mfa_index"),
    path("kode/inn/", mfa.authenticate, name="mfa_authenticate"),
    path("kode/bekreft/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("kode/app/", views.connect_app, name="mfa_activate_totp"),
    path("kode/app/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kode/reserve/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kode/reserve/nye/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kode/reserve/fil/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("oidc/avbrutt/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/feil/", socialaccount.login_error, name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", openid_connect.callback, name="openid_connect_callback"),
]
