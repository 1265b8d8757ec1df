"""The API of the personnel accounts. Public: the signed ones. For those who work here: years, the units of a year, and
one unit's figures as the pages show them.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from byfolk.accounts import frozen, queries
from byfolk.accounts.content import Chapter, Line, Report, YearValue
from byfolk.accounts.making import NoAccounts, reader
from byfolk.accounts.open_data.editions import data_name
from byfolk.accounts.open_data.opening import opened
from byfolk.kernel.api import Page, Paging, behind
from byfolk.kernel.api.paging import part_of

TAG = _("Personalregnskapet")
Year = Annotated[int, Path(ge=1900, le=2200, description=_("Året regnskapet gjelder"))]
Code = Annotated[
    str, Path(max_length=60, pattern=r"^[^\x00-\x1f/]+$", description=_("Virksomhetens eller kommunens kode"))
]


class Language(StrEnum):
    """The language of the texts."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


class InLanguage(Schema):
    """How the accounts are asked for."""

    language: Language = Field(Language.BOKMAL, description=_("Språket i tekstene"))


class AccountsOut(Schema):
    """One unit's accounts for a year, and where they are."""

    year: int
    unit: str
    name: str
    page: str
    pdf: str
    workbook: str


class YearValueOut(Schema):
    """A figure of one year: a number, or the words that stand instead of it."""

    year: int
    number: float | None
    text: str
    hidden: bool


class LineOut(Schema):
    """A figure of a chapter with its history, target and status."""

    title: str
    measure: str
    span: str
    values: list[YearValueOut]
    target: float | None
    status: str
    definition: str
    page: str


class ChapterOut(Schema):
    """A chapter: what it found, and its figures."""

    number: int
    anchor: str
    title: str
    finding: str
    lead: str
    figures: list[LineOut]


class ReportOut(Schema):
    """The accounts: the verdict, and each chapter's figures. Texts are in one language."""

    year: int
    unit: str
    name: str
    language: Language
    verdict: str
    summary: str
    published_at: dt.datetime = Field(description=_("Når tallene ble publisert"))
    version: int | None = Field(description=_("Regnskapets versjon; tom for et som ikke er signert"))
    frozen_at: dt.datetime | None
    sha256: str = Field(description=_("Kontrollsummen av det signerte regnskapet; tom for et som ikke er signert"))
    chapters: list[ChapterOut]


class EditionOut(Schema):
    """A signed edition of a unit's accounts, which never changes."""

    year: int
    unit: str
    name: str
    version: int
    frozen_at: dt.datetime
    signer: str
    signer_role: str
    sha256: str
    page: str
    data: str = Field(description=_("Tallene som CSV"))


public = Router()
signed_in = Router()


@public.get(
    "/accounts",
    response=Page[EditionOut],
    url_name="api_public_accounts",
    summary=_("De signerte personalregnskapene, nyeste år først"),
    tags=[TAG],
)
@behind("open_data.read")
def public_accounts(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    return part_of(request, asked, [_edition(one) for one in frozen.published_editions(newest_only=True)])


@public.get(
    "/accounts/{year}/{code}",
    response=ReportOut,
    url_name="api_public_accounts_unit",
    summary=_("Det signerte personalregnskapet for kommunen eller en virksomhet"),
    tags=[TAG],
)
@behind("open_data.read")
def public_accounts_unit(request: HttpRequest, year: Year, code: Code, asked: Query[InLanguage]) -> dict[str, Any]:
    found = frozen.frozen(code, year)
    if found is None:
        raise Http404
    known = {(one.year, one.unit_code) for one in frozen.published_editions(newest_only=True)}
    return _report(opened(found.report(asked.language.value), known), asked.language)


@signed_in.get(
    "/accounts", response=Page[int], url_name="api_accounts", summary=_("Årene med personalregnskap"), tags=[TAG]
)
@behind("accounts.read")
def accounts(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    return part_of(request, asked, queries.years_with_accounts(request.actor))  # type: ignore[attr-defined]


@signed_in.get(
    "/accounts/{year}",
    response=Page[AccountsOut],
    url_name="api_accounts_year",
    summary=_("Hvem som har personalregnskap for et år"),
    tags=[TAG],
)
@behind("accounts.read")
def accounts_year(request: HttpRequest, year: Year, asked: Query[Paging]) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    try:
        top = queries.ground(actor, year, "nb").root
    except NoAccounts:
        raise Http404 from None
    rows = [(top.code, top.name), *queries.agencies_of(actor, year)]
    return part_of(request, asked, [_accounts(year, code, name, top.code) for code, name in rows])


@signed_in.get(
    "/accounts/{year}/{code}",
    response=ReportOut,
    url_name="api_accounts_unit",
    summary=_("Personalregnskapet for kommunen eller en virksomhet"),
    tags=[TAG],
)
@behind("accounts.read")
def accounts_unit(request: HttpRequest, year: Year, code: Code, asked: Query[InLanguage]) -> dict[str, Any]:
    try:
        found = reader(request.actor, year, code, asked.language.value).report()  # type: ignore[attr-defined]
    except NoAccounts:
        raise Http404 from None
    return _report(found, asked.language)


def _report(found: Report, language: Language) -> dict[str, Any]:
    return {
        "year": found.year,
        "unit": found.unit_code,
        "name": found.name,
        "language": language,
        "verdict": found.verdict,
        "summary": found.summary,
        "published_at": found.published_at,
        "version": found.seal.version if found.seal else None,
        "frozen_at": found.seal.at if found.seal else None,
        "sha256": found.seal.sha256 if found.seal else "",
        "chapters": [_chapter(one) for one in found.chapters],
    }


def _accounts(year: int, code: str, name: str, top: str) -> dict[str, Any]:
    place, arguments = ("year", [year]) if code == top else ("agency", [year, code])
    return {
        "year": year,
        "unit": code,
        "name": name,
        "page": reverse(f"accounts_{place}", args=arguments),
        "pdf": reverse(f"accounts_{place}_pdf", args=arguments),
        "workbook": reverse(f"accounts_{place}_workbook", args=arguments),
    }


def _edition(one: frozen.Published) -> dict[str, Any]:
    return {
        "year": one.year,
        "unit": one.unit_code,
        "name": one.unit_name,
        "version": one.version,
        "frozen_at": one.frozen_at,
        "signer": one.signer,
        "signer_role": one.signer_role,
        "sha256": one.sha256,
        "page": reverse("open_accounts", args=[one.year, one.unit_code]),
        "data": reverse("open_file", args=[data_name(one.year, one.unit_code, one.version)]),
    }


def _chapter(one: Chapter) -> dict[str, Any]:
    return {
        "number": one.number,
        "anchor": one.anchor,
        "title": one.title,
        "finding": one.finding,
        "lead": one.lead,
        "figures": [_line(line) for line in one.lines],
    }


def _line(one: Line) -> dict[str, Any]:
    return {
        "title": one.title,
        "measure": one.measure,
        "span": one.span,
        "values": [_value(value) for value in one.values],
        "target": one.target_number,
        "status": one.status,
        "definition": one.definition,
        "page": one.path,
    }


def _value(one: YearValue) -> dict[str, Any]:
    return {"year": one.year, "number": one.number, "text": one.text, "hidden": one.hidden}
