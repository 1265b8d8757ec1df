"""The pages of the personnel accounts: the years, one unit's accounts, and the same as PDF and spreadsheet."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.accounts import queries
from byfolk.accounts.making import NoAccounts, Reader
from byfolk.kernel.access.doors import door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("accounts.read")
def index(request: HttpRequest) -> HttpResponse:
    """The years with accounts, and the agencies of one of them: the newest, or `?ar=` in the address."""
    actor = request.actor  # type: ignore[attr-defined]
    years = queries.years_with_accounts(actor)
    asked = request.GET.get("ar", "")
    chosen = int(asked) if asked.isdigit() and int(asked) in years else (years[0] if years else None)
    agencies = queries.agencies_of(actor, chosen) if chosen else []
    context: dict[str, Any] = {
        "year": chosen,
        "years": [
            {"label": str(year), "url": f"{reverse('accounts')}?ar={year}", "current": year == chosen} for year in years
        ],
        "agencies": [
            {"label": name, "url": reverse("accounts_agency", args=[chosen, code])} for code, name in agencies
        ],
    }
    return render(request, "accounts/index.html", context)


@door("accounts.read")
def read(request: HttpRequest, year: int, code: str | None = None) -> HttpResponse:
    """The accounts as a page."""
    name, body = _found(lambda: _reader(request, year, code).page(_links(year, code)))
    # The body was made by our own template, which escapes what it prints.
    return render(request, "accounts/page.html", {"name": name, "body": mark_safe(body)})  # noqa: S308


@door("accounts.read")
def pdf(request: HttpRequest, year: int, code: str | None = None) -> HttpResponse:
    """The accounts as an accessible PDF."""
    reader = _found(lambda: _reader(request, year, code))
    made = _found(lambda: reader.pdf(request.build_absolute_uri("/").rstrip("/")))
    return _file(made, f"{reader.report().file_name}.pdf", "application/pdf")


@door("accounts.read")
def workbook(request: HttpRequest, year: int, code: str | None = None) -> HttpResponse:
    """The accounts as a spreadsheet."""
    reader = _found(lambda: _reader(request, year, code))
    return _file(_found(reader.workbook), f"{reader.report().file_name}.xlsx", XLSX)


def _reader(request: HttpRequest, year: int, code: str | None) -> Reader:
    return Reader(request.actor, year, code, get_language() or "nb")  # type: ignore[attr-defined]


def _found(make: Any) -> Any:
    """What is made, or 404 where there are no such accounts."""
    try:
        return make()
    except NoAccounts as error:
        raise Http404(str(error)) from error


def _links(year: int, code: str | None) -> list[dict[str, str]]:
    place = "agency" if code else "year"
    arguments = [year, code] if code else [year]
    links = [
        {"label": _("Les som PDF"), "url": reverse(f"accounts_{place}_pdf", args=arguments)},
        {"label": _("Tallene i regneark"), "url": reverse(f"accounts_{place}_workbook", args=arguments)},
    ]
    if code:
        links.append({"label": _("Hele kommunen"), "url": reverse("accounts_year", args=[year])})
    links.append({"label": _("Alle år og virksomheter"), "url": f"{reverse('accounts')}?ar={year}"})
    return links


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
