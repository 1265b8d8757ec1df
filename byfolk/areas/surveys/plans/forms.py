"""The forms of a plan. Campaign, unit, and who may what never come from a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.engines.actions.actions import Participants
from byfolk.engines.actions.models import LONGEST_SIGN, LONGEST_TITLE
from byfolk.engines.questionnaires.plans.models import LONGEST_LINE, MOST, Plan

PARTS = ("union", "safety_representative", "staff_representative")


def _date(label: Any, missing: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"required": missing, "invalid": missing}, **more)


class ChooseForm(forms.Form):
    """One or two areas, who was there when they were chosen, and when. `factors`: (code, title) of what is shown."""

    factors = forms.MultipleChoiceField(
        label=gettext_lazy("Hva vil dere gjøre noe med?"),
        error_messages={
            "required": gettext_lazy("Velg ett eller to områder"),
            "invalid_choice": gettext_lazy("Velg blant områdene som vises for enheten"),
        },
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem var med og valgte?"),
        required=False,
        choices=[
            (PARTS[0], gettext_lazy("Tillitsvalgt")),
            (PARTS[1], gettext_lazy("Verneombud")),
            (PARTS[2], gettext_lazy("Ansattrepresentant")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    participants = forms.CharField(
        label=gettext_lazy("Andre som var med"),
        help_text=gettext_lazy(
            "Valgfritt, for eksempel «de ansatte på avdelingsmøtet». Skriv ikke noe om noens helse."
        ),
        max_length=LONGEST_LINE,
        required=False,
    )
    met_on = _date(gettext_lazy("Når snakket dere sammen?"), gettext_lazy("Velg dagen dere snakket sammen"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, factors: Sequence[tuple[str, str]], span: tuple[dt.date, dt.date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factors"].choices = factors  # type: ignore[attr-defined]
        self.span = span

    def clean_factors(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["factors"]
        if len(chosen) > MOST:
            raise forms.ValidationError(
                _("Velg høyst to. Ta bort noe av det du har krysset av, så det blir tid til resten.")
            )
        return chosen

    def clean_met_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["met_on"]
        if not self.span[0] <= day <= self.span[1]:
            raise forms.ValidationError(_("Velg en dag fra resultatet kom, til og med i dag"))
        return day

    @property
    def present(self) -> Participants:
        """Who was there."""
        chosen = self.cleaned_data["parts"]
        return Participants(
            staff_representative=PARTS[2] in chosen, safety_representative=PARTS[1] in chosen,
            union=PARTS[0] in chosen, others=self.cleaned_data["participants"],
        )  # fmt: skip


def as_chosen(plan: Plan | None, on: dt.date) -> dict[str, Any]:
    """What the form shows of a plan, or of none."""
    if plan is None:
        return {"factors": [], "parts": [], "met_on": on, "version": 0}
    return {
        "factors": list(plan.factors), "parts": [part for part in PARTS if getattr(plan, part)],
        "participants": plan.participants, "met_on": plan.met_on, "version": plan.version,
    }  # fmt: skip


class MakeForm(forms.Form):
    """An action for a chosen area: what, who answers for it, when one looks at it again, and how one notices that it
    works. `owners`: (person, name).
    """

    title = forms.CharField(
        label=gettext_lazy("Hva skal dere gjøre?"),
        help_text=gettext_lazy("Noe dere kan begynne med snart. Prøv et forslag, eller skriv selv."),
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TITLE}),
        error_messages={
            "required": gettext_lazy("Skriv hva dere skal gjøre"),
            "max_length": gettext_lazy("Skriv kortere: høyst 200 tegn"),
        },
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Hvem har ansvaret?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Velg hvem som har ansvaret"),
            "invalid_choice": gettext_lazy("Velg hvem som har ansvaret"),
        },
    )
    due = _date(gettext_lazy("Når ser dere på det igjen?"), gettext_lazy("Velg dagen dere ser på det igjen"))
    sign = forms.CharField(
        label=gettext_lazy("Hvordan merker dere at det virker?"),
        help_text=gettext_lazy("Noe alle kan se. Skriv ikke noe om enkeltpersoner."),
        max_length=LONGEST_SIGN,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_SIGN}),
        required=False,
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], earliest: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        self.earliest = earliest

    def clean_due(self) -> dt.date:
        due: dt.date = self.cleaned_data["due"]
        if due < self.earliest:
            raise forms.ValidationError(_("Velg en dag som ikke er før i dag"))
        return due
