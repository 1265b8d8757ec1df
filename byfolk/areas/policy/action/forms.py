"""The forms of actions. The unit, the state before and who may what never come from a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.policy.action.words import day_text
from byfolk.engines.actions.actions import LONGEST_TEXT, Participants
from byfolk.engines.actions.models import LONGEST_SIGN, LONGEST_TITLE, State

_TITLE_MISSING = {"required": gettext_lazy("Skriv hva som skal gjøres")}
_DATE_MISSING = {"required": gettext_lazy("Velg en frist"), "invalid": gettext_lazy("Velg en frist")}
PARTS = ("staff_representative", "safety_representative", "union")


def _date_field() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Når skal det være ferdig?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DATE_MISSING,
    )


class WhatForm(forms.Form):
    """What is to be done, by when, and who takes part."""

    title = forms.CharField(
        label=gettext_lazy("Hva skal gjøres?"),
        help_text=gettext_lazy("En setning er nok. Du kan endre den senere. Skriv ikke noe om enkeltpersoner."),
        max_length=LONGEST_TITLE,
        error_messages=_TITLE_MISSING,
    )
    due = _date_field()
    sign = forms.CharField(
        label=gettext_lazy("Hvordan merker dere at det virker?"),
        help_text=gettext_lazy("Noe alle kan se. Skriv ikke noe om enkeltpersoner."),
        max_length=LONGEST_SIGN,
        required=False,
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem er med?"),
        required=False,
        choices=[
            (PARTS[0], gettext_lazy("Ansattrepresentant")),
            (PARTS[1], gettext_lazy("Verneombud")),
            (PARTS[2], gettext_lazy("Tillitsvalgt")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    participants = forms.CharField(
        label=gettext_lazy("Andre som er med"),
        help_text=gettext_lazy("Valgfritt, for eksempel bedriftshelsetjenesten."),
        max_length=LONGEST_TITLE,
        required=False,
    )

    def __init__(self, *args: Any, earliest: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest

    def clean_due(self) -> dt.date:
        due: dt.date = self.cleaned_data["due"]
        if due < self.earliest:
            raise forms.ValidationError(_("Velg en frist som ikke er før %(day)s") % {"day": day_text(self.earliest)})
        return due

    @property
    def taking_part(self) -> Participants:
        """Who takes part."""
        chosen = self.cleaned_data["parts"]
        staff, safety, union = (part in chosen for part in PARTS)
        return Participants(staff, safety, union, self.cleaned_data["participants"])


class OwnerField(forms.TypedChoiceField):
    """Who answers for an action."""

    def __init__(self, **kwargs: Any) -> None:
        missing = gettext_lazy("Velg hvem som har ansvaret")
        super().__init__(
            label=gettext_lazy("Hvem har ansvaret?"),
            coerce=int,
            error_messages={"required": missing, "invalid_choice": missing},
            **kwargs,
        )


class StartForm(WhatForm):
    """Starting an action: also who answers for it, and which figure it should move."""

    owner = OwnerField()
    indicator = forms.ChoiceField(
        label=gettext_lazy("Hvilket tall skal flytte seg?"),
        help_text=gettext_lazy("Vi husker tallet slik det er nå, og viser om det endrer seg."),
        required=False,
    )
    field_order = ["title", "owner", "due", "indicator", "sign", "parts", "participants"]

    def __init__(
        self, *args: Any, owners: Sequence[tuple[int, str]], figures: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", _("Ingen av tallene")), *figures]  # type: ignore[attr-defined]


class EditForm(WhatForm):
    """Changing an action. `version` is the one that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    """Giving an action to another owner."""

    owner = OwnerField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]


class StateForm(forms.Form):
    """Where an action stands; why, when it is dropped."""

    state = forms.ChoiceField(
        label=gettext_lazy("Hvor står tiltaket?"),
        choices=State.choices,
        error_messages={"required": gettext_lazy("Velg hvor tiltaket står")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor droppes det?"),
        help_text=gettext_lazy("Bare når tiltaket droppes. Alle i enheten ser det du skriver."),
        required=False,
        max_length=500,
    )
    shared = forms.BooleanField(
        label=gettext_lazy("La andre ledere se hva dere gjorde"),
        help_text=gettext_lazy(
            "Bare når tiltaket er ferdig. De ser teksten og om tallet gikk riktig vei, ikke hvor det var."
        ),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") == State.DROPPED and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Skriv hvorfor tiltaket droppes"))
        return data


class CommentForm(forms.Form):
    """Saying something about an action."""

    text = forms.CharField(
        label=gettext_lazy("Skriv en kommentar"),
        help_text=gettext_lazy("Den som har ansvaret, lederne og HR ser den. Kommentarer kan ikke endres etterpå."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv en kommentar")},
    )
