"""Pages that are drawn once and kept: the same for everyone, until figures or targets change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from byfolk.areas.policy.places import Place
from byfolk.areas.policy.wording import language

#: Names and leaders may have changed meanwhile: so long may a page be behind with them, in seconds.
KEPT = 120


def drawn(
    request: HttpRequest,
    template: str,
    *,
    of: tuple[Any, ...],
    context: Callable[[], dict[str, Any]],
) -> HttpResponse:
    """Answer with a page whose content is kept under what it is made of.

    `template` holds the content alone; `context` makes what it needs, and also `title` and, where the page has one,
    `crumbs`. `of` is everything that the content depends on beside the language: what is of the reader and not in it
    would be shown to the next one.
    """
    key = hashlib.sha256(repr((template, language(), *of)).encode()).hexdigest()
    found = caches["drawings"].get(key)
    if found is None:
        made = context()
        found = (str(made["title"]), made.get("crumbs"), render_to_string(template, made))
        caches["drawings"].set(key, found, timeout=KEPT)
    title, crumbs, content = found
    page = {"title": title, "crumbs": crumbs, "drawn": mark_safe(content)}  # noqa: S308 - a template wrote it
    return render(request, "policy/drawn.html", page)


def where(place: Place, on: dt.date) -> tuple[Any, ...]:
    """A place and the day, as far as a page shows them."""
    return on, tuple((unit.pk, unit.name, unit.level, str(unit.valid)) for unit in place.path)
