"""What is decided about a draft as a whole: its title, the hearing, adopting it, throwing it away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.document.drafts import confirm, draft_of, lacking, to_overview
from byfolk.areas.policy.document.forms import HearingForm, TitleForm
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import day, find_version, url
from byfolk.engines.goals import editing, hearing, versions
from byfolk.engines.goals.editing import PolicyRefused
from byfolk.engines.goals.models import VersionState
from byfolk.kernel.access.doors import door
from byfolk.kernel.time import today

#: A hearing is proposed to last so long.
PROPOSED = dt.timedelta(days=42)


@door("policy.write")
def title(request: HttpRequest, number: int) -> HttpResponse:
    """Give a draft another title."""
    actor = actor_of(request)
    version = draft_of(actor, number)
    form = TitleForm(request.POST or None, initial=version.title)
    if request.method == "POST" and form.is_valid():
        editing.rename_draft(actor=actor, version=version, title=form.cleaned_data)
        return to_overview(number, "tittel")
    return confirm(request, version, _("Tittelen på utkastet"), [], _("Lagre tittelen"), form=form)


@door("policy.write")
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send a draft on hearing."""
    actor, on = actor_of(request), today()
    version = draft_of(actor, number)
    form = HearingForm(request.POST or None, on=on, initial={"last": on + PROPOSED})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["last"] + dt.timedelta(days=1)
        hearing.send_on_hearing(actor=actor, version=version, on=on, until=until)
        return HttpResponseRedirect(url("policy_version", number))
    texts = [
        _("Alle som jobber i kommunen kan lese forslaget. Ledere av virksomheter og tillitsvalgte kan uttale seg."),
        _("Teksten kan ikke endres mens den er på høring. Du kan avslutte høringen når du vil."),
    ]
    return confirm(request, version, _("Sende utkastet på høring?"), texts, _("Send på høring"), form=form)


@door("policy.write")
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a hearing, so that the text can be changed again."""
    actor = actor_of(request)
    version = find_version(actor, number)
    if version.state != VersionState.HEARING:
        raise Http404
    if request.method == "POST":
        hearing.end_hearing(actor=actor, version=version)
        return to_overview(number, "avsluttet")
    texts = [
        _("Forslaget blir et utkast igjen, som bare HR-direktøren ser. Uttalelsene blir stående."),
        _("Da kan du arbeide inn det som er sagt, og vedta, eller sende det på høring på nytt."),
    ]
    return confirm(request, version, _("Avslutte høringen?"), texts, _("Avslutt høringen"))


@door("policy.write")
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then make a version the municipality's policy."""
    actor, on = actor_of(request), today()
    version = find_version(actor, number)
    if version.state not in (VersionState.DRAFT, VersionState.HEARING):
        raise Http404
    warning = ""
    if request.method == "POST":
        try:
            editing.adopt(actor=actor, version=version, on=on)
        except PolicyRefused:
            warning = _("Personalpolitikken må ha minst ett mål før den kan vedtas.")
        else:
            return HttpResponseRedirect(url("policy"))
    current = versions.adopted(actor)
    waiting = sum(not one.answer for one in versions.comments(actor, version)) if version.hearing_from else 0
    texts = [
        _("Den gjelder fra i dag, %(day)s, og kan ikke endres etterpå.") % {"day": day(on)},
        _("Den som gjelder nå, versjon %(number)d, blir avløst. Mål for tall, tiltak og historie følger med.")
        % {"number": current.number}
        if current
        else "",
        _("Forslaget har ikke vært på høring.") if version.hearing_from is None else "",
        _("Høringen er fortsatt åpen.") if versions.hearing_is_open(version, on) else "",
        ngettext("%(n)d uttalelse har ikke fått svar.", "%(n)d uttalelser har ikke fått svar.", waiting)
        % {"n": waiting}
        if waiting
        else "",
        lacking(versions.document(actor, version)),
    ]
    more: dict[str, Any] = {"warning": warning}
    if current is not None:
        more["compare_url"] = url("policy_compare", fra=current.number, til=version.number)
    return confirm(
        request,
        version,
        _("Vedta personalpolitikken?"),
        texts,
        _("Vedta versjon %(number)d") % {"number": number},
        **more,
    )


@door("policy.write")
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then throw a draft away."""
    actor = actor_of(request)
    version = draft_of(actor, number)
    if version.hearing_from is not None and versions.comment_counts(actor, version):
        raise Http404
    if request.method == "POST":
        editing.delete_draft(actor=actor, version=version)
        return HttpResponseRedirect(url("policy_versions"))
    return confirm(request, version, _("Kaste utkastet?"), [_("Det kan ikke hentes fram igjen.")], _("Kast utkastet"))
