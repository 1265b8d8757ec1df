"""Reads of the staff directory. Cards carry no personal data beyond name, post and work contact, and need no policy."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.rights import Actor


def as_prefixes(text: str) -> SearchQuery | None:
    """Every word of the text as the beginning of a word: 'kari no' finds Kari Nordahl. None where there is no word."""
    words = re.findall(r"\w+", text)[:6]
    if not words:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")


def colleagues(actor: Actor, *, text: str = "", unit: Unit | None = None) -> QuerySet[Card]:
    """The directory in Norwegian order: name or title holds words beginning so, in a unit and all below it."""
    found = Card.objects.select_related("unit").order_by("sort_key", "person_id")
    if text and (query := as_prefixes(text)):
        found = found.filter(search=query)
    if unit is not None and unit.parent_id is not None:
        found = found.filter(unit__in=Unit.objects.filter(above__ancestor=unit).values("id"))
    return found
