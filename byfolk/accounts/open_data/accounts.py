"""The frozen accounts for anyone: the editions, one of them as a page and as files, and a page for those with little
time.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.accounts import frozen, making, web, workbook
from byfolk.accounts.open_data import summary
from byfolk.accounts.open_data.answering import LANGUAGES, file_for_anyone, language_of, page_for_anyone
from byfolk.accounts.open_data.editions import data_name
from byfolk.accounts.open_data.opening import opened
from byfolk.accounts.snapshot import Frozen
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("open_data.read")
def index(request: HttpRequest) -> HttpResponse:
    """Every unit's newest frozen edition, by year."""
    return page_for_anyone(request, "accounts/open_data/editions.html", _editions)


def _editions() -> dict[str, Any]:
    years: dict[int, list[dict[str, Any]]] = {}
    language = get_language() or "nb"
    for one in frozen.published_editions(newest_only=True):
        name = one.unit_name if one.level > Level.MUNICIPALITY else _("Hele kommunen")
        note = _("Signert %(day)s av %(signer)s, %(role)s") % {
            "day": norwegian.day(day_of(one.frozen_at), language), "signer": one.signer, "role": one.signer_role,
        }  # fmt: skip
        url = reverse("open_accounts", args=[one.year, one.unit_code])
        years.setdefault(one.year, []).append({"label": name, "url": url, "note": note})
    return {"years": [{"year": year, "rows": rows} for year, rows in years.items()]}


@door("open_data.read")
def read(request: HttpRequest, year: int, code: str, version: int | None = None) -> HttpResponse:
    """A frozen edition: this version, else the newest."""
    chosen, newest = _chosen(year, code, version)

    def context() -> dict[str, Any]:
        edition = _edition(code, year, chosen)
        report = edition.report(get_language() or "nb")
        known = {(one.year, one.unit_code) for one in frozen.published_editions(newest_only=True)}
        with translation.override(report.language):
            links = _links(year, code, chosen, report.language)
            body = render_to_string("accounts/report.html", web.context(opened(report, known), links))
        newer = reverse("open_accounts", args=[year, code]) if chosen != newest else ""
        # Our own template made it, and escapes what it prints.
        return {"name": report.name, "body": mark_safe(body), "newer": newer}  # noqa: S308

    return page_for_anyone(request, "accounts/open_data/accounts.html", context, of=(chosen, newest))


@door("open_data.read")
def one_page(request: HttpRequest, year: int, code: str, version: int | None = None) -> HttpResponse:
    """The accounts on one page: the verdict, and what each chapter found."""
    chosen, _newest = _chosen(year, code, version)

    def context() -> dict[str, Any]:
        report = _edition(code, year, chosen).report(get_language() or "nb")
        whole = reverse("open_accounts_version", args=[year, code, chosen])
        paper = _file(year, code, chosen, "sammendrag.pdf", report.language)
        return {"name": report.name, "whole": whole, "pdf": paper, **summary.context(report, whole)}

    return page_for_anyone(request, "accounts/open_data/summary.html", context, of=(chosen,))


@door("open_data.read")
def file(request: HttpRequest, year: int, code: str, version: int, name: str) -> HttpResponse:
    """A file of an edition, made from its snapshot alone: the same bytes each time."""
    chosen, _newest = _chosen(year, code, version)
    language = language_of(request, default="nb")
    makers: dict[str, tuple[Any, str]] = {
        "regnskap.pdf": (lambda one: making.frozen_pdf(one, language), "application/pdf"),
        "regnskap.xlsx": (lambda one: workbook.workbook(one.report(language)), XLSX),
        "sammendrag.pdf": (lambda one: summary.pdf(one, language), "application/pdf"),
    }
    if name not in makers:
        raise Http404
    make, kind = makers[name]
    return file_for_anyone(
        request,
        lambda: make(_edition(code, year, chosen)),
        of=("accounts", code, year, chosen, name, language),
        kind=kind,
        name=f"{_stem(name)}-{year}-{code}-v{chosen}.{name.rsplit('.', 1)[1]}",
    )


def _stem(name: str) -> str:
    return "personalregnskap" if name.startswith("regnskap") else "personalregnskap-sammendrag"


def _chosen(year: int, code: str, version: int | None) -> tuple[int, int]:
    """The version that is asked for, else the newest, and the newest. Not found is 404. One query."""
    known = frozen.versions(code, year)
    if not known or (version is not None and version not in known):
        raise Http404
    return version or max(known), max(known)


def _edition(code: str, year: int, version: int) -> Frozen:
    found = frozen.frozen(code, year, version)
    if found is None:
        raise Http404
    return found


def _file(year: int, code: str, version: int, name: str, language: str) -> str:
    assert language in LANGUAGES
    address = reverse("open_accounts_file", args=[year, code, version, name])
    return address if language == "nb" else f"{address}?sprak={language}"


def _links(year: int, code: str, version: int, language: str) -> list[dict[str, str]]:
    return [
        {"label": _("På én side"), "url": reverse("open_accounts_summary", args=[year, code])},
        {"label": _("Les som PDF"), "url": _file(year, code, version, "regnskap.pdf", language)},
        {"label": _("Tallene i regneark"), "url": _file(year, code, version, "regnskap.xlsx", language)},
        {"label": _("Tallene som åpne data"), "url": reverse("open_file", args=[data_name(year, code, version)])},
        {"label": _("Alle regnskap"), "url": reverse("all_open_accounts")},
    ]
