"""The forms of one part of an instrument each: what it says in three languages, and what belongs to its kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.surveys.instruments.words import LANGUAGE_NAMES, here
from byfolk.engines.questionnaires.instruments import changing
from byfolk.engines.questionnaires.instruments.changing import Change
from byfolk.engines.questionnaires.instruments.checking import FEWEST_STEPS, FIELDS, LONGEST_TEXT, OPTIONS, STEPS
from byfolk.engines.questionnaires.instruments.content import (
    LANGUAGES,
    LARGEST,
    LONGEST_ANSWER,
    SMALLEST,
    Content,
    Factor,
    Item,
    Kind,
    Option,
    Scale,
    Section,
    Texts,
)
from byfolk.lib.texts import key_for, lines, one_line

Choices = Sequence[tuple[str, Any]]
#: So many characters may a list of options or steps have, one a line.
LONGEST_LIST = 8000


def make_code(text: str, taken: Collection[str]) -> str:
    """A code out of the first words of a text, that nothing has."""
    return key_for(text, taken)


class PartForm(forms.Form):
    """One part of an instrument. `seen` is the mark of the part as the writer saw it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, content: Content, code: str = "", **kwargs: Any) -> None:
        self.content, self.code = content, code
        super().__init__(*args, **kwargs)
        self.build()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def change(self) -> Change:
        """What was written, as a change of the content. A new part is given its code."""
        raise NotImplementedError

    def _texts(self, name: str, label: Any, before: Texts, *, rows: int = 1, required: bool = False) -> None:
        """Three fields, one a language. `rows` over 1: the text may have several lines."""
        longest = LONGEST_TEXT[name]
        for code in LANGUAGES:
            widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 or longest > 200 else forms.TextInput()
            must = required and code == "nb"
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=label % {"language": LANGUAGE_NAMES[code]}, required=must, max_length=longest, widget=widget,
                initial=before.written(code),
                error_messages={"required": _("Skriv teksten på bokmål"), "max_length": too_long(longest)},
            )  # fmt: skip

    def _said(self, name: str, *, several: bool = False) -> Texts:
        tidy = lines if several else one_line
        return Texts(*(tidy(self.cleaned_data[f"{name}_{code}"]) for code in LANGUAGES))

    def _list(self, name: str, label: Any, before: Sequence[Texts], hint: Any) -> None:
        """Three fields with one text a line, in the same order in each language."""
        for code in LANGUAGES:
            written = [one.written(code) for one in before]
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=label % {"language": LANGUAGE_NAMES[code]}, required=code == "nb", max_length=LONGEST_LIST,
                strip=False,
                widget=forms.Textarea(attrs={"rows": max(4, len(written) + 1)}),
                initial="\n".join(written).rstrip("\n"), help_text=hint if code == "nb" else "",
                error_messages={
                    "required": _("Skriv minst én linje på bokmål"), "max_length": too_long(LONGEST_LIST),
                },
            )  # fmt: skip

    def _listed(self, name: str) -> list[Texts]:
        rows = {code: self.cleaned_data[f"{name}_{code}"].split("\n") for code in LANGUAGES}
        count = len(rows["nb"])
        return [Texts(*((*rows[code], *[""] * count)[place] for code in LANGUAGES)) for place in range(count)]

    def _check_list(self, name: str, fewest: int, most: int) -> None:
        """Refuse lists that do not go together: each line is the same answer in every language."""
        if any(f"{name}_{code}" in self.errors for code in LANGUAGES):
            return
        # Empty lines at the end say nothing; one before that is a text that lacks, except in bokmål.
        for code in LANGUAGES:
            written = [one_line(row) for row in self.cleaned_data[f"{name}_{code}"].splitlines()]
            self.cleaned_data[f"{name}_{code}"] = "\n".join(written).rstrip("\n")
        rows = self.cleaned_data[f"{name}_nb"].split("\n")
        if not all(row for row in rows):
            self.add_error(f"{name}_nb", _("Ta bort den tomme linjen"))
        elif not fewest <= len(rows) <= most:
            text = _("Skriv fra %(fewest)d til %(most)d linjer")
            self.add_error(f"{name}_nb", text % {"fewest": fewest, "most": most})
        for code in LANGUAGES[1:]:
            if len(self.cleaned_data[f"{name}_{code}"].split("\n")) > len(rows):
                self.add_error(f"{name}_{code}", _("Her er det flere linjer enn på bokmål"))


