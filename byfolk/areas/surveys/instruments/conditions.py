"""When an item is shown: after which answers to one earlier item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from byfolk.areas.surveys.asking import answer_words
from byfolk.areas.surveys.instruments.words import language
from byfolk.engines.questionnaires.instruments.checking import bounds, may_be_answered
from byfolk.engines.questionnaires.instruments.content import Condition, Content, Item, Kind

#: What a condition may be about.
ASKABLE = (Kind.SCALE, Kind.SINGLE, Kind.MULTIPLE, Kind.NUMBER)


def earlier_items(content: Content, item: Item) -> list[Item]:
    """The items before this one that a condition may be about."""
    found: list[Item] = []
    for one in content.items():
        if one.code == item.code:
            return found
        if one.kind in ASKABLE:
            found.append(one)
    return found


class ConditionForm(forms.Form):
    """Which answers to `about` an item is shown after; without it: always."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, content: Content, item: Item, about: Item | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        before = item.shown_if if item.shown_if and about and item.shown_if.item == about.code else None
        if about is None:
            return
        if about.kind is Kind.NUMBER:
            smallest, largest = bounds(about)
            self.fields["at_least"] = forms.IntegerField(
                label=_("Hva skal tallet minst være?"), min_value=smallest, max_value=largest,
                initial=before.at_least if before else None,
                error_messages={"required": _("Skriv et tall"), "invalid": _("Skriv et helt tall")},
            )  # fmt: skip
            return
        known = may_be_answered(content, about)
        chosen = list(before.any_of) if before else []
        if before and before.at_least is not None:
            chosen = [answer for answer in known if int(answer) >= before.at_least]
        self.fields["any_of"] = forms.MultipleChoiceField(
            label=_("Hvilke svar skal spørsmålet vises etter?"), widget=forms.CheckboxSelectMultiple, initial=chosen,
            choices=[(answer, answer_words(content, about, answer, language())) for answer in known],
            error_messages={"required": _("Velg minst ett svar")},
        )  # fmt: skip

    @property
    def condition(self) -> Condition | None:
        """What was chosen; None: always."""
        if self.about is None:
            return None
        given = self.cleaned_data
        return Condition(self.about.code, tuple(given.get("any_of", ())), given.get("at_least"))
