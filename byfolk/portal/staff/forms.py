"""Asking for a purpose before something sensitive is opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The same for every kind of data: the auditor sees the purpose, and must not learn from it what kind it was.
PURPOSES = {
    "talk": gettext_lazy("Forberede en samtale med personen"),
    "duty": gettext_lazy("Følge opp personen, slik loven eller avtalen krever"),
    "asked": gettext_lazy("Svare på noe personen har spurt om"),
    "mend": gettext_lazy("Rette en feil"),
    "other": gettext_lazy("Noe annet"),
}


class PurposeForm(forms.Form):
    """Why something is opened."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Hvorfor åpner du dette?"),
        choices=list(PURPOSES.items()),
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
        if data.get("purpose") == "other" and not data.get("details", "").strip():
            self.add_error("details", _("Skriv hva grunnen er"))
        return data

    @property
    def in_words(self) -> str:
        """The purpose as it stands in the log."""
        details = self.cleaned_data["details"].strip()
        purpose = str(PURPOSES[self.cleaned_data["purpose"]])
        if self.cleaned_data["purpose"] == "other":
            return details
        return f"{purpose}. {details}" if details else purpose
