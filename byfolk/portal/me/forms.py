"""Forms of my page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import data_kinds
from byfolk.portal.me.actions import LONGEST


class CorrectionForm(forms.Form):
    """What is wrong, and in what."""

    kind = forms.ChoiceField(label=_("Hva gjelder det?"), error_messages={"required": _("Velg hva det gjelder")})
    text = forms.CharField(
        label=_("Hva er feil, og hva skal stå der?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv hva som er feil")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in data_kinds() if kind.own]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was done about it."""

    answer = forms.CharField(
        label=_("Svar"),
        help_text=_("Si hva som er rettet, eller hvorfor det står riktig."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv et svar")},
    )
