"""What was found wrong with a file, row by row, and the words for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.people.importing.kinds import KINDS, LEVELS

ERROR = "error"  # the row is left out
WARNING = "warning"  # the row lands; somebody should look at it

SCHEMA: dict[str, pl.DataType] = {
    "line": pl.UInt32(),
    "field": pl.String(),
    "value": pl.String(),
    "code": pl.String(),
    "args": pl.String(),
    "severity": pl.String(),
}

_LEVEL_TITLES = {int(choice.code): choice.title for choice in LEVELS}

# Every message names the field and the reason, and says what to do. Placeholders: field, value, and the finding's
# arguments.
MESSAGES: dict[str, Promise] = {
    # one cell
    "required": _("%(field)s mangler. Fyll ut feltet."),
    "not_a_date": _("%(field)s: «%(value)s» er ikke en dato vi forstår. Skriv den som 31.12.2026 eller 2026-12-31."),
    "not_a_percent": _("%(field)s: «%(value)s» er ikke en prosent. Skriv et tall, for eksempel 80."),
    "not_money": _("%(field)s: «%(value)s» er ikke et beløp. Skriv det som 512 000 eller 512 000,50."),
    "not_a_number": _("%(field)s: «%(value)s» er ikke et tall."),
    "not_a_choice": _(
        "%(field)s: vi kjenner ikke «%(value)s». Bruk en av disse: %(allowed)s, eller oversett verdien i oppsettet."
    ),
    "not_a_bool": _("%(field)s: «%(value)s» er verken ja eller nei. Skriv ja eller nei."),
    "not_a_name": _("%(field)s: «%(value)s» er bare ett navn. Skriv «Etternavn, Fornavn» eller «Fornavn Etternavn»."),
    "wrong_form": _("%(field)s: «%(value)s» har feil form, og tas ikke med. Rett verdien i systemet den kommer fra."),
    "too_long": _("%(field)s er på mer enn %(longest)s tegn. Kort den ned, eller sjekk at kolonnen er riktig valgt."),
    "out_of_range": _("%(field)s: %(value)s er utenfor det som er mulig (%(least)s til %(most)s). Rett verdien."),
    "ragged": _("Linjen har %(cells)s kolonner, men overskriften har %(expected)s. Står skilletegnet inne i en tekst?"),
    # dates
    "date_range": _("%(field)s: %(value)s er for langt tilbake eller fram i tid. Sjekk årstallet."),
    "end_without_start": _("Sluttdato er fylt ut, men startdato mangler. Fyll ut startdatoen."),
    "ends_before_start": _(
        "%(field)s: %(value)s er før startdatoen %(start)s. Bytt om datoene, eller rett den som er feil."
    ),
    "age": _("%(field)s: %(value)s gir en alder på %(years)s år da perioden startet. Sjekk fødselsdato og startdato."),
    # keys and duplicates
    "duplicate_same": _("Linjen er helt lik en tidligere (%(other)s), og er bare tatt med én gang."),
    "duplicate": _("Linjen gjelder det samme som %(other)s (%(key)s), men sier noe annet. Behold bare én av dem."),
    "unknown_unit": _("%(field)s: enheten «%(value)s» finnes ikke. Sjekk koden, eller importer enheten først."),
    "unknown_name": _("%(field)s: ingen enhet, eller flere, heter «%(value)s». Skriv enhetskoden i stedet."),
    "unknown_employee": _(
        "%(field)s: ingen ansatt har nummer «%(value)s». Sjekk nummeret, eller importer ansettelsene først."
    ),
    "unknown_position": _("%(field)s: den ansatte har ikke stillingen «%(value)s». Sjekk stillingsnummeret."),
    "which_position": _("Den ansatte har flere stillinger, og linjen sier ikke hvilken. Fyll ut stillingsnummeret."),
    # units
    "unit_not_open": _(
        "Enheten «%(value)s» finnes ikke på datoen %(start)s (den gjelder %(open)s). Bruk enheten som gjaldt da."
    ),
    "outlives_unit": _(
        "Enheten «%(value)s» er avsluttet %(closed)s, men perioden fortsetter. Flytt den til enheten som tok over."
    ),
    "parent_required": _("Overordnet enhet mangler. Bare kommunen selv kan stå øverst."),
    "own_parent": _("Enheten er satt opp som sin egen overordnede. Skriv koden til enheten den ligger under."),
    "root_with_parent": _("Kommunen kan ikke ligge under en annen enhet. La feltet være tomt."),
    "two_roots": _("Kommunen er allerede «%(other)s». Det kan bare være én øverste enhet."),
    "cycle": _("Enhetene ligger under hverandre i ring: %(path)s. Rett den ene av dem."),
    "level_order": _(
        "Enheten (%(level)s) kan ikke ligge under «%(value)s» (%(parent_level)s). Velg en enhet på et høyere nivå."
    ),
    "level_below": _(
        "«%(value)s» (%(other_level)s) ligger under denne enheten, og kan ikke ligge under en enhet på nivået "
        "%(level)s. Rett nivået på en av dem."
    ),
    "parent_rejected": _("Enheten over, «%(value)s», kunne ikke tas inn. Rett den, så kommer denne med."),
    "unit_overlap": _(
        "Enheten «%(key)s» har en annen periode på samme tid (%(other)s). Avslutt den ene før den andre starter."
    ),
    "unknown_successor": _("%(field)s: enheten «%(value)s» finnes ikke. Ta den med i filen, eller rett koden."),
    "own_successor": _("Enheten kan ikke være videreført i seg selv. Skriv koden til enheten som tok over."),
    "successor_without_end": _(
        "Enheten er videreført i «%(value)s», men mangler sluttdato. Fyll ut når den ble avsluttet."
    ),
    # leaders
    "two_leaders": _("Enheten «%(key)s» har en annen leder på samme tid (%(other)s). Avslutt den ene perioden først."),
    "leader_not_employed": _("Lederen har ingen ansettelse på datoen %(start)s. Sjekk ansattnummer og dato."),
    # employments
    "overlap": _(
        "Personen har allerede stillingen %(key)s i en periode som overlapper (%(other)s). Avslutt den ene først."
    ),
    "post_over_full": _(
        "Stillingen %(key)s blir fylt med %(total)s %% på samme tid. Rett prosenten, eller før den ene som vikar."
    ),
    "person_over_full": _("Personen får %(total)s %% stilling til sammen. Sjekk at det stemmer."),
    "person_far_over_full": _(
        "Personen får %(total)s %% stilling til sammen, og grensen er %(limit)s %%. Rett prosenten eller periodene."
    ),
    "other_birth_date": _("Samme ansattnummer har en annen fødselsdato (%(other)s). Er det to ulike personer?"),
    "other_name": _("Samme ansattnummer har et annet navn (%(other)s). Vi bruker navnet i den nyeste perioden."),
    "pay_unusual": _(
        "%(field)s: %(value)s er langt unna det vanlige i filen (%(median)s kr). Sjekk om det er kroner og år."
    ),
    # absences
    "outside_employment": _("Fraværet ligger utenfor ansettelsen (%(employed)s). Rett datoene."),
    "absence_overlap": _("Samme type fravær er allerede ført i en periode som overlapper (%(other)s). Slå dem sammen."),
    "absence_over_full": _("Fraværet blir %(total)s %% til sammen på samme dag. Rett graden eller periodene."),
    "low_grade": _("%(field)s: en sykmelding er vanligvis på minst 20 %%. Sjekk graden."),
    "self_certified_grade": _("%(field)s: en egenmelding gjelder hele stillingen. Sjekk graden."),
}  # fmt: skip


def message(kind: str, finding: Mapping[str, Any]) -> str:
    """The words for one row of a findings frame, in the active language. ``kind`` is the kind of file."""
    known = KINDS[kind].by_name.get(finding["field"] or "")
    words = KINDS[kind].messages.get(finding["code"]) or MESSAGES[finding["code"]]
    shown = {
        "field": str(known.title) if known else "",
        "value": finding["value"] or _now("tomt"),
        "allowed": ", ".join(str(choice.title) for choice in known.choices) if known else "",
    }
    for name, value in (json.loads(finding["args"]) if finding["args"] else {}).items():
        if name.endswith("level"):
            shown[name] = str(_LEVEL_TITLES[value])
        elif name == "other" and isinstance(value, int):
            shown[name] = _now("linje %(line)s") % {"line": value} if value else _now("allerede registrert")
        else:
            shown[name] = value
    return str(words) % shown


def empty() -> pl.DataFrame:
    """No findings."""
    return pl.DataFrame(schema=SCHEMA)


def title_of(kind: str, name: str) -> str:
    """The title of a field as people read it; "" for a finding about the whole row."""
    known = KINDS[kind].by_name.get(name)
    return str(known.title) if known else ""
