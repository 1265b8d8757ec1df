"""The part of the mapping form that is about keys: made from other columns, or filled with zeros in front."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any

import polars as pl
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.people.importing.deriving import derive
from byfolk.kernel.people.importing.fields import Field, FieldType
from byfolk.kernel.people.importing.mapping import Derived, Mapping, MappingError

BY_NAME = "unit_by_name"
HOW: dict[str, Promise] = {
    "hash": _("En kort kode: samme innhold får alltid samme kode"),
    "numbered": _("En kort kode, og et nummer når flere linjer har samme innhold"),
    "code": _("Teksten selv som kode: Vann og avløp blir VANN-OG-AVLOP"),
    BY_NAME: _("Koden til den enheten som har dette navnet"),
}
#: Fields that name a unit, whose code can be looked up by its name.
OF_UNITS = ("unit_code", "parent_code", "successor_code")
LONGEST_PREFIX = 10
#: A width of more than this is a slip of the finger.
WIDEST = 60


def is_key(field: Field, mapping: Mapping) -> bool:
    """Whether a field can be made or filled: keys, and whatever a saved mapping already does so with."""
    return field.type is FieldType.CODE or field.name in mapping.derived or field.name in mapping.pad


def key_fields(field: Field, mapping: Mapping, columns: list[str]) -> dict[str, forms.Field]:
    """The form's fields for one key, by their names."""
    title = str(field.title).lower()
    made = mapping.derived.get(field.name)
    how = [(code, text) for code, text in HOW.items() if code != BY_NAME or field.name in OF_UNITS]
    return {
        f"from_{field.name}": forms.MultipleChoiceField(
            label=_now("Kolonner som %(field)s lages av") % {"field": title},
            choices=[(name, name) for name in columns],
            required=False,
            initial=[name for name in made.columns if name in columns] if made else [],
            widget=forms.CheckboxSelectMultiple,
        ),
        f"how_{field.name}": forms.ChoiceField(
            label=_now("Hvordan lages %(field)s?") % {"field": title},
            choices=how,
            required=False,
            initial=made.how if made else how[0][0],
        ),
        f"prefix_{field.name}": forms.CharField(
            label=_now("Hva begynner %(field)s med?") % {"field": title},
            required=False,
            max_length=LONGEST_PREFIX,
            initial=made.prefix if made else "",
        ),
        f"pad_{field.name}": forms.IntegerField(
            label=_now("Hvor mange tegn har %(field)s?") % {"field": title},
            required=False,
            min_value=1,
            max_value=WIDEST,
            initial=mapping.pad.get(field.name),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                name: _now("Skriv et antall tegn fra 1 til %(most)d.") % {"most": WIDEST}
                for name in ("invalid", "min_value", "max_value")
            },
        ),
    }


def made_of(field: Field, mapping: Mapping, data: MappingType[str, Any]) -> Derived | None:
    """How the person wants the key made; None where no column is chosen. Raises `MappingError` with words for them.

    The columns keep the order that they had: another order gives other keys.
    """
    chosen = data.get(f"from_{field.name}") or []
    if not chosen:
        return None
    how = data.get(f"how_{field.name}") or next(iter(HOW))
    if how == BY_NAME and len(chosen) > 1:
        raise MappingError(
            _now("%(field)s: et navn på en enhet står i én kolonne. Velg bare den.") % {"field": field.title}
        )
    before = mapping.derived[field.name].columns if field.name in mapping.derived else ()
    ordered = [name for name in before if name in chosen] + [name for name in chosen if name not in before]
    return Derived(how, tuple(ordered), data.get(f"prefix_{field.name}", "").strip())


def example(made: Derived | None, columns: list[dict[str, Any]]) -> str:
    """What a key becomes for the first values of its columns; empty where there are none, or it is looked up."""
    first = {column["name"]: (column.get("examples") or [""])[0] for column in columns}
    if made is None or made.how == BY_NAME or not all(first.get(name) for name in made.columns):
        return ""
    row = pl.DataFrame({name: [str(first[name])] for name in made.columns})
    return str(derive(row, made, {})[0])
