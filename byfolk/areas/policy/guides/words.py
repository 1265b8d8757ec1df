"""Guides in words and addresses."""

from __future__ import annotations

import datetime as dt

from django.http import Http404
from django.utils.translation import gettext as _

from byfolk.areas.policy.document.words import day, url
from byfolk.areas.policy.wording import language
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import GoalAbout
from byfolk.engines.library import queries as library
from byfolk.engines.library.models import Document, Version
from byfolk.engines.library.queries import Editions
from byfolk.engines.library.rules import Standing
from byfolk.kernel.rights import Actor
from byfolk.lib.texts import short

GUIDE = "guide"


def find_guide(actor: Actor, code: str) -> Document:
    """The guide with a code; 404 where the actor may read none such."""
    try:
        return library.document(actor, GUIDE, code)
    except LookupError:
        raise Http404 from None


def find_version(actor: Actor, guide: Document, number: int) -> Version:
    """A version of a guide with its text; 404 where there is none, or none that the actor may read."""
    try:
        return library.version(actor, guide, number)
    except LookupError:
        raise Http404 from None


def goals_by_key(actor: Actor) -> dict[str, GoalAbout]:
    """The goals of the policy in force by their stable ids, in order."""
    return {goal.key: goal for area in goals.policy(actor, language()) for goal in area.goals}


def last_day(version: Version) -> str:
    """The last day on which a version holds; empty where it has no end."""
    end = version.valid.upper if version.valid else None
    return day(end - dt.timedelta(days=1)) if end else ""


def when(version: Version, stands: Standing) -> str:
    """When a version holds, in a sentence."""
    if version.valid is None:
        return _("Utkast.")
    first = {"first": day(version.valid.lower), "last": last_day(version)}
    if stands is Standing.OVER:
        return _("Gjaldt fra %(first)s til %(last)s.") % first
    if first["last"]:
        return _("Gjelder fra %(first)s til %(last)s.") % first
    return _("Gjelder fra %(first)s.") % first


def notice(guide: Document, shown: Version, stands: Standing, every: Editions) -> dict[str, str] | None:
    """What a reader must know of a version that does not hold, and that a new one comes."""
    holding = every.holding
    where = {"url": url("guide", guide.code), "link": _("Les utgaven som gjelder")} if holding else {}
    if stands is Standing.DRAFT:
        return {"title": _("Dette er et utkast."), "text": _("Bare de som skriver veilederen, ser det.")} | where
    if stands is Standing.OVER:
        text = _("Denne utgaven gjaldt fra %(first)s til %(last)s.")
        told = {"title": text % {"first": day(shown.valid.lower), "last": last_day(shown)}, "text": ""}
        return told | where if holding else told | {"text": _("Veilederen gjelder ikke lenger.")}
    if stands is Standing.COMING:
        return {
            "title": _("Denne utgaven gjelder fra %(first)s.") % {"first": day(shown.valid.lower)},
            "text": "",
        } | where
    return _coming(guide, shown, every)


def _coming(guide: Document, shown: Version, every: Editions) -> dict[str, str] | None:
    coming = every.first(Standing.COMING)
    if coming is not None:
        return {
            "title": _("En ny utgave gjelder fra %(first)s.") % {"first": day(coming.valid.lower)},
            "text": "",
            "url": url("guide_edition", guide.code, coming.number),
            "link": _("Les den nye"),
        }
    if last_day(shown):
        return {"title": _("Veilederen gjelder til og med %(last)s.") % {"last": last_day(shown)}, "text": ""}
    return None


def said_in(version: Version) -> tuple[str, str]:
    """The language in which a reader gets a version's text, and what to say where it is not their own."""
    wanted = short(language())
    if version.text.get(wanted):
        return wanted, ""
    return "nb", {
        "nn": _("Veilederen finnes ikke på nynorsk ennå. Du leser den på bokmål."),
        "en": _("Veilederen finnes ikke på engelsk ennå. Du leser den på bokmål."),
    }.get(wanted, "")
