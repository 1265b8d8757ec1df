"""How one source's columns become our fields: guessed on first sight, confirmed by a person, saved as JSON."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from byfolk.kernel.people.importing.fields import Field, FileKind
from byfolk.kernel.people.importing.kinds import KINDS

DERIVATIONS = ("hash", "numbered", "code", "unit_by_name")
CHOICES = {
    "date_order": ("dmy", "mdy"),
    "decimal": (",", "."),
    "percent_scale": ("percent", "fraction", "hundredths"),
    "money_unit": ("kr", "øre", "tkr"),
    "pay_period": ("year", "month", "hour"),
    "pay_basis": ("full_time", "position"),
}


class MappingError(ValueError):
    """A mapping that makes no sense; the text is for the person who confirms it."""


@dataclass(frozen=True)
class Derived:
    """A key that the source lacks, made from columns that it has.

    ``how``: "hash" is the same short code for the same text every time (person number from name and birth date);
    "numbered" is that, and the second row of the same text gets -2; "code" is the text itself as a code (``Vann og
    avløp`` becomes ``VANN-OG-AVLOP``); "unit_by_name" is the code of the one unit that has this name.
    """

    how: str
    columns: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True)
class Mapping:
    """From the columns of a source to the fields of a kind of file.

    ``columns``: field -> column. ``values``: field -> {text in the file: text to read instead}. ``constants``: field
    -> text where the column is missing or the cell empty. ``derived``: field -> how to make it. ``pad``: field ->
    width to fill with leading zeros, where a spreadsheet has dropped them. ``valid_to_inclusive``: the last date in
    the file is the last day that counts. ``distinct``: rows that say the same are one (units taken from a list of
    employees). ``full_time_hours``: hours a week of a full post. ``pay_basis``: whether pay is for full time or for
    the post's percentage.
    """

    kind: str
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    pad: dict[str, int] = field(default_factory=dict)
    date_order: str = "dmy"
    decimal: str = ","
    percent_scale: str = "percent"
    money_unit: str = "kr"
    pay_period: str = "year"
    pay_basis: str = "full_time"
    full_time_hours: float = 37.5
    valid_to_inclusive: bool = True
    distinct: bool = False
    sheet: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise MappingError(_("Vi kjenner ikke filtypen «%(kind)s».") % {"kind": self.kind})
        known = KINDS[self.kind].by_name
        for part in (self.columns, self.values, self.constants, self.derived, self.pad):
            for name in part:
                if name not in known:
                    raise MappingError(_("Feltet «%(field)s» finnes ikke i denne filtypen.") % {"field": name})
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise MappingError(_("«%(value)s» er ikke et gyldig valg.") % {"value": getattr(self, name)})
        for derived in self.derived.values():
            if derived.how not in DERIVATIONS or not derived.columns:
                raise MappingError(_("En nøkkel må lages av minst én kolonne."))
        if any(type(width) is not int or width < 1 for width in self.pad.values()):
            raise MappingError(_("Antallet tegn som en nøkkel fylles ut til, må være et helt tall over null."))
        if not 1 <= self.full_time_hours <= 60:
            raise MappingError(_("En full stilling må ha mellom 1 og 60 timer i uken."))

    @property
    def file_kind(self) -> FileKind:
        return KINDS[self.kind]

    def supplies(self, name: str) -> bool:
        """Whether the field gets a value from a column, a constant or a derivation."""
        if name in self.columns or name in self.derived or bool(self.constants.get(name)):
            return True
        return any(all(self.supplies(n) for n in names) for names in self.file_kind.stand_ins.get(name, ()))

    def missing(self) -> list[Field]:
        """The required fields that nothing supplies yet: the file cannot be imported before they are."""
        return [f for f in self.file_kind.fields if f.required and not self.supplies(f.name)]

    def columns_read(self) -> list[str]:
        """The columns that are read into a field or that a key is made of, each once."""
        used = [*self.columns.values(), *(c for d in self.derived.values() for c in d.columns)]
        return list(dict.fromkeys(used))

    def absent_columns(self, columns: list[str]) -> list[str]:
        """The columns that this mapping reads and a file lacks."""
        return [c for c in self.columns_read() if c not in columns]

    def with_(self, **changes: Any) -> Mapping:
        """A copy with some parts changed; ``constants``, ``derived``, ``columns`` and ``values`` are added to, and a
        value of None takes an entry out."""
        merged = {}
        for name, value in changes.items():
            current = getattr(self, name)
            if isinstance(current, dict):
                value = {k: v for k, v in {**current, **value}.items() if v is not None}
            merged[name] = value
        return replace(self, **merged)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: MappingType[str, Any]) -> Mapping:
        """Errors: ``MappingError`` for anything that ``to_json`` does not write."""
        known = {f.name for f in fields(cls)}
        if unknown := set(data) - known:
            raise MappingError(_("Oppsettet har ukjente deler: %(parts)s.") % {"parts": ", ".join(sorted(unknown))})
        parts = dict(data)
        try:
            parts["derived"] = {
                name: Derived(how=d["how"], columns=tuple(d["columns"]), prefix=d.get("prefix", ""))
                for name, d in dict(parts.get("derived", {})).items()
            }
            return cls(**parts)
        except (TypeError, KeyError, AttributeError) as error:
            raise MappingError(_("Oppsettet kan ikke leses.")) from error
