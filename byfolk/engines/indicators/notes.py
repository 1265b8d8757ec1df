"""Reads of what units say of why their figures are as they are. Open to all who work here, as the figures are.

A note that tells numbers of a figure that may not be shown (any more) is not given: it would be a way around
disclosure control.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q, QuerySet

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Note
from byfolk.engines.indicators.reading import figures, signed_in
from byfolk.kernel.people.names import with_name
from byfolk.kernel.rights import Actor

_YEAR = re.compile(r"\b(19|20)\d\d\b")


def tells_numbers(text: str) -> bool:
    """Whether a text has digits in it that are not a year."""
    return any(letter.isdigit() for letter in _YEAR.sub("", text))


@dataclass(frozen=True)
class Explanation:
    """One note as it is shown: which figure of which unit it is about, what it says, who wrote it last (empty: not in
    the directory) and when.
    """

    id: int
    unit_id: int
    indicator: str
    kind: PeriodKind
    period: dt.date
    text: str
    author: str
    on: dt.datetime
    corrected: bool


def explanations(
    actor: Actor,
    unit_ids: Iterable[int],
    *,
    indicators: Iterable[str] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Explanation]:
    """What units say of their figures, newest period first: of these indicators (None: all), of periods from `since` up
    to and with `until` (first days of months). Two queries.

    For the accounts of a year: `since` January and `until` December.
    """
    signed_in(actor)
    chosen = _standing().filter(unit_id__in=list(unit_ids))
    if indicators is not None:
        chosen = chosen.filter(indicator__in=list(indicators))
    if since is not None:
        chosen = chosen.filter(period__gte=since)
    if until is not None:
        chosen = chosen.filter(period__lte=until)
    rows = list(chosen.order_by("-period", "indicator", "kind", "unit"))
    return [_explanation(row) for row in _that_may_be_shown(rows)]


def note_of(actor: Actor, unit_id: int, indicator: str, kind: PeriodKind, period: dt.date) -> Note | None:
    """What a unit says of one figure, for whoever is to correct it; None where it says nothing. One query."""
    signed_in(actor)
    return _standing().filter(unit_id=unit_id, indicator=indicator, kind=kind, period=period).first()


def _standing() -> QuerySet[Note]:
    return with_name(Note, "author_id", "author_card_name").filter(withdrawn_at=None)


def _that_may_be_shown(notes: list[Note]) -> list[Note]:
    """Those that tell no numbers, and those whose figure is published as it is."""
    telling = [one for one in notes if tells_numbers(one.text)]
    if not telling:
        return notes
    keys = {one.code: one.key for one in registry.indicators()}
    each = [Q(unit=one.unit_id, indicator=keys.get(one.indicator), kind=one.kind, period=one.period) for one in telling]
    rows = figures(reduce(or_, each), breakdown=0, hierarchy=Hierarchy.AS_IT_WAS)
    published = {(row.unit_id, row.indicator.code, int(row.kind), row.period) for row in rows if row.published}
    hidden = {one.pk for one in telling if (one.unit_id, one.indicator, one.kind, one.period) not in published}
    return [one for one in notes if one.pk not in hidden]


def _explanation(row: Note) -> Explanation:
    return Explanation(
        row.pk, row.unit_id, row.indicator, PeriodKind(row.kind), row.period, row.text, row.author_name,
        row.changed_at or row.written_at, row.changed_at is not None,
    )  # fmt: skip


@dataclass(frozen=True)
class NoteChange:
    """One version of a note: when, by whom (None: background work), what it said, and whether it was withdrawn then."""

    at: dt.datetime
    by_person_id: int | None
    text: str
    withdrawn: bool


def history_of(actor: Actor, unit_id: int, indicator: str, kind: PeriodKind, period: dt.date) -> list[NoteChange]:
    """Every version of what a unit has said of a figure, newest first; nothing for those who may not write one: what
    was taken back may have been about a person. One query.
    """
    signed_in(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select at, by_person_id, text, withdrawn from byfolk_note_history(%s, %s, %s::smallint, %s)",
            [unit_id, indicator, int(kind), period],
        )
        return [NoteChange(*row) for row in cursor.fetchall()]
