"""Long lists in pages: every list says how long it is and where it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

MOST = 1000
"""Rows in one answer, at most."""

Row = TypeVar("Row")


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(100, ge=1, le=MOST, description=_("Hvor mange rader svaret har, høyst"))
    offset: int = Field(0, ge=0, le=1_000_000, description=_("Hvor mange rader som hoppes over"))


class Page(Schema, Generic[Row]):
    """A part of a list."""

    total: int = Field(ge=0, description=_("Hvor mange rader hele listen har"))
    limit: int
    offset: int
    next: str | None = Field(description=_("Adressen til neste del; tom i den siste"))
    items: list[Row]


def page_of(request: HttpRequest, asked: Paging, rows: Sequence[Any], total: int) -> dict[str, Any]:
    """An answer with these rows of a list of `total`."""
    after = asked.offset + asked.limit
    following = None
    if after < total:
        given = request.GET.copy()
        given["offset"] = str(after)
        following = f"{request.path}?{urlencode(list(given.lists()), doseq=True)}"
    return {"total": total, "limit": asked.limit, "offset": asked.offset, "next": following, "items": list(rows)}


def part_of(request: HttpRequest, asked: Paging, rows: Sequence[Any]) -> dict[str, Any]:
    """An answer with the part of a short list, all of it given, that was asked for."""
    return page_of(request, asked, rows[asked.offset : asked.offset + asked.limit], len(rows))
