"""The one error of reading a table: what is wrong, where, and what the person can do."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Promise | str] = {
    "missing": _("Vi fant ikke filen {place}. Sjekk navnet og mappen."),
    "empty": _("Filen er tom. Hent den ut på nytt fra systemet den kommer fra."),
    "only_header": _("Filen har en overskrift på linje {line}, men ingen rader under. Hent den ut på nytt."),
    "too_large": _("Filen er på mer enn {limit} MB, og det er grensen. Del den i flere filer."),
    "bomb": _(
        "Filen vokser til mer enn {limit} MB når den pakkes ut ({place}). "
        "Det ligner ikke på en vanlig tabell. Lagre den på nytt, eller del den i flere filer."
    ),
    "too_many_cells": _(
        "Arket «{place}» går helt til rad {rows} og kolonne {columns}. Slett tomme rader og kolonner til høyre og "
        "nederst i arket, og lagre på nytt."
    ),
    "truncated": _("Filen er ødelagt eller bare delvis overført ({place}). Last den ned på nytt, og prøv igjen."),
    "encrypted": _(
        "Filen er enten beskyttet med passord eller i det gamle formatet .xls. "
        "Åpne den i regnearket, fjern passordet, og lagre som .xlsx."
    ),
    "not_a_table": _("Dette er ikke en tabell vi kan lese. Lagre den som CSV eller XLSX, og prøv igjen."),
    "binary": _(
        "Linje {line} har tegn som ikke hører hjemme i en tekstfil. Lagre filen som CSV eller XLSX, og prøv igjen."
    ),
    "mixed_encoding": _(
        "Linje {line} er skrevet med et annet tegnsett enn resten av filen (UTF-8). Lagre filen på nytt som UTF-8."
    ),
    "one_column": _(
        "Vi fant bare én kolonne. Kolonnene må være skilt med semikolon, komma, tabulator eller loddrett strek. "
        "Linje {line} begynner slik: «{text}»"
    ),
    "quote": _("Anførselstegnet på linje {line} er ikke avsluttet. Rett linjen, og prøv igjen."),
    "ragged": _(
        "{count} rader har et annet antall kolonner enn overskriften ({expected}): linje {lines}. "
        "Ofte står skilletegnet inne i en tekst uten anførselstegn rundt."
    ),
    "which_sheet": _("Filen har flere ark med innhold: {sheets}. Velg hvilket ark som skal leses."),
    "no_sheet": _("Filen har ikke noe ark som heter «{place}». Arkene heter: {sheets}."),
    "formula_errors": _(
        "{count} celler i arket «{place}» viser en feil i stedet for en verdi: {cells}. "
        "Rett formlene, og lagre på nytt."
    ),
}


class UnreadableTable(Exception):
    """A file that cannot be read as a table. ``str()`` is for logs (English code and place, no cell contents);
    ``message`` is for the person, in their language.

    ``code`` is a key of ``MESSAGES``; ``arguments`` are its placeholders: ``place`` is a file, sheet or part of it,
    ``line`` the line in the source file, ``sheets`` the names to choose from.
    """

    def __init__(self, code: str, **arguments: Any) -> None:
        self.code = code
        self.arguments = arguments
        place = arguments.get("place") or arguments.get("line") or ""
        super().__init__(f"{code} {place}".strip())

    @property
    def message(self) -> str:
        shown = {name: ", ".join(v) if isinstance(v, list | tuple) else v for name, v in self.arguments.items()}
        return str(format_lazy(str(MESSAGES[self.code]), **shown))
