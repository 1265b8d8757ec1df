"""Reads of the library: everyone here reads what is published, and those who write a document its draft, too."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from byfolk.engines.library.models import Asks, Document, Entry, Receipt, Version
from byfolk.engines.library.permissions import WRITERS
from byfolk.engines.library.rules import TOLD_BEFORE, Count, Standing, shown_counts, standing
from byfolk.engines.library.storing import period
from byfolk.kernel.organisation.models import Closure, Level, Unit
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import Texts, short

#: More words than this in a search are not asked for.
WORDS_AT_MOST = 8
_CONFIGS = {"nb": ("norwegian",), "nn": ("norwegian",), "en": ("english", "norwegian")}


@dataclass(frozen=True)
class Listed:
    """A page of documents: those on it, how many there are in all, and whether all words of the search were found in
    them.
    """

    rows: Sequence[Entry]
    total: int
    exact: bool = True


def listed(
    actor: Actor,
    kind: str,
    on: dt.date,
    *,
    language: str,
    text: str = "",
    goals: Collection[str] = (),
    start: int = 0,
    limit: int = 20,
) -> Listed:
    """The documents of a kind that hold on a day: all in alphabetical order, or those that a text is found in, best
    first. `goals`: those that serve one of them.

    Where no document has every word of the text, those that have some of them. At most four queries.
    """
    _open(actor)
    found = Entry.objects.filter(kind=kind, valid__contains=on).select_related("unit")
    if goals:
        found = found.filter(goals__overlap=list(goals))
    if not words(text):
        return Listed(list(_light(found.order_by("sort_key"))[start : start + limit]), found.count())
    for every in (True, False):
        hits = _hits(found, text, language, every=every)
        total = hits.count()
        if total or not every:
            break
    return Listed(list(_light(hits)[start : start + limit]), total, every)


def search(actor: Actor, kind: str, text: str, on: dt.date, *, language: str, limit: int) -> list[Entry]:
    """The documents that hold on a day and have every word of a text, or one that begins so; best first. One query."""
    _open(actor)
    if not words(text):
        return []
    found = Entry.objects.filter(kind=kind, valid__contains=on).select_related("unit")
    return list(_light(_hits(found, text, language, every=True))[:limit])


def words(text: str) -> list[str]:
    """The words of a search."""
    return re.findall(r"[^\W_]+", text.lower())[:WORDS_AT_MOST]


def _light(found: QuerySet[Entry]) -> QuerySet[Entry]:
    return found.defer("words_nb", "words_nn", "words_en")


def _hits(found: QuerySet[Entry], text: str, language: str, *, every: bool) -> QuerySet[Entry]:
    """Those with the words: in the title before in the summary before in the text. A word is found where one begins
    with it, so that "syke" finds "sykefravær".
    """
    code = short(language) if short(language) in _CONFIGS else "nb"
    raw = (" & " if every else " | ").join(f"{word}:*" for word in words(text))
    asked = [SearchQuery(raw, search_type="raw", config=config) for config in _CONFIGS[code]]
    query = asked[0]
    for other in asked[1:]:
        query = query | other
    column = f"words_{code}"
    return found.filter(**{column: query}).annotate(rank=SearchRank(F(column), query)).order_by("-rank", "sort_key")


def serving(actor: Actor, kind: str, goal: str, on: dt.date, *, limit: int) -> list[Entry]:
    """The documents that serve a goal on a day, in alphabetical order. One query."""
    _open(actor)
    found = Entry.objects.filter(kind=kind, valid__contains=on, goals__contains=[goal]).select_related("unit")
    return list(_light(found.order_by("sort_key"))[:limit])


def about(actor: Actor, kind: str, indicator: str, on: dt.date, *, limit: int) -> list[Entry]:
    """The documents that belong to a figure on a day, in alphabetical order. One query."""
    _open(actor)
    found = Entry.objects.filter(kind=kind, valid__contains=on, indicators__contains=[indicator])
    return list(_light(found.order_by("sort_key"))[:limit])


def counts_by_goal(actor: Actor, kind: str, goals: Collection[str], on: dt.date) -> dict[str, int]:
    """How many documents serve each of the goals on a day; goals with none are left out. One query."""
    _open(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            """select goal, count(*) from library_entry, unnest(goals) goal
                where kind = %s and valid @> %s::date and goals && %s::text[] and goal = any(%s::text[])
                group by goal""",
            [kind, on, list(goals), list(goals)],
        )
        return dict(cursor.fetchall())


def document(actor: Actor, kind: str, code: str) -> Document:
    """The document with a code. Raises `LookupError` where there is none, or none that the actor may read."""
    _open(actor)
    found = Document.objects.select_related("unit").filter(kind=kind, code=code).first()
    if found is None:
        raise LookupError(f"no {kind} {code}")
    return found


@dataclass(frozen=True)
class Editions:
    """A document's versions that the actor may read, newest first, without their texts, and how each stands."""

    every: Sequence[tuple[Version, Standing]]

    def first(self, *wanted: Standing) -> Version | None:
        """The newest that stands so."""
        return next((version for version, stands in self.every if stands in wanted), None)

    @property
    def current(self) -> Version | None:
        """What a reader is shown: what holds, else what was over last, else what comes first."""
        coming = [version for version, stands in self.every if stands is Standing.COMING]
        return self.holding or self.first(Standing.OVER) or (coming[-1] if coming else None)

    @property
    def holding(self) -> Version | None:
        """What holds now."""
        return self.first(Standing.HOLDS)

    @property
    def draft(self) -> Version | None:
        """What is being written."""
        return self.first(Standing.DRAFT)


