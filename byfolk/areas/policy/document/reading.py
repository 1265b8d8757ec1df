"""The pages of a version: its front, its areas, and the list of versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from byfolk.areas.policy.document.words import (
    TONES,
    day,
    here,
    last_day,
    owner_text,
    size_sentence,
    state_sentence,
    url,
    version_crumbs,
)
from byfolk.areas.policy.guides import beside
from byfolk.engines.goals import versions
from byfolk.engines.goals.document import PRINCIPLES, Document, Paragraph, by_key, walk
from byfolk.engines.goals.models import Owner, PolicyVersion, VersionState
from byfolk.engines.goals.sentences import joined
from byfolk.kernel.rights import Actor
from byfolk.lib import norwegian


def titles() -> dict[str, str]:
    """What the parts without areas are called."""
    return {
        "purpose": _("Hva personalpolitikken skal føre til"),
        "value": _("Verdier"),
        "leaders": _("Ledere"),
        "employees": _("Medarbeidere"),
        "employer": _("Kommunen som arbeidsgiver"),
    }


class Said:
    """What has been said about a version's paragraphs, where it is or has been on hearing."""

    def __init__(self, actor: Actor, version: PolicyVersion, on: dt.date) -> None:
        heard = version.hearing_from is not None
        self.version = version
        self.counts = versions.comment_counts(actor, version) if heard else {}
        self.speaks = actor.may("policy.comment") and versions.hearing_is_open(version, on)

    def row(self, one: Paragraph, **more: Any) -> dict[str, Any]:
        """A paragraph as the page takes it, with the way to what is said about it."""
        number = self.counts.get(one.key, 0)
        link = ""
        if number:
            link = _("%(n)d uttalelser") % {"n": number} if number > 1 else _("1 uttalelse")
        elif self.speaks:
            link = _("Uttal deg")
        address = url("policy_paragraph", self.version.number, one.key) if link else ""
        return {"key": one.key, "text": here(one.title), "said": link, "said_url": address} | more


def front(actor: Actor, version: PolicyVersion, on: dt.date) -> dict[str, Any]:
    """The front of a version: what it is for, contents, values, principles."""
    document, said = versions.document(actor, version), Said(actor, version, on)
    return {
        "version": version,
        "title": here(document.title),
        "crumbs": version_crumbs(version)[:-1] if version.state != VersionState.ADOPTED else [],
        "lead": f"{state_sentence(version)} {size_sentence(document)}",
        "notice": notice(actor, version, on),
        "purposes": [said.row(one) for one in document.of("purpose")],
        "areas": [
            {
                "number": place,
                "title": here(area.title),
                "finding": _finding(area),
                "url": url("policy_area", version.number, area.key),
            }
            for place, area in enumerate(document.of("area"), start=1)
        ],
        "reputations": [_reputation(version, one, said) for one in document.of("reputation")],
        "values": [said.row(one) for one in document.of("value")],
        "principles": [
            {"title": titles()[kind], "rows": [said.row(one) for one in document.of(kind)]}
            for kind in PRINCIPLES
            if document.of(kind)
        ],
        "links": links(actor, version),
        "guides_url": url("guides") if version.state == VersionState.ADOPTED else "",
    }


def _finding(area: Paragraph) -> str:
    """An area's goals as one line: "Verdibasert kultur og åpen kommune"."""
    names = [here(goal.short or goal.title) for goal in area.of("goal")]
    return joined([name if place == 0 else norwegian.inside(name) for place, name in enumerate(names)])


def _reputation(version: PolicyVersion, one: Paragraph, said: Said) -> dict[str, Any]:
    goals = [said.row(goal, url=_goal_url(version, goal)) for goal in one.of("goal")]
    return {"title": here(one.title), "text": here(one.text), "goals": goals}


def _goal_url(version: PolicyVersion, goal: Paragraph) -> str:
    return url("policy_goal", goal.key) if version.state == VersionState.ADOPTED else ""


def notice(actor: Actor, version: PolicyVersion, on: dt.date) -> dict[str, str] | None:
    """What a reader must know of a version that is not in force, and that a new one is on hearing."""
    if version.state == VersionState.ADOPTED:
        return _proposed(actor, on)
    current = versions.adopted(actor)
    where = {"url": url("policy"), "link": _("Les den som gjelder")} if current else {}
    if version.state == VersionState.HEARING:
        text = _("Forslaget gjelder ikke ennå. Virksomheter og tillitsvalgte kan uttale seg til og med %(day)s.")
        if not versions.hearing_is_open(version, on):
            text = _("Forslaget gjelder ikke ennå. Høringen var åpen til og med %(day)s.")
        return {"title": _("Dette er et forslag."), "text": text % {"day": last_day(version)}} | where
    if version.state == VersionState.DRAFT:
        return {"title": _("Dette er et utkast."), "text": _("Bare HR-direktøren ser det.")} | where
    text = _("Den ble avløst %(day)s.") % {"day": day(version.retired_on)}
    return {"title": _("Dette er en tidligere versjon."), "text": text} | where


