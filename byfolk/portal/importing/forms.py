"""Forms of the import: which file, how its columns are to be read, and who answers for an agency's data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.people.importing.fields import Field, FieldType
from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.kernel.people.importing.mapping import Mapping, MappingError
from byfolk.kernel.people.importing.models import Source
from byfolk.portal.importing import keys

UPLOAD_LIMIT = 100  # MB


class UploadForm(forms.Form):
    """A file and, if it comes from a system that is known, which."""

    file = forms.FileField(
        label=_("Hvilken fil?"),
        help_text=_("CSV eller XLSX, høyst 100 MB."),
        error_messages={"required": _("Velg en fil"), "empty": _("Filen er tom. Hent den ut på nytt.")},
    )
    source = forms.ModelChoiceField(
        label=_("Hvor kommer den fra?"),
        help_text=_("En kilde du har brukt før, husker hvordan kolonnene skal leses."),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("En ny kilde"),
    )
    kind = forms.ChoiceField(label=_("Hva er i filen?"), required=False)
    sheet = forms.CharField(label=_("Hvilket ark?"), help_text=_("Bare når filen har flere ark."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(kind.code, kind.title) for kind in KINDS.values()]
        self.fields["kind"].choices = [("", _("Finn det ut")), *found]  # type: ignore[attr-defined]
        self.fields["source"].queryset = Source.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Not larger than the limit."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMIT * 1024 * 1024:
            raise forms.ValidationError(_now("Filen er på mer enn 100 MB. Del den i flere filer."))
        return file


class MappingForm(forms.Form):
    """Each field of a kind of file: the column it is read from, or the fixed value it has. Made from a guess."""

    source_name = forms.CharField(
        label=_("Hva skal vi kalle kilden?"),
        help_text=_("Neste fil fra samme sted leses likt. La stå tomt for å bruke oppsettet bare nå."),
        required=False,
        max_length=100,
    )
    date_order = forms.ChoiceField(
        label=_("Hvordan skrives datoer?"),
        choices=[
            ("dmy", _("Dag først (01.02.2026 er 1. februar)")),
            ("mdy", _("Måned først (01/02/2026 er 2. januar)")),
        ],
    )
    valid_to_inclusive = forms.TypedChoiceField(
        label=_("Hva betyr en til-dato?"),
        choices=[("1", _("Den siste dagen som gjelder")), ("0", _("Den første dagen som ikke gjelder lenger"))],
        coerce=lambda value: value == "1",
    )
    decimal = forms.ChoiceField(
        label=_("Hva er desimaltegnet?"), choices=[(",", _("Komma (37,5)")), (".", _("Punktum (37.5)"))]
    )
    percent_scale = forms.ChoiceField(
        label=_("Hvordan skrives full stilling?"),
        choices=[("percent", "100"), ("fraction", "1,0"), ("hundredths", "10000 (FINT)")],
    )
    money_unit = forms.ChoiceField(
        label=_("Hva er beløp i?"), choices=[("kr", _("Kroner")), ("øre", _("Øre")), ("tkr", _("Tusen kroner"))]
    )
    pay_period = forms.ChoiceField(
        label=_("Hva er lønnen for?"), choices=[("year", _("Et år")), ("month", _("En måned")), ("hour", _("En time"))]
    )
    pay_basis = forms.ChoiceField(
        label=_("Gjelder lønnen full stilling?"),
        choices=[("full_time", _("Ja, full stilling")), ("position", _("Nei, stillingsprosenten som er oppgitt"))],
    )
    full_time_hours = forms.FloatField(label=_("Hvor mange timer i uken er full stilling?"), localize=True)
    distinct = forms.BooleanField(
        label=_("Like linjer er én"),
        help_text=_("Når enhetene hentes fra en liste over ansatte."),
        required=False,
    )

    OPTIONS = (
        "date_order", "valid_to_inclusive", "decimal", "percent_scale", "money_unit", "pay_period", "pay_basis",
        "full_time_hours", "distinct",
    )  # fmt: skip

    def __init__(
        self, *args: Any, mapping: Mapping, columns: list[dict[str, Any]], source_name: str = "", **kwargs: Any
    ) -> None:
        self.guess, self.seen = mapping, columns
        self.columns = [column["name"] for column in columns]
        initial = {name: getattr(mapping, name) for name in self.OPTIONS} | {"source_name": source_name}
        initial["valid_to_inclusive"] = "1" if mapping.valid_to_inclusive else "0"
        super().__init__(*args, **(kwargs | {"initial": initial}))
        for field in KINDS[mapping.kind].fields:
            self._add(field)
        for name in self._needless(mapping):
            del self.fields[name]

    @staticmethod
    def _needless(mapping: Mapping) -> list[str]:
        """The options that say nothing of this kind of file."""
        kind = mapping.file_kind
        asked = {
            "percent_scale": kind.has(FieldType.PERCENT),
            "decimal": kind.has(FieldType.PERCENT, FieldType.MONEY, FieldType.NUMBER),
            "money_unit": kind.has(FieldType.MONEY),
            "pay_period": "annual_pay" in kind.by_name,
            "pay_basis": "annual_pay" in kind.by_name,
            "full_time_hours": "annual_pay" in kind.by_name,
            "distinct": kind.code == "units",
        }
        return [name for name, needed in asked.items() if not needed]

    def _add(self, field: Field) -> None:
        choices = [("", _("Finnes ikke i filen")), *((name, name) for name in self.columns)]
        self.fields[f"column_{field.name}"] = forms.ChoiceField(
            label=str(field.title), choices=choices, required=False, initial=self.guess.columns.get(field.name, "")
        )
        if keys.is_key(field, self.guess):
            self.fields.update(keys.key_fields(field, self.guess, self.columns))
        self.fields[f"constant_{field.name}"] = forms.CharField(
            label=_now("Fast verdi for %(field)s") % {"field": str(field.title).lower()},
            required=False,
            initial=self.guess.constants.get(field.name, ""),
        )
        if field.type in (FieldType.CHOICE, FieldType.PERCENT):
            lines = [f"{text} = {value}" for text, value in self.guess.values.get(field.name, {}).items()]
            self.fields[f"values_{field.name}"] = forms.CharField(
                label=_now("Oversett verdier i %(field)s") % {"field": str(field.title).lower()},
                required=False,
                initial="\n".join(lines),
                widget=forms.Textarea(attrs={"rows": max(2, len(lines))}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """The fields as the page shows them: what must be there first."""
        kind = KINDS[self.guess.kind]
        return [
            {
                "field": field,
                "column": self[f"column_{field.name}"],
                "constant": self[f"constant_{field.name}"],
                "values": self[f"values_{field.name}"] if f"values_{field.name}" in self.fields else None,
                "choices": ", ".join(str(choice.title) for choice in field.choices),
                "key": self._key(field) if f"from_{field.name}" in self.fields else None,
            }
            for field in sorted(kind.fields, key=lambda f: not f.required)
        ]

    def _key(self, field: Field) -> dict[str, Any]:
        """How a key is made or filled, with what is already so standing open."""
        parts = {name: self[f"{name}_{field.name}"] for name in ("from", "how", "prefix", "pad")}
        made = self.guess.derived.get(field.name)
        return parts | {
            "made_of": ", ".join(made.columns) if made else "",
            "example": keys.example(made, self.seen),
            "filling": bool(parts["pad"].value()) or bool(parts["pad"].errors),
        }

    def options(self) -> list[Any]:
        """How dates, numbers and pay are written."""
        return [self[name] for name in self.OPTIONS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Build the mapping, and say at each field what is still missing."""
        data = super().clean() or {}
        for field in KINDS[self.guess.kind].fields:
            try:
                keys.made_of(field, self.guess, data)
            except MappingError as error:
                self.add_error(f"from_{field.name}", str(error))
        if self.errors:
            return data
        try:
            mapping = self._mapping(data)
        except MappingError as error:
            raise forms.ValidationError(str(error)) from error
        for field in mapping.missing():
            name = "full_name" if field.name in ("given_name", "family_name") else field.name
            self.add_error(
                f"column_{name}",
                _now("%(field)s: velg en kolonne, eller skriv en fast verdi") % {"field": str(field.title)},
            )
        data["mapping"] = mapping
        return data

    def _mapping(self, data: dict[str, Any]) -> Mapping:
        columns, constants, derived, values, pad = {}, {}, {}, {}, {}
        for field in KINDS[self.guess.kind].fields:
            if column := data.get(f"column_{field.name}", ""):
                columns[field.name] = column
            if made := keys.made_of(field, self.guess, data):
                derived[field.name] = made
            if width := data.get(f"pad_{field.name}"):
                pad[field.name] = width
            if constant := data.get(f"constant_{field.name}", "").strip():
                constants[field.name] = constant
            if lines := data.get(f"values_{field.name}", "").strip():
                values[field.name] = _translations(lines)
        options = {name: data[name] for name in self.OPTIONS if name in self.fields}
        return Mapping(
            self.guess.kind,
            columns=columns,
            constants=constants,
            derived=derived,
            values=values,
            pad=pad,
            sheet=self.guess.sheet,
            **options,
        )


def _translations(lines: str) -> dict[str, str]:
    found = {}
    for line in lines.splitlines():
        if not line.strip():
            continue
        if "=" not in line:
            raise MappingError(
                _now("Skriv «det som står i filen = det vi skal lese», én per linje: %(line)s") % {"line": line}
            )
        text, _sign, value = line.rpartition("=")
        found[text.strip()] = value.strip()
    return found


class OwnerForm(forms.Form):
    """Who answers for an agency's data."""

    person = forms.TypedChoiceField(label=_("Hvem eier datakvaliteten?"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Ingen")), *people]  # type: ignore[attr-defined]
