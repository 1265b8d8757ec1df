"""All that is registered about a person as a file: every table that a statement names, so that none can be
forgotten.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import polars as pl
from django.apps import apps
from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from byfolk.engines.library.models import Receipt, Version
from byfolk.engines.library.queries import versions_by_id
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Position
from byfolk.kernel.rights import Actor, Table, data_kinds, statements
from byfolk.lib.tables import Sheet
from byfolk.lib.texts import in_language

TITLES: dict[str, Promise] = {
    "employee_number": gettext_lazy("Ansattnummer"),
    "given_name": gettext_lazy("Fornavn"),
    "family_name": gettext_lazy("Etternavn"),
    "birth_date": gettext_lazy("Fødselsdato"),
    "gender": gettext_lazy("Kjønn"),
    "protected": gettext_lazy("Sperret adresse"),
    "unit": gettext_lazy("Enhet"),
    "lines": gettext_lazy("Adresse"),
    "phone": gettext_lazy("Telefon"),
    "email": gettext_lazy("E-post"),
    "title": gettext_lazy("Stilling"),
    "protection": gettext_lazy("Adressesperre"),
    "position": gettext_lazy("Stilling"),
    "kind": gettext_lazy("Type"),
    "percentage": gettext_lazy("Prosent"),
    "grade": gettext_lazy("Grad i prosent"),
    "main": gettext_lazy("Hovedstilling"),
    "from": gettext_lazy("Fra"),
    "to": gettext_lazy("Til (ikke med)"),
    "end_reason": gettext_lazy("Hvorfor den sluttet"),
    "annual_pay": gettext_lazy("Årslønn i kroner"),
    "supplements": gettext_lazy("Tillegg i kroner"),
    "reader": gettext_lazy("Hvem så"),
    "purpose": gettext_lazy("Grunn"),
    "details": gettext_lazy("Mer om grunnen"),
    "at": gettext_lazy("Når"),
    "text": gettext_lazy("Det du skrev"),
    "answer": gettext_lazy("Svaret"),
    "answered_by": gettext_lazy("Hvem svarte"),
    "answered_at": gettext_lazy("Når det ble svart"),
    "role": gettext_lazy("Rolle"),
    "owner": gettext_lazy("Ansvarlig"),
    "started_on": gettext_lazy("Startet"),
    "due": gettext_lazy("Frist"),
    "state": gettext_lazy("Status"),
    "reason": gettext_lazy("Hvorfor det ble droppet"),
    "wanted": gettext_lazy("Vil ha e-post"),
    "version": gettext_lazy("Hva du har lest"),
    "pgh_created_at": gettext_lazy("Endret"),
    "pgh_label": gettext_lazy("Endring"),
}
_PERSONS = {"reader_id", "answered_by_id", "owner_id", "author_id"}
_NOT_ABOUT_ANYONE = {"id", "person_id", "batch_id", "sort_key", "search", "pgh_id", "pgh_obj_id", "pgh_context_id"}

Row = dict[str, Any]


def everything_about(actor: Actor) -> list[tuple[str, list[Row]]]:
    """Every kind of data about the actor with its rows, values as people read them: the sheet's name, then the rows."""
    found = []
    for name, tables in _kinds():
        for table in tables:
            rows = list(_rows(actor, table))
            if rows:
                history = table.name.endswith("event")
                found.append((_("%(kind)s, tidligere") % {"kind": name} if history else name, rows))
    return found


def sheets(actor: Actor) -> list[Sheet]:
    """The same as the sheets of a spreadsheet, with headings in words."""
    found, used = [], set()
    for number, (name, rows) in enumerate(everything_about(actor), 1):
        columns = list(rows[0])
        frame = pl.DataFrame({c: pl.Series(c, [r[c] for r in rows], strict=False) for c in columns})
        sheet = name[:31]
        if sheet.lower() in used:
            sheet = f"{number} {name}"[:31]
        used.add(sheet.lower())
        found.append(Sheet(sheet, frame, {c: str(TITLES.get(c, c)) for c in columns}))
    return found


def as_json(actor: Actor, now: dt.datetime) -> str:
    """The same for machines, with the columns' own names."""
    document = {
        "made": now.isoformat(),
        "kinds": [{"kind": name, "rows": rows} for name, rows in everything_about(actor)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def _kinds() -> Iterator[tuple[str, tuple[Table, ...]]]:
    yield _("I adresseboka"), (Table("people_card"),)
    yield _("Roller"), (Table("access_grant"),)
    for kind in data_kinds():
        if kind.own:
            yield str(kind.title), kind.tables
    for statement in statements():
        for name, column in statement.own_tables.items():
            yield name, (Table(name, person=column),)


def _rows(actor: Actor, table: Table) -> Iterator[Row]:
    with connection.cursor() as cursor:
        # The names come from our own statements, never from a request.
        cursor.execute(f"select * from {table.name} where {table.person} = %s", [actor.person_id])  # noqa: S608
        columns = [column.name for column in cursor.description]
        raw = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    choices = _choices(table.name)
    names = _names(raw, table.name)
    for row in raw:
        yield _readable(row, choices, names)


def _choices(table: str) -> dict[str, dict[Any, str]]:
    fields = next((m._meta.get_fields() for m in apps.get_models() if m._meta.db_table == table), [])
    return {f.column or f.name: dict(f.flatchoices) for f in fields if isinstance(f, models.Field) and f.flatchoices}


def _names(raw: list[Row], table: str) -> dict[tuple[str, int], str]:
    """The names behind the numbers of units, posts and persons in these rows."""

    def ids(*columns: str) -> set[int]:
        return {row[c] for row in raw for c in columns if row.get(c) is not None}

    units, posts, people = ids("unit_id"), ids("position_id"), ids(*_PERSONS)
    read = ids("version_id") if table == Receipt._meta.db_table else set()
    found: dict[tuple[str, int], str] = {}
    if units:
        found |= {("unit_id", unit.pk): unit.name for unit in Unit.objects.filter(id__in=units)}
    if posts:
        found |= {("position_id", k): v for k, v in Position.objects.filter(id__in=posts).values_list("id", "title")}
    if people:
        found |= {(column, k): v for k, v in names_of(people).items() for column in _PERSONS}
    if read:
        found |= {("version_id", one.pk): _edition(one) for one in versions_by_id(read)}
    return found


def _edition(version: Version) -> str:
    title = in_language(version.title, get_language() or "nb")
    return _("%(title)s, utgave %(number)d") % {"title": title, "number": version.number}


def _readable(row: Row, choices: dict[str, dict[Any, str]], names: dict[tuple[str, int], str]) -> Row:
    shown: Row = {}
    for column, value in row.items():
        if column in _NOT_ABOUT_ANYONE:
            continue
        if column == "valid":
            shown["from"], shown["to"] = value.lower, value.upper
        elif column.endswith("_id"):
            shown[column.removesuffix("_id")] = names.get((column, value), "")
        elif column in ("percentage", "grade"):
            shown[column] = value / 10
        elif column in ("annual_pay", "supplements"):
            shown[column] = value / 100
        elif column in choices:
            shown[column] = str(choices[column].get(value, value))
        elif isinstance(value, dt.datetime):
            shown[column] = value.astimezone().replace(tzinfo=None, microsecond=0)
        else:
            shown[column] = value
    return shown
