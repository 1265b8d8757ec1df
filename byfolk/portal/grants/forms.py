"""Forms for giving and ending roles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import ROLE_TITLES, Role
from byfolk.lib import norwegian
from byfolk.portal.grants.queries import units_called

GRANTED = [role for role in Role if role is not Role.LEADER]


class GiveRoleForm(forms.Form):
    """Which role, where, from when, and why. Who it is stands in the address; nobody can post another's."""

    role = forms.ChoiceField(
        label=gettext_lazy("Hvilken rolle?"),
        choices=[(r.value, ROLE_TITLES[r]) for r in GRANTED],
        error_messages={"required": gettext_lazy("Velg en rolle")},
    )
    unit = forms.CharField(
        label=gettext_lazy("For hvilken enhet?"),
        help_text=gettext_lazy("Enhetens kode eller hele navnet. Rollen gjelder også alt under."),
        error_messages={"required": gettext_lazy("Skriv hvilken enhet rollen gjelder")},
    )
    start = forms.DateField(
        label=gettext_lazy("Fra og med"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Velg en dato"), "invalid": gettext_lazy("Velg en dato")},
    )
    last = forms.DateField(
        label=gettext_lazy("Til og med"),
        required=False,
        help_text=gettext_lazy("La stå tomt når den varer til noen avslutter den."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Velg en dato")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=500,
        help_text=gettext_lazy("Står i historikken, som revisor ser."),
        error_messages={"required": gettext_lazy("Skriv hvorfor")},
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["start"].initial = on

    def clean_unit(self) -> Unit:
        found = units_called(self.cleaned_data["unit"].strip(), self.on)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Vi fant ingen enhet med denne koden eller dette navnet."))
        text = ngettext("%(n)s enhet heter dette. Skriv koden.", "%(n)s enheter heter dette. Skriv koden.", len(found))
        raise forms.ValidationError(text % {"n": norwegian.sentence(norwegian.in_words(len(found)))})

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        if start < self.on:
            raise forms.ValidationError(_("Rollen kan ikke begynne før i dag."))
        return start

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("last") and data.get("start") and data["last"] < data["start"]:
            self.add_error("last", _("Velg en dato etter den første."))
        return data

    @property
    def period(self) -> tuple[dt.date, dt.date | None]:
        """The role's days, half-open."""
        last = self.cleaned_data["last"]
        return self.cleaned_data["start"], last + dt.timedelta(days=1) if last else None


class EndRoleForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=500,
        help_text=gettext_lazy("Står i historikken, som revisor ser."),
        error_messages={"required": gettext_lazy("Skriv hvorfor")},
    )