def editions(actor: Actor, of: Document, on: dt.date) -> Editions:
    """The versions of a document. One query."""
    _open(actor)
    rows = Version.objects.filter(document=of).defer("text").select_related("asked_unit").order_by("-number")
    # Drafts stand first, whatever their number; then what begins last.
    every = [(row, standing(period(row), on)) for row in rows]
    every.sort(key=lambda one: one[0].valid.lower if one[0].valid else dt.date.max, reverse=True)
    return Editions(every)


def version(actor: Actor, of: Document, number: int) -> Version:
    """A version with its text. Raises `LookupError`."""
    _open(actor)
    rows = Version.objects.select_related("document", "unit", "asked_unit")
    found = rows.filter(document=of, number=number).first()
    if found is None:
        raise LookupError(f"{of.code} has no version {number}")
    return found


def versions_by_id(ids: Collection[int]) -> list[Version]:
    """Versions by the database's numbers, without their texts: those that whoever asks may read. One query."""
    return list(Version.objects.filter(pk__in=ids).defer("text"))


def writes(actor: Actor, of: Document) -> bool:
    """Whether the actor writes a document: they lead or help the unit that owns it, or one above. At most one query."""
    return of.unit_id in writable(actor, [of.unit_id])


def writable(actor: Actor, unit_ids: Collection[int]) -> set[int]:
    """Those of the units whose documents the actor may write. One query, and none for those who write nothing."""
    held = [one.unit_id for one in actor.held if one.role in WRITERS]
    if not held:
        return set()
    found = Closure.objects.filter(ancestor__in=held, descendant__in=unit_ids)
    return set(found.values_list("descendant", flat=True))


def owners(actor: Actor, on: dt.date) -> list[Unit]:
    """The units for which the actor may write a new document: municipality, departments and agencies that they lead or
    help, from the top. At most one query.
    """
    held = [one.unit_id for one in actor.held if one.role in WRITERS]
    if not held:
        return []
    found = Unit.objects.filter(valid__contains=on, level__lte=Level.AGENCY, above__ancestor__in=held).distinct()
    return list(found.order_by("level", "sort_key"))


def receipt(actor: Actor, of: Version) -> Receipt | None:
    """The actor's own receipt for a version. One query."""
    return Receipt.objects.filter(version=of, person_id=actor.own_id).first()


