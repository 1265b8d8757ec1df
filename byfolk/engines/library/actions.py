"""Writing documents: a draft, published from a day, ended on a day; looking at them again; confirming that one has
read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from byfolk.engines.library import kinds
from byfolk.engines.library.content import content_of
from byfolk.engines.library.models import Document, Receipt, State, Version
from byfolk.engines.library.queries import is_asked, owners, writes
from byfolk.engines.library.storing import fill
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import key_for

WRITE = "library.write"
#: Words that addresses use themselves.
RESERVED = frozenset({"ny"})


class LibraryRefused(ValueError):
    """A change of a document that cannot be made, with the reason."""


class EditedMeanwhile(LibraryRefused):
    """Somebody else has changed the draft since it was opened. `current` is what it is now."""

    def __init__(self, current: Version) -> None:
        super().__init__(f"{current} has been changed")
        self.current = current


@action(WRITE)
def start_document(*, actor: Actor, kind: str, unit: Unit, content: Mapping[str, Any], on: dt.date) -> Document:
    """A new document of a unit, with its first draft."""
    kinds.kind(kind)
    if unit.pk not in {one.pk for one in owners(actor, on)}:
        raise PermissionError("a document is written by those who lead or help the unit that owns it")
    said = content_of(content)
    _must_have_bokmaal(said.title)
    taken = {*Document.objects.values_list("code", flat=True), *RESERVED}
    made = Document.objects.create(code=key_for(said.title["nb"], taken), kind=kind, unit=unit, made_on=on)
    row = Version(document=made, unit=unit, number=1, changed_by=actor.person_id)
    fill(row, said, _units(said.asked_unit))
    row.save(force_insert=True)
    return made


@action(WRITE)
def start_version(*, actor: Actor, document: Document) -> Version:
    """A new draft that says what the newest version does; where there is a draft already, that one."""
    locked = _locked(actor, document)
    rows = list(Version.objects.filter(document=locked).order_by("-number"))
    draft = next((row for row in rows if row.state == State.DRAFT), None)
    if draft is not None:
        return draft
    newest = rows[0]
    return Version.objects.create(
        document=locked, unit_id=locked.unit_id, number=newest.number + 1, title=newest.title, summary=newest.summary,
        text=newest.text, goals=newest.goals, indicators=newest.indicators, asks=newest.asks,
        asked_unit_id=newest.asked_unit_id, changed_by=actor.person_id,
    )  # fmt: skip


@action(WRITE)
def edit_draft(*, actor: Actor, document: Document, edition: int, content: Mapping[str, Any]) -> Version:
    """Change what a draft says. `edition` is the one that the writer saw: raises `EditedMeanwhile` where there is a
    newer.
    """
    row = _draft(_locked(actor, document))
    if row.edition != edition:
        raise EditedMeanwhile(row)
    said = content_of(content)
    _must_have_bokmaal(said.title)
    fill(row, said, _units(said.asked_unit))
    row.edition, row.changed_by = row.edition + 1, actor.person_id
    row.save()
    return row


@action(WRITE)
def discard_draft(*, actor: Actor, document: Document) -> bool:
    """Throw a draft away; with it the document, where nothing is published. Whether the document is still there."""
    locked = _locked(actor, document)
    _draft(locked).delete()
    if Version.objects.filter(document=locked).exists():
        return True
    locked.delete()
    return False


@action(WRITE)
def publish(*, actor: Actor, document: Document, since: dt.date, review_on: dt.date | None, on: dt.date) -> Version:
    """Let a draft hold from a day; what held then ends there. Raises `LibraryRefused` for a draft without a text, a day
    that is over, or one on which a version begins or has begun later.
    """
    locked = _locked(actor, document)
    row = _draft(locked)
    if not row.text.get("nb"):
        raise LibraryRefused("a draft without a text cannot be published")
    if since < on:
        raise LibraryRefused("nothing is published for days that are over")
    _end_at(locked, since)
    row.state, row.valid = State.PUBLISHED, (since, None)
    row.save(update_fields=["state", "valid"])
    Document.objects.filter(pk=locked.pk).update(review_on=review_on)
    return row


@action(WRITE)
def retire(*, actor: Actor, document: Document, end: dt.date, on: dt.date) -> None:
    """Let a document hold no more from a day on. Old versions stay to be read. Raises `LibraryRefused`."""
    locked = _locked(actor, document)
    if end < on:
        raise LibraryRefused("a document ends today or later")
    if not _end_at(locked, end):
        raise LibraryRefused("the document does not hold")


@action(WRITE)
def set_review(*, actor: Actor, document: Document, review_on: dt.date, on: dt.date) -> None:
    """Somebody has looked at a document, and it is to be looked at again on a day to come."""
    locked = _locked(actor, document)
    if review_on <= on:
        raise LibraryRefused("the next look is on a day to come")
    locked.review_on = review_on
    locked.save(update_fields=["review_on"])


@action("library.confirm")
def confirm(*, actor: Actor, version: Version, now: dt.datetime) -> Receipt:
    """Say that one has read a version that asks for it; the same twice is one. Raises `LookupError` where it does not
    ask.
    """
    if not is_asked(actor, version):
        raise LookupError("the version does not ask this person")
    made, _ = Receipt.objects.get_or_create(version=version, person_id=actor.own_id, defaults={"at": now})
    return made


def _locked(actor: Actor, document: Document) -> Document:
    """The document, locked until the change is kept. Raises `PermissionError` for those who do not write it."""
    found = Document.objects.select_for_update().filter(pk=document.pk).first()
    if found is None:
        raise LookupError("the document is gone")
    if not writes(actor, found):
        raise PermissionError("a document is written by those who lead or help the unit that owns it")
    return found


def _draft(document: Document) -> Version:
    found = Version.objects.select_for_update().filter(document=document, state=State.DRAFT).first()
    if found is None:
        raise LibraryRefused("there is no draft")
    return found


def _end_at(document: Document, end: dt.date) -> bool:
    """End what lasts; whether something did. Raises `LibraryRefused` where it begins then or later."""
    rows = Version.objects.select_for_update().filter(document=document, state=State.PUBLISHED)
    for row in rows:
        if row.valid.upper is not None and row.valid.upper > end:
            raise LibraryRefused("another version holds then")
        if row.valid.upper is None and row.valid.lower >= end:
            raise LibraryRefused("the version before begins then or later")
    lasting = [row for row in rows if row.valid.upper is None]
    for row in lasting:
        row.valid = (row.valid.lower, end)
        row.save(update_fields=["valid"])
    return bool(lasting)


def _units(code: str) -> dict[str, int]:
    if not code:
        return {}
    found = dict(Unit.objects.filter(code=code).values_list("code", "pk"))
    if not found:
        raise LookupError(f"no unit has the code {code}")
    return found


def _must_have_bokmaal(given: Mapping[str, str]) -> None:
    if not given.get("nb"):
        raise LibraryRefused("a document is written in bokmål first")
