"""The form that sets a target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.policy.wording import language, unit_word
from byfolk.engines.indicators.definition import Direction, Indicator, UnitOfMeasure
from byfolk.lib.norwegian import read_number

#: As the pages show a target: nothing is kept that nobody would see.
DECIMALS = 3
LARGEST = 1_000_000_000
#: A share is never more; a ratio (women's pay as a percentage of men's) may be.
MOST_PERCENT = 200


class TargetForm(forms.Form):
    """Which year, how much, and how far from it is near. The unit and the indicator stand in the address."""

    year = forms.TypedChoiceField(
        label=gettext_lazy("Hvilket år?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Velg et år"),
            "invalid_choice": gettext_lazy("Velg et av årene i listen"),
        },
    )
    value = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv hva målet skal være")},
    )
    tolerance = forms.CharField(
        label=gettext_lazy("Hvor langt unna er fortsatt nær?"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv hvor langt unna som fortsatt er nær. Skriv 0 for ikke noe.")},
    )

    def __init__(self, *args: Any, indicator: Indicator, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        percent = indicator.unit is UnitOfMeasure.PERCENT
        word = _("prosent") if percent else unit_word(indicator)
        self.fields["value"].label = _("Hva er målet, i %(unit)s?") % {"unit": word} if word else _("Hva er målet?")
        lower = indicator.direction is Direction.DOWN
        self.fields["value"].help_text = (
            _("Tallet skal være høyst dette.") if lower else _("Tallet skal være minst dette.")
        )
        self.fields["tolerance"].help_text = (
            _("I prosentpoeng. Det som er nær, får et eget merke, ikke «langt unna».")
            if percent
            else _("Det som er nær, får et eget merke, ikke «langt unna».")
        )

    def clean_value(self) -> Decimal:
        value = self._number("value", _("Skriv målet som et tall, for eksempel 8,2"))
        most = MOST_PERCENT if self.indicator.unit is UnitOfMeasure.PERCENT else LARGEST
        if value > most:
            raise forms.ValidationError(_("Målet kan ikke være så stort."))
        return value

    def clean_tolerance(self) -> Decimal:
        tolerance = self._number("tolerance", _("Skriv avstanden som et tall, for eksempel 0,5"))
        if tolerance > LARGEST:
            raise forms.ValidationError(_("Avstanden kan ikke være så stor."))
        return tolerance

    def _number(self, field: str, wrong: str) -> Decimal:
        found = read_number(self.cleaned_data[field], language())
        if found is None:
            raise forms.ValidationError(wrong)
        if found < 0:
            raise forms.ValidationError(_("Skriv et tall som ikke er under null."))
        if found != round(found, DECIMALS):
            raise forms.ValidationError(_("Bruk høyst tre desimaler."))
        return found
