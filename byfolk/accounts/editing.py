"""Writing the accounts: an edition is begun, people write and comment, and whoever answers for the unit freezes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Max

from byfolk.accounts import editions, making, rules
from byfolk.accounts.compose.lacks import OWN_CHAPTER
from byfolk.accounts.models import Comment, Edition, Section, Snapshot, State
from byfolk.engines.actions.queries import path_of
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.rights import ROLE_TITLES, Actor
from byfolk.lib.texts import lines, one_line

LONGEST_TEXT = 20_000
LONGEST_POINT = 500
POINTS_AT_MOST = 40
LONGEST_REASON = 1000


class AccountsRefused(ValueError):
    """What may not be, with the field that it is about."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class WrittenMeanwhile(Exception):
    """Somebody else has changed the chapter since it was opened. Nothing was written. `current`: what it says now."""

    def __init__(self, current: Section) -> None:
        super().__init__(f"{current.anchor} has been changed")
        self.current = current


@action("accounts.write")
def begin(*, actor: Actor, unit: Unit, year: int, now: dt.datetime) -> Edition:
    """Begin a unit's accounts of a year, as the next version; where a draft is there already, it is that one.

    Raises `PermissionError` for a unit whose accounts one does not write, `NoAccounts` for a year without figures.
    """
    _must_write(actor, unit)
    known = editions.draft_of(actor, unit.pk, year)
    if known is not None:
        return known
    shown = making.figures_with_a_value(actor, unit.code, year)
    before = Edition.objects.filter(unit=unit, year=year)
    last = before.aggregate(last=Max("version"))["last"] or 0
    made = Edition.objects.create(
        unit=unit, year=year, version=last + 1, begun_at=now, begun_by=actor.person_id, shown=shown
    )
    _take_over(made, before.filter(version=last).first())
    return made


def _take_over(made: Edition, earlier: Edition | None) -> None:
    """A new version begins with what was written in the one before."""
    if earlier is not None:
        Section.objects.bulk_create(
            Section(edition=made, unit_id=made.unit_id, anchor=one.anchor, text=one.text, points=one.points)
            for one in editions.sections(earlier).values()
        )


@action("accounts.write")
def discard(*, actor: Actor, edition: Edition) -> None:
    """Throw a draft away. One that somebody has commented on stays, for what was said."""
    _must_write(actor, edition.unit)
    locked = _draft(edition)
    if locked.comments.exists():
        raise AccountsRefused("edition", "what was said about a draft stays")
    locked.delete()


@action("accounts.write")
def write_section(
    *,
    actor: Actor,
    edition: Edition,
    anchor: str,
    text: str,
    points: Iterable[str],
    version: int,
    now: dt.datetime,
) -> Section:
    """Write what a chapter says. `version` is the one that the writer saw: raises `WrittenMeanwhile` where there is a
    newer, and `AccountsRefused` for what is too long.
    """
    _must_write(actor, edition.unit)
    row = _section(_draft(edition), anchor)
    if row.version != version:
        raise WrittenMeanwhile(row)
    row.text, row.points = _text(text), _points(points)
    row.version, row.changed_by, row.changed_at = row.version + 1, actor.person_id, now
    row.save()
    return row


@action("accounts.write")
def ask_to_write(
    *, actor: Actor, edition: Edition, anchor: str, contributor: int | None, due: dt.date | None, on: dt.date
) -> Section:
    """Ask somebody to write a chapter by a date; nobody takes the request back.

    Raises `AccountsRefused` for somebody who may not write there, and for a date that has passed.
    """
    _must_write(actor, edition.unit)
    row = _section(_draft(edition), anchor)
    if contributor is None:
        row.contributor_id = row.due = None
    else:
        if contributor not in dict(editions.writers(path_of(edition.unit_id), on)):
            raise AccountsRefused("contributor", "only who may write can be asked to")
        if due is not None and due < on and due != row.due:
            raise AccountsRefused("due", "the deadline has passed")
        row.contributor_id, row.due = contributor, due
    row.save(update_fields=["contributor_id", "due"])
    return row


