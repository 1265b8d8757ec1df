"""Building instruments: by HR directors and advisers, for their units. What two people write at once is never lost."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError

from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.changing import Change, Part, seen
from byfolk.engines.questionnaires.instruments.checking import Broken, broken, lacks
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentVersion, State
from byfolk.kernel.access.acting import action
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor

BUILD = "instruments.build"


class InstrumentRefused(ValueError):
    """A change that cannot be made. `broken`: the rules that it breaks, if it is what was written."""

    def __init__(self, reason: str, found: list[Broken] | None = None) -> None:
        super().__init__(reason)
        self.broken = found or []


class ChangedMeanwhile(InstrumentRefused):
    """Somebody else has changed the same part since it was opened. `version` is what it is now."""

    def __init__(self, version: InstrumentVersion) -> None:
        super().__init__("it has been changed")
        self.version = version


@action(BUILD)
def create_instrument(
    *, actor: Actor, code: str, kind: str, unit: Unit, content: Content, now: dt.datetime
) -> InstrumentVersion:
    """A new instrument of a unit, whose first draft asks this: nothing yet, a copy of another, or what a file says.

    Raises `PermissionError` for a unit that the actor does not build for, `InstrumentRefused` for a code that is taken.
    """
    _must_build_in(actor, unit.pk)
    _must_be_sound(content)
    try:
        return storing.new_instrument(code, kind, unit, content, now, by=actor.person_id)
    except IntegrityError as error:
        # Also by an instrument that the actor does not see.
        raise InstrumentRefused("the code is taken") from error


@action(BUILD)
def start_version(*, actor: Actor, instrument: Instrument, content: Content, now: dt.datetime) -> InstrumentVersion:
    """The next version of an instrument, as a draft. Raises `InstrumentRefused` where there is a draft already."""
    _must_build_in(actor, instrument.unit_id)
    _must_be_sound(content)
    # Whoever comes second waits for the first, and then finds the draft.
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    if InstrumentVersion.objects.filter(instrument=instrument, state=State.DRAFT).exists():
        raise InstrumentRefused("there is a draft already")
    return storing.new_draft(instrument, content, now, by=actor.person_id)


@action(BUILD)
def change_instrument(
    *,
    actor: Actor,
    version: InstrumentVersion,
    part: Part,
    code: str,
    saw: str,
    change: Change,
    now: dt.datetime,
) -> InstrumentVersion:
    """Change one part of a draft. `saw` is the mark (`changing.seen`) of the part as the writer saw it, empty for a
    part that is new: two who write different parts are both kept.

    Raises `ChangedMeanwhile` where the part is another by now, `InstrumentRefused` for what breaks a rule.
    """
    locked = _draft(version)
    before = locked.parsed
    if seen(before, part, code) != saw:
        raise ChangedMeanwhile(locked)
    after = change(before)
    _must_be_sound(after)
    if after != before:
        storing.keep(locked, after, now, by=actor.person_id)
    return locked


@action(BUILD)
def replace_instrument(
    *, actor: Actor, version: InstrumentVersion, edition: int, content: Content, now: dt.datetime
) -> InstrumentVersion:
    """Let a file's content take the place of all that a draft asks. Raises `ChangedMeanwhile` for a newer edition."""
    locked = _draft(version)
    if locked.edition != edition:
        raise ChangedMeanwhile(locked)
    _must_be_sound(content)
    storing.keep(locked, content, now, by=actor.person_id)
    return locked


@action(BUILD)
def discard_version(*, actor: Actor, version: InstrumentVersion) -> None:
    """Throw a draft away; with it the instrument, where it has no other version."""
    locked = _draft(version)
    instrument = locked.instrument
    locked.delete()
    if not InstrumentVersion.objects.filter(instrument=instrument).exists():
        instrument.delete()


@action(BUILD)
def put_in_use(*, actor: Actor, version: InstrumentVersion, edition: int, now: dt.datetime) -> InstrumentVersion:
    """Put a draft in use: it never changes again, and the version before it is retired. `edition` is the one that the
    actor saw.

    Raises `ChangedMeanwhile` for a newer edition, `InstrumentRefused` where something lacks.
    """
    locked = _draft(version)
    if locked.edition != edition:
        raise ChangedMeanwhile(locked)
    if found := lacks(locked.parsed):
        raise InstrumentRefused("something lacks", found)
    storing.make_in_use(locked, now, by=actor.person_id)
    return locked


@action(BUILD)
def retire_version(*, actor: Actor, version: InstrumentVersion, now: dt.datetime) -> InstrumentVersion:
    """Take a version out of use: nothing new is asked with it. It cannot be put in use again."""
    _must_build_in(actor, version.unit_id)
    found = InstrumentVersion.objects.select_for_update().filter(pk=version.pk, state=State.IN_USE).first()
    if found is None:
        raise InstrumentRefused("it is not in use")
    storing.make_retired(found, now, by=actor.person_id)
    return found


def _draft(version: InstrumentVersion) -> InstrumentVersion:
    """The draft, locked until the change is kept. Only those who build in its unit find it. Raises
    `InstrumentRefused` for what is no draft, or no draft any more.
    """
    found = InstrumentVersion.objects.select_for_update().filter(pk=version.pk, state=State.DRAFT).first()
    if found is None:
        raise InstrumentRefused("only a draft can be changed")
    return found


def _must_build_in(actor: Actor, unit_id: int) -> None:
    if not may_in(actor, BUILD, unit_id):
        raise PermissionError("one builds for the units of one's role")


def _must_be_sound(content: Content) -> None:
    if found := broken(content):
        raise InstrumentRefused("it does not hang together", found)
