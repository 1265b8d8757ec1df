"""One of the staff: what a leader or an HR adviser sees, and what is opened only with a purpose that the person can
read.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.kernel.access.doors import door
from byfolk.kernel.audit.forms import PurposeForm
from byfolk.kernel.audit.models import in_words
from byfolk.kernel.audit.reading import log_read
from byfolk.kernel.people.models import Absence, Address, Pay, Person
from byfolk.kernel.rights import Actor, data_kind, roles_seeing
from byfolk.kernel.time import now, today
from byfolk.portal.staff import queries

SENSITIVE = {"pay": Pay, "absence": Absence, "address": Address}
"""What is opened with a purpose, by the code of its kind of data."""


@door("staff.open")
def person(request: HttpRequest, person: int) -> HttpResponse:
    """A member of the staff: posts, and the way to what is logged."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(actor, person)
    posts = list(queries.employments_of(found, today()))
    context = {
        "person": found,
        "name": queries.name_of(found),
        "current": [post for post in posts if today() in post.valid],
        "earlier": [post for post in posts if today() not in post.valid],
        "kinds": [data_kind(code) for code in SENSITIVE if _may_see(actor, code)],
    }
    return render(request, "portal/staff/person.html", context)


@door("staff.open")
def sensitive(request: HttpRequest, person: int, kind: str) -> HttpResponse:
    """GET asks for a purpose; POST with one writes the log and shows. What it shows is never kept in an address or a
    history.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if kind not in SENSITIVE or not _may_see(actor, kind):
        raise Http404
    found = _found(actor, person)
    form = PurposeForm(request.POST or None)
    context: dict[str, Any] = {
        "person": found,
        "name": queries.name_of(found),
        "kind": data_kind(kind),
        "form": form,
        "open": False,
    }
    if request.method == "POST" and form.is_valid():
        purpose, details = form.why
        log_read(actor=actor, person_id=found.pk, kind=kind, purpose=purpose, details=details, now=now())
        context |= {"open": True, "purpose": in_words(purpose, details), kind: _rows(found, kind)}
    return render(request, "portal/staff/sensitive.html", context)


def _found(actor: Actor, person_id: int) -> Person:
    found = queries.person_of_mine(actor, person_id)
    if found is None:
        raise Http404
    return found


def _may_see(actor: Actor, kind: str) -> bool:
    return bool(actor.roles.intersection(roles_seeing(data_kind(kind))))


def _rows(found: Person, kind: str) -> list[Any]:
    rows = SENSITIVE[kind].objects.filter(person=found)  # type: ignore[attr-defined]
    if kind == "address":
        return list(rows)
    return list(rows.select_related("position", "unit").order_by("-valid")[:100])
