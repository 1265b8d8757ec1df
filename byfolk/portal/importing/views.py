"""Bringing files in: the list, the upload, the mapping to confirm, and how a file stands."""

from __future__ import annotations

import io
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.kernel.access.doors import door
from byfolk.kernel.people.importing.findings import title_of
from byfolk.kernel.people.importing.mapping import Mapping, MappingError
from byfolk.kernel.people.importing.models import State
from byfolk.kernel.people.importing.running import read_table
from byfolk.kernel.people.importing.telling import ImportProblem
from byfolk.kernel.time import now
from byfolk.lib.tables import Sheet, write_csv, write_xlsx
from byfolk.portal.importing import actions, queries
from byfolk.portal.importing.files import guess_for
from byfolk.portal.importing.forms import MappingForm, UploadForm
from byfolk.portal.importing.tabs import tabs

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDER_WAY = (State.CHECKING, State.RUNNING)


@door("imports.manage")
def imports(request: HttpRequest) -> HttpResponse:
    """The files that have come, and a form for the next one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_brought(request, form))
        except ImportProblem as problem:
            form.add_error("file", str(problem))
        except MappingError as problem:
            form.add_error("source", str(problem))
    actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(queries.batches(actor), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "tabs": tabs(actor, "imports")}
    return render(request, "portal/importing/list.html", context)


def _brought(request: HttpRequest, form: UploadForm) -> str:
    """Keep the uploaded file. Answers where to go: to the mapping if it is new or no longer fits, else to the trial."""
    actor = request.actor  # type: ignore[attr-defined]
    file, source = form.cleaned_data["file"], form.cleaned_data["source"]
    content = file.read()
    table = read_table(content, form.cleaned_data["sheet"] or None)
    if source:
        mapping = Mapping.from_json(source.mapping).with_(sheet=table.detected.sheet)
    else:
        mapping = guess_for(table, kind=form.cleaned_data["kind"] or None)
    batch = actions.bring_file(
        actor=actor, content=content, file_name=file.name, table=table, mapping=mapping, source=source, now=now()
    )
    if source and not mapping.missing() and not mapping.absent_columns(table.columns):
        actions.start(actor=actor, batch=batch, landing=False)
        return reverse("import_batch", args=[batch.pk])
    return reverse("import_mapping", args=[batch.pk])


@door("imports.manage")
def mapping(request: HttpRequest, batch: int) -> HttpResponse:
    """How the file's columns are to be read: guessed, for a person to confirm."""
    found = get_object_or_404(queries.batches(request.actor), pk=batch, has_file=True)  # type: ignore[attr-defined]
    form = MappingForm(
        request.POST or None,
        mapping=found.parsed_mapping,
        columns=found.columns,
        source_name=found.source.name if found.source else "",
    )
    if request.method == "POST" and form.is_valid():
        actions.confirm_mapping(
            actor=request.actor,  # type: ignore[attr-defined]
            batch=found,
            mapping=form.cleaned_data["mapping"],
            source_name=form.cleaned_data["source_name"],
            now=now(),
        )
        return redirect("import_batch", batch=found.pk)
    used = found.parsed_mapping.columns_read()
    columns = [column | {"unused": column["name"] not in used} for column in found.columns]
    context = {"batch": found, "form": form, "columns": columns}
    return render(request, "portal/importing/mapping.html", context)


@door("imports.manage")
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """How a file stands: under way, tried, landed or stopped, with what was found."""
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(queries.batches(actor), pk=batch)
    if request.htmx and found.state in UNDER_WAY:  # type: ignore[attr-defined]
        return render(request, "portal/importing/progress.html", {"batch": found})
    code, field = request.GET.get("code", ""), request.GET.get("field", "")
    page = Paginator(queries.findings_of(actor, found, code, field), PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "under_way": found.state in UNDER_WAY,
        "has_file": found.has_file,  # type: ignore[attr-defined]
        "by_code": queries.findings_by_code(actor, found),
        "code": code,
        "field": field,
        "page": page,
        "rows": [
            {"finding": f, "field": title_of(found.kind, f.field), "words": queries.in_words(found.kind, f)}
            for f in page
        ],
        "changes": [
            {
                "line": row["line"],
                "changes": [change | {"title": title_of(found.kind, change["field"])} for change in row["changes"]],
            }
            for row in found.sample
        ],
        "query": urlencode({"code": code, "field": field}) + "&" if code else "",
    }
    response = render(request, "portal/importing/batch.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"  # it is done: show the whole page
    return response


@require_POST
@door("imports.manage")
def land(request: HttpRequest, batch: int) -> HttpResponse:
    """Let the good rows of a tried file land."""
    found = get_object_or_404(queries.batches(request.actor), pk=batch, has_file=True)  # type: ignore[attr-defined]
    actions.start(actor=request.actor, batch=found, landing=True)  # type: ignore[attr-defined]
    return redirect("import_batch", batch=found.pk)


@require_POST
@door("imports.manage")
def try_again(request: HttpRequest, batch: int) -> HttpResponse:
    """Try a file that stopped once more."""
    found = get_object_or_404(queries.batches(request.actor), pk=batch, has_file=True)  # type: ignore[attr-defined]
    actions.start(actor=request.actor, batch=found, landing=False)  # type: ignore[attr-defined]
    return redirect("import_batch", batch=found.pk)


@require_POST
@door("imports.manage")
def throw_away(request: HttpRequest, batch: int) -> HttpResponse:
    """Forget a file that has not landed."""
    found = get_object_or_404(queries.batches(request.actor).exclude(state=State.LANDED), pk=batch)  # type: ignore[attr-defined]
    actions.throw_away(actor=request.actor, batch=found)  # type: ignore[attr-defined]
    return redirect("imports")


@door("imports.manage")
def findings(request: HttpRequest, batch: int, form: str) -> HttpResponse:
    """What was found, to download as a spreadsheet or CSV."""
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(queries.batches(actor), pk=batch)
    table = queries.findings_table(found, queries.findings_of(actor, found))
    return as_file(table, f"{_('funn')}-{found.pk}", form)


def as_file(table, name: str, form: str) -> HttpResponse:
    """A table as a file to keep: "xlsx" or "csv"."""
    target = io.BytesIO()
    if form == "xlsx":
        write_xlsx(target, Sheet(name, table))
    else:
        write_csv(target, table)
    response = HttpResponse(target.getvalue(), content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
