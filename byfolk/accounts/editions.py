"""Reads of editions while they are written: for those who lead or help the unit, the HR direction and the unions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from byfolk.accounts import rules
from byfolk.accounts.drafted import Draft, Text
from byfolk.accounts.models import Comment, Edition, Section, State
from byfolk.kernel.access.models import Grant
from byfolk.kernel.organisation.models import Closure, Leadership, Level, Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.people.names import with_name
from byfolk.kernel.rights import Actor, Role


@dataclass(frozen=True)
class Desk:
    """A unit whose accounts the actor has to do with. `top`: the root; `path`: its ids from there down."""

    unit: Unit
    top: Unit
    path: tuple[int, ...]
    may_write: bool
    may_freeze: bool


def desk(actor: Actor, code: str) -> Desk:
    """The desk of the municipality or an agency. Raises `LookupError` for a unit without accounts, and for one whose
    drafts the actor may not read. One query.
    """
    with_accounts = Q(descendant__code=code, descendant__level__in=(Level.MUNICIPALITY, Level.AGENCY))
    rows = Closure.objects.filter(with_accounts).order_by("-depth").select_related("ancestor")
    above = [row.ancestor for row in rows]
    path = [unit.pk for unit in above]
    if not above or not rules.may_read_draft(actor, path):
        raise LookupError(f"no drafts of {code} for this reader")
    return Desk(above[-1], above[0], tuple(path), rules.may_write(actor, path), rules.may_freeze(actor, path))


def draft_of(actor: Actor, unit_id: int, year: int) -> Edition | None:
    """The draft of a unit's accounts with the chapters that comments are about (`said_about`); None where there is
    none, or none that the actor may read. One query.
    """
    if actor.person_id is None:
        return None
    said = ArraySubquery(Comment.objects.filter(edition=OuterRef("pk")).order_by("pk").values("anchor"))
    rows = Edition.objects.select_related("unit").annotate(said_about=said)
    return rows.filter(unit_id=unit_id, year=year, state=State.DRAFT).first()


def sections(edition: Edition) -> dict[str, Section]:
    """What is written, by the chapters' anchors. One query."""
    return {section.anchor: section for section in Section.objects.filter(edition=edition).order_by("pk")}


def written(edition: Edition, known: dict[str, Section] | None = None) -> Draft:
    """The draft as composing takes it. One query, or none where the sections are given."""
    found = sections(edition) if known is None else known
    texts = {anchor: Text(one.text, tuple(one.points)) for anchor, one in found.items()}
    return Draft(texts, frozenset(edition.shown))


def comments(edition: Edition, anchor: str) -> list[Comment]:
    """What is said about a chapter, oldest first, each with its author's name (`author`). One query."""
    return list(with_name(Comment, "author_id", "author").filter(edition=edition, anchor=anchor))


def comment_counts(edition: Edition) -> dict[str, int]:
    """How many comments each chapter of an edition read by `draft_of` has. No query."""
    return Counter(getattr(edition, "said_about", ()))


def writers(path: Sequence[int], on: dt.date) -> list[tuple[int, str]]:
    """Who may write in the accounts of the unit at the end of `path`, and so can be asked to: (person, name), in
    Norwegian order. One query.
    """
    led = Leadership.objects.filter(unit_id__in=path, valid__contains=on)
    helped = Grant.objects.filter(valid__contains=on).filter(
        Q(role=Role.HR_ADVISER.value, unit_id__in=path) | Q(role=Role.HR_DIRECTOR.value, unit_id=path[-1])
    )
    cards = Card.objects.filter(Q(person_id__in=led.values("person_id")) | Q(person_id__in=helped.values("person_id")))
    return [(card.person_id, card.name) for card in cards.order_by("sort_key")]


@dataclass(frozen=True)
class Asked:
    """A chapter that somebody is asked to write, and has not."""

    unit_name: str
    unit_code: str
    year: int
    anchor: str
    due: dt.date


def asked_of(actor: Actor) -> list[Asked]:
    """The chapters without text that the actor is asked to write by a date, soonest first. Two queries at most."""
    if not actor.may("accounts.write"):
        return []
    return [asked for _person, asked in _asked(Q(contributor_id=actor.own_id))]


def everybody_asked() -> list[tuple[int, Asked]]:
    """(person, chapter) of all that anybody is asked to write by a date and has not, soonest first: for background
    work, which sees every draft. Two queries at most.
    """
    return _asked(Q(contributor_id__isnull=False))


def _asked(whose: Q) -> list[tuple[int, Asked]]:
    asked = list(Section.objects.filter(whose, due__isnull=False, text="", points=[]).order_by("pk"))
    if not asked:
        return []
    drafts = Edition.objects.filter(state=State.DRAFT, pk__in={row.edition_id for row in asked})
    known = {edition.pk: edition for edition in drafts.select_related("unit")}
    found = []
    for row in asked:
        edition = known.get(row.edition_id)
        if edition is not None and row.contributor_id is not None and row.due is not None:
            about = Asked(edition.unit.name, edition.unit.code, edition.year, row.anchor, row.due)
            found.append((row.contributor_id, about))
    return sorted(found, key=lambda pair: pair[1].due)
