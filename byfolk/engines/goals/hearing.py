"""A version on hearing: agencies and unions speak about its paragraphs, and the HR direction answers."""

from __future__ import annotations

import datetime as dt

from byfolk.engines.goals import versions
from byfolk.engines.goals.editing import WRITE, PolicyRefused
from byfolk.engines.goals.models import Comment, Element, PolicyVersion, VersionState
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib.texts import lines


@action(WRITE)
def send_on_hearing(*, actor: Actor, version: PolicyVersion, on: dt.date, until: dt.date) -> None:
    """Let everybody read a draft, and agencies and unions speak about it to the end of the day before `until`. While
    it is on hearing its texts stand as they are.
    """
    locked = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state != VersionState.DRAFT:
        raise PolicyRefused("only a draft is sent on hearing")
    if until <= on:
        raise PolicyRefused("a hearing lasts at least a day")
    locked.state, locked.hearing_from, locked.hearing_until = VersionState.HEARING, on, until
    locked.save(update_fields=["state", "hearing_from", "hearing_until"])


@action(WRITE)
def end_hearing(*, actor: Actor, version: PolicyVersion) -> None:
    """Take a version back as a draft, to work in what was said. The comments stay."""
    locked = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state != VersionState.HEARING:
        raise PolicyRefused("it is not on hearing")
    locked.state = VersionState.DRAFT
    locked.save(update_fields=["state"])


@action("policy.comment")
def comment(*, actor: Actor, version: PolicyVersion, key: str, unit: Unit, text: str, now: dt.datetime) -> Comment:
    """Say something about a paragraph for an agency that one leads, or as a union's representative.

    Raises `PermissionError` for a unit one may not speak for, `LookupError` for no such paragraph, `PolicyRefused`
    when the hearing is over.
    """
    voice = next((one for one in versions.voices(actor) if one.unit.pk == unit.pk), None)
    if voice is None:
        raise PermissionError("one speaks for an agency that one leads, or as a union's representative")
    if not versions.hearing_is_open(version, day_of(now)):
        raise PolicyRefused("the hearing is over")
    about = Element.objects.filter(version=version, key=key).first()
    if about is None:
        raise LookupError(f"version {version.number} has no paragraph {key}")
    said = lines(text)
    if not said:
        raise PolicyRefused("a comment says something")
    return Comment.objects.create(
        version=version, key=key, about=about.title, unit=voice.unit, side=voice.side, person_id=actor.own_id,
        text=said, at=now,
    )  # fmt: skip


@action("policy.comment")
def withdraw_comment(*, actor: Actor, said: Comment, now: dt.datetime) -> None:
    """Take back what one said oneself, while the hearing is open. It is kept, and shown to nobody.

    Raises `PermissionError` for another's, `PolicyRefused` when the hearing is over or it is withdrawn already.
    """
    if said.person_id != actor.person_id:
        raise PermissionError("one withdraws one's own comment")
    version = PolicyVersion.objects.get(pk=said.version_id)
    if said.withdrawn_at or not versions.hearing_is_open(version, day_of(now)):
        raise PolicyRefused("the hearing is over")
    said.withdrawn_at = now
    said.save(update_fields=["withdrawn_at"])


@action(WRITE)
def answer_comment(*, actor: Actor, said: Comment, answer: str, now: dt.datetime) -> None:
    """Answer a comment; an answer may be changed until the version is adopted."""
    state = PolicyVersion.objects.values_list("state", flat=True).get(pk=said.version_id)
    if state not in (VersionState.DRAFT, VersionState.HEARING):
        raise PolicyRefused("the version is adopted")
    if said.withdrawn_at:
        raise PolicyRefused("it is withdrawn")
    kept = lines(answer)
    if not kept:
        raise PolicyRefused("an answer says something")
    said.answer, said.answered_by, said.answered_at = kept, actor.person_id, now
    said.save(update_fields=["answer", "answered_by", "answered_at"])
