"""The API of the organisation. Public: the city, its departments and agencies. Signed in: every unit."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from byfolk.kernel.api import Page, Paging, Texts, behind, page_of
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.queries import every_unit, open_units
from byfolk.kernel.time import today

TAG = _("Organisasjonen")
Code = Annotated[str, Path(max_length=60, pattern=r"^[^\x00-\x1f/]+$", description=_("Enhetens kode"))]
LevelName = StrEnum("LevelName", {level.name: level.name.lower() for level in Level})  # type: ignore[misc]


class UnitOut(Schema):
    """A unit: today's name, level and place, or the last it had."""

    code: str
    name: Texts
    level: LevelName
    sector: str = Field(description=_("Tjenesteområdet; tom der enheten ikke har ett"))
    parent: str | None = Field(description=_("Koden til enheten over; tom for kommunen"))
    opened: dt.date | None
    closed: dt.date | None = Field(description=_("Dagen enheten ble lagt ned; tom for dem som finnes"))


class UnitsAsked(Paging):
    """Which units."""

    level: LevelName | None = None
    parent: str | None = Field(
        None, max_length=60, pattern=r"^[^\x00-\x1f]+$", description=_("Rett under denne enheten")
    )
    closed: bool = Field(False, description=_("Ta med enheter som er lagt ned"))


public = Router()
signed_in = Router()


@public.get(
    "/units",
    response=Page[UnitOut],
    url_name="api_public_units",
    summary=_("Kommunen, byrådsavdelingene og virksomhetene"),
    tags=[TAG],
)
@behind("open_data.read")
def public_units(request: HttpRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    return _page(request, asked, _asked(asked).filter(level__lte=Level.AGENCY))


@public.get(
    "/units/{code}",
    response=UnitOut,
    url_name="api_public_unit",
    summary=_("Kommunen, en byrådsavdeling eller en virksomhet"),
    tags=[TAG],
)
@behind("open_data.read")
def public_unit(request: HttpRequest, code: Code) -> dict[str, Any]:
    return _one(every_unit().filter(level__lte=Level.AGENCY, code=code))


@signed_in.get(
    "/units", response=Page[UnitOut], url_name="api_units", summary=_("Alle enheter, i norsk rekkefølge"), tags=[TAG]
)
@behind("organisation.see")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    return _page(request, asked, _asked(asked))


@signed_in.get("/units/{code}", response=UnitOut, url_name="api_unit", summary=_("Én enhet"), tags=[TAG])
@behind("organisation.see")
def unit(request: HttpRequest, code: Code) -> dict[str, Any]:
    return _one(every_unit().filter(code=code))


COLUMNS = ("code", "name_nb", "name_nn", "level", "sector", "parent__code", "valid")


def _asked(asked: UnitsAsked) -> QuerySet[Unit]:
    found = every_unit() if asked.closed else open_units(today())
    if asked.level:
        found = found.filter(level=Level[asked.level.name])
    return found.filter(parent__code=asked.parent) if asked.parent else found


def _page(request: HttpRequest, asked: UnitsAsked, found: QuerySet[Unit]) -> dict[str, Any]:
    rows = found.order_by("level", "sort_key", "pk").values_list(*COLUMNS)[asked.offset : asked.offset + asked.limit]
    return page_of(request, asked, [_row(*row) for row in rows], found.order_by().count())


def _one(found: QuerySet[Unit]) -> dict[str, Any]:
    row = found.values_list(*COLUMNS).first()
    if row is None:
        raise Http404
    return _row(*row)


def _row(code: str, nb: str, nn: str, level: int, sector: str, parent: str | None, valid: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"nb": nb, "nn": nn, "en": ""},
        "level": Level(level).name.lower(),
        "sector": sector,
        "parent": parent,
        "opened": valid.lower,
        "closed": valid.upper,
    }