def _proposed(actor: Actor, on: dt.date) -> dict[str, str] | None:
    heard = next((one for one in versions.versions(actor) if versions.hearing_is_open(one, on)), None)
    if heard is None:
        return None
    text = _("Virksomheter og tillitsvalgte kan uttale seg til og med %(day)s.") % {"day": last_day(heard)}
    where = {"url": url("policy_version", heard.number), "link": _("Les forslaget")}
    return {"title": _("En ny personalpolitikk er på høring."), "text": text} | where


def links(actor: Actor, version: PolicyVersion) -> list[dict[str, str]]:
    """What can be opened from a version."""
    found = [
        {"label": _("Last ned som tekst"), "url": url("policy_file", version.number)},
        {"label": _("Alle versjoner"), "url": url("policy_versions")},
    ]
    current = versions.adopted(actor)
    if current is not None and current.pk != version.pk:
        compare = url(
            "policy_compare", fra=min(current.number, version.number), til=max(current.number, version.number)
        )
        found.append({"label": _("Se hva som er endret"), "url": compare})
    if version.hearing_from is not None:
        found.append({"label": _("Alle uttalelser"), "url": url("policy_hearing", version.number)})
    if actor.may("policy.write") and version.state in (VersionState.DRAFT, VersionState.HEARING):
        found.append({"label": _("Skriv og vedta"), "url": url("policy_write", version.number)})
    return found


def area(actor: Actor, version: PolicyVersion, key: str, on: dt.date) -> dict[str, Any]:
    """A focus area: its challenges, goals and measures. Not found is 404."""
    document, said = versions.document(actor, version), Said(actor, version, on)
    placed = by_key(document).get(key)
    if placed is None or placed.paragraph.kind != "area":
        raise Http404
    one = placed.paragraph
    keys = [found.paragraph.key for found in walk(document) if found.above is not None]
    owners = versions.owners(actor, keys)
    guides = beside.counts(actor, [goal.key for goal in one.of("goal")], on)
    return {
        "version": version,
        "title": here(one.title),
        "suffix": _("Område %(number)s") % {"number": placed.number},
        "lead": here(one.text),
        "crumbs": version_crumbs(version, {"label": here(one.title)}),
        "notice": notice(actor, version, on),
        "chapters": _chapters(document, version, key),
        "challenges": [said.row(child) for child in one.of("challenge")],
        "goals": [
            said.row(
                goal, number=f"{placed.number}.{place}", url=_goal_url(version, goal),
                owner=owner_text(owners.get(goal.key)), guides=guides.get(goal.key, ("", "")),
                measures=[_measure(said, measure, owners) for measure in goal.of("measure")],
            )
            for place, goal in enumerate(one.of("goal"), start=1)
        ],
    }  # fmt: skip


def _measure(said: Said, one: Paragraph, owners: Mapping[str, Owner]) -> dict[str, Any]:
    return said.row(one, owner=owner_text(owners.get(one.key)))


def _chapters(document: Document, version: PolicyVersion, key: str) -> list[dict[str, Any]]:
    return [
        {
            "number": place,
            "label": here(one.short or one.title),
            "url": url("policy_area", version.number, one.key),
            "current": one.key == key,
        }
        for place, one in enumerate(document.of("area"), start=1)
    ]


def version_list(actor: Actor) -> dict[str, Any]:
    """Every version that the actor may read, newest first, with where it stands."""
    found = versions.versions(actor)
    current = next((one for one in found if one.state == VersionState.ADOPTED), None)
    rows = []
    for one in found:
        compared = {}
        if current is not None and one.pk != current.pk:
            first, last = sorted((one.number, current.number))
            compared = {"value": _("Se hva som er endret"), "url": url("policy_compare", fra=first, til=last)}
        rows.append(
            {
                "cells": [
                    {"value": here(one.title), "url": url("policy_version", one.number)},
                    {"value": one.number, "label": _("Versjon"), "numeric": True},
                    {"tag": {"word": one.get_state_display(), "tone": TONES[one.state]}, "label": _("Står")},
                    {"value": state_sentence(one), "label": _("Når")},
                    compared or {"value": "", "label": ""},
                ]
            }
        )
    columns = [
        {"label": _("Tittel")},
        {"label": _("Versjon"), "numeric": True},
        {"label": _("Står")},
        {"label": _("Når")},
        {"label": _("Mot den som gjelder")},
    ]
    return {"columns": columns, "rows": rows, "may_write": actor.may("policy.write"), "current": current}
