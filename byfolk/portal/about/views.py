"""Pages about Byfolk itself: privacy, accessibility, help. Anyone may read them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.kernel.access.doors import door


@door("portal.open")
def about(request: HttpRequest, page: str) -> HttpResponse:
    """One of the fixed pages; `page` is named by the address, never by the reader."""
    return render(request, f"portal/about/{page}.html")
