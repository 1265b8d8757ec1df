"""The form in which a unit says why its figure is as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.engines.indicators.models import LONGEST_NOTE
from byfolk.engines.indicators.notes import tells_numbers


class ExplainForm(forms.Form):
    """What is said, and that it is about nobody. `version` is the one that the writer saw, 0 for none."""

    text = forms.CharField(
        label=gettext_lazy("Hva er grunnen?"),
        help_text=gettext_lazy("To eller tre setninger er nok. Skriv om arbeidet, ikke om mennesker."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Skriv hva grunnen er"),
            "max_length": gettext_lazy("Skriv kortere: høyst 600 tegn"),
        },
    )
    about_nobody = forms.BooleanField(
        label=gettext_lazy("Jeg har ikke skrevet noe om enkeltpersoner eller noens helse"),
        error_messages={"required": gettext_lazy("Les gjennom teksten, og bekreft at den ikke handler om noen")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, hidden: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hidden = hidden

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if self.hidden and tells_numbers(text):
            raise forms.ValidationError(
                _("Tallet er skjult. Skriv forklaringen uten tall, så ingen kan regne seg fram.")
            )
        return text
