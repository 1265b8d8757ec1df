"""Saying that something is wrong, and answering."""

from __future__ import annotations

import datetime as dt

from byfolk.kernel.access.acting import action
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.rights import Actor, data_kind
from byfolk.portal.me.models import Correction

LONGEST = 4000


@action("self.see")
def report_error(*, actor: Actor, kind: str, text: str, now: dt.datetime) -> Correction:
    """Say that something of a kind of data about oneself is wrong. Raises `LookupError` for a kind that is not
    declared.
    """
    return Correction.objects.create(
        person_id=actor.own_id, unit_id=actor.unit_id, kind=data_kind(kind).code, text=text[:LONGEST], at=now
    )


@action("corrections.answer")
def answer_correction(*, actor: Actor, correction: Correction, answer: str, now: dt.datetime) -> Correction:
    """Answer someone in a unit of one's own. Nobody answers themselves; an answer may be given anew."""
    if correction.person_id == actor.person_id or correction.unit_id is None:
        raise PermissionError("an answer comes from somebody else, in the person's unit")
    if not may_in(actor, "corrections.answer", correction.unit_id):
        raise PermissionError("an answer comes from the person's own unit or above")
    correction.answer = answer[:LONGEST]
    correction.answered_by_id = actor.person_id
    correction.answered_at = now
    correction.save(update_fields=["answer", "answered_by_id", "answered_at"])
    return correction
