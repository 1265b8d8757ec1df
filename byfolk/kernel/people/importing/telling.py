"""What an import says while it goes on, and why it stopped: kept as a code with arguments, since the background and its
readers have languages of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from byfolk.kernel.people.importing.kinds import KINDS
from byfolk.lib import norwegian
from byfolk.lib.tables import UnreadableTable

MESSAGES: dict[str, Promise] = {
    # how far it has come
    "reading": _("Leser filen"),
    "checking": _("Sjekker %(count)s rader"),
    "comparing": _("Sammenligner med det som er registrert"),
    "writing": _("Skriver det som er nytt eller endret"),
    # why it stopped
    "absent_columns": _("Filen mangler kolonner som oppsettet bruker: %(columns)s. Har systemet endret navn på dem?"),
    "missing_fields": _(
        "Oppsettet sier ikke hvor dette kommer fra: %(fields)s. Velg en kolonne, eller skriv en fast verdi."
    ),
    "other_kind": _("Kilden «%(name)s» gjelder en annen filtype."),
    "our_fault": _("Noe gikk galt hos oss. Ingenting er endret. Prøv igjen, eller si fra til den som drifter Byfolk."),
    "lost": _(
        "Byfolk stoppet brått hver gang denne filen ble lest. Ingenting er endret. Del filen i mindre deler, eller "
        "si fra til den som drifter Byfolk."
    ),
}
#: A file that is no table says so itself: its code follows.
TABLE = "table."


@dataclass(frozen=True)
class Said:
    """A message by its code and arguments, which are what JSON can hold. As text it is in the reader's language."""

    code: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.code.startswith(TABLE):
            return UnreadableTable(self.code.removeprefix(TABLE), **self.args).message
        # What is no code was kept in words, before there were codes.
        return str(MESSAGES[self.code]) % self._shown() if self.code in MESSAGES else self.code

    def __bool__(self) -> bool:
        return bool(self.code)

    def _shown(self) -> dict[str, str]:
        kind = KINDS.get(str(self.args.get("kind")))
        shown = {}
        for name, value in self.args.items():
            if name == "fields" and kind:
                shown[name] = ", ".join(str(kind.by_name[one].title) for one in value if one in kind.by_name)
            elif isinstance(value, list | tuple):
                shown[name] = ", ".join(map(str, value))
            elif isinstance(value, int):
                shown[name] = norwegian.number(value, 0, get_language() or "nb")
            else:
                shown[name] = str(value)
        return shown


class ImportProblem(Exception):
    """Why a file cannot be imported at all. Nothing of it has landed. As text it is for the person, in their
    language.
    """

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.said = Said(code, args)

    def __str__(self) -> str:
        return str(self.said)

    @classmethod
    def of(cls, error: UnreadableTable) -> ImportProblem:
        """That the file is no table, and why."""
        plain = {name: list(v) if isinstance(v, tuple) else v for name, v in error.arguments.items()}
        return cls(TABLE + error.code, **plain)
