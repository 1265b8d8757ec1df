"""Asking for a purpose before something sensitive is opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.kernel.audit.models import Purpose


class PurposeForm(forms.Form):
    """Why something is opened."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Hvorfor åpner du dette?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvorfor")},
    )
    details = forms.CharField(
        label=gettext_lazy("Mer om grunnen"),
        help_text=gettext_lazy("Må fylles ut når grunnen er noe annet. Ikke skriv noe om helse."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == Purpose.OTHER and not data.get("details", "").strip():
            self.add_error("details", _("Skriv hva grunnen er"))
        return data

    @property
    def why(self) -> tuple[Purpose, str]:
        """The purpose and what was written beside it, as they stand in the log."""
        return Purpose(self.cleaned_data["purpose"]), self.cleaned_data["details"].strip()
