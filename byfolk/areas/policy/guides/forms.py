"""The forms in which guides are written, published, looked at again and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.policy.document.forms import LANGUAGE_NAMES
from byfolk.engines.indicators import registry
from byfolk.engines.library.models import Asks
from byfolk.kernel.organisation.models import Unit
from byfolk.lib.texts import LANGUAGES, one_line

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_TEXT = 120, 300, 30_000
#: A guide is looked at again within so many days.
LOOKED_AT_WITHIN = 3 * 366


def _date(label: Any, hint: Any = "", *, required: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": gettext_lazy("Skriv datoen som en dato")},
    )


class NewGuideForm(forms.Form):
    """What a new guide is called, and whose it is."""

    title = forms.CharField(
        label=gettext_lazy("Hva skal veilederen hete?"),
        help_text=gettext_lazy("Kort, og slik du ville sagt det: «Følg opp den som er syk»."),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Skriv hva veilederen skal hete")},
    )
    unit = forms.ChoiceField(label=gettext_lazy("Hvem skal eie den?"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title = one_line(str(self.cleaned_data["title"]))
        if not title:
            raise forms.ValidationError(_("Skriv hva veilederen skal hete"))
        return title


class GuideForm(forms.Form):
    """What a draft says in three languages, which goals and figures it belongs to, and whom it asks to read it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, goals: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self._texts(language)
        many = forms.CheckboxSelectMultiple
        self.fields["goals"] = forms.MultipleChoiceField(
            label=_("Hvilke mål hjelper den oss å nå?"), choices=goals, required=False, widget=many
        )
        self.fields["indicators"] = forms.MultipleChoiceField(
            label=_("Hvilke tall hører den til?"), required=False, widget=many,
            choices=[(one.code, str(one.title)) for one in registry.indicators()],
        )  # fmt: skip
        self.fields["asks"] = forms.ChoiceField(
            label=_("Hvem skal bekrefte at de har lest den?"), choices=Asks.choices, required=False,
            widget=forms.RadioSelect, help_text=_("Du ser hvor mange som har lest, aldri hvem."),
        )  # fmt: skip
        self.fields["asked_unit"] = forms.ChoiceField(
            label=_("I hvilken enhet, med alle under?"), choices=units, required=False
        )

    def _texts(self, language: str) -> None:
        name = {"language": LANGUAGE_NAMES[language]}
        self.fields[f"title_{language}"] = forms.CharField(
            label=_("Tittel på %(language)s") % name, max_length=LONGEST_TITLE, required=language == "nb",
            error_messages={"required": _("Skriv tittelen på bokmål")},
        )  # fmt: skip
        self.fields[f"summary_{language}"] = forms.CharField(
            label=_("Én setning om hva den gir, på %(language)s") % name, max_length=LONGEST_SUMMARY, required=False
        )
        self.fields[f"text_{language}"] = forms.CharField(
            label=_("Teksten på %(language)s") % name, max_length=LONGEST_TEXT, required=False, strip=False,
            widget=forms.Textarea(attrs={"rows": 18 if language == "nb" else 8}),
            help_text=_("## gjør linjen til en overskrift, - til et punkt, og **to stjerner** gir fet skrift.")
            if language == "nb" else "",
        )  # fmt: skip

    def clean_title_nb(self) -> str:
        title = one_line(str(self.cleaned_data["title_nb"]))
        if not title:
            raise forms.ValidationError(_("Skriv tittelen på bokmål"))
        return title

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("asks") and not given.get("asked_unit"):
            self.add_error("asked_unit", _("Velg enheten der de skal bekrefte"))
        return given

    @property
    def content(self) -> dict[str, Any]:
        """What was written, as the engine takes it."""
        given = self.cleaned_data
        texts = {name: {code: given[f"{name}_{code}"] for code in LANGUAGES} for name in ("title", "summary", "text")}
        return texts | {name: given[name] for name in ("goals", "indicators", "asks", "asked_unit")}

    def language_fields(self, language: str) -> list[forms.BoundField]:
        """The fields of a language."""
        return [self[f"{name}_{language}"] for name in ("title", "summary", "text")]

    def is_written(self, language: str) -> bool:
        """Whether something is written, or wrong, in a language."""
        return any(field.value() or field.errors for field in self.language_fields(language))


class PublishForm(forms.Form):
    """From when a draft holds, and when its owner looks at it again."""

    since = _date(
        gettext_lazy("Fra hvilken dag skal den gjelde?"), required=gettext_lazy("Velg dagen den skal gjelde fra")
    )
    review_on = _date(
        gettext_lazy("Når skal eieren se over den igjen?"),
        gettext_lazy("Eieren får et kort på forsiden en måned før."),
        required=gettext_lazy("Velg når den skal ses over igjen"),
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_since(self) -> dt.date:
        since: dt.date = self.cleaned_data["since"]
        if since < self.on:
            raise forms.ValidationError(_("Velg i dag eller en dag som kommer"))
        return since

    def clean_review_on(self) -> dt.date:
        return _to_come(self.cleaned_data["review_on"], self.on)


class ReviewForm(forms.Form):
    """When the owner looks at a guide again."""

    review_on = _date(
        gettext_lazy("Når skal den ses over neste gang?"), required=gettext_lazy("Velg når den skal ses over igjen")
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_review_on(self) -> dt.date:
        return _to_come(self.cleaned_data["review_on"], self.on)


class RetireForm(forms.Form):
    """The last day on which a guide holds."""

    last = _date(gettext_lazy("Hva er siste dag den gjelder?"), required=gettext_lazy("Velg siste dag den gjelder"))

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_last(self) -> dt.date:
        last: dt.date = self.cleaned_data["last"]
        if last < self.on:
            raise forms.ValidationError(_("Velg i dag eller en dag som kommer"))
        return last


def _to_come(day: dt.date, on: dt.date) -> dt.date:
    if day <= on:
        raise forms.ValidationError(_("Velg en dag som kommer"))
    if (day - on).days > LOOKED_AT_WITHIN:
        raise forms.ValidationError(_("Velg en dag i løpet av tre år"))
    return day
