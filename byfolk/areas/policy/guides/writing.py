"""Writing guides: those who lead or help the unit that owns one, and the HR direction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from byfolk.areas.policy.document.forms import LANGUAGE_NAMES
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import here, url
from byfolk.areas.policy.guides import reading
from byfolk.areas.policy.guides.forms import GuideForm, NewGuideForm, PublishForm, RetireForm, ReviewForm
from byfolk.areas.policy.guides.words import GUIDE, find_guide, find_version, goals_by_key
from byfolk.engines.goals import versions
from byfolk.engines.library import actions
from byfolk.engines.library import queries as library
from byfolk.engines.library.actions import EditedMeanwhile, LibraryRefused
from byfolk.engines.library.models import Document, Version
from byfolk.engines.library.queries import Counted, Editions
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months, today
from byfolk.lib.texts import LANGUAGES

#: A guide is proposed to be looked at again after so many months.
LOOKED_AT_AFTER = 12


def _own(request: HttpRequest, code: str, on: dt.date) -> tuple[Actor, Document, Editions]:
    """A guide that the reader writes, with its versions; for others it is not found."""
    actor = actor_of(request)
    guide = find_guide(actor, code)
    if not library.writes(actor, guide):
        raise Http404
    return actor, guide, library.editions(actor, guide, on)


def _draft(actor: Actor, guide: Document, every: Editions) -> Version:
    if every.draft is None:
        raise Http404
    return find_version(actor, guide, every.draft.number)


@door("library.write")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a guide: what it is called, and whose it is."""
    actor, on = actor_of(request), today()
    units = library.owners(actor, on)
    if not units:
        raise Http404
    form = NewGuideForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = next(one for one in units if one.code == form.cleaned_data["unit"])
        content = {"title": {"nb": form.cleaned_data["title"]}}
        made = actions.start_document(actor=actor, kind=GUIDE, unit=unit, content=content, on=on)
        return HttpResponseRedirect(url("guide_write", made.code))
    crumbs = [
        {"label": _("Personalpolitikk"), "url": url("policy")},
        {"label": _("Veiledere"), "url": url("guides")},
        {"label": _("Skriv en veileder")},
    ]
    return _asked(request, form, _("Skriv en veileder"), _("Lag et utkast"), url("guides"), crumbs)


@door("library.write")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a new version, as a copy of the newest."""
    actor, guide, _every = _own(request, code, today())
    actions.start_version(actor=actor, document=guide)
    return HttpResponseRedirect(url("guide_write", code))


@door("library.write")
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as it will be read."""
    actor, guide, every = _own(request, code, today())
    found = reading.shown(actor, guide, _draft(actor, guide, every).number, today())
    told = {"lagret": _("Utkastet er lagret.")}
    return render(request, "policy/guides/guide.html", found | {"done": told.get(request.GET.get("gjort", ""), "")})


