"""Reads of instruments. The database shows drafts to those who build in their unit, and nobody else."""

from __future__ import annotations

from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentVersion
from byfolk.engines.questionnaires.permissions import BUILDERS
from byfolk.kernel.rights import Actor, Held


def versions(actor: Actor) -> list[InstrumentVersion]:
    """Every version that the actor may read, with its instrument: by instrument, the newest first. One query."""
    if not actor.may("instruments.see"):
        return []
    found = InstrumentVersion.objects.select_related("instrument", "instrument__unit")
    return list(found.order_by("instrument__code", "-number"))


def versions_of(actor: Actor, code: str) -> list[InstrumentVersion]:
    """The versions of one instrument that the actor may read, the newest first."""
    if not actor.may("instruments.see"):
        return []
    found = InstrumentVersion.objects.select_related("instrument", "instrument__unit")
    return list(found.filter(instrument__code=code).order_by("-number"))


def version(actor: Actor, code: str, number: int) -> InstrumentVersion:
    """One version. Raises `LookupError` where the actor may read none such."""
    found = next((one for one in versions_of(actor, code) if one.number == number), None)
    if found is None:
        raise LookupError(f"no version {number} of {code}")
    return found


def builds_for(actor: Actor) -> list[Held]:
    """The units that the actor holds a role for in which one builds instruments, each once. All below goes with it."""
    found = {held.unit_id: held for held in actor.held if held.role in BUILDERS}
    return list(found.values())


def find(code: str) -> Instrument | None:
    """The instrument with a code, if the reader may see it."""
    return Instrument.objects.filter(code=code).first()
