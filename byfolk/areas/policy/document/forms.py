"""The forms of the policy document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.engines.goals.document import HEADED
from byfolk.engines.goals.owning import OWNING
from byfolk.engines.indicators import registry
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import ROLE_TITLES, Role
from byfolk.lib.texts import LANGUAGES

LONGEST = 600
LONGEST_TEXT = 4000
LANGUAGE_NAMES = {"nb": gettext_lazy("bokmål"), "nn": gettext_lazy("nynorsk"), "en": gettext_lazy("engelsk")}
HEARING_AT_MOST = 366


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TitleForm(forms.Form):
    """The title of a version, in three languages."""

    nb = forms.CharField(
        label=gettext_lazy("Hva heter den på bokmål?"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Skriv hva den heter på bokmål")},
    )
    nn = forms.CharField(label=gettext_lazy("På nynorsk?"), max_length=LONGEST, required=False)
    en = forms.CharField(label=gettext_lazy("På engelsk?"), max_length=LONGEST, required=False)


class ElementForm(forms.Form):
    """A paragraph's texts, where it lies, and the figures of a goal."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if places:
            self.fields["above"] = forms.ChoiceField(
                label=_("Hvor skal det ligge?"),
                choices=places,
                error_messages={"required": _("Velg hvor det skal ligge")},
            )
        question = {"nb": _("Teksten på bokmål"), "nn": _("Teksten på nynorsk"), "en": _("Teksten på engelsk")}
        for language in LANGUAGES:
            self.fields[f"title_{language}"] = forms.CharField(
                label=question[language], max_length=LONGEST, required=language == "nb", widget=_area(),
                error_messages={"required": _("Skriv teksten på bokmål")},
            )  # fmt: skip
        if kind in HEADED:
            self._headed()
        if kind == "goal":
            self.fields["indicators"] = forms.MultipleChoiceField(
                label=_("Hvilke tall skal følge målet?"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.code, str(one.title)) for one in registry.indicators()],
            )  # fmt: skip

    def _headed(self) -> None:
        for name, label, longest, rows in (
            ("short", _("Kort navn, %(language)s"), 60, 1),
            ("text", _("Forklaring, %(language)s"), LONGEST_TEXT, 3),
            ("planned", _("Hva det skal måles med, %(language)s"), LONGEST, 1),
        ):
            if name == "planned" and self.kind != "goal":
                continue
            for language in LANGUAGES:
                widget = forms.TextInput() if rows == 1 else _area(rows)
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=label % {"language": LANGUAGE_NAMES[language]},
                    max_length=longest,
                    required=False,
                    widget=widget,
                )

    def clean_title_nb(self) -> str:
        text = str(self.cleaned_data["title_nb"])
        if not text.strip():
            raise forms.ValidationError(_("Skriv teksten på bokmål"))
        return text

    @property
    def content(self) -> dict[str, Any]:
        """What was written, as the engine takes it."""
        given = self.cleaned_data
        names = ("title", "short", "text", "planned")
        texts = {name: {code: given.get(f"{name}_{code}", "") for code in LANGUAGES} for name in names}
        return texts | {"indicators": given.get("indicators", [])}


class NewDraftForm(forms.Form):
    """What a new draft begins with: a version, or a file."""

    COPY, MARKDOWN, TEXT, EMPTY = "kopi", "fil", "tekst", "tom"

    begin = forms.ChoiceField(
        label=gettext_lazy("Hva skal utkastet begynne med?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva utkastet skal begynne med")},
    )
    file = forms.FileField(
        label=gettext_lazy("Fil, hvis det begynner med en"),
        required=False,
        help_text=gettext_lazy("Tekst i UTF-8, høyst 2 MB."),
    )

    def __init__(self, *args: Any, has_adopted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (self.MARKDOWN, _("En fil som er lastet ned herfra og rettet")),
            (self.TEXT, _("Teksten i et dokument vi har fra før. Vi finner områder, mål og tiltak, og du retter")),
            (self.EMPTY, _("Ingenting: begynn på nytt")),
        ]
        if has_adopted:
            choices.insert(0, (self.COPY, _("En kopi av den som gjelder")))
        self.fields["begin"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("begin") in (self.MARKDOWN, self.TEXT) and not given.get("file"):
            self.add_error("file", _("Velg filen som utkastet skal begynne med"))
        return given


class HearingForm(forms.Form):
    """How long a hearing lasts."""

    last = forms.DateField(
        label=gettext_lazy("Hva er siste dag for å uttale seg?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Velg siste dag for å uttale seg"),
            "invalid": gettext_lazy("Skriv datoen som en dato"),
        },
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_last(self) -> dt.date:
        last: dt.date = self.cleaned_data["last"]
        if last < self.on:
            raise forms.ValidationError(_("Velg en dag som ikke er over"))
        if (last - self.on).days > HEARING_AT_MOST:
            raise forms.ValidationError(_("En høring varer høyst et år"))
        return last


class CommentForm(forms.Form):
    """What is said about a paragraph, and for whom."""

    unit = forms.ChoiceField(label=gettext_lazy("Hvem uttaler du deg for?"))
    text = forms.CharField(
        label=gettext_lazy("Hva mener dere om dette?"),
        max_length=LONGEST_TEXT,
        widget=_area(5),
        error_messages={"required": gettext_lazy("Skriv hva dere mener")},
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]


class AnswerForm(forms.Form):
    """The HR direction's answer."""

    answer = forms.CharField(
        label=gettext_lazy("Hva svarer dere?"),
        max_length=LONGEST_TEXT,
        widget=_area(4),
        error_messages={"required": gettext_lazy("Skriv et svar")},
    )


class OwnMeasureForm(forms.Form):
    """What an agency does itself towards a goal."""

    unit = forms.ChoiceField(label=gettext_lazy("Hvilken virksomhet gjelder det?"))
    text = forms.CharField(
        label=gettext_lazy("Hva gjør dere?"),
        max_length=LONGEST,
        widget=_area(),
        error_messages={"required": gettext_lazy("Skriv hva dere gjør")},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk


class OwnerForm(forms.Form):
    """Who answers for a goal or a measure."""

    role = forms.ChoiceField(
        label=gettext_lazy("Hvilken rolle?"), choices=[(role.value, ROLE_TITLES[role]) for role in OWNING]
    )
    unit = forms.ChoiceField(label=gettext_lazy("I hvilken enhet?"))
    named = forms.BooleanField(
        label=gettext_lazy("Sett også navnet til den som har rollen nå"),
        required=False,
        help_text=gettext_lazy("Gjelder ledere."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Role:
        """The role that was chosen."""
        return Role(self.cleaned_data["role"])
