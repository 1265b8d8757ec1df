"""Pages for when something is wrong. No access looks exactly like not found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from byfolk.kernel.api import problems


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what one may not see. Programs get it as problem details."""
    if request.path_info.startswith("/api/"):
        return problems.not_found()
    return render(request, "portal/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no page of ours sends."""
    return render(request, "portal/not_found.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the request's id so that it can be found in the log. Plain where the frame itself is what failed."""
    if request.path_info.startswith("/api/"):
        return problems.problem(500, gettext("Noe gikk galt hos oss"))
    try:
        return render(request, "portal/server_error.html", {"request_id": getattr(request, "id", "")}, status=500)
    except Exception:
        words = f"{gettext('Noe gikk galt hos oss')}. {gettext('Ingenting er endret. Prøv igjen om litt.')}"
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
