"""What becomes of a version: copied, followed by a new one, put in use, taken out of use, or thrown away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from byfolk.areas.surveys.instruments.building import confirm_page
from byfolk.areas.surveys.instruments.words import (
    actor_of,
    address,
    find_built,
    find_draft,
    lacking_sentence,
    size_sentence,
    url,
)
from byfolk.engines.questionnaires.instruments import editing, queries
from byfolk.engines.questionnaires.instruments.checking import lacks
from byfolk.engines.questionnaires.instruments.editing import ChangedMeanwhile, InstrumentRefused
from byfolk.engines.questionnaires.instruments.models import State
from byfolk.kernel.access.doors import door
from byfolk.kernel.time import now


@door("instruments.build")
def new_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask once, then make the next version as a draft that begins with this one."""
    actor = actor_of(request)
    version = find_built(actor, code, number)
    if version.state == State.DRAFT:
        raise Http404
    if request.method == "POST":
        try:
            draft = editing.start_version(actor=actor, instrument=version.instrument, content=version.parsed, now=now())
        except InstrumentRefused:
            # Somebody was first: their draft is the one to go on with.
            draft = next(one for one in queries.versions_of(actor, code) if one.state == State.DRAFT)
            return HttpResponseRedirect(address(draft))
        return HttpResponseRedirect(address(draft, gjort="versjon"))
    texts = [
        _("Utkastet begynner med det samme som versjon %(number)d.") % {"number": number},
        _("Den som er i bruk, brukes til du tar den nye i bruk."),
    ]
    return confirm_page(request, version, _("Lage en ny versjon?"), texts, _("Lag utkastet"))


@door("instruments.build")
def use(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask once, then put a draft in use. It says that it never changes after that."""
    actor = actor_of(request)
    version = find_draft(actor, code, number)
    warning = ""
    if request.method == "POST":
        edition = request.POST.get("edition", "")
        saw = int(edition) if edition.isascii() and edition.isdecimal() and len(edition) < 9 else 0
        try:
            editing.put_in_use(actor=actor, version=version, edition=saw, now=now())
        except ChangedMeanwhile:
            warning = _("Noen har endret utkastet siden du åpnet siden. Se over, og velg igjen.")
            version = find_draft(actor, code, number)
        except InstrumentRefused:
            warning = _("Skjemaet kan ikke tas i bruk ennå.")
        else:
            return HttpResponseRedirect(address(version, gjort="bruk"))
    content = version.parsed
    found = lacks(content)
    before = next((one for one in queries.versions_of(actor, code) if one.state == State.IN_USE), None)
    texts = [
        size_sentence(content),
        *dict.fromkeys(one.reason for one in found),
        "" if found else _("Fra da av kan denne versjonen aldri endres. Vil du endre noe senere, lager du en ny."),
        _("Versjon %(number)d tas ut av bruk. Undersøkelser som går, fortsetter med den.") % {"number": before.number}
        if before and not found
        else "",
        lacking_sentence(content),
    ]
    button = "" if found else _("Ta versjon %(number)d i bruk") % {"number": number}
    return confirm_page(
        request, version, _("Ta skjemaet i bruk?"), texts, button, edition=version.edition, warning=warning
    )


@door("instruments.build")
def retire(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask once, then take a version out of use."""
    actor = actor_of(request)
    version = find_built(actor, code, number)
    if version.state != State.IN_USE:
        raise Http404
    if request.method == "POST":
        editing.retire_version(actor=actor, version=version, now=now())
        return HttpResponseRedirect(address(version, gjort="ute"))
    texts = [
        _("Ingen nye undersøkelser kan bruke den. Svar og resultater blir stående."),
        _("Den kan ikke tas i bruk igjen, men du kan lage en ny versjon av den."),
    ]
    return confirm_page(request, version, _("Ta skjemaet ut av bruk?"), texts, _("Ta ut av bruk"))


@door("instruments.build")
def discard(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask once, then throw a draft away."""
    actor = actor_of(request)
    version = find_draft(actor, code, number)
    if request.method == "POST":
        editing.discard_version(actor=actor, version=version)
        return HttpResponseRedirect(url("instruments", gjort="kastet"))
    return confirm_page(
        request, version, _("Kaste utkastet?"), [_("Det kan ikke hentes fram igjen.")], _("Kast utkastet")
    )
