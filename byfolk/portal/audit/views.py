"""The auditor's page: that something sensitive was read, by whom, about whom, when and why. Not what it was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.kernel.access.doors import door
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.audit.models import in_words
from byfolk.kernel.audit.reading import reads_for_auditors
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian

PAGE = 50


@door("read_log.audit")
def reads(request: HttpRequest) -> HttpResponse:
    """All reads of sensitive data, newest first."""
    text = request.GET.get("page", "1")
    number = max(1, int(text)) if text.isdigit() and len(text) < 7 else 1
    found = reads_for_auditors(limit=PAGE + 1, offset=(number - 1) * PAGE)
    names = names_of({read.reader_id for read in found} | {read.person_id for read in found})
    unknown = _("En som ikke står i adresseboka")
    lang = get_language() or "nb"
    rows = []
    for read in found[:PAGE]:
        at = read.at.astimezone(OSLO)
        cells = [
            f"{norwegian.day(day_of(at), lang)} {norwegian.clock(at, lang)}",
            names.get(read.reader_id, unknown),
            names.get(read.person_id, unknown),
            in_words(read.purpose, read.details),
        ]
        rows.append({"cells": [{"value": cell} for cell in cells]})
    columns = [{"label": label} for label in (_("Når"), _("Hvem så"), _("Om hvem"), _("Grunn"))]
    context = {
        "rows": rows,
        "columns": columns,
        "previous": number - 1,
        "next": number + 1 if len(found) > PAGE else None,
    }
    return render(request, "portal/audit/reads.html", context)