def is_asked(actor: Actor, of: Version) -> bool:
    """Whether a version asks the actor to confirm that they have read it. One query."""
    _open(actor)
    return of.asks != Asks.NOBODY and Version.objects.filter(_asking(actor), pk=of.pk).exists()


@dataclass(frozen=True)
class Waits:
    """A version that waits for a person, as far as a line about it needs. `title` in several languages."""

    version_id: int
    document_id: int
    code: str
    title: Texts
    review_on: dt.date | None


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: versions to confirm that they have read, and those of their own documents that are to be
    looked at now or soon; each the oldest first.
    """

    to_confirm: Sequence[Waits]
    to_review: Sequence[Waits]


# Every home page asks this, and to put the same question together anew took five times as long as to answer it.
_WAITING = """
select v.id, v.document_id, d.code, v.title, d.review_on, asks.me, v.unit_id = any(%(held)s) and d.review_on <= %(soon)s
  from library_version v join library_document d on d.id = v.document_id
 cross join lateral (select
       (v.asks = 'everyone' and v.asked_unit_id = any((select worked_units())::bigint[])
        or v.asks = 'leaders' and v.asked_unit_id in (select c.ancestor_id from organisation_closure c
                                                       where c.descendant_id = any(%(led)s)))
       and not exists (select from library_receipt r where r.version_id = v.id and r.person_id = %(me)s) as me) asks
 where v.state = 'published' and v.valid @> %(on)s::date and d.kind = %(kind)s
   and (asks.me or v.unit_id = any(%(held)s) and d.review_on <= %(soon)s)
 order by v.valid, v.id limit %(limit)s
"""


def waiting(actor: Actor, kind: str, on: dt.date, *, limit: int = 10) -> Waiting:
    """What of the versions that hold on a day waits for the actor. One query."""
    if actor.person_id is None:
        return Waiting((), ())
    held, led = [one.unit_id for one in actor.held if one.role in WRITERS], [one.unit_id for one in actor.leads]
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITING,
            {
                "held": held, "led": led, "me": actor.own_id, "on": on, "soon": on + TOLD_BEFORE, "kind": kind,
                "limit": limit,
            },
        )  # fmt: skip
        found = [
            (Waits(pk, document, code, json.loads(title), review_on), unread, due)
            for pk, document, code, title, review_on, unread, due in cursor.fetchall()
        ]
    return Waiting([one for one, unread, _due in found if unread], [one for one, _unread, due in found if due])


def _asking(actor: Actor) -> Q:
    """The versions that ask the actor: as a leader in the unit that they ask in, or as one who works there."""
    asks = Q(asks=Asks.EVERYONE, asked_unit__in=RawSQL("select unnest((select worked_units())::bigint[])", ()))
    led = [one.unit_id for one in actor.leads]
    if led:
        above = Closure.objects.filter(descendant__in=led).values("ancestor")
        asks |= Q(asks=Asks.LEADERS, asked_unit__in=above)
    return asks


@dataclass(frozen=True)
class Counted:
    """How many of those whom a version asks have confirmed: all together, and by unit. `units` are the units' names.
    Empty where the whole is fewer than five.
    """

    asked: int
    read: int
    rows: Sequence[Count]
    units: dict[int, str]


def receipt_counts(actor: Actor, of: Version) -> Counted:
    """The counts of a version's receipts, for those who write its document; others are told of nothing. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("select agency_id, asked, confirmed from byfolk_receipt_counts(%s)", [of.pk])
        found = [Count(*row) for row in cursor.fetchall()]
    whole = next((one for one in found if one.unit is None), Count(None, 0, 0))
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[one.unit for one in found if one.unit])}
    parts = [one for one in found if one.unit in units]
    parts.sort(key=lambda one: units[one.unit or 0].sort_key)
    rows = shown_counts(parts)
    known = whole if rows else Count(None, 0, 0)
    return Counted(known.asked, known.read, rows, {pk: unit.name for pk, unit in units.items()})


def _open(actor: Actor) -> None:
    if actor.person_id is None:
        raise PermissionError("The library is for people who work here")
