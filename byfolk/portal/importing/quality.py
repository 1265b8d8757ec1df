"""Data quality: every agency with its owner and trend, and what stands wrong in one of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from byfolk.kernel.access.doors import door, may_in
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.people.importing.findings import title_of
from byfolk.kernel.people.importing.kinds import title_of_kind
from byfolk.kernel.time import today
from byfolk.portal.importing import actions, queries, trends
from byfolk.portal.importing.forms import OwnerForm
from byfolk.portal.importing.tabs import tabs

PAGE = 50


@door("data_quality.see")
def overview(request: HttpRequest) -> HttpResponse:
    """Every agency: who answers for its data, how the last files did, and which way it goes."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.quality(actor, queries.agencies(actor, today()))
    context = {"lead": trends.lead(found), "rows": trends.rows(found), "tabs": tabs(actor, "data_quality")}
    return render(request, "portal/importing/quality.html", context)


@door("data_quality.see")
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: owner, trend, and for those who may see it, each row that needs mending."""
    actor = request.actor  # type: ignore[attr-defined]
    unit = get_object_or_404(Unit, code=code, level=Level.AGENCY)
    found, kinds = queries.agency_findings(actor, unit)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    (summary,) = queries.quality(actor, [unit])
    context = {
        "unit": unit,
        "summary": summary,
        "trend": trends.bars(summary),
        "page": page,
        "rows": [
            {
                "finding": f,
                "kind": title_of_kind(kinds[f.batch_id]),
                "field": title_of(kinds[f.batch_id], f.field),
                "words": queries.in_words(kinds[f.batch_id], f),
            }
            for f in page
        ],
        "sees_rows": may_in(actor, "data_quality.rows", unit.pk),
        "may_assign": may_in(actor, "data_quality.assign", unit.pk),
    }
    return render(request, "portal/importing/agency.html", context)


@door("data_quality.assign")
def owner(request: HttpRequest, code: str) -> HttpResponse:
    """Choose who answers for an agency's data."""
    actor = request.actor  # type: ignore[attr-defined]
    unit = get_object_or_404(Unit, code=code, level=Level.AGENCY)
    if not may_in(actor, "data_quality.assign", unit.pk):
        raise Http404
    text = request.GET.get("q", "").strip()[:80]
    people = [(card.person_id, f"{card.name}, {card.title}") for card in queries.possible_owners(actor, unit, text)]
    form = OwnerForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        actions.assign_owner(actor=actor, unit=unit, person_id=form.cleaned_data["person"], on=today())
        return redirect("data_quality_agency", code=code)
    title = _("Hvem eier datakvaliteten i %(unit)s?") % {"unit": unit.name}
    return render(request, "portal/importing/owner.html", {"unit": unit, "form": form, "text": text, "title": title})
