"""The kinds of file that can be imported. What other systems call the same columns and values stands in
``names.yaml``. Areas add kinds of their own (``handling.register``), with names of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.people.importing.fields import Choice, Field, FieldType, FileKind

_NAMES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))


def _choices(what: str, titles: dict[str, Promise]) -> tuple[Choice, ...]:
    return tuple(Choice(code, title, tuple(_NAMES["values"][what][code])) for code, title in titles.items())


LEVELS = _choices(
    "level",
    {
        "0": _("Kommune"),
        "1": _("Byrådsavdeling"),
        "2": _("Virksomhet"),
        "3": _("Avdeling"),
        "4": _("Seksjon"),
        "5": _("Tjenestested"),
    },
)
GENDERS = _choices("gender", {"K": _("Kvinne"), "M": _("Mann")})
EMPLOYMENT_KINDS = _choices(
    "employment_kind",
    {
        "permanent": _("Fast"),
        "temporary": _("Midlertidig"),
        "substitute": _("Vikar"),
        "apprentice": _("Lærling"),
    },
)
END_REASONS = _choices(
    "end_reason",
    {
        "resigned": _("Sa opp"),
        "pension_old_age": _("Alderspensjon"),
        "pension_afp": _("AFP"),
        "pension_disability": _("Uførepensjon"),
        "term_ended": _("Perioden var over"),
        "moved_agency": _("Byttet virksomhet"),
        "reorganised": _("Omorganisering"),
        "dismissed": _("Oppsagt"),
    },
)
ABSENCE_KINDS = _choices(
    "absence_kind",
    {
        "self_certified": _("Egenmelding"),
        "certified": _("Sykmelding"),
        "parental": _("Foreldrepermisjon"),
        "child_sick": _("Sykt barn"),
        "other": _("Annet fravær"),
    },
)

_CODE, _DATE, _BOOL = FieldType.CODE, FieldType.DATE, FieldType.BOOL
_CHOICE, _PERCENT, _MONEY = FieldType.CHOICE, FieldType.PERCENT, FieldType.MONEY


def named(fields: Sequence[Field], names: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
    """The fields with what other systems call their columns. A name that begins with ``=`` is a list of the names that
    kinds of file share (``shared`` in ``names.yaml``)."""
    found = []
    for field in fields:
        aliases = [field.name]
        for name in names.get(field.name, ()):
            aliases += _NAMES["shared"][name[1:]] if name.startswith("=") else [name]
        found.append(replace(field, aliases=tuple(aliases)))
    return tuple(found)


def _kind(code: str, title: Promise, key: tuple[str, ...], *fields: Field, **more: Any) -> FileKind:
    return FileKind(code, title, key, named(fields, _NAMES["columns"][code]), **more)


UNITS = _kind(
    "units",
    _("Enheter"),
    ("code", "valid_from"),
    Field("code", _("Enhetskode"), _CODE, required=True, longest=60),
    Field("kind", _("Nivå"), _CHOICE, required=True, choices=LEVELS),
    Field("name", _("Navn"), required=True),
    Field("name_nn", _("Navn på nynorsk")),
    Field("sector", _("Sektor")),
    Field("parent_code", _("Overordnet enhet"), _CODE, longest=60),
    Field("valid_from", _("Gjelder fra"), _DATE, required=True),
    Field("valid_to", _("Gjelder til"), _DATE),
    Field("successor_code", _("Videreført i"), _CODE, longest=60),
)

LEADERS = _kind(
    "leaders",
    _("Ledere"),
    ("unit_code", "employee_number", "valid_from"),
    Field("unit_code", _("Enhetskode"), _CODE, required=True, longest=60),
    Field("employee_number", _("Ansattnummer"), _CODE, required=True, longest=60),
    Field("valid_from", _("Gjelder fra"), _DATE, required=True),
    Field("valid_to", _("Gjelder til"), _DATE),
)

EMPLOYMENTS = _kind(
    "employments",
    _("Ansettelser"),
    ("employee_number", "position_number", "valid_from"),
    Field("employee_number", _("Ansattnummer"), _CODE, required=True, longest=60),
    Field("given_name", _("Fornavn"), required=True),
    Field("family_name", _("Etternavn"), required=True),
    Field("full_name", _("Hele navnet"), helper=True),
    Field("birth_date", _("Fødselsdato"), _DATE),
    Field("gender", _("Kjønn"), _CHOICE, choices=GENDERS),
    Field("protected", _("Hemmelig adresse"), _BOOL),
    Field("work_email", _("E-post på jobb"), advisory=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
    Field("work_phone", _("Telefon på jobb"), longest=40),
    Field("position_number", _("Stillingsnummer"), _CODE, required=True, longest=100),
    Field("position_title", _("Stillingstittel"), required=True),
    Field("styrk", _("Yrkeskode (STYRK-08)"), _CODE, advisory=True, pattern=r"^\d{4}$"),
    Field("unit_code", _("Enhetskode"), _CODE, required=True, longest=60),
    Field("unit_name", _("Navn på enheten"), helper=True),
    Field("employment_kind", _("Ansettelsesform"), _CHOICE, required=True, choices=EMPLOYMENT_KINDS),
    Field("percentage", _("Stillingsprosent"), _PERCENT, required=True, minimum=1, maximum=1000),
    Field("main", _("Hovedstilling"), _BOOL),
    Field("valid_from", _("Ansatt fra"), _DATE, required=True),
    Field("valid_to", _("Ansatt til"), _DATE),
    Field("end_reason", _("Sluttårsak"), _CHOICE, choices=END_REASONS, advisory=True),
    Field("annual_pay", _("Årslønn for full stilling"), _MONEY, minimum=0),
    Field("supplements", _("Tillegg i året"), _MONEY, minimum=0),
    Field("pay_from", _("Lønnen gjelder fra"), _DATE),
    Field("weekly_hours", _("Timer i uken"), FieldType.NUMBER, helper=True, minimum=0, maximum=60),
    Field("monthly_pay", _("Månedslønn for full stilling"), _MONEY, helper=True, minimum=0),
    Field("hourly_pay", _("Timelønn"), _MONEY, helper=True, minimum=0),
    stand_ins={
        "given_name": (("full_name",),),
        "family_name": (("full_name",),),
        "percentage": (("weekly_hours",),),
    },
)

ABSENCES = _kind(
    "absences",
    _("Fravær"),
    ("employee_number", "position_number", "valid_from", "kind"),
    Field("employee_number", _("Ansattnummer"), _CODE, required=True, longest=60),
    Field("position_number", _("Stillingsnummer"), _CODE, longest=100),
    Field("kind", _("Type fravær"), _CHOICE, required=True, choices=ABSENCE_KINDS),
    Field("valid_from", _("Første fraværsdag"), _DATE, required=True),
    Field("valid_to", _("Siste fraværsdag"), _DATE),
    Field("grade", _("Fraværsgrad"), _PERCENT, minimum=1, maximum=1000),
)

KINDS: dict[str, FileKind] = {kind.code: kind for kind in (UNITS, LEADERS, EMPLOYMENTS, ABSENCES)}


def title_of_kind(code: str) -> str:
    """What a kind of file is called; its code where it is no longer known."""
    return str(KINDS[code].title) if code in KINDS else code
