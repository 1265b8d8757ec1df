"""The pages of the personnel accounts: the years, one unit's accounts, and the same as PDF and spreadsheet."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.accounts import editions, frozen, queries
from byfolk.accounts.making import FrozenReader, NoAccounts, Reader
from byfolk.accounts.making import reader as reader_for
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("accounts.read")
def index(request: HttpRequest) -> HttpResponse:
    """The years with accounts, and the agencies of one of them: the newest, or `?ar=` in the address."""
    actor = request.actor  # type: ignore[attr-defined]
    years = queries.years_with_accounts(actor)
    asked = request.GET.get("ar", "")
    chosen = int(asked) if asked.isdigit() and int(asked) in years else (years[0] if years else None)
    agencies = queries.agencies_of(actor, chosen) if chosen else []
    kept = {one.unit_code: one for one in frozen.published_editions(year=chosen, newest_only=True)} if chosen else {}
    city = next((one for one in kept.values() if one.level == Level.MUNICIPALITY), None)
    context: dict[str, Any] = {
        "year": chosen,
        "years": [
            {"label": str(year), "url": f"{reverse('accounts')}?ar={year}", "current": year == chosen} for year in years
        ],
        "agencies": [
            {"label": name, "url": reverse("accounts_agency", args=[chosen, code]), "frozen": _kept(kept.get(code))}
            for code, name in agencies
        ],
        "frozen": _kept(city),
    }
    return render(request, "accounts/index.html", context)


def _kept(one: frozen.Published | None) -> str:
    """That an edition is frozen, and which; empty for none."""
    return _("Versjon %(version)d er frosset") % {"version": one.version} if one else ""


@door("accounts.read")
def read(request: HttpRequest, year: int, code: str | None = None, version: int | None = None) -> HttpResponse:
    """The accounts as a page: this version, else the newest frozen one, else what is published now."""
    reader = _found(lambda: _reader(request, year, code, version))
    name, body = _found(lambda: reader.page(_links(year, code, version)))
    unit = code or reader.report().unit_code
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "name": name,
        # The body was made by our own template, which escapes what it prints.
        "body": mark_safe(body),  # noqa: S308
        "versions_url": reverse("accounts_versions", args=[year, unit]),
        "draft_url": _draft_url(actor, year, unit),
    }
    return render(request, "accounts/page.html", context)


def _draft_url(actor: Actor, year: int, code: str) -> str:
    """The way to the draft for those who read drafts of the unit; empty for others."""
    if not actor.may("accounts.draft"):
        return ""
    try:
        editions.desk(actor, code)
    except LookupError:
        return ""
    return reverse("accounts_draft", args=[year, code])


@door("accounts.read")
def pdf(request: HttpRequest, year: int, code: str | None = None, version: int | None = None) -> HttpResponse:
    """The accounts as an accessible PDF."""
    reader = _found(lambda: _reader(request, year, code, version))
    made = _found(lambda: reader.pdf(request.build_absolute_uri("/").rstrip("/")))
    return _file(made, f"{reader.report().file_name}.pdf", "application/pdf")


@door("accounts.read")
def workbook(request: HttpRequest, year: int, code: str | None = None, version: int | None = None) -> HttpResponse:
    """The accounts as a spreadsheet."""
    reader = _found(lambda: _reader(request, year, code, version))
    return _file(_found(reader.workbook), f"{reader.report().file_name}.xlsx", XLSX)


@door("accounts.read")
def versions(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The frozen editions of a unit and year, with who signed them and what they are known by."""
    unit = queries.unit_with_accounts(code)
    if unit is None:
        raise Http404
    language = get_language() or "nb"
    found = frozen.published_editions(year=year, unit=code)
    context = {
        "unit_name": unit.name,
        "year": year,
        "draft_url": _draft_url(request.actor, year, code),  # type: ignore[attr-defined]
        "done": _("Regnskapet er frosset og signert.") if request.GET.get("gjort") == "frosset" else "",
        "editions": [_edition(one, language) for one in found],
        "crumbs": [
            {"label": _("Personalregnskap"), "url": reverse("accounts")},
            {"label": f"{unit.name} {year}", "url": reverse("accounts_agency", args=[year, code])},
            {"label": _("Frosne utgaver")},
        ],
    }
    return render(request, "accounts/versions.html", context)


def _edition(one: frozen.Published, language: str) -> dict[str, Any]:
    at, named = one.frozen_at.astimezone(OSLO), [one.year, one.unit_code, one.version]
    return {
        "version": one.version,
        "when": f"{norwegian.day(day_of(at), language)} {norwegian.clock(at, language)}",
        "signer": one.signer,
        "role": one.signer_role,
        "reason": one.reason,
        "sha256": one.sha256,
        "url": reverse("accounts_version", args=named),
        "pdf_url": reverse("accounts_version_pdf", args=named),
        "workbook_url": reverse("accounts_version_workbook", args=named),
    }


def _reader(request: HttpRequest, year: int, code: str | None, version: int | None) -> Reader | FrozenReader:
    return reader_for(request.actor, year, code, get_language() or "nb", version)  # type: ignore[attr-defined]


def _found(make: Any) -> Any:
    """What is made, or 404 where there are no such accounts."""
    try:
        return make()
    except NoAccounts as error:
        raise Http404(str(error)) from error


def _links(year: int, code: str | None, version: int | None) -> list[dict[str, str]]:
    place = "version" if version else "agency" if code else "year"
    arguments = [one for one in (year, code, version) if one]
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
