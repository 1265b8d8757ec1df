"""The page of a goal: how a unit stands on it, what is to be done, and what serves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from byfolk.areas.policy.addresses import FigureLinks, board_url
from byfolk.areas.policy.board.page import published_text
from byfolk.areas.policy.board.rows import status_word
from byfolk.areas.policy.choices import Choice, period_field
from byfolk.areas.policy.document.words import here, owner_text, url
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.places import Place, rows_below
from byfolk.areas.policy.wording import change_text, figure_text, span_text, target_text
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals import versions
from byfolk.engines.goals.document import Paragraph, Placed, by_key
from byfolk.engines.goals.models import OwnMeasure
from byfolk.engines.goals.queries import GoalAbout, GoalStanding, Measured
from byfolk.engines.goals.rules import Status
from byfolk.engines.goals.serving import Asked, served_by
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.answers import BoardFigure
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.lib import charts


@dataclass(frozen=True)
class GoalPage:
    """A goal in a unit. `choice` None: no figures are published yet."""

    placed: Placed
    place: Place
    below: Sequence[Unit]
    choice: Choice | None
    standing: GoalStanding
    figures: dict[str, BoardFigure]
    own: Sequence[OwnMeasure]
    writes_for: Sequence[Unit]


def goal_page(actor: Actor, key: str, place: Place, choice: Choice | None, on: dt.date) -> GoalPage:
    """All that the page shows. A goal that the adopted policy does not have is 404."""
    version = versions.adopted(actor)
    placed = by_key(versions.document(actor, version)).get(key) if version else None
    if placed is None or placed.paragraph.kind != "goal":
        raise Http404
    one = placed.paragraph
    about = GoalAbout(placed.number, here(one.title), here(one.short), here(one.planned), one.indicators, one.key)
    figures: dict[str, BoardFigure] = {}
    known = goals.Targets(())
    if choice is not None and one.indicators:
        read = indicators.board_figures(
            actor, place.unit.pk, choice.period, codes=list(one.indicators), months=37, hierarchy=choice.hierarchy
        )
        figures = {figure.indicator.code: figure for figure in read}
        known = goals.targets(actor, place.ids, indicators=one.indicators)
    standing = goals.goal_standing(
        about, goals.shown_by_code(figures.values()), place.ids, known, level=place.unit.level
    )
    below = rows_below(place.unit, on)
    agency = place.agency
    own = versions.own_measures(actor, key, [agency.pk] if agency else None)
    return GoalPage(placed, place, below, choice, standing, figures, own, versions.own_agencies(actor))


def context_of(actor: Actor, page: GoalPage, publication: Any, on: dt.date) -> dict[str, Any]:
    """Everything that `policy/document/goal.html` needs."""
    placed, place, one = page.placed, page.place, page.placed.paragraph
    owners = versions.owners(actor, [one.key, *(measure.key for measure in one.of("measure"))])
    names = versions.names(own.person_id for own in page.own)
    writes = actor.may("policy.write")
    return {
        "title": here(one.title),
        "suffix": _name(placed),
        "crumbs": _crumbs(placed),
        "place": place,
        "fields": _fields(page),
        "published": published_text(publication) if page.choice else "",
        "verdict": _verdict(page),
        "note": _note(page),
        "columns": _columns(),
        "rows": [_row(page, measured) for measured in page.standing.figures],
        "board_url": board_url(place.unit.code, page.choice),
        "owner": owner_text(owners.get(one.key)),
        "owner_url": url("policy_owner", one.key) if writes else "",
        "measures": [_measure(measure, owner_text(owners.get(measure.key)), writes) for measure in one.of("measure")],
        "own": [_own(own, names.get(own.person_id, ""), page) for own in page.own],
        "own_title": _own_title(page),
        "writes_for": page.writes_for,
        "serving": _serving(actor, page, on),
        "key": one.key,
    }


def _name(placed: Placed) -> str:
    return _("Mål %(number)s") % {"number": placed.number} if placed.number != "0" else _("Overordnet mål")


def _crumbs(placed: Placed) -> list[dict[str, str]]:
    crumbs = [{"label": _("Personalpolitikk"), "url": url("policy")}]
    above: Paragraph | None = placed.above
    if above is not None and above.kind == "area":
        crumbs.append({"label": here(above.title), "url": url("policy_area_now", above.key)})
    return [*crumbs, {"label": _name(placed)}]


def _fields(page: GoalPage) -> list[dict[str, Any]]:
    units = [(unit, depth) for depth, unit in enumerate(page.place.path)]
    units += [(unit, len(page.place.path)) for unit in page.below]
    options = [
        {"value": unit.code, "label": "\u2003" * depth + unit.name, "chosen": unit.pk == page.place.unit.pk}
        for unit, depth in units
    ]
    field = {"name": "enhet", "label": _("Enhet"), "options": options}
    return [field, period_field(page.choice)] if page.choice else [field]


def _verdict(page: GoalPage) -> str:
    unit = {"unit": page.place.unit.name}
    sentences = {
        Status.REACHED: _("%(unit)s har nådd målet"),
        Status.NEAR: _("%(unit)s er nær målet"),
        Status.FAR: _("%(unit)s er langt unna målet"),
        Status.HIDDEN: _("Vi kan ikke vise hvordan det står til i %(unit)s"),
        Status.NOT_MEASURED: _("Målet har ikke tall for %(unit)s"),
    }
    if status_word(page.standing.weakest):
        return _("Målet har tall, men ingen har satt hva de skal være i %(unit)s") % unit
    return sentences[page.standing.status] % unit


def _note(page: GoalPage) -> str:
    about = page.standing.goal
    if not about.indicators and about.planned:
        return _("Ingen tall ennå. Målet skal følges med %(planned)s.") % {"planned": about.planned}
    if not about.indicators:
        return _("Ingen tall følger målet ennå.")
    if page.choice is None:
        return _("Tallene kommer når personaldata er lest inn og regnet ut for første gang.")
    return _("Målet har samme status som det svakeste tallet sitt.") if len(page.standing.figures) > 1 else ""


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Tall")},
        {"label": _("Nå"), "numeric": True},
        {"label": pgettext("goal", "Mål"), "numeric": True},
        {"label": _("Fra i fjor"), "numeric": True},
        {"label": _("Siste tre år"), "wide_only": True},
        {"label": _("Status")},
    ]


def _row(page: GoalPage, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    assert page.choice is not None
    links, code = FigureLinks(page.choice), page.place.unit.code
    name = {
        "value": indicator.title,
        "url": links.of(indicator.code, code),
        "note": span_text(figure) if figure else "",
    }
    status = {"status": measured.status, "word": status_word(measured), "label": _("Status")}
    if figure is None or figure.empty or not figure_text(figure):
        hidden = measured.status is Status.HIDDEN
        reason = short_reason(indicator, figure, page.place.unit.level) if hidden else _("Ingen tall ennå.")
        return {"cells": [name, {"value": reason, "span": 4, "label": _("Nå")}, status]}
    known = page.figures.get(indicator.code)
    before = known.last_year.value if known and known.last_year and known.last_year.published else None
    change, word = change_text(figure, before)
    goalpost = measured.goalpost
    history = [point.value for point in known.history] if known else []
    return {
        "cells": [
            name,
            {"value": figure_text(figure), "numeric": True, "strong": True, "label": _("Nå")},
            {
                "value": target_text(indicator, goalpost.value) if goalpost else _("Ikke satt"),
                "url": links.targets(indicator.code, code), "numeric": True, "label": pgettext("goal", "Mål"),
            },
            {"value": change, "note": word, "numeric": True, "label": _("Fra i fjor")},
            {
                "svg": charts.sparkline(history, target=float(goalpost.value) if goalpost else None),
                "wide_only": True, "label": _("Siste tre år"),
            },
            status,
        ]
    }  # fmt: skip


def _measure(one: Paragraph, owner: str, writes: bool) -> dict[str, Any]:
    return {"text": here(one.title), "owner": owner, "owner_url": url("policy_owner", one.key) if writes else ""}


def _own(own: OwnMeasure, person: str, page: GoalPage) -> dict[str, Any]:
    mine = own.unit_id in {unit.pk for unit in page.writes_for}
    return {
        "text": own.text,
        "unit": own.unit.name,
        "person": person,
        "remove_url": url("policy_own_remove", own.goal_key, own.pk) if mine else "",
    }


def _own_title(page: GoalPage) -> str:
    agency = page.place.agency
    if agency is None:
        return _("Det virksomhetene gjør selv")
    return _("Det %(agency)s gjør selv") % {"agency": agency.name}


def _serving(actor: Actor, page: GoalPage, on: dt.date) -> list[dict[str, Any]]:
    """What other parts of Byfolk have registered that serves the goal."""
    asked = Asked(page.placed.paragraph.key, page.place.ids, on)
    found = []
    for source, rows in served_by(actor, asked):
        add = source.add(actor, asked)
        if rows or add:
            listed = [
                {"label": row.label, "url": row.url, "note": row.note}
                | ({"tag": {"word": row.tag, "tone": row.tone}} if row.tag else {})
                for row in rows[: asked.at_most]
            ]
            link = {"label": add[0], "url": add[1]} if add else None
            found.append({"title": str(source.title), "rows": listed, "add": link})
    return found
