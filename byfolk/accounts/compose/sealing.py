"""What stands at the end of frozen accounts: who froze them, when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.accounts.content import Fact, Seal
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian


@dataclass(frozen=True)
class Signature:
    """Who freezes accounts, when, as which version and why. `at` is in whole seconds."""

    version: int
    at: dt.datetime
    name: str
    role: str
    reason: str


def seal(signature: Signature) -> Seal:
    """The lines of a signature, in the language that is active."""
    at = signature.at.astimezone(OSLO)
    when = f"{norwegian.day(day_of(at), get_language() or 'nb')} {norwegian.clock(at, get_language() or 'nb')}"
    rows = (
        Fact(_("Versjon"), str(signature.version)),
        Fact(_("Frosset"), when),
        Fact(_("Signert av"), signature.name, signature.role),
        Fact(_("Begrunnelse"), signature.reason),
    )
    return Seal(
        _("Frosset og signert"),
        _("Denne utgaven endres aldri. Kjennemerket under er regnet ut av alt som står i den."),
        rows,
        _("Kjennemerke (SHA-256)"),
        signature.version,
        at,
    )
