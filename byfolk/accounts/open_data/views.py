"""The pages and files of the open data. Anyone may have them."""

from __future__ import annotations

import base64
import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from byfolk.accounts.open_data import files, pages
from byfolk.accounts.open_data.answering import file_for_anyone, language_of, page_for_anyone
from byfolk.accounts.open_data.catalogue import catalogue
from byfolk.accounts.open_data.datasets import resource
from byfolk.accounts.open_data.descriptor import package
from byfolk.accounts.open_data.ground import ground
from byfolk.accounts.open_data.picture import picture
from byfolk.engines.indicators import registry
from byfolk.kernel.access.doors import door
from byfolk.lib.charts.alone import STYLE

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PICTURE_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


@door("open_data.read")
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to take along, and a figure to put on another page."""
    chosen = pages.chosen(request.GET)
    return page_for_anyone(
        request, "accounts/open_data/page.html", lambda: pages.front(ground(), chosen), of=(chosen,)
    )  # fmt: skip


@door("open_data.read")
def definitions(request: HttpRequest) -> HttpResponse:
    """What every figure means, where it comes from and what it measures."""
    return page_for_anyone(request, "accounts/open_data/definitions.html", lambda: pages.definitions(ground()))


@door("open_data.read")
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of one of the datasets."""
    made_of = ground()
    found = resource(made_of, name)
    if found is None:
        raise Http404
    return file_for_anyone(
        request, lambda: files.content(made_of, found), of=(name,), kind="text/csv; charset=utf-8", name=found.file
    )


@door("open_data.read")
def descriptor(request: HttpRequest) -> HttpResponse:
    """The Frictionless descriptor of all files."""
    return file_for_anyone(request, lambda: _json(package(ground())), of=("package",), kind="application/json")


@door("open_data.read")
def dcat(request: HttpRequest) -> HttpResponse:
    """The catalogue, for data.norge.no to fetch."""
    return file_for_anyone(request, lambda: _json(catalogue(ground())), of=("dcat",), kind="application/ld+json")


@door("open_data.read")
def figure(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """An indicator of a unit as a picture for other pages: bokmål, unless the address says otherwise."""
    language = language_of(request, default="nb")
    try:
        wanted = registry.indicator(indicator)
    except LookupError:
        raise Http404 from None
    made_of = ground()
    unit = made_of.unit(code)
    if unit is None:
        raise Http404
    with translation.override(language):
        answer = file_for_anyone(
            request,
            lambda: picture(made_of, wanted, unit, language).encode(),
            of=("figure", indicator, code, language),
            kind="image/svg+xml",
        )
    answer["Content-Security-Policy"] = PICTURE_POLICY
    return answer


def _json(what: object) -> bytes:
    return (json.dumps(what, ensure_ascii=False, indent=2) + "\n").encode()