class FrontForm(PartForm):
    """The title, and what whoever answers reads first."""

    def build(self) -> None:
        self._texts("title", _("Tittel, %(language)s"), self.content.title, required=True)
        self._texts("intro", _("Innledning, %(language)s"), self.content.intro, rows=3)

    def change(self) -> Change:
        return changing.with_front(self._said("title"), self._said("intro", several=True))


class SectionForm(PartForm):
    """A section's heading and introduction."""

    def build(self) -> None:
        before = next((one for one in self.content.sections if one.code == self.code), Section("", Texts()))
        self._texts("title", _("Overskrift, %(language)s"), before.title, required=True)
        self._texts("intro", _("Innledning, %(language)s"), before.intro, rows=3)

    def change(self) -> Change:
        title = self._said("title")
        self.code = self.code or make_code(title.nb, {one.code for one in self.content.sections})
        return changing.with_section(Section(self.code, title, self._said("intro", several=True)))


class ItemForm(PartForm):
    """An item of one kind, in one section."""

    def __init__(self, *args: Any, kind: Kind, section: str, **kwargs: Any) -> None:
        self.kind, self.section = kind, section
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        before = self.before = self.content.item(self.code) or Item(self.code, self.kind, Texts())
        choices = [(one.code, here(one.title)) for one in self.content.sections]
        self.fields["section"] = forms.ChoiceField(
            label=_("Hvilken del skal det stå i?"), choices=choices, initial=self.section
        )
        if len(choices) == 1:
            self.fields["section"].widget = forms.HiddenInput()
            self.fields["section"].initial = choices[0][0]
        self._texts("text", _("Spørsmål eller påstand, %(language)s"), before.text, required=True)
        own = FIELDS[self.kind]
        if "scale" in own:
            self.fields["scale"] = forms.ChoiceField(
                label=_("Hvilken skala?"), initial=before.scale,
                choices=[(one.code, scale_words(one)) for one in self.content.scales],
            )  # fmt: skip
        if "options" in own:
            self._list("options", _("Svar å velge mellom, %(language)s"), [one.text for one in before.options], LINE)
        if "rows" in own:
            self._list("rows", _("Rader, %(language)s"), [one.text for one in before.rows], LINE)
        if "smallest" in own:
            for name, label in (("smallest", _("Minste tall")), ("largest", _("Største tall"))):
                self.fields[name] = forms.IntegerField(
                    label=label, required=False, min_value=SMALLEST, max_value=LARGEST, initial=getattr(before, name),
                    help_text=_("La feltet stå tomt hvis det ikke er noen grense.") if name == "smallest" else "",
                    error_messages={"invalid": _("Skriv et helt tall")},
                )  # fmt: skip
        if "longest" in own:
            self.fields["longest"] = forms.IntegerField(
                label=_("Hvor mange tegn kan svaret ha?"), required=False, min_value=1, max_value=LONGEST_ANSWER,
                initial=before.longest, help_text=_("Høyst %(n)d.") % {"n": LONGEST_ANSWER},
                error_messages={"invalid": _("Skriv et helt tall")},
            )  # fmt: skip
        self._texts("help", _("Forklaring under spørsmålet, %(language)s"), before.help, rows=2)
        self.fields["required"] = forms.BooleanField(
            label=_("Må besvares"), required=False, initial=before.required,
            help_text=_("Ellers kan den som svarer, velge «Vet ikke, eller vil ikke svare»."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("options", "rows"):
            if name in FIELDS[self.kind]:
                self._check_list(name, 1, OPTIONS)
        smallest, largest = given.get("smallest"), given.get("largest")
        if smallest is not None and largest is not None and smallest > largest:
            self.add_error("largest", _("Det største tallet må være større enn det minste"))
        return given

    def change(self) -> Change:
        given = self.cleaned_data
        text = self._said("text")
        self.code = self.code or make_code(text.nb, {item.code for item in self.content.items()})
        fields: dict[str, Any] = {
            name: given[name] for name in ("scale", "smallest", "largest", "longest") if name in given
        }
        for name in ("options", "rows"):
            if name in FIELDS[self.kind]:
                before: Sequence[Option] = getattr(self.before, name)
                fields[name] = changing.options_of(self._listed(name), before, make_code)
        item = replace(
            self.before, code=self.code, text=text, help=self._said("help", several=True),
            required=given["required"], **fields,
        )  # fmt: skip
        return changing.with_item(item, given["section"])


class ScaleForm(PartForm):
    """The steps of a scale, lowest first."""

    def build(self) -> None:
        before = self.before = self.content.scale(self.code) or Scale(self.code, ())
        self._list("label", _("Trinn, %(language)s"), [step.label for step in before.steps], SCALE_LINE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._check_list("label", FEWEST_STEPS, STEPS)
        return given

    def change(self) -> Change:
        labels = self._listed("label")
        self.code = self.code or make_code(labels[-1].nb, {one.code for one in self.content.scales})
        return changing.with_scale(Scale(self.code, changing.steps_of(labels, self.before.steps)))


class FactorForm(PartForm):
    """What several items measure together, and which goals it tells of."""

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        self.goals = goals
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        before = self.before = self.content.factor(self.code) or Factor(self.code, Texts(), published=True)
        self._texts("title", _("Tema, %(language)s"), before.title, required=True)
        self._texts("about", _("Hva temaet handler om, %(language)s"), before.about, rows=2)
        scored = scored_choices(self.content)
        self._many("items", _("Hvilke spørsmål hører til?"), scored, before.items)
        self._many("reversed", _("Hvilke av dem er snudd, slik at «enig» er dårlig?"), scored, before.reversed)
        # A goal that the policy no longer has is kept until somebody takes it away.
        known = {key for key, _label in self.goals}
        lost = [(key, key) for key in before.goals if key not in known]
        self._many("goals", _("Hvilke mål i personalpolitikken sier det noe om?"), [*self.goals, *lost], before.goals)
        self.fields["published"] = forms.BooleanField(
            label=_("Skal bli et tall på styringstavlen"), required=False, initial=before.published,
            help_text=_(
                "Tallet kommer natten etter at alle kan se det første resultatet. Skalaen må gå til "
                "5, 6, 7, 10 eller 100."
            ),
        )  # fmt: skip

    def _many(self, name: str, label: str, choices: Choices, before: Sequence[str]) -> None:
        self.fields[name] = forms.MultipleChoiceField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=choices, initial=list(before)
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if set(given.get("reversed", ())) - set(given.get("items", ())):
            self.add_error("reversed", _("Et spørsmål kan bare være snudd hvis det hører til temaet"))
        scored = self.content.scored()
        if len({scored[code] for code in given.get("items", ())}) > 1:
            self.add_error("items", _("Spørsmålene i et tema skal ha samme skala."))
        return given

    def change(self) -> Change:
        given, title = self.cleaned_data, self._said("title")
        self.code = self.code or make_code(title.nb, {one.code for one in self.content.factors})
        factor = Factor(
            self.code, title, self._said("about", several=True), tuple(given["items"]), tuple(given["reversed"]),
            tuple(given["goals"]), given["published"],
        )  # fmt: skip
        return changing.with_factor(factor)


def too_long(longest: int) -> str:
    """What is told of a text that is too long."""
    return _("Teksten er for lang. Den kan ha %(longest)d tegn.") % {"longest": longest}


def scale_words(scale: Scale) -> str:
    """A scale by its ends: "Helt uenig – Helt enig, 5 trinn"."""
    return _("%(lowest)s – %(highest)s, %(n)d trinn") % {
        "lowest": here(scale.steps[0].label), "highest": here(scale.steps[-1].label), "n": len(scale.steps),
    }  # fmt: skip


def scored_choices(content: Content) -> list[tuple[str, str]]:
    """What a factor may be built of: items with a scale, and rows of tables."""
    found = []
    for item in content.items():
        if item.kind is Kind.SCALE:
            found.append((item.code, here(item.text)))
        if item.kind is Kind.MATRIX:
            found += [(f"{item.code}.{row.code}", f"{here(item.text)} – {here(row.text)}") for row in item.rows]
    return found


LINE = gettext_lazy("Ett på hver linje. Samme rekkefølge på alle språk.")
SCALE_LINE = gettext_lazy("Ett trinn på hver linje, det laveste først. Samme rekkefølge på alle språk.")
