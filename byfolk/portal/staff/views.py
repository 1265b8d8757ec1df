"""The staff list of one's own units, as a page and as files."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import EmploymentKind
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today
from byfolk.lib.tables import Sheet, write_csv, write_xlsx
from byfolk.portal.staff import queries
from byfolk.portal.staff.queries import SORTS, StaffQuery

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("staff.see")
def staff(request: HttpRequest) -> HttpResponse:
    """Who works here now: post, percentage and kind, with search, sorting and pages."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tops = queries.units_of(actor, today())
    wanted = _wanted(request, tops)
    total = queries.count(wanted)
    long = total > queries.MOST
    total = min(total, queries.MOST)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, _number(request.GET.get("page"))), pages)
    rows = queries.rows(wanted, limit=PAGE, offset=(number - 1) * PAGE, long=long)
    context = {
        "wanted": wanted,
        "rows": rows,
        "total": total,
        "long": long,
        "number": number,
        "pages": pages,
        "units": _units(wanted.unit, tops),
        "heads": _heads(wanted),
        "kinds": [(kind.value, kind.label, kind.value == wanted.kind) for kind in EmploymentKind],
        "opens": actor.may("staff.open"),
        "me": actor.person_id,
        "query": _address(wanted) + "&",
    }
    return render(request, "portal/staff/list.html", context)


@door("staff.see")
def staff_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV."""
    target = io.BytesIO()
    write_csv(target, _frame(request), titles=_titles())
    return _file(target, "text/csv; charset=utf-8", "csv")


@door("staff.see")
def staff_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as a spreadsheet."""
    target = io.BytesIO()
    write_xlsx(target, Sheet(_("Ansatte"), _frame(request), _titles(), {"percentage": "0.0"}))
    return _file(target, XLSX, "xlsx")


def _wanted(request: HttpRequest, tops: list[Unit]) -> StaffQuery:
    if not tops:
        raise Http404
    unit = tops[0]
    if code := request.GET.get("unit", ""):
        unit = get_object_or_404(Unit, code=code)
        if not queries.is_within(unit, tops):
            raise Http404
    sort, kind = request.GET.get("sort", "name"), request.GET.get("kind", "")
    return StaffQuery(
        unit=unit,
        on=today(),
        text=request.GET.get("q", "").strip()[:80],
        sort=sort if sort in SORTS else "name",
        kind=kind if kind in EmploymentKind.values else "",
    )


def _frame(request: HttpRequest) -> pl.DataFrame:
    found = queries.rows(_wanted(request, queries.units_of(request.actor, today())))  # type: ignore[attr-defined]
    return pl.DataFrame(
        {
            "name": [row.name for row in found],
            "title": [row.title for row in found],
            "unit": [row.unit for row in found],
            "percentage": [row.percentage / 10 for row in found],
            "kind": [str(row.kind_title) for row in found],
            "since": pl.Series([row.since for row in found], dtype=pl.Date),
        },
        schema_overrides={
            "name": pl.String,
            "title": pl.String,
            "unit": pl.String,
            "percentage": pl.Float64,
            "kind": pl.String,
        },
    )


def _titles() -> dict[str, str]:
    return {
        "name": _("Navn"),
        "title": _("Stilling"),
        "unit": _("Enhet"),
        "percentage": _("Prosent"),
        "kind": _("Ansettelse"),
        "since": _("Siden"),
    }


def _file(target: io.BytesIO, content_type: str, ending: str) -> HttpResponse:
    name = f"{_('ansatte')}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(target.getvalue(), content_type=content_type, headers=headers)


def _units(chosen: Unit, tops: list[Unit]) -> list[tuple[str, str, bool]]:
    """What one may go to from here: the tops, the chosen unit, and those right below it."""
    below = Unit.objects.filter(parent=chosen, valid__contains=today()).order_by("sort_key")
    units = {unit.pk: unit for unit in [*tops, chosen, *below]}
    return [(unit.code, unit.name, unit.pk == chosen.pk) for unit in units.values()]


def _heads(wanted: StaffQuery) -> list[dict[str, Any]]:
    titles = {
        "name": _("Navn"),
        "post": _("Stilling"),
        "unit": _("Enhet"),
        "percentage": _("Prosent"),
        "kind": _("Ansettelse"),
    }
    return [
        {
            "title": title,
            "url": "?" + _address(wanted, sort=code),
            "current": wanted.sort == code,
            "numeric": code == "percentage",
        }
        for code, title in titles.items()
    ]


def _address(wanted: StaffQuery, sort: str | None = None) -> str:
    parts = {"unit": wanted.unit.code, "q": wanted.text, "kind": wanted.kind, "sort": sort or wanted.sort}
    return urlencode({name: value for name, value in parts.items() if value})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else 1
