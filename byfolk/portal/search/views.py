"""One search over everything that registered itself as findable."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from byfolk.kernel.access.doors import door
from byfolk.kernel.registry import SEARCH

A_FEW, MANY = 6, 40


@door("search.use")
def search(request: HttpRequest) -> HttpResponse:
    """Hits by kind. `kind` in the address shows one kind with more hits."""
    text = request.GET.get("q", "").strip()[:80]
    only = request.GET.get("kind", "")
    groups = []
    for provider in sorted(SEARCH, key=lambda each: each.order):
        if not text or (only and provider.code != only):
            continue
        limit = MANY if only else A_FEW
        hits = list(provider.find(request.actor, text, limit + 1))  # type: ignore[attr-defined]
        if hits:
            rows = [{"label": hit.title, "url": hit.url, "note": hit.detail} for hit in hits[:limit]]
            more = len(hits) > limit and not only
            groups.append({"code": provider.code, "title": provider.title, "rows": rows, "more": more})
    return render(request, "portal/search/results.html", {"text": text, "groups": groups, "only": only})
