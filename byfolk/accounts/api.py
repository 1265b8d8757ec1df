"""The API of the personnel accounts, for those who work here: years, the units of a year, and one unit's figures."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from byfolk.accounts import queries
from byfolk.accounts.content import Chapter, Line, YearValue
from byfolk.accounts.making import NoAccounts, reader
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
    chapters: list[ChapterOut]


signed_in = Router()


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
    return {
        "year": found.year,
        "unit": found.unit_code,
        "name": found.name,
        "language": asked.language,
        "verdict": found.verdict,
        "summary": found.summary,
        "published_at": found.published_at,
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