@action("accounts.draft")
def comment_on_section(*, actor: Actor, edition: Edition, anchor: str, text: str, now: dt.datetime) -> Comment:
    """Say something about a chapter of a draft, to those who read it. It stands as it was said."""
    if not rules.may_read_draft(actor, path_of(edition.unit_id)):
        raise PermissionError("drafts are for those who lead or help the unit, and its unions")
    # Not locked: a reader may not. A trigger refuses what comes too late.
    if not Edition.objects.filter(pk=edition.pk, state=State.DRAFT).exists():
        raise AccountsRefused("edition", "only a draft is commented on")
    said = lines(text)[:LONGEST_TEXT]
    if not said:
        raise AccountsRefused("text", "a comment says something")
    return Comment.objects.create(
        edition=edition, unit_id=edition.unit_id, anchor=anchor, author_id=actor.own_id, at=now, text=said
    )


@action("accounts.freeze")
def freeze(*, actor: Actor, edition: Edition, reason: str, now: dt.datetime) -> Snapshot:
    """Freeze and sign a draft: what it says now, in every language, is kept for good. What it lacks stops nothing.

    Raises `AccountsRefused` without a reason, `PermissionError` for a unit that one does not sign for.
    """
    path = path_of(edition.unit_id)
    if not rules.may_freeze(actor, path):
        raise PermissionError("accounts are signed by whoever leads the unit, and the city's by the HR direction")
    why = one_line(reason)[:LONGEST_REASON]
    if not why:
        raise AccountsRefused("reason", "accounts are frozen for a reason")
    locked = _draft(edition)
    at = now.replace(microsecond=0)
    role = actor.title or str(ROLE_TITLES[rules.signing_role(actor.held, path)])
    made = making.frozen_form(
        actor, locked.unit, locked.year, editions.written(locked),
        version=locked.version, at=at, name=actor.name, role=role, reason=why, address=settings.ADDRESS,
    )  # fmt: skip
    unit = locked.unit
    return Snapshot.objects.create(
        edition=locked, unit=unit, unit_code=unit.code, name_nb=unit.name_nb, name_nn=unit.name_nn, level=unit.level,
        sort_key=unit.sort_key, year=locked.year, version=locked.version, frozen_at=at, signer=actor.name,
        signer_role=role, reason=why, content=made.text, sha256=made.sha256, files=made.files,
    )  # fmt: skip


def _must_write(actor: Actor, unit: Unit) -> None:
    if unit.level not in (Level.MUNICIPALITY, Level.AGENCY) or not rules.may_write(actor, path_of(unit.pk)):
        raise PermissionError("accounts are written by those who lead or help the unit, the city's by the HR direction")


def _draft(edition: Edition) -> Edition:
    """The draft, locked until the change is kept. Raises `AccountsRefused` for what is frozen."""
    found = Edition.objects.select_for_update(of=("self",)).select_related("unit").filter(
        pk=edition.pk, state=State.DRAFT
    ).first()  # fmt: skip
    if found is None:
        raise AccountsRefused("edition", "only a draft can be changed")
    return found


def _section(edition: Edition, anchor: str) -> Section:
    """The chapter's row, made when it is first needed. The edition is locked, so nobody else makes it meanwhile."""
    if not anchor or anchor == OWN_CHAPTER:
        raise AccountsRefused("anchor", "nobody writes in that chapter")
    found = Section.objects.filter(edition=edition, anchor=anchor).first()
    return found or Section.objects.create(edition=edition, unit_id=edition.unit_id, anchor=anchor)


def _text(text: str) -> str:
    tidy = lines(text)
    if len(tidy) > LONGEST_TEXT:
        raise AccountsRefused("text", "the text is too long")
    return tidy


def _points(points: Iterable[str]) -> Sequence[str]:
    tidy = [point for point in (one_line(point) for point in points) if point]
    if len(tidy) > POINTS_AT_MOST or any(len(point) > LONGEST_POINT for point in tidy):
        raise AccountsRefused("points", "the list is too long")
    return tidy
