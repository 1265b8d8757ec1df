"""The sign-in pages' forms: allauth's, with our questions."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


def _ask(form: forms.Form, field: str, label: Any, hint: Any = "") -> None:
    form.fields[field].label = label
    form.fields[field].help_text = hint
    form.fields[field].widget.attrs.pop("placeholder", None)


def _ask_for_new(form: forms.Form) -> None:
    _ask(form, "password1", _("Nytt passord"), " ".join(str(text) for text in password_validators_help_texts()))
    _ask(form, "password2", _("Det nye passordet én gang til"))


class SignInForm(account.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "login", _("Brukernavn eller e-post"), _("Brukernavnet er vanligvis ansattnummeret ditt."))
        _ask(self, "password", _("Passord"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswordAgainForm(account.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password", _("Passord"))


class ChangePasswordForm(account.ChangePasswordForm):
    """A new password for the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", _("Passordet du har nå"))
        _ask_for_new(self)


class ForgottenPasswordForm(account.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "email", _("E-post"), _("Den som er registrert på brukeren din."))


class NewPasswordForm(account.ResetPasswordKeyForm):
    """A new password, from a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_new(self)


class CodeForm(mfa.AuthenticateForm):
    """The code at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", _("Kode"), _("Seks siffer fra appen, eller en av reservekodene dine."))


class CodeAgainForm(mfa.ReauthenticateForm):
    """The code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", _("Kode"), _("Seks siffer fra appen, eller en av reservekodene dine."))


class ConnectAppForm(totp.ActivateTOTPForm):
    """The first code, which shows that the app is connected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", _("Kode fra appen"), _("Seks siffer. Den skifter hvert halve minutt."))