@door("library.write")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write the draft. Whoever comes second is told what the first one wrote, and keeps what they wrote."""
    on = today()
    actor, guide, every = _own(request, code, on)
    version = _draft(actor, guide, every)
    choices = _choices(actor, guide, version, on)
    if request.method != "POST":
        return _form_page(request, guide, version, GuideForm(initial=_initial(version), **choices))
    form = GuideForm(request.POST, **choices)
    if not form.is_valid():
        return _form_page(request, guide, version, form)
    edition = form.cleaned_data.get("edition") or 0
    try:
        actions.edit_draft(actor=actor, document=guide, edition=edition, content=form.content)
    except EditedMeanwhile as meanwhile:
        posted = request.POST.copy()
        posted["edition"] = str(meanwhile.current.edition)
        return _form_page(request, guide, version, GuideForm(posted, **choices), _meanwhile(meanwhile.current))
    except LibraryRefused:
        # Somebody else has published it, or thrown it away, a moment ago.
        raise Http404 from None
    return HttpResponseRedirect(url("guide_draft", code, gjort="lagret"))


def _choices(actor: Actor, guide: Document, version: Version, on: dt.date) -> dict[str, Any]:
    goals = [(one.key, f"{one.number} {one.title}") for one in goals_by_key(actor).values()]
    # Goals that the policy has no more stay with the guide until somebody takes them away.
    goals += [(key, key) for key in version.goals if key not in dict(goals)]
    units = {unit.code: unit.name for unit in library.owners(actor, on)}
    units.setdefault(guide.unit.code, guide.unit.name)
    if version.asked_unit is not None:
        units.setdefault(version.asked_unit.code, version.asked_unit.name)
    return {"goals": goals, "units": list(units.items())}


def _initial(version: Version) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(version, name).get(language, "")
        for name in ("title", "summary", "text")
        for language in LANGUAGES
    }
    unit = version.asked_unit or version.unit
    more = {"goals": version.goals, "indicators": version.indicators, "asks": version.asks, "asked_unit": unit.code}
    return texts | more | {"edition": version.edition}


def _meanwhile(current: Version) -> dict[str, Any]:
    """What somebody else wrote in the meantime."""
    texts = [
        {"language": str(LANGUAGE_NAMES[code]), "text": getattr(current, name)[code]}
        for code in LANGUAGES
        for name in ("title", "summary", "text")
        if getattr(current, name).get(code)
    ]
    return {"who": versions.names([current.changed_by]).get(current.changed_by or 0, _("Noen andre")), "texts": texts}


def _form_page(
    request: HttpRequest, guide: Document, version: Version, form: GuideForm, meanwhile: dict[str, Any] | None = None
) -> HttpResponse:
    context = {
        "guide": guide,
        "version": version,
        "title": here(version.title),
        "crumbs": reading.crumbs(guide, version, version, {"label": _("Skriv")}),
        "form": form,
        "languages": [
            {"name": LANGUAGE_NAMES[code], "fields": form.language_fields(code), "open": form.is_written(code)}
            for code in LANGUAGES[1:]
        ],
        "bokmaal": form.language_fields("nb"),
        "meanwhile": meanwhile,
        "back_url": url("guide_draft", guide.code),
    }
    return render(request, "policy/guides/write.html", context)


def _asked(
    request: HttpRequest,
    form: forms.Form | None,
    title: str,
    button: str,
    back: str,
    crumbs: list[dict[str, str]],
    **more: Any,
) -> HttpResponse:
    """A page that asks once before something is done."""
    context = {"form": form, "title": title, "button": button, "back_url": back, "crumbs": crumbs, **more}
    return render(request, "policy/guides/asked.html", context)


def _of(guide: Document, version: Version, label: str) -> dict[str, Any]:
    return {"crumbs": reading.crumbs(guide, version, version, {"label": label}), "suffix": here(version.title)}


@door("library.write")
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Ask from when the draft holds, and publish it."""
    on = today()
    actor, guide, every = _own(request, code, on)
    version = _draft(actor, guide, every)
    initial = {"since": on, "review_on": add_months(on, LOOKED_AT_AFTER)}
    form = PublishForm(request.POST or None, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.publish(actor=actor, document=guide, since=given["since"], review_on=given["review_on"], on=on)
        except LibraryRefused:
            _say_why_not(form, version, every)
        else:
            return HttpResponseRedirect(url("guide", code, gjort="publisert"))
    texts = [
        _("Alle som jobber i kommunen, kan lese den. Publisert kan den ikke endres: da skriver du en ny utgave."),
        _("Utgaven som gjelder nå, slutter å gjelde dagen før. Den kan fortsatt leses.") if every.holding else "",
        _asks_text(version),
        _lacking(version),
    ]
    compare = url("guide_compare", code, fra=every.holding.number, til=version.number) if every.holding else ""
    return _asked(
        request, form, _("Publisere veilederen?"), _("Publiser utgave %(number)d") % {"number": version.number},
        url("guide_draft", code), texts=[text for text in texts if text], compare_url=compare,
        **_of(guide, version, _("Publiser")),
    )  # fmt: skip


def _say_why_not(form: PublishForm, version: Version, every: Editions) -> None:
    if not version.text.get("nb"):
        form.add_error(None, _("Utkastet har ingen tekst på bokmål. Skriv den først."))
    else:
        latest = max((one.valid.lower for one, _stands in every.every if one.valid), default=None)
        text = _("En annen utgave begynner å gjelde %(day)s. Velg en dag etter det.")
        form.add_error("since", text % {"day": reading.day(latest)})


def _asks_text(version: Version) -> str:
    if not version.asks or version.asked_unit is None:
        return ""
    return _("%(who)s i %(unit)s og under blir bedt om å bekrefte at de har lest den.") % {
        "who": version.get_asks_display(), "unit": version.asked_unit.name,
    }  # fmt: skip


def _lacking(version: Version) -> str:
    lacks = [str(LANGUAGE_NAMES[code]) for code in LANGUAGES if not version.text.get(code)]
    return _("Teksten mangler på %(languages)s. Leseren får bokmål.") % {"languages": ", ".join(lacks)} if lacks else ""


@door("library.write")
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then throw the draft away."""
    actor, guide, every = _own(request, code, today())
    version = _draft(actor, guide, every)
    if request.method == "POST":
        try:
            stays = actions.discard_draft(actor=actor, document=guide)
        except LibraryRefused:
            raise Http404 from None
        return HttpResponseRedirect(url("guide", code, gjort="kastet") if stays else url("guides"))
    texts = [_("Det kan ikke hentes fram igjen.")]
    return _asked(
        request, None, _("Kaste utkastet?"), _("Kast utkastet"), url("guide_draft", code), texts=texts,
        **_of(guide, version, _("Kast utkastet")),
    )  # fmt: skip


@door("library.write")
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Say when the guide is to be looked at again."""
    on = today()
    actor, guide, every = _own(request, code, on)
    if every.holding is None:
        raise Http404
    form = ReviewForm(request.POST or None, on=on, initial={"review_on": add_months(on, LOOKED_AT_AFTER)})
    if request.method == "POST" and form.is_valid():
        actions.set_review(actor=actor, document=guide, review_on=form.cleaned_data["review_on"], on=on)
        return HttpResponseRedirect(url("guide", code, gjort="sett-over"))
    texts = [_("Har du sett over veilederen, og stemmer den fortsatt? Da setter du en ny dato. Må noe endres, skriver du en ny utgave.")]  # fmt: skip  # noqa: E501
    return _asked(
        request, form, _("Se over veilederen"), _("Sett datoen"), url("guide", code), texts=texts,
        **_of(guide, every.holding, _("Se over veilederen")),
    )  # fmt: skip


@door("library.write")
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the last day on which the guide holds."""
    on = today()
    actor, guide, every = _own(request, code, on)
    holding = every.holding
    if holding is None or holding.valid.upper is not None:
        raise Http404
    form = RetireForm(request.POST or None, on=on, initial={"last": on})
    if request.method == "POST" and form.is_valid():
        end = form.cleaned_data["last"] + dt.timedelta(days=1)
        try:
            actions.retire(actor=actor, document=guide, end=end, on=on)
        except LibraryRefused:
            raise Http404 from None
        return HttpResponseRedirect(url("guide", code, gjort="avsluttet"))
    texts = [_("Veilederen forsvinner fra listen og søket. Utgavene kan fortsatt leses, med en tydelig merknad.")]
    return _asked(
        request, form, _("Avslutte veilederen?"), _("Avslutt veilederen"), url("guide", code), texts=texts,
        **_of(guide, holding, _("Avslutt veilederen")),
    )  # fmt: skip


@door("library.write")
def receipts(request: HttpRequest, code: str) -> HttpResponse:
    """How many have confirmed that they have read the guide as it holds now."""
    actor, guide, every = _own(request, code, today())
    version = every.holding
    if version is None or not version.asks:
        raise Http404
    counted = library.receipt_counts(actor, version)
    context = {
        "title": _("Hvor mange har lest"),
        "asks": _asks_text(version),
        "verdict": _counted(counted),
        "columns": [
            {"label": _("Virksomhet")},
            {"label": _("Skal lese"), "numeric": True},
            {"label": _("Har bekreftet"), "numeric": True},
        ],
        "rows": [
            {
                "cells": [
                    {"value": counted.units[one.unit] if one.unit else _("Små virksomheter til sammen")},
                    {"value": one.asked, "numeric": True, "label": _("Skal lese")},
                    {"value": one.read, "numeric": True, "label": _("Har bekreftet")},
                ]
            }
            for one in counted.rows
        ],
    }
    return render(request, "policy/guides/receipts.html", context | _of(guide, version, _("Hvor mange har lest")))


def _counted(counted: Counted) -> str:
    if not counted.rows:
        return _("Færre enn fem skal lese den. Da viser vi ikke hvor mange som har gjort det.")
    text = ngettext("%(read)d av %(asked)d har bekreftet", "%(read)d av %(asked)d har bekreftet", counted.asked)
    return text % {"read": counted.read, "asked": counted.asked}
