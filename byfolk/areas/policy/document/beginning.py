"""Beginning a draft: a copy, a file, the text of an old document, or nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from byfolk.areas.policy.document.forms import NewDraftForm
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import url
from byfolk.engines.goals import editing, markdown, versions
from byfolk.engines.goals.document import Document
from byfolk.engines.goals.from_text import draft_from_text
from byfolk.engines.goals.markdown import Fault, NotAPolicy
from byfolk.engines.indicators import registry
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import today

#: So many lines that were not understood are kept for whoever corrects the draft.
LEFT_AT_MOST = 200


@door("policy.write")
def new(request: HttpRequest) -> HttpResponse:
    """Make a new draft. A file that is wrong makes none, and what is wrong is told line by line."""
    actor = actor_of(request)
    current = versions.adopted(actor)
    initial = {"begin": NewDraftForm.COPY if current else ""}
    form = NewDraftForm(request.POST or None, request.FILES or None, has_adopted=current is not None, initial=initial)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            document, left = _document(actor, form)
        except NotAPolicy as wrong:
            faults = wrong.faults
        else:
            made = editing.start_draft(actor=actor, document=document, on=today())
            if left:
                request.session[f"policy-left-{made.number}"] = left[:LEFT_AT_MOST]
            return HttpResponseRedirect(url("policy_write", made.number, gjort="utkast"))
    context = {
        "form": form,
        "faults": [{"field_id": "id_file", "message": _told(fault)} for fault in faults],
        "crumbs": [
            {"label": _("Personalpolitikk"), "url": url("policy")},
            {"label": _("Versjoner"), "url": url("policy_versions")},
            {"label": _("Nytt utkast")},
        ],
    }
    return render(request, "policy/document/new.html", context)


def _document(actor: Actor, form: NewDraftForm) -> tuple[Document, list[tuple[int, str]]]:
    begin = form.cleaned_data["begin"]
    if begin == NewDraftForm.COPY:
        current = versions.adopted(actor)
        if current is not None:
            return versions.document(actor, current), []
    if begin in (NewDraftForm.MARKDOWN, NewDraftForm.TEXT):
        content = form.cleaned_data["file"].read(markdown.LARGEST + 1)
        if begin == NewDraftForm.MARKDOWN:
            return markdown.read(content, figures={one.code for one in registry.indicators()}), []
        found = draft_from_text(content)
        return found.document, list(found.left)
    return Document({"nb": _("Personalpolitikk")}), []


def _told(fault: Fault) -> str:
    return _("Linje %(line)d: %(reason)s") % {"line": fault.line, "reason": fault.reason}
