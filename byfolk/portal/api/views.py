"""The API's description, for machines and for people. Anyone may read both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from byfolk.kernel.access.doors import door
from byfolk.portal.api.description import description
from byfolk.portal.api.page import sections_of


@door("portal.open")
def openapi(request: HttpRequest) -> HttpResponse:
    """The API as OpenAPI."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@door("portal.open")
def page(request: HttpRequest) -> HttpResponse:
    """The API as a page to read, made from the same description."""
    found = description()
    return render(request, "portal/api/page.html", {"about": found["info"]["description"], **sections_of(found)})
