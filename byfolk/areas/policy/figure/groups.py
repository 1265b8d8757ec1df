"""The parts of a figure: lengths and kinds that add up to it, and groups of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.figure.queries import FigurePage, GroupRow, Part
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.wording import change_text, figure_text, language, span_text
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.lib import charts, norwegian

TITLES = {
    Dimension.GENDER: lambda: _("Kjønn"),
    Dimension.AGE_BAND: lambda: _("Alder"),
    Dimension.JOB_FAMILY: lambda: _("Yrke"),
}


def parts_of(page: FigurePage) -> dict[str, Any] | None:
    """The table of parts with bars; None where the figure has none, or none is published."""
    known = [part for part in page.parts if part.now and part.now.published and part.now.value is not None]
    if not known:
        return None
    largest = max(part.now.value or 0 for part in known if part.now) or 1
    biggest = max(known, key=lambda part: part.now.value or 0 if part.now else 0)
    return {
        "title": _("Det meste er %(part)s") % {"part": str(biggest.indicator.title).lower()},
        "lead": _("Deler av %(figure)s, %(span)s. Endring i prosentpoeng.")
        % {"figure": str(page.indicator.title).lower(), "span": span_text(biggest.now) if biggest.now else ""},
        "columns": {"name": _("Del"), "value": _("Nå"), "share": _("Fra i fjor")},
        "rows": [_part_row(page, part, largest, part is biggest) for part in page.parts],
    }


def _part_row(page: FigurePage, part: Part, largest: float, biggest: bool) -> dict[str, Any]:
    now = part.now
    row: dict[str, Any] = {
        "name": part.indicator.title,
        "url": figure_url(part.indicator.code, page.place.unit.code, page.choice),
        "value": (figure_text(now) if now else "") or _("Skjult"),
    }
    if now is not None and now.published and now.value is not None:
        row["svg"] = charts.bar(now.value, largest=largest, pale=not biggest)
        row["share"] = change_text(now, part.before.value if part.before else None)[0]
    return row


def tabs_of(page: FigurePage) -> list[dict[str, Any]]:
    """The ways in which the figure is broken down, as links; empty where there is only one or none."""
    if len(page.indicator.breakdowns) < 2:
        return []
    code, unit = page.indicator.code, page.place.unit.code
    return [
        {
            "label": TITLES[dimension](),
            "url": figure_url(code, unit, page.choice, gruppe=dimension.value) + "#hvem",
            "current": dimension is page.dimension,
        }
        for dimension in page.indicator.breakdowns
    ]


def groups_of(page: FigurePage) -> dict[str, Any] | None:
    """The table of groups; None where the figure is not broken down. Without rows it says why there are none."""
    if page.dimension is None:
        return None
    name = TITLES[page.dimension]()
    if not page.groups:
        return {
            "name": name,
            "rows": [],
            "note": _("Fordelingen vises ikke her. Gruppene blir for små, eller tallet er skjult."),
        }
    plain = page.indicator.direction.value == "neither"
    columns = [
        {"label": name},
        {"label": _("Ansatte"), "numeric": True},
        {"label": page.indicator.title, "numeric": True},
        {"label": _("Fra i fjor"), "numeric": True},
        {"label": "", "wide_only": True},
    ]
    largest = max((row.now.value or 0 for row in page.groups if row.now.published), default=0) or 1
    return {
        "name": name,
        "columns": columns,
        "caption": _("%(figure)s etter %(group)s") % {"figure": page.indicator.title, "group": name.lower()},
        "lead": _("Du ser grupper, aldri enkeltpersoner. Tallene er %(span)s.")
        % {"span": span_text(page.groups[0].now)},
        "rows": [{"cells": _cells(page, row, largest, plain)} for row in page.groups],
        "foot": _foot(page),
    }


def _cells(page: FigurePage, row: GroupRow, largest: float, plain: bool) -> list[dict[str, Any]]:
    now = row.now
    name = {"value": now.group.title}
    if not now.published or now.value is None:
        reason = short_reason(page.indicator, now, page.place.unit.level)
        text = figure_text(now)
        shown = {"value": text, "numeric": True} if text else {"hidden": reason, "numeric": True}
        if now.empty:
            shown = {"value": _("Ingen"), "numeric": True}
        return [name, {"value": "", "numeric": True}, shown, {"value": ""}, {"value": "", "wide_only": True}]
    change, word = change_text(now, row.before.value if row.before and row.before.published else None)
    people = norwegian.number(now.n, 0, language()) if now.n is not None else ""
    return [
        name,
        {"value": people, "numeric": True},
        {"value": figure_text(now), "numeric": True, "strong": True},
        {"value": change, "note": "" if plain else word, "numeric": True},
        {"svg": charts.bar(now.value, largest=largest, pale=True), "wide_only": True},
    ]


def _foot(page: FigurePage) -> dict[str, Any] | None:
    figure = page.shown
    first = page.groups[0].now
    if figure is None or not figure.published or figure.period != first.period or figure.kind is not first.kind:
        return None
    change = change_text(figure, page.about.last_year.value if page.about.last_year else None)[0]
    return {
        "cells": [
            {"value": _("Alle")},
            {"value": norwegian.number(figure.n, 0, language()) if figure.n is not None else "", "numeric": True},
            {"value": figure_text(figure), "numeric": True},
            {"value": change, "numeric": True},
            {"value": "", "wide_only": True},
        ]
    }
