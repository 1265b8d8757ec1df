"""Asking for new figures from a page, and saying why a unit's figure is as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.models import LONGEST_NOTE, Note
from byfolk.engines.indicators.notes import tells_numbers
from byfolk.kernel.access.acting import action
from byfolk.kernel.access.jobs import defer
from byfolk.kernel.organisation.models import Closure
from byfolk.kernel.rights import Actor

#: The name under which only one refresh waits at a time (`kernel.access.jobs.defer(once=...)`).
ONCE = "figures"


@action("figures.refresh")
def ask_for_refresh(*, actor: Actor) -> int:
    """Queue a refresh and answer the job's number. Raises `PermissionError`, or `IntegrityError` where one waits
    already.
    """
    return defer("figures.refresh", actor=actor, once=ONCE)


class NoteRefused(ValueError):
    """What a note may not be. `why`: "empty", "long" or "numbers" (it tells numbers of a figure that is hidden)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoteChangedMeanwhile(Exception):
    """Somebody else has written, corrected or withdrawn the note since it was read. Nothing was written."""


@action("figures.explain")
def write_note(*, actor: Actor, figure: FigureValue, text: str, version: int, now: dt.datetime) -> Note:
    """Say why a unit's figure is as it is, or say it otherwise; whoever leads the unit or helps its leader may.

    `version` is the one that the writer saw, 0 for none. Of a figure that is not published a note tells no numbers.
    Raises `PermissionError` outside the actor's units, `NoteRefused`, `NoteChangedMeanwhile`.
    """
    _must_speak_for(actor, figure.unit_id)
    said = _said(text, figure)
    about = _about(figure)
    if version:
        changed = Note.objects.filter(**about, withdrawn_at=None, version=version).update(
            text=said, author_id=actor.own_id, changed_at=now, version=F("version") + 1
        )
        if not changed:
            raise NoteChangedMeanwhile
        return Note.objects.get(**about, withdrawn_at=None)
    try:
        with transaction.atomic():
            return Note.objects.create(**about, text=said, author_id=actor.own_id, written_at=now)
    except IntegrityError:
        raise NoteChangedMeanwhile from None


@action("figures.explain")
def withdraw_note(*, actor: Actor, note: Note, version: int, now: dt.datetime) -> None:
    """Take a note back: it is shown to nobody any more. Raises `PermissionError`, `NoteChangedMeanwhile`."""
    _must_speak_for(actor, note.unit_id)
    found = Note.objects.filter(pk=note.pk, withdrawn_at=None, version=version)
    if not found.update(withdrawn_at=now, version=F("version") + 1):
        raise NoteChangedMeanwhile


def _said(text: str, figure: FigureValue) -> str:
    said = " ".join(text.split())
    if not said:
        raise NoteRefused("empty")
    if len(said) > LONGEST_NOTE:
        raise NoteRefused("long")
    if not figure.published and tells_numbers(said):
        raise NoteRefused("numbers")
    return said


def _about(figure: FigureValue) -> dict[str, object]:
    code = registry.indicator(figure.indicator.code).code
    return {"unit_id": figure.unit_id, "indicator": code, "kind": figure.kind, "period": figure.period}


def _must_speak_for(actor: Actor, unit_id: int) -> None:
    if not actor.steers(_path_of(unit_id)):
        raise PermissionError("a figure is explained by those who lead or help the unit")


def _path_of(unit_id: int) -> Sequence[int]:
    rows = Closure.objects.filter(descendant=unit_id).order_by("-depth")
    return list(rows.values_list("ancestor_id", flat=True))
