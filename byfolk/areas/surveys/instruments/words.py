"""Instruments in words and addresses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.goals.sentences import joined
from byfolk.engines.questionnaires.instruments import editing, queries
from byfolk.engines.questionnaires.instruments.checking import missing_texts
from byfolk.engines.questionnaires.instruments.content import LANGUAGES, Content, Kind, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion, State
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian

LANGUAGE_NAMES = {"nb": gettext_lazy("bokmål"), "nn": gettext_lazy("nynorsk"), "en": gettext_lazy("engelsk")}
KIND_NAMES = {
    Kind.SCALE: gettext_lazy("Påstand med skala"),
    Kind.SINGLE: gettext_lazy("Velg ett svar"),
    Kind.MULTIPLE: gettext_lazy("Velg flere svar"),
    Kind.NUMBER: gettext_lazy("Et tall"),
    Kind.TEXT: gettext_lazy("Egne ord"),
    Kind.MATRIX: gettext_lazy("Tabell: flere rader med samme skala"),
}
TONES = {State.DRAFT: "warn", State.IN_USE: "good", State.RETIRED: "plain"}


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def language() -> str:
    """The reader's language: nb, nn or en."""
    return (get_language() or "nb").split("-")[0]


def here(texts: Texts) -> str:
    """A text in the reader's language, else in bokmål."""
    return texts.in_language(language())


def url(name: str, *args: Any, **query: Any) -> str:
    """An address, with what is asked for in it."""
    asked = "&".join(f"{key}={value}" for key, value in query.items() if value)
    return reverse(name, args=args) + (f"?{asked}" if asked else "")


def find_version(actor: Actor, code: str, number: int) -> InstrumentVersion:
    """A version; 404 where the actor may read none such."""
    try:
        return queries.version(actor, code, number)
    except LookupError:
        raise Http404 from None


def find_draft(actor: Actor, code: str, number: int) -> InstrumentVersion:
    """A draft that the actor may change; else 404."""
    version = find_version(actor, code, number)
    if version.state != State.DRAFT:
        raise Http404
    return version


def may_build(actor: Actor, version: InstrumentVersion) -> bool:
    """Whether the actor builds in the unit of the instrument. One query."""
    return may_in(actor, editing.BUILD, version.unit_id)


def find_built(actor: Actor, code: str, number: int) -> InstrumentVersion:
    """A version of an instrument that the actor builds; else 404."""
    version = find_version(actor, code, number)
    if not may_build(actor, version):
        raise Http404
    return version


def day(moment: dt.datetime | None) -> str:
    """A date in words; empty for none."""
    return norwegian.day(day_of(moment), language()) if moment else ""


def state_sentence(version: InstrumentVersion) -> str:
    """Where a version stands."""
    if version.state == State.IN_USE:
        return _("I bruk siden %(day)s.") % {"day": day(version.used_at)}
    if version.state == State.RETIRED:
        return _("Tatt ut av bruk %(day)s.") % {"day": day(version.retired_at)}
    return _("Utkast, sist endret %(day)s.") % {"day": day(version.changed_at)}


def size_sentence(content: Content) -> str:
    """How much it asks: "38 spørsmål i 7 deler, 10 temaer." """
    items = len(list(content.items()))
    return _("%(items)s i %(sections)s, %(factors)s.") % {
        "items": ngettext("%(n)d spørsmål", "%(n)d spørsmål", items) % {"n": items},
        "sections": ngettext("%(n)d del", "%(n)d deler", len(content.sections)) % {"n": len(content.sections)},
        "factors": ngettext("%(n)d tema", "%(n)d temaer", len(content.factors)) % {"n": len(content.factors)},
    }


def lacking_sentence(content: Content) -> str:
    """The warning of what is not translated; empty where nothing lacks. It stops nobody."""
    found = missing_texts(content)
    parts = []
    for code in LANGUAGES:
        if n := sum(one.language == code for one in found):
            text = ngettext("%(n)d tekst mangler på %(language)s", "%(n)d tekster mangler på %(language)s", n)
            parts.append(text % {"n": n, "language": LANGUAGE_NAMES[code]})
    if not parts:
        return ""
    return _("%(parts)s. Den som svarer, får bokmål der teksten mangler.") % {"parts": joined(parts)}


def lacking_languages(content: Content) -> list[str]:
    """The names of the languages in which some text lacks."""
    found = {one.language for one in missing_texts(content)}
    return [str(LANGUAGE_NAMES[code]) for code in LANGUAGES if code in found]


def crumbs(version: InstrumentVersion | None = None, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way down to a page of a version."""
    top = [{"label": _("Spørreskjemaer"), "url": url("instruments")}]
    if version is not None:
        name = here(version.instrument.titles)
        top.append({"label": name, "url": address(version)})
    return [*top, *more]


def address(version: InstrumentVersion, **query: Any) -> str:
    """Where a version is read, and changed."""
    return url("instrument", version.instrument.code, version.number, **query)
