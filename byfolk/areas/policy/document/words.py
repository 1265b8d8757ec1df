"""Versions and paragraphs in words and addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.wording import language
from byfolk.engines.goals import versions
from byfolk.engines.goals.document import Document, Placed, count
from byfolk.engines.goals.models import ElementKind, Owner, PolicyVersion, VersionState
from byfolk.kernel.rights import ROLE_TITLES, Actor, Role
from byfolk.lib import norwegian
from byfolk.lib.texts import in_language

TONES = {"draft": "plain", "hearing": "warn", "adopted": "good", "retired": "plain"}


def find_version(actor: Actor, number: int) -> PolicyVersion:
    """The version with a number; 404 where the actor may read none such."""
    try:
        return versions.version(actor, number)
    except LookupError:
        raise Http404 from None


def here(texts: Mapping[str, str]) -> str:
    """A text in the reader's language, else in bokmål."""
    return in_language(texts, language())


def url(name: str, *args: Any, **query: Any) -> str:
    """An address, with what is asked for in it."""
    asked = "&".join(f"{key}={value}" for key, value in query.items() if value)
    return reverse(name, args=args) + (f"?{asked}" if asked else "")


def day(date: dt.date | None) -> str:
    """A date in words; empty for none."""
    return norwegian.day(date, language()) if date else ""


def last_day(version: PolicyVersion) -> str:
    """The last day on which a hearing takes comments."""
    return day(version.hearing_until - dt.timedelta(days=1)) if version.hearing_until else ""


def state_sentence(version: PolicyVersion) -> str:
    """Where a version stands, in a sentence."""
    if version.state == VersionState.ADOPTED:
        return _("Vedtatt %(day)s.") % {"day": day(version.adopted_on)}
    if version.state == VersionState.RETIRED:
        return _("Vedtatt %(day)s, og avløst %(end)s.") % {
            "day": day(version.adopted_on),
            "end": day(version.retired_on),
        }
    if version.state == VersionState.HEARING:
        return _("På høring til og med %(day)s.") % {"day": last_day(version)}
    return _("Utkast, laget %(day)s.") % {"day": day(version.made_on)}


def size_sentence(document: Document) -> str:
    """How much a document holds: "6 områder, 13 mål og 92 tiltak." """
    areas = count(document, "area")
    parts = {
        "areas": ngettext("%(n)d område", "%(n)d områder", areas) % {"n": areas},
        "goals": _("%(n)d mål") % {"n": sum(len(area.of("goal")) for area in document.of("area"))},
        "measures": _("%(n)d tiltak") % {"n": count(document, "measure")},
    }
    return _("%(areas)s, %(goals)s og %(measures)s.") % parts


def name_of(placed: Placed) -> str:
    """What a paragraph is called: "Mål 3.1", "Område 3", "Tiltak"."""
    kind = str(ElementKind(placed.paragraph.kind).label)
    return f"{kind} {placed.number}" if placed.number not in ("", "0") else kind


def owner_text(owner: Owner | None) -> str:
    """Who answers for something: the person if there is one, and the role in the unit."""
    if owner is None:
        return ""
    role = str(ROLE_TITLES.get(Role(owner.role), owner.role))
    where = f"{role}, {owner.unit.name}"
    return f"{owner.person_name} ({where})" if owner.person_name else where


def version_crumbs(version: PolicyVersion, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way down to a page of a version."""
    top = [{"label": _("Personalpolitikk"), "url": url("policy")}]
    if version.state != VersionState.ADOPTED:
        name = _("Versjon %(number)d") % {"number": version.number}
        top.append({"label": name, "url": url("policy_version", version.number)})
    return [*top, *more]
