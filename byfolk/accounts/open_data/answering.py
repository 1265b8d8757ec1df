"""Answers that anyone may have: made once, kept while they hold, and not sent again to those who have them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from byfolk.accounts.open_data.ground import KEPT, fingerprint

#: Seconds that a reader may keep an answer before asking again.
KEPT_BY_READERS = 300
LANGUAGES = ("nb", "nn", "en")


def language_of(request: HttpRequest, *, default: str = "") -> str:
    """The language that the address asks for (`?sprak=`), else the reader's own, or `default`."""
    asked = request.GET.get("sprak", "")
    found = asked if asked in LANGUAGES else default or (translation.get_language() or "nb")
    return found if found in LANGUAGES else "nb"


def file_for_anyone(
    request: HttpRequest, make: Callable[[], bytes], *, of: Sequence[Any], kind: str, name: str = ""
) -> HttpResponse:
    """A file that is the same for everybody. `of`: what tells it from other files; `name`: kept under this name."""
    content, etag = _kept(("file", *of), make)
    answer = HttpResponse(content, content_type=kind)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    # Others' pages may show it, also those that want to be asked.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _public(request, answer, etag)


def page_for_anyone(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *, of: Sequence[Any] = ()
) -> HttpResponse:
    """A page that anyone may read. A visitor gets it whole from what is kept, in the language of the address or the
    browser; whoever is signed in gets the same content in their own frame.
    """
    language = language_of(request)
    with translation.override(language):
        if request.actor.person_id is not None:  # type: ignore[attr-defined]
            return render(request, template, context())
        # The frame of a visitor has no forms, so that the page is the same for all of them.
        links = [(code, f"{request.path}?sprak={code}", code == language) for code in LANGUAGES]
        content, etag = _kept(
            ("page", template, language, request.path, *of),
            lambda: render(request, template, context() | {"language_links": links}).content,
        )
        answer = HttpResponse(content)
    answer["Content-Language"] = language
    patch_vary_headers(answer, ("Cookie",))
    return _public(request, answer, etag)


def _kept(of: Sequence[Any], make: Callable[[], bytes]) -> tuple[bytes, str]:
    """What is made, and its ETag, which takes longer to work out than all else that a kept answer needs."""
    key = hashlib.sha256(repr((fingerprint(), *of)).encode()).hexdigest()
    found: tuple[bytes, str] | None = caches["open_data"].get(key)
    if found is None:
        content = make()
        found = content, quote_etag(hashlib.sha256(content).hexdigest()[:32])
        caches["open_data"].set(key, found, KEPT)
    return found


def _public(request: HttpRequest, answer: HttpResponse, etag: str) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={KEPT_BY_READERS}"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


def absolute(path: str) -> str:
    """An address as others need it."""
    return f"{settings.ADDRESS}{path}"
