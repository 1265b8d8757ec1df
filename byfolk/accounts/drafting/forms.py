"""The forms on which the accounts are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.accounts.editing import LONGEST_POINT, LONGEST_REASON, LONGEST_TEXT, POINTS_AT_MOST


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SectionForm(forms.Form):
    """What a chapter says. `listed`: it has a list, too."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Hva vil dere si i dette kapitlet?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_area(14),
        help_text=gettext_lazy(
            "En tom linje gir et nytt avsnitt. En linje som begynner med «- », blir et punkt. "
            "**To stjerner** gir uthevet skrift."
        ),
        error_messages={"max_length": gettext_lazy("Teksten er for lang. Skriv den kortere.")},
    )

    def __init__(self, *args: Any, listed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if listed:
            self.fields["points"] = forms.CharField(
                label=_("Hva skal dere gjøre?"), required=False, widget=_area(8), help_text=_("Én ting på hver linje.")
            )

    def clean_points(self) -> str:
        given = str(self.cleaned_data.get("points", ""))
        rows = [row for row in given.splitlines() if row.strip()]
        if len(rows) > POINTS_AT_MOST:
            raise forms.ValidationError(_("Skriv høyst %(n)d linjer") % {"n": POINTS_AT_MOST})
        if any(len(row) > LONGEST_POINT for row in rows):
            raise forms.ValidationError(_("En linje kan ha høyst %(n)d tegn") % {"n": LONGEST_POINT})
        return given

    @property
    def rows(self) -> list[str]:
        """The list, a point a line."""
        return str(self.cleaned_data.get("points", "")).splitlines()


class AskForm(forms.Form):
    """Who is asked to write a chapter, and by when."""

    contributor = forms.ChoiceField(label=gettext_lazy("Hvem skal skrive?"), required=False)
    due = forms.DateField(
        label=gettext_lazy("Når skal det være klart?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Skriv datoen som en dato")},
    )

    def __init__(self, *args: Any, writers: Sequence[tuple[int, str]], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["contributor"].choices = [("", _("Ingen er bedt")), *writers]  # type: ignore[attr-defined]

    def clean_due(self) -> dt.date | None:
        due: dt.date | None = self.cleaned_data["due"]
        if due is not None and due < self.on and due != self.initial.get("due"):
            raise forms.ValidationError(_("Velg en dag som ikke er over"))
        return due

    @property
    def who(self) -> int | None:
        """The one who is asked; None for nobody."""
        chosen = self.cleaned_data["contributor"]
        return int(chosen) if chosen else None


class CommentForm(forms.Form):
    """What is said about a chapter."""

    text = forms.CharField(
        label=gettext_lazy("Hva vil du si om dette?"),
        max_length=4000,
        widget=_area(4),
        error_messages={"required": gettext_lazy("Skriv hva du vil si")},
    )


class FreezeForm(forms.Form):
    """Why the accounts are frozen now."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor fryses det nå?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("For eksempel «Behandlet i ledermøtet 12. mars». Det står i regnskapet."),
        error_messages={"required": gettext_lazy("Skriv hvorfor regnskapet fryses")},
    )
