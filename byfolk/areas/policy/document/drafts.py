"""What the pages of a draft share: finding it, what it lacks, asking once, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.document.forms import LANGUAGE_NAMES
from byfolk.areas.policy.document.words import find_version, url, version_crumbs
from byfolk.engines.goals.document import Document, untranslated
from byfolk.engines.goals.models import PolicyVersion, VersionState
from byfolk.engines.goals.sentences import joined
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import LANGUAGES


def draft_of(actor: Actor, number: int) -> PolicyVersion:
    """The draft with a number; 404 for what is no draft, or none that the actor may read."""
    version = find_version(actor, number)
    if version.state != VersionState.DRAFT:
        raise Http404
    return version


def lacking(document: Document) -> str:
    """The warning of what is not translated; it stops nobody."""
    found = untranslated(document)
    if not found:
        return ""
    parts = []
    for language in LANGUAGES:
        n = sum(code == language for _placed, code in found)
        if n:
            text = ngettext("%(n)d avsnitt mangler %(language)s", "%(n)d avsnitt mangler %(language)s", n)
            parts.append(text % {"n": n, "language": LANGUAGE_NAMES[language]})
    return _("%(parts)s. Leseren får bokmål der teksten mangler.") % {"parts": joined(parts)}


def confirm(
    request: HttpRequest, version: PolicyVersion, title: str, texts: list[str], button: str, **more: Any
) -> HttpResponse:
    """The page that asks once before something is done, with what follows from it."""
    context = {
        "version": version,
        "title": title,
        "texts": [text for text in texts if text],
        "button": button,
        "back_url": url("policy_write", version.number),
        "crumbs": version_crumbs(version, write_crumb(version), {"label": title}),
        **more,
    }
    return render(request, "policy/document/confirm.html", context)


def write_crumb(version: PolicyVersion) -> dict[str, str]:
    """The way back to writing a version."""
    return {"label": _("Skriv"), "url": url("policy_write", version.number)}


def to_overview(number: int, done: str, key: str = "") -> HttpResponseRedirect:
    """Back to writing, which says what was done."""
    return HttpResponseRedirect(url("policy_write", number, gjort=done) + (f"#{key}" if key else ""))
