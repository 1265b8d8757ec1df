"""The pages of guides: the list, a guide in one of its versions, and what differs between two."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.addresses import figure_url, own_unit
from byfolk.areas.policy.document.words import day, here, url
from byfolk.areas.policy.guides.words import GUIDE, find_version, goals_by_key, notice, said_in, when
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.queries import GoalAbout
from byfolk.engines.indicators import registry
from byfolk.engines.library import queries as library
from byfolk.engines.library.comparison import Part, compare
from byfolk.engines.library.models import Document, Entry, Version
from byfolk.engines.library.queries import Editions
from byfolk.engines.library.rules import Standing
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of
from byfolk.lib.differences import Op
from byfolk.lib.markdown import render
from byfolk.lib.texts import in_language

ON_A_PAGE = 20
LONGEST_SEARCH = 80


def listed(actor: Actor, asked: QueryDict, on: dt.date) -> dict[str, Any]:
    """The guides that hold, all or those that are asked for: `?q=`, `?mal=` (a goal's stable id), `?page=`."""
    text = asked.get("q", "").strip()[:LONGEST_SEARCH]
    known = goals_by_key(actor)
    goal = known.get(asked.get("mal", ""))
    page = _number(asked.get("page", ""), 1)
    found = library.listed(
        actor, GUIDE, on, language=language(), text=text, goals=[goal.key] if goal else [],
        start=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE,
    )  # fmt: skip
    pages = max(1, -(-found.total // ON_A_PAGE))
    rest = QueryDict(mutable=True)
    rest.update({name: value for name, value in (("q", text), ("mal", goal.key if goal else "")) if value})
    return {
        "text": text,
        "goal": goal,
        "goals": [
            {"value": one.key, "label": f"{one.number} {one.short or one.title}", "chosen": one == goal}
            for one in known.values()
        ],
        "rows": [_row(one) for one in found.rows],
        "verdict": _verdict(found.total, found.exact, text, goal),
        "page": page,
        "pages": pages,
        "query": f"{rest.urlencode()}&" if rest else "",
        "may_write": bool(library.owners(actor, on)) if actor.may("library.write") else False,
    }


def _row(entry: Entry) -> dict[str, Any]:
    """A guide in the list; whose it is, where it is not the municipality's."""
    owner = {"tag": {"word": entry.unit.name, "tone": "plain"}} if entry.unit.level > Level.MUNICIPALITY else {}
    return {"label": here(entry.title), "url": url("guide", entry.code), "note": here(entry.summary)} | owner


def _verdict(total: int, exact: bool, text: str, goal: GoalAbout | None) -> str:
    if text and not exact and total:
        return _("Ingen veileder har alle ordene. Disse har noen av dem.")
    if text:
        return ngettext("%(n)d veileder passer til søket", "%(n)d veiledere passer til søket", total) % {"n": total}
    if goal is not None:
        return ngettext("%(n)d veileder hører til målet", "%(n)d veiledere hører til målet", total) % {"n": total}
    return ngettext("%(n)d veileder gjelder nå", "%(n)d veiledere gjelder nå", total) % {"n": total}


def _number(text: str, otherwise: int) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else otherwise


def shown(actor: Actor, guide: Document, number: int | None, on: dt.date) -> dict[str, Any]:
    """A guide in the version with a number, or in the one that a reader is to have. Not found is 404."""
    every = library.editions(actor, guide, on)
    current = every.current or every.draft
    if number is None:
        if current is None:
            raise Http404
        number = current.number
    version = find_version(actor, guide, number)
    stands = next(stands for one, stands in every.every if one.pk == version.pk)
    code, missing = said_in(version)
    rendered = render(version.text.get(code, ""))
    writes = library.writes(actor, guide)
    return {
        "guide": guide,
        "version": version,
        "title": in_language(version.title, code),
        "lead": in_language(version.summary, code),
        "crumbs": crumbs(guide, version, current),
        "notice": notice(guide, version, stands, every),
        "missing": missing,
        "language": code,
        "html": rendered.html,
        "chapters": [
            {"number": place, "label": one.title, "url": f"#{one.name}"}
            for place, one in enumerate(rendered.headings, 1)
        ]
        if len(rendered.headings) > 1
        else [],
        "facts": _facts(guide, version, stands),
        "goals": _goals(actor, version),
        "figures": _figures(actor, version),
        "editions": _editions(guide, version, every, current),
        "compare_url": _compare_url(guide, every),
        "receipt": _receipt(actor, version, stands),
        "writes": writes,
        "tools": _tools(guide, version, stands, every) if writes else [],
        "file_url": url("guide_file", guide.code, version.number),
        "draft": stands is Standing.DRAFT,
    }


def crumbs(guide: Document, version: Version, current: Version | None, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way down to a page of a guide."""
    top = [
        {"label": _("Personalpolitikk"), "url": url("policy")},
        {"label": _("Veiledere"), "url": url("guides")},
        {"label": here(version.title), "url": url("guide", guide.code)},
    ]
    if current is not None and version.pk != current.pk and version.valid is not None:
        top.append({"label": _("Utgave %(number)d") % {"number": version.number}})
    return [*top, *more]


def _facts(guide: Document, version: Version, stands: Standing) -> list[dict[str, str]]:
    rows = [
        {"label": _("Eier"), "value": guide.unit.name},
        {"label": _("Utgave"), "value": str(version.number), "note": when(version, stands)},
    ]
    if guide.review_on is not None and stands in (Standing.HOLDS, Standing.COMING):
        rows.append({"label": _("Eieren ser over den igjen"), "value": day(guide.review_on)})
    return rows


def _goals(actor: Actor, version: Version) -> list[dict[str, str]]:
    known = goals_by_key(actor) if version.goals else {}
    return [
        {"label": known[key].title, "url": url("policy_goal", key), "note": _goal_name(known[key])}
        for key in version.goals
        if key in known
    ]


def _goal_name(goal: GoalAbout) -> str:
    return _("Mål %(number)s") % {"number": goal.number} if goal.number != "0" else _("Overordnet mål")


def _figures(actor: Actor, version: Version) -> list[dict[str, str]]:
    codes = [code for code in version.indicators if code in {one.code for one in registry.indicators()}]
    unit, name = own_unit(actor) if codes else ("", "")
    return [
        {"label": str(registry.indicator(code).title), "url": figure_url(code, unit), "note": name}
        for code in codes
        if unit
    ]


def _editions(guide: Document, version: Version, every: Editions, current: Version | None) -> list[dict[str, str]]:
    """The other published versions."""
    rows = []
    for one, stands in every.every:
        if one.pk == version.pk or stands is Standing.DRAFT:
            continue
        is_current = current is not None and one.pk == current.pk
        address = url("guide", guide.code) if is_current else url("guide_edition", guide.code, one.number)
        label = _("Utgave %(number)d") % {"number": one.number}
        rows.append({"label": label, "url": address, "note": when(one, stands)})
    return rows


def _compare_url(guide: Document, every: Editions) -> str:
    numbers = sorted(one.number for one, _stands in every.every)
    return url("guide_compare", guide.code, fra=numbers[-2], til=numbers[-1]) if len(numbers) > 1 else ""


def _receipt(actor: Actor, version: Version, stands: Standing) -> dict[str, str] | None:
    """What the page says of confirming that one has read, to those whom the version asks."""
    if stands is not Standing.HOLDS or not version.asks:
        return None
    mine = library.receipt(actor, version)
    if mine is not None:
        return {"read": _("Du bekreftet %(day)s at du har lest utgave %(number)d.") % {
            "day": day(day_of(mine.at)), "number": version.number,
        }}  # fmt: skip
    return {"read": ""} if library.is_asked(actor, version) else None


def _tools(guide: Document, version: Version, stands: Standing, every: Editions) -> list[dict[str, Any]]:
    """What those who write the guide can do with it from here."""
    code = guide.code
    if stands is Standing.DRAFT:
        return [
            {"label": _("Endre"), "url": url("guide_write", code)},
            {"label": _("Kast utkastet"), "url": url("guide_discard", code)},
            {"label": _("Publiser"), "url": url("guide_publish", code), "main": True},
        ]
    found: list[dict[str, Any]] = []
    if version.asks:
        found.append({"label": _("Hvor mange har lest"), "url": url("guide_receipts", code)})
    if stands is not Standing.HOLDS:
        return found
    found.append({"label": _("Sett ny dato for å se over"), "url": url("guide_review", code)})
    if version.valid.upper is None:
        found.append({"label": _("Avslutt veilederen"), "url": url("guide_retire", code)})
    if every.draft is not None:
        found.append({"label": _("Åpne utkastet"), "url": url("guide_draft", code)})
    else:
        found.append({"label": _("Skriv en ny utgave"), "url": url("guide_start", code), "post": True})
    return found


def compared(actor: Actor, guide: Document, asked: QueryDict, on: dt.date) -> dict[str, Any]:
    """What differs between two versions: `?fra=1&til=2`."""
    every = library.editions(actor, guide, on)
    known = sorted((one, stands) for one, stands in ((v.number, s) for v, s in every.every))
    if len(known) < 2:
        raise Http404
    numbers = [number for number, _stands in known]
    before = find_version(actor, guide, _number(asked.get("fra", ""), numbers[-2]))
    after = find_version(actor, guide, _number(asked.get("til", ""), numbers[-1]))
    parts = compare(here(before.text), here(after.text))
    stands = dict(known)
    return {
        "guide": guide,
        "title": here(after.title),
        "crumbs": crumbs(guide, after, after, {"label": _("Hva som er endret")}),
        "before": before,
        "after": after,
        "fields": [_choice("fra", _("Fra"), known, before), _choice("til", _("Til"), known, after)],
        "verdict": _difference(parts),
        "sentences": [
            _("Utgave %(number)d: %(when)s") % {"number": one.number, "when": when(one, stands[one.number])}
            for one in (before, after)
        ],
        "parts": parts,
    }


def _choice(name: str, label: str, known: list[tuple[int, Standing]], chosen: Version) -> dict[str, Any]:
    options = [
        {
            "value": number,
            "label": _("Utgave %(number)d") % {"number": number}
            + (f" ({_('utkast')})" if stands is Standing.DRAFT else ""),
            "chosen": number == chosen.number,
        }
        for number, stands in known
    ]
    return {"name": name, "label": label, "options": options}


def _difference(parts: list[Part]) -> str:
    new = sum(one.op is Op.NEW for one in parts)
    gone = sum(one.op is Op.GONE for one in parts)
    changed = sum(one.op is None for one in parts)
    if not (new or gone or changed):
        return _("Tekstene er like")
    said = [
        (new, ngettext("%(n)d avsnitt er nytt", "%(n)d avsnitt er nye", new)),
        (gone, ngettext("%(n)d er borte", "%(n)d er borte", gone)),
        (changed, ngettext("%(n)d er endret", "%(n)d er endret", changed)),
    ]
    return ", ".join(text % {"n": n} for n, text in said if n)
